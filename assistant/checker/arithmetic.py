"""Figures of a claim that the cited text does not say but that follow from it: 200 won, where a fare goes from 1,500 to
1,700; two weeks, where a concert moves from May 9 to May 23; 16 of 18, where two are missing."""

import math
import re
from collections.abc import Iterator
from itertools import combinations

from assistant.checker.dates import DateMention
from assistant.checker.facts import Facts
from assistant.checker.quantities import Quantity

_DAY = 86_400.0
_CHANGE = re.compile(
    r"\b(?:by|up|down|rise\sof|increase\sof|drop\sof|fall\sof|gap\sof|difference\sof|lead\sof|margin\sof|another|"
    r"(?:rose|fell|dropped|dipped|climbed|gained|lost|slipped|added|shed|jumped|trimm\w+|cut))\s(?:about\s|nearly\s)?[$€£¥₩]?$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"\s?(?:가량\s|정도\s|이나\s|더\s)?(?:오[르른를]|올[라랐리린]|인상|상승|증가|늘|내[리렸린려]|인하|하락|감소|줄|떨어|높|낮|많|적|"
    r"차이|앞당|미[뤄룬뤘루]|늦[춰췄추])|"
    r"\s(?:[a-z]+\s)?(?:more|fewer|less|higher|lower|later|earlier|increase|rise|drop|fall|cut|hike)\b"
)
_REST = re.compile(r"\s(?:of\s(?:which|whom|them|these)|others?|remaining|the\srest)\b|나머지")


def follows(quantity: Quantity, claim: Facts, cited: Facts) -> bool:
    """Whether a figure of the claim that is told as a change or a rest is the difference of two of the cited text."""
    if _REST.match(claim.text, quantity.end) or "나머지" in claim.text[max(0, quantity.start - 5) : quantity.start]:
        return any(math.isclose(quantity.written, gap, rel_tol=1e-6) for gap in _gaps("", cited))
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


def _days_between(cited: Facts) -> Iterator[int]:
    """The days from one date of the cited text to another of the same month."""
    days = [d for d in cited.dates if isinstance(d.parts.get("day"), int)]
    for one, other in combinations(days, 2):
        if _month(one) == _month(other) or None in (_month(one), _month(other)):
            yield abs(int(one.parts["day"]) - int(other.parts["day"]))


def _month(date: DateMention) -> int | None:
    month = date.parts.get("month")
    return int(month) if month is not None else None
