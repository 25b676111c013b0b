"""Figures of a claim that the cited text does not say but that follow from it: 200 won, where a fare goes from 1,500
to 1,700; two weeks, where a concert moves from May 9 to May 23; 16 of 18, where two are missing."""

import math
import re
from collections.abc import Iterator
from itertools import combinations, pairwise, permutations

from assistant.checker.agreement import comes_to
from assistant.checker.dates import DateMention
from assistant.checker.facts import Facts
from assistant.checker.quantities import Quantity

_DAY = 86_400.0
_MORE = 10.0  # points that "more than half" may be above it
# Numbers of things, of people, of nothing said.
_PLAIN = {"count", "bare"}
_POINTS = ("%p", "points")
_SMALL = 21
_OF = re.compile(r"\sof\s(?:which|whom|them|these|the|its|their|those)\b|\sothers?\b")
_UP_TO = re.compile(r"\s?(?:[~∼～–-]|to|and|에서|부터)\s?[$€£¥₩]?")
# So many times a figure may stand in a text: five weeks of 120 prisoners.
_MOST_TIMES = 60
_IN_ALL = re.compile(r"\s(?:in|out\sof)\s(?:every\s)?$|\s?(?:중|가운데|에)\s$")


def is_same_share(quantity: Quantity, claim: Facts, cited: Facts) -> bool:
    """Whether a figure is half of "one in four", or all of 25%, and the cited text says that share another way."""
    mine = [share for one, other, share in _shares(claim) if quantity in (one, other)]
    given = [share for *_, share in _shares(cited)]
    if quantity.unit == "%":
        mine.append(quantity.value)
        if not quantity.text[:1].isdigit() or "분의" in quantity.text:  # two thirds: of 668 and 1,000
            given += _parts(cited)
    else:
        given += [q.value for q in cited.quantities if q.unit == "%"]
    if quantity.bound == "more":
        return any(one <= other <= one + _MORE for one in mine for other in given)
    pair = next((pair[:2] for pair in _shares(claim) if quantity in pair[:2]), (quantity,))
    is_rough = any(q.bound in ("about", "nearly") for q in pair) or quantity.value % 1
    slack = 2.0 if is_rough else 0.5  # "about a third", of 34 percent
    return any(math.isclose(one, other, abs_tol=slack) for one in mine for other in given)


def _parts(facts: Facts) -> Iterator[float]:
    """How much of one figure another is, in percent: 437 of 812."""
    for one, other in combinations(facts.quantities, 2):
        part, whole = sorted((one.value, other.value))
        if (one.unit == other.unit or {one.unit, other.unit} == {"count", "bare"}) and 0 < part < whole:
            yield 100 * part / whole


def _shares(facts: Facts) -> Iterator[tuple[Quantity, Quantity, float]]:
    """The pairs of figures that stand for a share, and it in percent: one in four, 열 명 중 세 명."""
    for one, other in pairwise(facts.quantities):
        part, whole = sorted((one, other), key=lambda q: q.written)
        if _IN_ALL.fullmatch(facts.text[one.end : other.start]) and 0 < part.written < whole.written <= 10:
            yield one, other, 100 * part.written / whole.written


def follows(quantity: Quantity, claim: Facts, cited: Facts) -> bool:
    """Whether a figure that the cited text does not say comes of two that it does: a sum, a difference, a share, so
    many times one, a percentage of one, one raised by a percentage.

    Ends of ranges are left alone, and small counts but for a part ("five of the 16"): they come of something too often.
    """
    if quantity.unit in ("x", "times") and any(math.isclose(quantity.value, r, rel_tol=0.03) for r in _ratios(cited)):
        return True
    if quantity.unit == "second":
        spans = {gap * _DAY for gap in (*_weekday_gaps(cited), *_days_between(cited))}
        if any(math.isclose(quantity.value, span) for span in spans):
            return True
    if _ends_range(quantity, claim):
        return False
    figures = [q for q in cited.quantities if q.unit not in ("ordinal", "score") and q.value > 0]
    if quantity.unit in _PLAIN and quantity.written in range(_SMALL):
        gaps = (one.written - other.written for one, other in permutations(figures, 2) if _alike(one, other))
        return bool(_OF.match(claim.text, quantity.end)) and quantity.written in gaps
    return any(
        comes_to(quantity, value)
        for one, other in permutations(figures, 2)
        for value in (_worked_out_percent if quantity.unit == "%" else _worked_out)(quantity, one, other)
    )


def _ends_range(quantity: Quantity, claim: Facts) -> bool:
    pairs = [(one, other) for one, other in pairwise(claim.quantities) if quantity in (one, other)]
    return any(
        one.unit == other.unit
        and _UP_TO.fullmatch(claim.text[one.end : other.start])
        and not claim.text[: one.start].endswith("by ")
        for one, other in pairs
    )


def _worked_out(wanted: Quantity, one: Quantity, other: Quantity) -> Iterator[float]:
    """What two figures come to in the unit that is wanted."""
    if _alike(wanted, one) and _alike(wanted, other):
        yield one.value + other.value
        yield one.value - other.value
    elif wanted.unit in _POINTS and one.unit == other.unit == "%":
        yield one.value - other.value
    elif _alike(wanted, one) and other.unit == "%":
        yield one.value * other.value / 100
        yield one.value * (100 - other.value) / 100
        yield one.value * 100 / (100 + other.value)
        yield one.value * 100 / (100 - other.value) if other.value < 100 else 0.0
    elif _alike(wanted, one) and 2 <= other.written <= _MOST_TIMES and other.written != 10:  # ten: a slip of the scale
        yield one.value * other.written


def _worked_out_percent(wanted: Quantity, one: Quantity, other: Quantity) -> Iterator[float]:
    """What two figures come to in percent; `wanted` is in percent."""
    if one.unit == "%" and other.unit in _POINTS:  # two percentages differ by points
        yield one.value - other.value
        yield one.value + other.value
    elif _alike(one, other):
        yield 100 * one.value / other.value
        yield 100 * abs(one.value - other.value) / other.value


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= _PLAIN


def _ratios(cited: Facts) -> Iterator[float]:
    """How many times one figure is another, or what it was before it rose by so many percent: 1.6, of 60% more."""
    for one, other in combinations(cited.quantities, 2):
        low, high = sorted((one.value, other.value))
        if one.unit == other.unit and low > 0:
            yield high / low
    for quantity in cited.quantities:
        if quantity.unit == "%":
            yield 1 + quantity.value / 100


def _weekday_gaps(cited: Facts) -> Iterator[int]:
    """The days from one weekday of the cited text to the next: three, from Monday to Thursday."""
    weekdays = [int(date.parts["weekday"]) for date in cited.dates if "weekday" in date.parts]
    yield from ((other - one) % 7 for one, other in pairwise(weekdays))


def _days_between(cited: Facts) -> Iterator[int]:
    """The days from one date of the cited text to another of the same month."""
    days = [d for d in cited.dates if isinstance(d.parts.get("day"), int)]
    for one, other in combinations(days, 2):
        if _month(one) == _month(other) or None in (_month(one), _month(other)):
            yield abs(int(one.parts["day"]) - int(other.parts["day"]))


def _month(date: DateMention) -> int | None:
    month = date.parts.get("month")
    return int(month) if month is not None else None
