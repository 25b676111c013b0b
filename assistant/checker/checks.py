"""The checks of a claim against its cited text, one for each kind of thing that can go wrong."""

import re
from collections.abc import Iterator, Sequence

from assistant.checker.agreement import agree, conflict, date_in, number_in_dates, same_unit, shares_part
from assistant.checker.arithmetic import follows, is_same_share
from assistant.checker.dates import DateMention, tells
from assistant.checker.facts import Facts, Finding
from assistant.checker.institutions import replaced_body, shared_bodies
from assistant.checker.mentions import names_not_in, names_of
from assistant.checker.quantities import Quantity

_PROPER = r"[A-ZÀ-Þ][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]+)*"
_LISTED = re.compile(rf"{_PROPER}(?:,\s{_PROPER})*,?\sand\s{_PROPER}")  # Mali, Kenya and Tanzania
_FEW = 8  # things that a text may list
_LIST_JOINT = re.compile(r",\s|·|、|\sand\s|[와과]\s")


def quantity_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every quantity of the claim must be in the cited text, in any notation."""
    for quantity in claim.quantities:
        bearing = [other for other in cited.quantities if agree(quantity, other)]
        if (
            bearing
            or number_in_dates(quantity, cited.dates)
            or _counts_a_list(quantity, cited)
            or follows(quantity, claim, cited)
            or is_same_share(quantity, claim, cited)
            or _is_said_apart(quantity, cited)
        ):
            yield Finding("agrees", quantity.text)
        elif not _counts_back(quantity, claim.text, cited):
            rivals = [q for q in cited.quantities if same_unit(quantity, q) and not q.weak]
            if quantity.weak:  # "a year" may stand in place of two years, 1명 in place of two dead
                is_figure = (quantity.unit == "count") == quantity.text[:1].isdigit()
                rivals = [q for q in rivals if is_figure and q.unit == quantity.unit in ("month", "second", "count")]
                rivals = [q for q in rivals if not any(agree(mine, q) for mine in claim.quantities)]
            if rivals or not _is_hardly_a_figure(quantity):
                yield _mismatch(quantity, rivals, claim, cited)


def _is_hardly_a_figure(quantity: Quantity) -> bool:
    """Whether a text may leave a quantity unsaid: "both", "settled for second", 2차, "a litre"."""
    if quantity.text in ("2세", "3세"):  # the second generation
        return True
    if quantity.weak or (quantity.written == 1 and quantity.unit not in ("%", "%p")):
        return True
    if quantity.unit == "ordinal":
        return quantity.value <= 3
    return not quantity.text[:1].isdigit() and quantity.unit in ("count", "bare") and quantity.value <= 2


def _mismatch(quantity: Quantity, rivals: Sequence[Quantity], claim: Facts, cited: Facts) -> Finding:
    """A figure in place of another contradicts; one where the text has none is missing."""
    free = [q for q in rivals if not any(agree(mine, q) for mine in claim.quantities)]
    equal = [q for q in cited.quantities if q.value == quantity.value and q.unit != quantity.unit]
    rival = next(iter((*free, *equal)), None)
    return Finding("contradicts", quantity.text, rival.text) if rival else Finding("missing", quantity.text)


def _is_said_apart(score: Quantity, cited: Facts) -> bool:
    """Whether the two numbers of a score stand apart in the cited text: 81 for, 21 against."""
    sides = divmod(score.value, 1_000)
    return score.unit == "score" and all(any(q.written == side for q in cited.quantities) for side in sides)


def _counts_back(quantity: Quantity, claim: str, cited: Facts) -> bool:
    """Whether "in five years" or "6년 전" may say what the cited text says with a year: that depends on today."""
    if quantity.unit != "month" or not any(date.parts.keys() & {"year", "month"} for date in cited.dates):
        return False
    before, after = claim[: quantity.start], claim[quantity.end :]
    return bool(re.match(r"\s(?:ago|earlier)\b|\s?(?:만에|전)", after) or re.search(r"\b(?:time|first)\sin\s$", before))


def _counts_a_list(quantity: Quantity, cited: Facts) -> bool:
    """Whether a small number counts what the cited text lists: four cities, where it names four."""
    text = cited.text
    has_count = any(q.unit in ("count", "bare") and q.value <= _FEW and not q.weak for q in cited.quantities)
    if quantity.unit not in ("count", "bare") or has_count or not 2 <= quantity.value <= _FEW:
        return False
    listed = [len(re.split(r",\s(?:and\s)?|\sand\s", match[0])) for match in _LISTED.finditer(text)]
    return quantity.value in listed or any(
        len(_LIST_JOINT.findall(stretch)) + 1 == quantity.value and not re.search(r"\d", stretch)
        for stretch in re.split(r"[.;:\n]", text)
    )


# Parts of a date that a text may leave to its reader.
_UNSAID = frozenset(
    {"part", "season", "week", "half", "half_day", "year_from_now", "month_from_now", "week_from_now", "day_from_now"}
)


# Spans told from today: a text without any date does not say them.
_SPANS = frozenset({"week_from_now", "month_from_now"})


def date_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every part of a date in the claim must be said in the cited text; a weekday it cannot know is left alone."""
    for date in claim.dates:
        said = claim.text[date.start : date.end].strip()
        if date_in(date, cited.dates, cited.quantities):
            yield Finding("agrees", said)
            continue
        if _is_told_by_another_calendar(date, cited) or "·" in said:
            continue
        apart = _told_otherwise(date, claim, cited)
        if apart:
            yield Finding("contradicts", said, cited.text[apart.start : apart.end].strip())
            continue
        if set(date.parts) <= _UNSAID and not any(shares_part(date, d) for d in cited.dates):
            spans = date.parts.keys() & _SPANS
            is_half = "half" in date.parts and not cited.dates and said[1:] != "반"  # 후반 is of a match
            if not is_half and (cited.dates or not spans or any(tells(cited.text, span) for span in spans)):
                continue
        rivals = [d for d in cited.dates if shares_part(date, d) and conflict(date, d)]
        free = [d for d in rivals if not date_in(d, claim.dates, claim.quantities)] or rivals
        if free:
            yield Finding("contradicts", said, cited.text[free[0].start : free[0].end].strip())
        else:
            yield Finding("missing", said)


def _is_told_by_another_calendar(date: DateMention, cited: Facts) -> bool:
    """Whether one text says the weekday and the other the day of the month: which it was, neither says."""
    days = any(d.parts.keys() & {"day", "day_from_now"} for d in cited.dates)
    weekdays = any(d.weekday() is not None for d in cited.dates)
    return (set(date.parts) == {"weekday"} and days and not weekdays) or (
        set(date.parts) == {"day"} and weekdays and not days
    )


def _told_otherwise(date: DateMention, claim: Facts, cited: Facts) -> DateMention | None:
    """The "next year" of the cited text that the claim leaves out, where it says "next month" instead."""
    if not _SPANS & date.parts.keys() or any(not other.parts.keys().isdisjoint(date.parts) for other in cited.dates):
        return None
    others = [other for other in cited.dates if _SPANS & other.parts.keys() or other.parts.get("year_from_now")]
    return next((other for other in others if not any(other.parts == mine.parts for mine in claim.dates)), None)


def name_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every name of the claim must be in the cited text, in either script."""
    absent = names_not_in(claim.text, cited.text, claim.words, cited.words)
    values: list[Quantity | DateMention] = [*claim.quantities, *claim.dates]
    apart = [*((value.start, value.end) for value in values), *shared_bodies(claim.text, cited.text)]
    absent = [m for m in absent if not any(start < m.end and m.start < end for start, end in apart)]
    body = replaced_body(claim.text, cited.text)
    if body:
        yield Finding("contradicts", *body)
    for name in names_of(claim.text):
        if not any(mention.start <= name.start < mention.end for mention in absent):
            yield Finding("agrees", name.text)
    for mention in absent:
        yield Finding("missing", mention.text)
