"""When two quantities, or two dates, say the same: units, rounding, "about" and "more than", parts of dates."""

import math
import re
from collections.abc import Sequence

from assistant.checker.dates import DateMention
from assistant.checker.quantities import Quantity

_LOOSE = frozenset({"count", "ordinal", "x", "times", "bare", "points"})
_DURATIONS = frozenset({"month", "second"})
_ROUGH = 0.05
# The units of a number that may be a month or a day: "the 14th", not 20 hostages.
_NUMBERS_OF = {"month": frozenset({"bare"}), "day": frozenset({"bare", "ordinal"})}
_DATE_NUMBERS = ("year", "month", "day", "quarter", "hour", "decade", "week")


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities measure the same thing in the same unit, so that unequal values contradict."""
    return one.unit == other.unit or {one.unit, other.unit} <= _LOOSE


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be one: units agree, or one of them leaves its unit unsaid."""
    units = {one.unit, other.unit}
    if same_unit(one, other) or "bare" in units or units == _DURATIONS:
        return True
    if "ordinal" in units and units & _DURATIONS:  # "the third year in a row", 3년 연속
        return True
    if units == {"points", "%p"}:  # "support rose 7 points"
        return True
    if "count" in units and units & _DURATIONS and any(q.unit == "count" and q.text.isascii() for q in (one, other)):
        return True  # 46일, "46 tropical nights"
    if units == {"month", "count"}:  # ages: 65세, "65 years old", "a 65 retirement age"
        return any(q.unit == "month" and q.text.endswith(("세", "살", "old")) for q in (one, other))
    if "crown" in units and units & {"SEK", "NOK", "DKK"}:
        return True
    if units == {"JPY", "CNY"}:  # the sign ¥ is used for both
        return "¥" in one.text or "¥" in other.text
    return units == {"GBP", "kg"} or (units == {"x", "%"} and min(one.value, other.value) < 1)


def agree(claim: Quantity, cited: Quantity) -> bool:
    """Whether the cited quantity bears the claimed one out."""
    if _is_decade_of_age(claim, cited):
        return True
    if not comparable(claim, cited) or "score" in (claim.unit, cited.unit):
        return claim.unit == cited.unit == "score" and claim.value == cited.value
    if {claim.bound, cited.bound} in ({"more", "less"}, {"more", "nearly"}):
        return False
    if claim.bound == "less" and "여" in cited.text:  # 6천여 is more than six thousand
        return False
    if {claim.unit, cited.unit} == _DURATIONS:
        pairs = [(_seconds(claim), _seconds(cited))]
    elif claim.unit == cited.unit:
        pairs = [(claim.value, cited.value)]
    elif {claim.unit, cited.unit} == {"x", "%"}:
        pairs = [(_share(claim), _share(cited))]
    else:
        pairs = [(claim.written, cited.written), (claim.value, cited.value)]
    return any(_close(claim, cited, *pair) for pair in pairs)


def _is_decade_of_age(claim: Quantity, cited: Quantity) -> bool:
    """50대, of someone who is 52."""
    decade = re.fullmatch(r"([1-9]0)대", claim.text)
    return bool(decade) and cited.unit in ("month", "bare", "count") and 0 <= cited.written - claim.written < 10


def _seconds(quantity: Quantity) -> float:
    """A duration in seconds, a month as 30 days."""
    return quantity.value * 30 * 86_400 if quantity.unit == "month" else quantity.value


def _share(quantity: Quantity) -> float:
    return quantity.value * 100 if quantity.unit == "x" else quantity.value


def _close(claim: Quantity, cited: Quantity, said: float, given: float) -> bool:
    if math.isclose(said, given, rel_tol=1e-6):
        return True
    if not given or said * given <= 0:
        return False
    ratio = said / given
    if {claim.text[:2], cited.text[:2]} & {"보름"}:  # half a month: two weeks or fifteen days
        return 0.9 <= ratio <= 1.1
    if claim.imperial != cited.imperial:
        return 0.96 <= ratio <= 1.04
    is_fraction = claim.unit == "%" and not claim.text[:1].isdigit()  # a third
    if _digits(claim.written) >= _digits(given) and not is_fraction:
        return False  # only a rounder figure may differ: 2,185 is no way to say "about 2,180"
    if claim.bound == "about" and "여" in claim.text:
        return 0 <= given - said < _step(said)
    if claim.bound in ("about", "nearly"):
        return 1 - _ROUGH <= ratio <= 1 + _ROUGH or (0.9 <= ratio <= 1.1 and _rounds_to(given, claim))
    slack = 1.7 if cited.bound == "exact" and _digits(claim.written) == 1 else 1.2
    if claim.bound == "more":
        return 1 / slack <= ratio <= 1
    if claim.bound == "less":
        return 1 <= ratio <= slack
    return _digits(claim.written) >= 3 and _rounds_to(given, claim)


def comes_to(claim: Quantity, worked_out: float) -> bool:
    """Whether the claim's figure is one that was worked out, kept to as many digits as the claim has."""
    if worked_out <= 0:
        return False
    if math.isclose(claim.value, worked_out, rel_tol=1e-6):
        return True
    if claim.bound == "exact":
        return _digits(claim.written) >= 2 and _rounds_to(worked_out, claim)
    return 1 - _ROUGH <= claim.value / worked_out <= 1 + _ROUGH


def _step(value: float) -> float:
    """The worth of the last digit that is not zero: 10 of 70, 100 of 1,200."""
    digits = _digits(value)
    return float(10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)) if value else 0.0


def _rounds_to(given: float, claim: Quantity) -> bool:
    """Whether `given`, kept to as many digits as the claim has, is the claim's value."""
    scale = claim.value / claim.written if claim.written else 1.0
    digits = _digits(claim.written)
    return math.isclose(_rounded(given / scale, digits), claim.written, rel_tol=1e-9)


def _rounded(value: float, digits: int) -> float:
    return round(value, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0.0


def _digits(value: float) -> int:
    """Significant digits, final zeros left out: 3 for 1,240."""
    return len(f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0")) or 1


def number_in_dates(claim: Quantity, dates: Sequence[DateMention]) -> bool:
    """Whether a number without a unit, an ordinal or a count of days stands in the text as part of a date."""
    if claim.unit in ("bare", "ordinal", "count"):
        return any(date.parts.get(key) == claim.written for date in dates for key in _DATE_NUMBERS if key != "month")
    return claim.unit == "second" and any(date.parts.get("day", 0) == claim.value / 86_400 for date in dates)


def conflict(claim: DateMention, cited: DateMention) -> bool:
    """Whether two dates share a part and differ in it."""
    for key, value in claim.parts.items():
        other = cited.parts.get(key)
        if other is not None and other != value:
            return True
    mine, theirs = claim.parts.get("year"), cited.parts.get("decade")
    if isinstance(mine, int) and isinstance(theirs, int) and mine // 10 * 10 != theirs:
        return True
    said, given = claim.weekday(), cited.weekday()
    return said is not None and given is not None and said != given


def shares_part(claim: DateMention, cited: DateMention) -> bool:
    """Whether two dates have a part in common (the weekday of a full date counts)."""
    if claim.parts.keys() & cited.parts.keys():
        return True
    return "weekday" in claim.parts and cited.weekday() is not None


def date_in(claim: DateMention, dates: Sequence[DateMention], quantities: Sequence[Quantity]) -> bool:
    """Whether every part of the claimed date is said by the dates (or lone numbers) of the cited text."""
    fitting = [date for date in dates if shares_part(claim, date) and not conflict(claim, date)]
    for key, value in claim.parts.items():
        if any(date.parts.get(key) == value for date in fitting):
            continue
        if (key, value) == ("minute", 0) and claim.parts.get("hour") is not None:
            continue
        if key == "weekday" and any(date.weekday() == value for date in dates):
            continue
        # Parts said apart: "on the 14th" beside "of last month", the month of another date in the sentence.
        loose = [date for date in dates if len(date.parts) == 1 and date.parts.get(key) == value]
        units = _NUMBERS_OF.get(key, _LOOSE)
        if loose or (key in _DATE_NUMBERS and any(q.unit in units and q.written == value for q in quantities)):
            continue
        if key == "day" and any(q.unit == "second" and q.value == float(value) * 86_400 for q in quantities):
            continue
        if key in ("minute", "half_day", "part", "week", "season") and fitting:
            continue
        return False
    return True
