"""Quantities in Korean and English text, normalised so that 600억원 and "60 billion won" are the same value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.checker.dates import find_dates
from assistant.checker.numerals import Number, find_numbers
from assistant.checker.units import CURRENCY_CODES, Unit, currency_before, unit_after

Bound = Literal["exact", "about", "nearly", "more", "less"]

_ABOUT_BEFORE = re.compile(
    r"(?:약|대략|어림잡아|줄잡아|about|around|some|roughly|approximately|approx\.|an\sestimated|"
    r"as\smany\sas|near)\s*(?:[$€£¥₩]|US\$)?$",
    re.IGNORECASE,
)
_NEARLY_BEFORE = re.compile(r"(?:거의|nearly|almost|close\sto|just\sunder)\s*(?:[$€£¥₩]|US\$)?$", re.IGNORECASE)
_NEARLY_AFTER = re.compile(r"\s?(?:[가-힣]\s)?(?:가까[운이]|육박|에\s육박)")
_MORE_BEFORE = re.compile(
    r"(?:최소|적어도|(?<!no\s)more\sthan|\bover|at\sleast|above|exceed(?:s|ed|ing)?|top(?:s|ped|ping)|pass(?:es|ed|ing)|"
    r"surpass(?:es|ed|ing)|"
    r"older\sthan|upwards\sof|a\sminimum\sof)\s*(?:[$€£¥₩]|US\$)?$",
    re.IGNORECASE,
)
_LESS_BEFORE = re.compile(
    r"(?:최대|많아야|기껏해야|less\sthan|fewer\sthan|under|below|up\sto|at\smost|no\smore\sthan|younger\sthan|"
    r"a\smaximum\sof|shy\sof|"
    r"short\sof)\s*(?:[$€£¥₩]|US\$)?$",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(
    r"\s?(?:여(?![가-힣])|여\s|가량|정도|안팎|내외|쯤|남짓|(?<=[%원러로])대(?=[^가-힣]|로|의|에|를)|"
    r"or\sso\b)"
)
_MORE_AFTER = re.compile(
    r"\s?(?:이상|선\s(?:위|돌파|회복)|선을\s(?:넘|돌파|회복)|넘[는게은었긴]|을\s넘|를\s넘|이\s넘|가\s넘|초과|"
    r"을\s?돌파|를\s?돌파|을\s웃|s?\s?(?:or|and)\s(?:more|over|above|older|longer|higher|larger|up|heavier)\b)"
)
_LESS_AFTER = re.compile(
    r"\s?(?:이하|미만|도\s(?:안|채|못|되지)|\s아래|\s밑(?=[^가-힣]|으로|을|에)|에(?:도|\s조금|\s다소|\s약간)?\s못|이내|"
    r"s?\s?(?:or|and)\s(?:less|fewer|under|below|younger|shorter|lower|smaller)\b)"
)
_RANGE = re.compile(r"\s?(?:[~∼〜–—-]|에서|부터|to|or|내지)\s?$")
_BETWEEN = re.compile(r"(?:between|from)\b[^.,;]{0,12}$", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"(?:영하|minus|[−-])\s?$", re.IGNORECASE)
_BELOW_ZERO_AFTER = re.compile(r"\s+below\s(?:zero|freezing)", re.IGNORECASE)
_HALF_MORE = re.compile(r"\s?반(?=[^가-힣]|에|을|이|의|가|만|쯤|$)|\sand\sa\shalf\b")
_POINT = re.compile(r"[\s-](?:of\sa\s|a\s)?(?:percentage[\s-])?points?\b", re.IGNORECASE)
_HUNDREDTHS = re.compile(r"(?<=초)\s?(\d\d)(?!\d)")

_DAYS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
}
_DAY_WORD = re.compile(rf"(?<![가-힣])(?:{'|'.join(_DAYS)})(?:째)?(?!달)|(?<![가-힣])반년")
_MULTIPLES = {
    "twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twofold": 2, "곱절": 2, "갑절": 2, "triple": 3,
    "tripled": 3, "tripling": 3, "threefold": 3, "thrice": 3, "quadruple": 4, "quadrupled": 4, "fourfold": 4,
    "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9, "tenfold": 10,
}  # fmt: skip
# Rounds of a cup are told by their number in Korean (8강) and by name in English.
_NAMED = {
    "quarterfinal": 8.0, "quarterfinals": 8.0, "quarter-final": 8.0, "quarter-finals": 8.0, "semifinal": 4.0,
    "semifinals": 4.0, "semi-final": 4.0, "semi-finals": 4.0, "last-eight": 8.0, "준결승": 4.0, "준준결승": 8.0,
    "runner-up": 2.0, "runners-up": 2.0, "준우승": 2.0,
}  # fmt: skip
_NAME = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_NAMED, key=len, reverse=True))})(?![a-z-])", re.IGNORECASE)
_DECADE = re.compile(r"\b(?:a|(?:the\s)?(?:past|last|first|next|coming))\sdecade\b", re.IGNORECASE)
_WEEK = re.compile(
    r"\b(?:a|one)\s(?:week|fortnight)\b(?!\s(?:ago|earlier|before|later))|(?<![가-힣])일주일", re.IGNORECASE
)
_CLEARED = re.compile(r"(?<![\d.])([1-9])m([0-9]{2})(?!\d)")  # 2m34
_HOUR_AND_HALF = re.compile(r"\b(?:an?|one)\s(hour|day|year|month)\sand\sa\shalf\b", re.IGNORECASE)
_HALF_OF = re.compile(r"\bhalf\s(?:an?\s)?(hour|day|year|month)\b", re.IGNORECASE)
# The first part of "an hour and 20 minutes", "a year and seven months".
_ONE_AND_MORE = re.compile(
    r"\b(?:an?|one)\s(?:(?P<hour>hour)(?=\s(?:and\s)?[\w-]+\sminutes?\b)|(?P<year>year)(?=\sand\s[\w-]+\smonths?\b))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(rf"(?<![\w-])(?:{'|'.join(_MULTIPLES)})(?![a-z-]|\sdigit)", re.IGNORECASE)
# People in their teens are 10대 in Korean.
_TEENS = re.compile(r"\bteen(?:s|age|aged|agers?)?\b", re.IGNORECASE)
_PLAYED = re.compile(
    r"\b(?:w[io]n|wins|beat|beats|beaten|lost|loss|lose|defeat\w*|victory|drew|draw\w*|score\w*|vote[ds]?)\b|승|패|"
    r"이기|이겼|이겨|졌|져(?=[\s,])|비[기겼긴]|꺾|무승부"
)
# K2-18b, B-29 and 7-Eleven are names.
_IDENTIFIER = re.compile(r"(?:[A-Za-z]-?|[A-Za-z]\d+-|코로나)$")
_IDENTIFIER_AFTER = re.compile(r"-[A-Z][a-z]|[a-z]\b(?<![mgtkbLW])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written at `text[start:end]`.

    `value` is in the base of `unit` (won, metres, seconds...; see `units`), `written` is the number as it
    stands before its unit (30 of 30㎞, 60e9 of 60 billion won). `bound` says whether it is exact, "about",
    "more than" or "less than". A `weak` one is hardly a claim (one, 하루, "the two").
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    written: float
    bound: Bound = "exact"
    weak: bool = False
    imperial: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit in CURRENCY_CODES


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text` in order; numbers that belong to a date (see `assistant.checker.dates`) are left out."""
    dates = [(date.start, date.end) for date in find_dates(text)]
    numbers = [n for n in find_numbers(text) if not any(n.start < end and start < n.end for start, end in dates)]
    found = [_quantity(text, *pair) for pair in zip(numbers, [*numbers[1:], None], strict=False)]
    found = [_as_range(text, *triple) for triple in zip(numbers, found, [*found[1:], None], strict=False)]
    found = [q for q, before in zip(found, [None, *found], strict=False) if before is None or q.start >= before.end]
    words = list(_word_quantities(text))
    found = [q for q in found if not any(q.start < word.end and word.start < q.end for word in words)] + words
    found = _merged_durations(text, sorted(found, key=lambda quantity: quantity.start))
    return _with_scores(text, found)


def _quantity(text: str, number: Number, follower: Number | None) -> Quantity:
    point = _POINT.match(text, number.end) if number.kind == "fraction" else None
    if point:  # "a quarter point"
        value = number.value
        return Quantity(number.start, point.end(), text[number.start : point.end()], value, "%p", value)
    if number.kind == "fraction":
        share = number.value * 100
        return Quantity(
            number.start,
            number.end,
            text[number.start : number.end],
            share,
            "%",
            share,
            _bound(text, number.start, number.end),
        )
    in_range = follower is not None and follower.start == number.end  # the 두 of 두세
    unit = Unit("bare", 1, number.end) if in_range else unit_after(text, number.end)
    name, start, end, value = unit.name, number.start, unit.end, number.value * unit.factor
    money = currency_before(text, number.start)
    if money:
        name, start, end, value = money[0], money[1], number.end, number.value
    elif number.kind == "ordinal" and name in ("count", "bare", "month", "second", "x", "times"):
        name, end, value = "ordinal", number.end, number.value
    if name == "month" and 1500 <= number.value <= 2100:
        name = "bare"
    if name == "degree" and (_BELOW_ZERO.search(text, 0, number.start) or _BELOW_ZERO_AFTER.match(text, end)):
        value = -value
    hundredths = _HUNDREDTHS.match(text, end) if name == "second" else None
    if hundredths:
        value, end = value + int(hundredths[1]) / 100, hundredths.end()
    half = _HALF_MORE.match(text, end) if name in ("month", "second") else None
    if half:  # 두 시간 반
        value, end = value + unit.factor / 2, half.end()
    bound = _bound(text, start, end)
    if name in ("month", "second") and text[max(0, start - 5) : start].lower() == "over ":
        bound = "exact"  # "over ten years" is during them
    return Quantity(
        start, end, text[start:end].strip(), value, name, number.value, bound,
        _is_weak(text, number, name), unit.imperial,
    )  # fmt: skip


def _bound(text: str, start: int, end: int) -> Bound:
    before = text[max(0, start - 20) : start]
    if _NEARLY_BEFORE.search(before):
        return "nearly"
    if _MORE_BEFORE.search(before) or _MORE_AFTER.match(text, end):
        return "more"
    if _LESS_BEFORE.search(before) or _LESS_AFTER.match(text, end):
        return "less"
    gap = text[start:end]
    if _NEARLY_AFTER.match(text, end):
        return "nearly"
    if _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(text, end) or re.search(r"\d여|만여|천여|백여|억여", gap):
        return "about"
    return "exact"


def _is_weak(text: str, number: Number, unit: str) -> bool:
    """One and first, "the two", 두 회사: words more than figures."""
    if not number.spelled:
        per_one = number.value == 1 and re.match(r"\s?\S{1,2}당", text[number.end :])
        if number.value == 1 and unit in ("month", "second", "ordinal", "count", "bare", "times"):
            return True
        is_identifier = _IDENTIFIER.search(text[: number.start]) or _IDENTIFIER_AFTER.match(text, number.end)
        return bool(per_one or is_identifier)
    within = text[: number.start].rstrip()[-1:] not in ("", ".", "!", "?", '"', "“", ":")
    if number.value <= 1 or (text[number.start].isupper() and within):  # ground zero; the band Seventeen
        return True
    if number.value == 2 and unit == "count":
        before, after = text[max(0, number.start - 6) : number.start].lower(), text[number.end : number.end + 4].strip()
        return before.endswith(("the ", "these ", "those ")) or after.startswith(
            (
                "회사",
                "나라",
                "사람",
                "기업",
                "업체",
                "팀",
                "정상",
                "후보",
                "은행",
                "지역",
                "도시",
                "국가",
                "정당",
                "기관",
            )
        )
    return False


def _as_range(text: str, number: Number, low: Quantity, high: Quantity | None) -> Quantity:
    """The lower end of "3 to 5 million won" takes the unit and the scale of the upper end."""
    if high is None or low.unit not in ("bare", "count") or _IDENTIFIER.search(text[: number.start]):
        return low
    between = text[number.end : high.start]
    if "," in between and "or" in between:  # "187,000, or 4 percent less"
        return low
    joined = number.end == high.start or (_RANGE.search(between) and len(between) < 8)
    if not joined and not (between.strip() == "and" and _BETWEEN.search(text[: number.start])):
        return low
    if number.end != high.start and not between.strip():
        return low
    factor = high.value / high.written if high.written else 1.0
    scale = 1.0
    plain = number.value == number.coefficient
    upper_coefficient = _leading_digits(high.text)
    if plain and upper_coefficient and number.value < upper_coefficient:
        scale = abs(high.written) / upper_coefficient
    return replace(low, unit=high.unit, written=number.value * scale, value=number.value * scale * factor, weak=False)


def _leading_digits(text: str) -> float | None:
    match = re.match(r"[^\d]*(\d[\d,]*(?:\.\d+)?)", text)
    return float(match[1].replace(",", "")) if match else None


def _word_quantities(text: str) -> Iterator[Quantity]:
    """Quantities that are one word: 사흘, 반년, twice."""
    for match in _DAY_WORD.finditer(text):
        word = match[0].removesuffix("째")
        if word == "반년":
            yield Quantity(*match.span(), word, 6.0, "month", 6.0)
        else:
            days = _DAYS[word]
            yield Quantity(*match.span(), word, days * 86_400.0, "second", days, weak=days == 1)
    for match in _NAME.finditer(text):
        yield Quantity(
            *match.span(), match[0], _NAMED[match[0].lower()], "ordinal", _NAMED[match[0].lower()], weak=True
        )
    for match in _WEEK.finditer(text):
        length = 14.0 if match[0].endswith("fortnight") else 7.0
        yield Quantity(*match.span(), match[0], length * 86_400, "second", length, weak=True)
    for match in _CLEARED.finditer(text):
        metres = int(match[1]) + int(match[2]) / 100
        yield Quantity(*match.span(), match[0], metres, "m", metres)
    for pattern, times in ((_HOUR_AND_HALF, 1.5), (_HALF_OF, 0.5)):
        for match in pattern.finditer(text):
            size = {"hour": 3_600.0, "day": 86_400.0, "year": 12.0, "month": 1.0}[match[1].lower()]
            yield Quantity(*match.span(), match[0], times * size, "month" if size < 3_600 else "second", times)
    for match in _ONE_AND_MORE.finditer(text):
        size, unit = (12.0, "month") if match["year"] else (3_600.0, "second")
        yield Quantity(*match.span(), match[0], size, unit, 1.0)
    for match in _TEENS.finditer(text):
        yield Quantity(*match.span(), match[0], 10.0, "count", 10.0, weak=True)
    for match in _DECADE.finditer(text):
        yield Quantity(*match.span(), match[0], 120.0, "month", 10.0, weak=True)
    for match in _MULTIPLE.finditer(text):
        value = float(_MULTIPLES[match[0].lower()])
        yield Quantity(*match.span(), match[0], value, "x", value)


def _merged_durations(text: str, found: list[Quantity]) -> list[Quantity]:
    """`4년 6개월` and "two hours and 30 minutes" are one duration."""
    merged: list[Quantity] = []
    for quantity in found:
        last = merged[-1] if merged else None
        gap = text[last.end : quantity.start].strip() if last else None
        if last and _continues(last, quantity, gap):
            span = text[last.start : quantity.end]
            total = last.value + quantity.value
            merged[-1] = replace(last, end=quantity.end, text=span, value=total, written=total, weak=False)
            continue
        merged.append(quantity)
    return merged


def _with_scores(text: str, found: list[Quantity]) -> list[Quantity]:
    """The two numbers of 3-1 and 3대 1 as one score; its value is the same whoever is named first."""
    merged: list[Quantity] = []
    for quantity in found:
        last = merged[-1] if merged else None
        if last and _are_score(text, last, quantity):
            high, low = max(last.written, quantity.written), min(last.written, quantity.written)
            value = high * 1_000 + low
            span = text[last.start : quantity.end]
            merged[-1] = Quantity(last.start, quantity.end, span, value, "score", value)
            continue
        merged.append(quantity)
    return merged


def _are_score(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers are a score rather than a range, which always rises and has a unit."""
    if first.unit != "bare" and not (first.unit == "count" and first.text.isdigit()):
        return False
    gap = text[first.end : second.start]
    if first.written % 1 or second.written % 1 or max(first.written, second.written) >= 1_000:
        return False
    if re.fullmatch(r"\s?대\s?", gap):
        return second.unit in ("bare", "count")
    if not re.fullmatch(r"[-–:]", gap) or not (second.text.isdigit() and second.unit in ("bare", "count")):
        return False
    near = text[max(0, first.start - 30) : second.end + 12]
    return first.written > second.written or bool(_PLAYED.search(near))


def _continues(last: Quantity, quantity: Quantity, gap: str | None) -> bool:
    """Whether a smaller duration goes on the one before it, with nothing or "and" between."""
    same = quantity.unit == last.unit and last.unit in ("month", "second")
    same = same and (not last.weak or last.text[:1].isdigit() or gap == "and")
    counted = last.text.endswith(("일간", "년간", "주간", "째"))
    return same and gap in ("", "and") and quantity.value < last.value and not counted
