"""Dates and times of day in Korean and English text, as the parts that were written: year, month, day, weekday..."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, start=1)} | {
    name[:3]: number for number, name in enumerate(_MONTHS, start=1)
} | {"sept": 9}  # fmt: skip
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_KOREAN_WEEKDAYS = "월화수목금토일"
_SEASONS = {
    "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
    "봄": "spring", "여름": "summer", "가을": "autumn", "겨울": "winter",
}  # fmt: skip
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}

_M = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)(?!\w)"
)
_D = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,]\d|%)"
_Y = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d|,\d|\.\d)"
_H = r"(?P<hour>2[0-4]|1\d|0?\d)"

# What follows 일 when it counts days rather than naming one: 15일간, 3일 만에, 2일째.
_DAYS_COUNTED = r"(?!\s?(?:간|동안|만에|만의|째|치|짜리|내내|연속|연달|이내|내로|앞으로|당|씩))"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.]){_Y}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"(?<![\d.]){_Y}\.\s?(?P<month>1[0-2]|0?[1-9])\.\s?(?P<day>3[01]|[12]\d|0?[1-9])\b\.?",
        rf"{_Y}년\s?(?:도\s)?(?P<month>1[0-2]|0?[1-9])월(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])일{_DAYS_COUNTED})?",
        r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])월\s?(?P<day>3[01]|[12]\d|0?[1-9])일",
        r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])월\s?(?P<day>3[01]|[12]\d|0?[1-9])(?=\s?[~∼〜-])",
        rf"(?<!\d){_Y}년(?!\s?(?:동안|만에|간|전))(?!대)",
        r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])월(?![가-힣]{2,}주)",
        rf"(?<![\d.월])(?P<day>3[01]|[12]\d|0?[1-9])일{_DAYS_COUNTED}(?![가-힣]*\s?동안)",
        rf"\b{_D}(?:\s+of)?\s+{_M},?\s+{_Y}",
        rf"\b{_M}\s+{_D},?\s+{_Y}",
        rf"\b{_M},?\s+{_Y}",
        rf"\b{_D}(?:\s+of)?\s+{_M}(?!\w)",
        rf"\b{_M}\s+{_D}(?!\s?(?:percent|per cent|million|billion|people))",
    )
)
# The day that an event is called by: 6·25 전쟁, 12·3 비상계엄.
_CALLED_BY_DAY = re.compile(r"(?<![\d·.])(?P<month>1[0-2]|[1-9])·(?P<day>3[01]|[12]\d|[1-9])(?=\s?[가-힣])(?!·)")
# The 12 of "October 2 to 12".
_UNTIL = re.compile(
    r"\s?(?:to|through|until|till|[-–])\s?(?:the\s)?(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|"
    r"[.,]\d)(?!\s?(?:[ap]\.?m\b|percent|per\scent|people|thousand|million|billion|[A-Z]))"
)
# "May" and "March" alone are months only where a month can stand.
_LONE_MONTH = re.compile(
    r"\b(?:(?:(?i:in|of|by|since|until|till|through|from|to|early|late|mid|last|next|this|every|each|between|and|"
    r"during|before|after|for|ended|ending)[\s-])(?P<after>May|March)|"
    r"(?P<other>January|February|April|June|July|August|September|October|November|December|Jan\.|Feb\.|Apr\.|"
    r"Aug\.|Sept\.|Sep\.|Oct\.|Nov\.|Dec\.))(?![\w])"
)
_LONE_YEAR = re.compile(
    rf"(?<![\d.,$€£¥₩-]){_Y}(?![A-Za-z㎞㎝㎏㎡㎜%가-힣])(?!\s(?:[명개원대곳건]|m\b|metres|meters|percent|people|"
    rf"won\b|dollars|euros|km|-))"
)
_DECADE = re.compile(
    r"\b(?P<english>1[5-9]\d0|20\d0)s\b|\bthe\s['’]?(?P<short>[5-9]0)['’]?s\b|(?<!\d)(?P<korean>1[5-9]\d0|20\d0|[1-9]0)년대"
)
_WEEKDAY = re.compile(
    r"(?<!Black )(?<!Palm )(?<!Good )(?<!Easter )\b(?P<english>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|"
    r"Sunday)s?\b|(?P<korean>[월화수목금토일])요일|(?<=일)\s?\((?P<bracket>[월화수목금토일])\)"
)
_QUARTER = re.compile(
    r"\b(?i:(?P<word>first|second|third|fourth|final)[\s-]quarter)(?!ly|-?final)|\bQ(?P<q>[1-4])\b|\b(?P<q2>[1-4])Q\b|"
    r"(?<!\d)(?P<korean>[1-4])\s?[·~-]?\s?분기"
)
_THREE_MONTHS = re.compile(
    r"\b(?P<first>Jan|Apr|Jul|Oct)[a-z.]*(?:\s?[-–]\s?|\s(?:to|through)\s)(?P<last>Mar|Jun|Sep|Dec)[a-z.]*|"
    r"(?<!\d)(?P<from>1|4|7|10)\s?월?\s?(?:[~∼〜-]|부터|에서)\s?(?P<to>3|6|9|12)월"
)
_QUARTER_OF = {("Jan", "Mar"): 1, ("Apr", "Jun"): 2, ("Jul", "Sep"): 3, ("Oct", "Dec"): 4} | {
    ("1", "3"): 1, ("4", "6"): 2, ("7", "9"): 3, ("10", "12"): 4,
}  # fmt: skip
_HALF_YEAR = re.compile(
    r"\b(?i:(?P<word>first|second)[\s-]half)(?!\s+hour)|\bH(?P<h>[12])\b|(?P<korean>상반기|"
    r"하반기|전반(?=전|에만|\s추가|\s\d+분)|후반(?=전|에만|\s추가|\s\d+분))"
)
_SEASON = re.compile(
    r"\b(?P<english>spring|summer|autumn|winter)\b|\b(?:(?:the|last|next|this|in)\s)(?P<fall>fall)(?=\s+of\b|"
    r"\s+\d{4}|[.,]|$)|"
    r"(?<![가-힣])(?P<korean>봄|여름|가을|겨울)(?=철|에|부터|까지|보다|은|는|이|의|\s|$|[.,])"
)
_PART = re.compile(
    r"\b(?P<english>(?i:early|mid|late|the end of|end of|beginning of|start of))(?=[\s-]+(?:in\s|"
    r"on\s)?(?:[A-Z][a-z]{2,}\b|the\s(?:month|year)))|(?<=월)\s?(?P<korean>초순|상순|중순|하순|초|말)(?=까지|부터|경|쯤|에|이|의|은|께|\s|"
    r"[,.]|$)"
)
_PARTS = {
    "early": "early", "beginning of": "early", "start of": "early", "초": "early", "초순": "early", "상순": "early",
    "mid": "mid", "중순": "mid", "late": "late", "the end of": "late", "end of": "late", "하순": "late", "말": "late",
}  # fmt: skip
_WEEK_OF_MONTH = re.compile(
    r"\b(?i:(?P<english>first|second|third|fourth|last|final))\s+week\s+of\b|(?P<korean>첫째|둘째|셋째|넷째|"
    r"마지막|첫)\s?주(?!\s?간)"
)
_WEEK_NUMBERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 5, "final": 5,
    "첫째": 1, "첫": 1, "둘째": 2, "셋째": 3, "넷째": 4, "마지막": 5,
}  # fmt: skip
_CLOCK = re.compile(
    rf"(?:(?P<korean>오전|오후|새벽|아침|낮|저녁|밤)\s?)?(?<![\d.]){_H}시(?!간|속|군|도|민|대|장|즌|설|점|"
    rf"험)(?:\s?(?P<minute>[0-5]?\d)분(?!의|기)|\s?(?P<half>반)(?![가-힣]))?|"
    rf"(?<![\d.:]){_H}(?P<colon>:[0-5]\d)?\s?(?P<half_day>[ap]\.?m\b\.?)|(?<![\d.:]){_H}(?P<colon2>:[0-5]\d)(?![\d:])|"
    rf"(?<![\d.:]){_H}(?P<colon3>:[0-5]\d)?\s(?:o'clock|in\sthe\s(?P<part>morning|afternoon|evening))".replace(
        "(?P<hour>", "(?P<hour{}>"
    ).format(1, 2, 3, 4),
    re.IGNORECASE,
)
_NOON = re.compile(r"\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b|(?P<korean>정오|자정)")
_AFTERNOON = {"오후", "저녁", "밤", "afternoon", "evening"}
# Years, months, weeks and days told from today: last year is -1.
_TOLD_FROM_TODAY = tuple(
    (key, offset, re.compile(pattern, re.IGNORECASE))
    for key, offset, pattern in (
        ("year_from_now", -1, r"(?<![가-힣])(?:지난해|작년)|(?<!the )\blast\syear\b"),
        ("year_from_now", 0, r"(?<![가-힣])(?:올해|금년|연내|연말까지|올\s?(?=봄|여름|가을|겨울|들어))|"
         r"\bthis\syear\b|\bthe\send\sof\sthe\syear\b"),
        ("year_from_now", 1, r"(?<![가-힣])내년|\bnext\syear\b"),
        ("month_from_now", -1, r"(?<![가-힣])지난\s?달|(?<!the )\blast\smonth\b"),
        ("month_from_now", 0, r"(?<![가-힣])(?:이달|이번\s달)|\bthis\smonth\b|\bmonth['’]s\send\b|"
         r"\bthe\send\sof\sthe\smonth\b"),
        ("month_from_now", 1, r"(?<![가-힣])(?:다음\s?달|내달)|\bnext\smonth\b"),
        ("week_from_now", -1, r"(?<![가-힣])지난\s?주(?![가-힣]{2}|자)|(?<!the )\blast\sweek\b"),
        ("week_from_now", 0, r"(?<![가-힣])(?:금주|이번\s?주)|\bthis\sweek\b"),
        ("week_from_now", 1, r"(?<![가-힣])(?:차주(?=에|부터|까지|중)|다음\s?주)|\bnext\sweek\b"),
        ("day_from_now", -1, r"(?<![가-힣])어제|\byesterday\b"),
        ("day_from_now", 1, r"(?<![가-힣])내일|\btomorrow\b"),
    )
)  # fmt: skip
# Last year as a yardstick: 지난해보다, "than last year".
_COMPARED = re.compile(
    r"\s?(?:의\s)?(?:\d분기\s?)?(?:보다|대비|같은|동기|에\s비해|[와과]\s(?:비교|달리|같))|['’]s\b(?<=last\syear['’]s)"
)
_COMPARED_WITH = re.compile(r"\b(?:than|from|over|compared\s(?:with|to)|against)\s$")
_PART_OF_DAY = re.compile(
    r"(?P<am>(?<![가-힣])(?:오전|새벽|아침)|\bmorning\b)|(?P<pm>(?<![가-힣])(?:오후|저녁)|\b(?:afternoon|evening)\b)"
)
_MORNING = {"오전", "새벽", "아침", "morning"}


@dataclass(frozen=True)
class DateMention:
    """A date or time as written at `text[start:end]`; `parts` holds only what is said there.

    Keys of `parts`: year, month, day, weekday (0 is Monday), quarter, half, decade, season, part (early, mid,
    late), week, hour (0 to 12), minute, half_day (am or pm), and year_from_now, month_from_now, week_from_now and
    day_from_now (-1 is last year, 1 tomorrow).
    """

    start: int
    end: int
    parts: Mapping[str, int | str]

    def weekday(self) -> int | None:
        """The weekday, as said or as the calendar has it for a full date."""
        if "weekday" in self.parts:
            return int(self.parts["weekday"])
        try:
            return date(*(int(self.parts[key]) for key in ("year", "month", "day"))).weekday()
        except (KeyError, ValueError):
            return None


@lru_cache(maxsize=256)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates and times of `text` in order, without overlaps."""
    found: list[DateMention] = []
    for mention in _candidates(text):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def find_moments(text: str) -> list[DateMention]:
    """The dates of `text` and what it tells from today or by the part of the day: last year, this week, 오전."""
    found = list(find_dates(text))
    told = [
        DateMention(*match.span(), {key: offset})
        for key, offset, pattern in _TOLD_FROM_TODAY
        for match in pattern.finditer(text)
        if not _COMPARED.match(text, match.end()) and not _COMPARED_WITH.search(text[: match.start()])
    ] + [
        DateMention(*match.span(), {"half_day": "am" if match["am"] else "pm"}) for match in _PART_OF_DAY.finditer(text)
    ]
    found += [m for m in told if not any(m.start < other.end and other.start < m.end for other in found)]
    return sorted(found, key=lambda mention: mention.start)


def tells(text: str, key: str) -> bool:
    """Whether a text speaks of a span told from today at all (`week_from_now`...), if only as a yardstick."""
    return any(pattern.search(text) for name, _, pattern in _TOLD_FROM_TODAY if name == key)


def _candidates(text: str) -> Iterator[DateMention]:
    """Every reading, the longer patterns before their parts."""
    for match in _THREE_MONTHS.finditer(text):
        quarter = _QUARTER_OF.get((match["first"] or match["from"], match["last"] or match["to"]))
        if quarter:
            yield DateMention(*match.span(), {"quarter": quarter})
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield DateMention(*match.span(), {k: _part(k, v) for k, v in match.groupdict().items() if v})
            if {"month", "day"} <= match.groupdict().keys() and (until := _UNTIL.match(text, match.end())):
                yield DateMention(*until.span("day"), {"day": int(until["day"])})
    for match in _CALLED_BY_DAY.finditer(text):
        yield DateMention(*match.span(), {"month": int(match["month"]), "day": int(match["day"])})
    for reader in (_named_parts, _clock):
        yield from reader(text)


def _part(key: str, value: str) -> int:
    return int(value) if value.isdigit() else _MONTH_NUMBER[value.lower().rstrip(".")]


def _named_parts(text: str) -> Iterator[DateMention]:
    for match in _QUARTER.finditer(text):
        quarter = (
            _QUARTERS[match["word"].lower()] if match["word"] else int(match["q"] or match["q2"] or match["korean"])
        )
        yield DateMention(*match.span(), {"quarter": quarter})
    for match in _HALF_YEAR.finditer(text):
        is_first = {(match["word"] or "").lower(), match["h"], match["korean"]} & {"first", "1", "상반기", "전반"}
        yield DateMention(*match.span(), {"half": 1 if is_first else 2})
    for match in _DECADE.finditer(text):
        decade = int(match["english"] or match["short"] or match["korean"])
        yield DateMention(*match.span(), {"decade": decade if decade > 100 else 1900 + decade})
    for match in _PART.finditer(text):
        word = (match["english"] or match["korean"]).lower()
        yield DateMention(*match.span(), {"part": _PARTS[word]})
    for match in _LONE_MONTH.finditer(text):
        group = next(name for name in ("after", "other") if match[name])
        yield DateMention(*match.span(group), {"month": _MONTH_NUMBER[match[group].lower().rstrip(".")]})
    for match in _LONE_YEAR.finditer(text):
        yield DateMention(*match.span(), {"year": int(match["year"])})
    for match in _WEEKDAY.finditer(text):
        word = match["english"]
        day = _WEEKDAYS.index(word.lower()) if word else _KOREAN_WEEKDAYS.index(match["korean"] or match["bracket"])
        yield DateMention(*match.span(), {"weekday": day})
    for match in _WEEK_OF_MONTH.finditer(text):
        yield DateMention(*match.span(), {"week": _WEEK_NUMBERS[(match["english"] or match["korean"]).lower()]})
    for match in _SEASON.finditer(text):
        yield DateMention(*match.span(), {"season": _SEASONS[match["english"] or match["fall"] or match["korean"]]})


def _clock(text: str) -> Iterator[DateMention]:
    for match in _CLOCK.finditer(text):
        hour = int(next(value for value in match.group("hour1", "hour2", "hour3", "hour4") if value))
        minute = next((value.strip(":") for value in match.group("minute", "colon", "colon2", "colon3") if value), "0")
        said = (match["korean"] or match["half_day"] or match["part"] or "").lower()
        parts: dict[str, int | str] = {"hour": hour % 12 or 12, "minute": 30 if match["half"] else int(minute)}
        if (hour, said) == (12, "밤"):
            parts["half_day"] = "am"
        elif hour > 12 or (hour, said) == (12, "낮") or said in _AFTERNOON or said.startswith("p"):
            parts["half_day"] = "pm"
        elif said in _MORNING or said.startswith("a"):
            parts["half_day"] = "am"
        yield DateMention(*match.span(), parts)
    for match in _NOON.finditer(text):
        is_noon = match["noon"] or match["korean"] == "정오"
        yield DateMention(*match.span(), {"hour": 12, "minute": 0, "half_day": "pm" if is_noon else "am"})
