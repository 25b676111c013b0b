"""When a question asks about: its words for time as days of publication, relative to the day it is asked."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.checker.dates import find_dates
from ingest.errors import UserError

_ONE_DAY = timedelta(days=1)
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"a": 1, "an": 1, "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "한": 1, "두": 2, "세": 3, "석": 3, "네": 4}
_UNITS = {
    "day": 1, "일": 1, "하루": 1, "이틀": 1, "사흘": 1, "나흘": 1, "week": 7, "주": 7, "주일": 7,
    "month": 30, "달": 30, "개월": 30, "year": 365, "년": 365, "해": 365,
}  # fmt: skip
_WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_WEEKDAYS |= {name + "요일": number for number, name in enumerate("월화수목금토일")}

_COUNT = r"\d{1,3}|" + "|".join(sorted((w for w in _NUMBERS if w.isascii()), key=len, reverse=True))
_AGO = re.compile(
    rf"\b(?P<n>{_COUNT})\s(?P<unit>day|week|month|year)s?\sago\b|"
    r"(?P<n2>\d{1,3}|한|두|세|석|네)\s?(?P<unit2>일|주일|주|달|개월|년|해)\s?전(?![가-힣]*[체국부])|"
    r"(?P<n3>하루|이틀|사흘|나흘)\s?전",
    re.IGNORECASE,
)
_PAST = re.compile(
    rf"\b(?:last|past)\s(?P<n>{_COUNT})\s(?P<unit>day|week|month|year)s\b|"
    r"(?:최근|지난)\s?(?P<n2>\d{1,3}|한|두|세|석|네)\s?(?P<unit2>일|주일|주|달|개월|년)(?!째)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:on|since|last|from)\s(?P<english>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|"
    r"(?P<korean>[월화수목금토일]요일)",
    re.IGNORECASE,
)
_SINCE_BEFORE = re.compile(r"\b(?:since|after)\s+(?:the\s)?$", re.IGNORECASE)
_SINCE_AFTER = re.compile(r"^\s?(?:이후|부터|이래)")
_UNTIL_BEFORE = re.compile(r"\b(?:before|until|till|by)\s+(?:the\s)?$", re.IGNORECASE)
_UNTIL_AFTER = re.compile(r"^\s?(?:이전|까지|전까지)")
# What a month or a year is asked for as its own (its sales, its election): told in it, and for long after.
_KOREAN_FACTS = "|".join(
    """매출 영업이익 순이익 당기순이익 이익 적자 흑자 손실 실적 수출 수입 판매 생산 물가 성장률 실업률 출산율 출생 인구
    예산 세수 거래 점유율 가입자 이용자 관객 관광객 방문객 수익 임금 연봉 배당 부채 소득 소비 강수량 기온 사망자 피해
    대회 월드컵 올림픽 선거 총선 대선 지진 태풍 홍수 산불 참사 축제 전쟁 국정감사 국감 수능""".split()
)
_ENGLISH_FACTS = (
    r"(?:revenues?|sales|turnover|profits?|earnings|loss(?:es)?|deficit|surplus|results|exports?|imports?|output|prices|"
    r"inflation|growth|unemployment|births?|population|budget|market share|users|subscribers|visitors|tourists|income|"
    r"wages|salary|dividend|debt|spending|rainfall|deaths|elections?|world cup|olympics|earthquake|typhoon|floods?|"
    r"wildfires?|festival|war|tournament)"
)
_FACT_AFTER = re.compile(
    rf"(?:의|에)?\s?(?:[\w·]+\s){{0,2}}(?:{_KOREAN_FACTS})|(?:['’]s)?\s(?:\w+\s){{0,2}}{_ENGLISH_FACTS}\b", re.I
)
_FACT_BEFORE = re.compile(rf"\b{_ENGLISH_FACTS}\s(?:[\w'’]+\s){{0,2}}$", re.I)
_TELLING = re.compile(
    r"소식|뉴스|기사|보도|발표|밝[히혔]|말[했하]|\b(?:news|reports?|articles?|headlines|announce\w*|said|say)\b", re.I
)
_LONG = timedelta(days=27)
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent|recent|recently|right now|now|currently|current|at the moment|so far)\b|"
    r"최근|최신|지금|현재|요즘|가장 새로운|이제까지|지금까지",
    re.IGNORECASE,
)


class BadDate(UserError):
    """A date that was given cannot be read."""


@dataclass(frozen=True)
class Period:
    """Days, both ends included; None is an open end."""

    start: date | None
    end: date | None

    def has(self, day: date) -> bool:
        """Whether the day is in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def with_reports(self) -> "Period":
        """The period and as long again: what happened yesterday is also told today. At least one day more."""
        if self.start is None or self.end is None:
            return self
        return Period(self.start, self.end + max(_ONE_DAY, self.end - self.start))


@dataclass(frozen=True)
class Asked:
    """What a question says about time: the period it asks about, and whether it wants the newest."""

    period: Period | None
    newest: bool


def asked_times(question: str, today: date) -> Asked:
    """The time a question asks about, seen from `today`; of several periods the first that can have been told of."""
    periods = (period for period in _periods(question, today) if period.start is None or period.start <= today)
    return Asked(next(periods, None), bool(_NEWEST.search(question)))


def moment(text: str) -> datetime:
    """A date or moment in ISO 8601; a date alone is its last moment. Raises `BadDate`."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDate(f"{text!r} is not a date: write it like 2024-11-07 or 2024-11-07T09:00:00+09:00.") from error
    return datetime.combine(found.date(), time.max) if len(text.strip()) <= 10 else found


def day_of(published_at: str | None) -> date | None:
    """The day of an article's date in its own time zone; None when it has none, or none that can be read."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def is_later(published_at: str | None, as_of: datetime) -> bool:
    """Whether an article came out after `as_of`; one without a date did not."""
    day = day_of(published_at)
    if published_at is None or day is None:
        return False
    try:
        published = datetime.fromisoformat(published_at)
    except ValueError:
        return day > as_of.date()
    if published.tzinfo is None or as_of.tzinfo is None or len(published_at) <= 10:
        return published.replace(tzinfo=None) > as_of.replace(tzinfo=None)
    return published > as_of


def _periods(question: str, today: date) -> Iterator[Period]:
    """Every reading: dates as written, then words relative to today."""
    year = _year_said(question, today)
    for mention in find_dates(question):
        period = _calendar(mention.parts, year, today)
        if period:
            yield _open_ended(period, question[: mention.start], question[mention.end :])
    for match in _PAST.finditer(question):
        yield Period(today - _length(match), today)
    for match in _AGO.finditer(question):
        length = _length(match)
        slack = length // 7 if length.days >= 7 else timedelta(0)
        yield _open_ended(
            Period(today - length - slack, today - length + slack), question[: match.start()], question[match.end() :]
        )
    for pattern, days in _RELATIVE:
        for match in pattern.finditer(question):
            yield _open_ended(days(today), question[: match.start()], question[match.end() :])
    for match in _WEEKDAY.finditer(question):
        wanted = _WEEKDAYS[(match["english"] or match["korean"]).lower()]
        day = today - timedelta(days=(today.weekday() - wanted) % 7)
        before = question[: match.start("english")] if match["english"] else question[: match.start()]
        yield _open_ended(Period(day, day), before, question[match.end() :])


def _length(match: re.Match[str]) -> timedelta:
    groups = match.groupdict()
    count = (groups["n"] or groups["n2"] or groups.get("n3") or "").lower()
    unit = (groups["unit"] or groups["unit2"] or "day").lower()
    return timedelta(days=_UNITS[unit] * (int(count) if count.isdigit() else _NUMBERS[count]))


def _year_said(question: str, today: date) -> int | None:
    if re.search(r"올해|금년|\bthis year\b", question, re.IGNORECASE):
        return today.year
    if re.search(r"작년|지난해|\blast year\b", question, re.IGNORECASE):
        return today.year - 1
    return None


def _calendar(parts: object, year_said: int | None, today: date) -> Period | None:
    """The days that a written date names; a month without a year is the last one that has begun."""
    assert isinstance(parts, dict)
    year, month, day = parts.get("year", year_said), parts.get("month"), parts.get("day")
    try:
        if month is None:
            return _year(date(int(parts["year"]), 1, 1), 0) if "year" in parts else None
        if year is None:
            year = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
        if day is not None:
            return Period(date(year, month, day), date(year, month, day))
        return _month(date(year, month, 1))
    except (ValueError, TypeError):
        return None  # no such day


def _open_ended(period: Period, before: str, after: str) -> Period:
    if _SINCE_BEFORE.search(before) or _SINCE_AFTER.match(after):
        return Period(period.start, None)
    if _UNTIL_BEFORE.search(before) or _UNTIL_AFTER.match(after):
        return Period(None, period.end)
    return Period(period.start, None) if _is_of_a_fact(period, before, after) else period


def _is_of_a_fact(period: Period, before: str, after: str) -> bool:
    """Whether a month or a year says when a figure or an event was ("last year's revenue"), not when it was told."""
    if period.start is None or period.end is None or period.end - period.start < _LONG:
        return False
    return bool(_FACT_AFTER.match(after) or _FACT_BEFORE.search(before)) and not _TELLING.search(before + after)


def _day(today: date, back: int) -> Period:
    return Period(today - back * _ONE_DAY, today - back * _ONE_DAY)


def _week(today: date, back: int) -> Period:
    monday = today - timedelta(days=today.weekday() + 7 * back)
    return Period(monday, monday + 6 * _ONE_DAY)


def _month(day: date, back: int = 0) -> Period:
    index = day.year * 12 + day.month - 1 - back
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return Period(date(index // 12, index % 12 + 1, 1), following - _ONE_DAY)


def _year(today: date, back: int) -> Period:
    return Period(date(today.year - back, 1, 1), date(today.year - back, 12, 31))


_RELATIVE: list[tuple[re.Pattern[str], Callable[[date], Period]]] = [
    (re.compile(pattern, re.IGNORECASE), days)
    for pattern, days in (
        (r"오늘(?!날)|\btoday\b|\bthis morning\b", lambda today: _day(today, 0)),
        (r"어제|어저께|간밤|\byesterday\b|\blast night\b", lambda today: _day(today, 1)),
        (r"그제|그저께|\bday before yesterday\b", lambda today: _day(today, 2)),
        (r"이번\s?주|금주|\bthis week\b", lambda today: _week(today, 0)),
        (r"지난\s?주|저번\s?주|\blast week\b", lambda today: _week(today, 1)),
        (r"이번\s?달|이달|\bthis month\b", lambda today: _month(today)),
        (r"지난\s?달|저번\s?달|\blast month\b", lambda today: _month(today, 1)),
        (r"올해|금년|\bthis year\b", lambda today: _year(today, 0)),
        (r"(?<!재)작년|지난해|\blast year\b", lambda today: _year(today, 1)),
        (r"재작년", lambda today: _year(today, 2)),
    )
]
