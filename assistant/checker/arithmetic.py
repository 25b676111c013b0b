"""Figures of a claim that the cited text does not say but that follow from it: 200 won, where a fare goes from 1,500
to 1,700; two weeks, where a concert moves from May 9 to May 23; 16 of 18, where two are missing."""

import math
import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from assistant.checker.dates import DateMention
from assistant.checker.facts import Facts
from assistant.checker.quantities import Quantity

_DAY = 86_400.0
_MORE = 10.0  # points that "more than half" may be above it
_CHANGE = re.compile(
    r"\b(?:by|up|down|rise\sof|increase\sof|drop\sof|fall\sof|gap\sof|difference\sof|lead\sof|margin\sof|another|"
    r"(?:rose|fell|dropped|dipped|climbed|gained|lost|slipped|added|shed|jumped|trimm\w+|cut))\s(?:about\s|"
    r"nearly\s)?[$€£¥₩]?$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"\s?(?:가량\s|정도\s|이나\s|더\s)?(?:오[르른를]|올[라랐리린]|인상|상승|증가|늘|내[리렸린려]|인하|하락|감소|줄|"
    r"떨어|높|낮|많|적|"
    r"차이|앞당|미[뤄룬뤘루]|늦[춰췄추])|"
    r"\s(?:[a-z]+\s)?(?:more|fewer|less|higher|lower|later|earlier|increase|rise|drop|fall|cut|hike)\b"
)
_REST = re.compile(r"\s(?:of\s(?:which|whom|them|these)|others?|remaining|the\srest)\b|나머지")


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
    """Whether a figure of the claim that is told as a change or a rest is the difference of two of the cited text."""
    if quantity.unit in ("x", "times") and any(math.isclose(quantity.value, r, rel_tol=0.03) for r in _ratios(cited)):
        return True
    if _REST.match(claim.text, quantity.end) or "나머지" in claim.text[max(0, quantity.start - 5) : quantity.start]:
        return any(math.isclose(quantity.written, gap, rel_tol=1e-6) for gap in _gaps("", cited))
    if quantity.unit == "second" and any(math.isclose(quantity.value, gap * _DAY) for gap in _weekday_gaps(cited)):
        return True
    if not (_CHANGE.search(claim.text[: quantity.start]) or _CHANGE_AFTER.match(claim.text, quantity.end)):
        return False
    if quantity.unit == "second" and any(math.isclose(quantity.value, gap * _DAY) for gap in _days_between(cited)):
        return True
    if quantity.unit == "%":  # two percentages differ by points
        return False
    unit = "%" if quantity.unit in ("%p", "points") else quantity.unit
    return any(math.isclose(quantity.value, gap, rel_tol=1e-6) for gap in _gaps(unit, cited))


def _gaps(unit: str, cited: Facts) -> Iterator[float]:
    """The differences of the figures of one unit; of plain counts where `unit` is empty."""
    units = (unit,) if unit else ("count", "bare")
    figures = [q.value for q in cited.quantities if q.unit in units]
    for one, other in combinations(figures, 2):
        yield round(abs(one - other), 6)


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
