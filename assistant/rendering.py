"""Quantities and dates in the other language: 600억원 as "60 billion won", "6 November 2024" as 2024년 11월 6일."""

from assistant.checker.dates import DateMention, find_dates
from assistant.checker.quantities import Quantity, find_quantities
from ingest.article import Language

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_ENGLISH_SCALES = ((1e15, "quadrillion"), (1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_KOREAN_SCALES = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_CURRENCIES = {
    "KRW": ("won", "원"), "USD": ("dollars", "달러"), "EUR": ("euros", "유로"), "JPY": ("yen", "엔"),
    "GBP": ("pounds", "파운드"), "CNY": ("yuan", "위안"), "INR": ("rupees", "루피"), "CHF": ("francs", "프랑"),
    "CAD": ("Canadian dollars", "캐나다달러"), "AUD": ("Australian dollars", "호주달러"),
    "HKD": ("Hong Kong dollars", "홍콩달러"), "SGD": ("Singapore dollars", "싱가포르달러"),
    "TWD": ("Taiwan dollars", "대만달러"), "SEK": ("kronor", "크로나"), "NOK": ("kroner", "크로네"),
    "RUB": ("roubles", "루블"), "THB": ("baht", "바트"), "TRY": ("lira", "리라"), "MXN": ("pesos", "페소"),
    "BRL": ("reais", "헤알"),
}  # fmt: skip
# (unit, size in the base unit): English and Korean names.
_MEASURES = {
    ("%", 1.0): ("percent", "%"), ("%p", 1.0): ("percentage points", "%포인트"), ("x", 1.0): ("times", "배"),
    ("times", 1.0): ("times", "번"), ("degree", 1.0): ("degrees", "도"),
    ("month", 1200.0): ("centuries", "세기"), ("month", 12.0): ("years", "년"), ("month", 1.0): ("months", "개월"),
    ("second", 604_800.0): ("weeks", "주"), ("second", 86_400.0): ("days", "일"), ("second", 3600.0): ("hours", "시간"),
    ("second", 60.0): ("minutes", "분"), ("second", 1.0): ("seconds", "초"),
    ("m", 1000.0): ("kilometres", "㎞"), ("m", 1.0): ("metres", "m"), ("m", 0.01): ("centimetres", "㎝"),
    ("m", 0.001): ("millimetres", "㎜"), ("m2", 1e6): ("square kilometres", "㎢"), ("m2", 1e4): ("hectares", "헥타르"),
    ("m2", 1.0): ("square metres", "㎡"), ("m3", 1.0): ("cubic metres", "㎥"), ("m3", 0.001): ("litres", "리터"),
    ("kg", 1000.0): ("tonnes", "t"), ("kg", 1.0): ("kilograms", "㎏"), ("kg", 0.001): ("grams", "g"),
    ("W", 1e9): ("gigawatts", "기가와트"), ("W", 1e6): ("megawatts", "메가와트"), ("W", 1e3): ("kilowatts", "킬로와트"),
}  # fmt: skip
_COUNTERS: dict[str, str] = {
    "명": "people",
    "가구": "households",
    "곳": "places",
    "건": "cases",
    "표": "votes",
    "마리": "animals",
}
_BOUNDS = {
    "en": {"exact": "{}", "about": "about {}", "nearly": "nearly {}", "more": "more than {}", "less": "less than {}"},
    "ko": {"exact": "{}", "about": "약 {}", "nearly": "{} 가까이", "more": "{} 이상", "less": "{} 이하"},
}
_HALVES = {"half": "절반", "절반": "half"}
_AGES = ("세", "살", "old")


def glosses(text: str, language: Language) -> list[tuple[str, str]]:
    """The quantities and dates of `text` as written and as `language` writes them, in the order of the text."""
    found = [(q.start, q.text, render(q, language)) for q in find_quantities(text) if not q.weak]
    found += [(d.start, text[d.start : d.end].strip(), render_date(d, language)) for d in find_dates(text)]
    return [(written, rendered) for _, written, rendered in sorted(found, key=lambda item: item[0]) if rendered]


def render(quantity: Quantity, language: Language) -> str | None:
    """The quantity in `language`; None where its unit has no name there (a bare number, an unknown counter)."""
    plain = _plain(quantity, language)
    return _BOUNDS[language][quantity.bound].format(plain) if plain else None


def _plain(quantity: Quantity, language: Language) -> str | None:
    if quantity.is_money:
        english, korean = _CURRENCIES[quantity.unit]
        if language == "en":
            return f"{number_in(quantity.value, 'en')} {english}"
        return number_in(quantity.value, "ko") + ("원" if korean == "원" else f" {korean}")
    if quantity.text.lower() in _HALVES:
        return _HALVES[quantity.text.lower()]
    if quantity.unit == "ordinal":
        rank = round(quantity.value)
        return f"{rank}{_suffix(rank)}" if language == "en" else f"{rank}번째"
    if quantity.unit == "count":
        return _counted(quantity, language)
    if quantity.text.endswith(_AGES):
        years = number_in(quantity.value / 12, language)
        return f"{years} years old" if language == "en" else f"{years}세"
    size = quantity.value / quantity.written if quantity.written else 1.0
    names = _MEASURES.get((quantity.unit, size))
    if names is None:
        return None
    number = number_in(quantity.written, language)
    if language == "en":
        return f"{number} {names[0] if quantity.written != 1 else names[0].removesuffix('s')}"
    return number + names[1]


def _counted(quantity: Quantity, language: Language) -> str | None:
    if language == "ko":
        return None
    noun = next((english for korean, english in _COUNTERS.items() if quantity.text.endswith(korean)), None)
    return f"{number_in(quantity.value, 'en')} {noun}" if noun else None


def number_in(value: float, language: Language) -> str:
    """A number as the language writes it: 450,000,000 is `450 million` and `4억5000만`."""
    if language == "en":
        for size, name in _ENGLISH_SCALES:
            if abs(value) >= size:
                return f"{value / size:,.6g} {name}"
        return f"{value:,.10g}"
    if abs(value) < 10_000 or value != int(value):
        return f"{value:.10g}"
    rest = int(value)
    parts = ""
    for size, name in _KOREAN_SCALES:
        if rest >= size:
            parts += f"{rest // size}{name}"
            rest %= size
    return parts + (str(rest) if rest else "")


def _suffix(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def render_date(mention: DateMention, language: Language) -> str | None:
    """The date in `language`; None for parts that both languages write alike or that stand alone (a lone day)."""
    parts = mention.parts
    if "weekday" in parts:
        weekday = int(parts["weekday"])
        return _WEEKDAYS[weekday] if language == "en" else "월화수목금토일"[weekday] + "요일"
    if "hour" in parts:
        return _clock(mention, language)
    if "quarter" in parts:
        return f"Q{parts['quarter']}" if language == "en" else f"{parts['quarter']}분기"
    if language == "ko":
        written = "".join(
            f" {parts[key]}{name}" for key, name in (("year", "년"), ("month", "월"), ("day", "일")) if key in parts
        )
        return written.strip() or None
    if "month" not in parts:
        return str(parts["year"]) if "year" in parts else None
    words = [str(parts.get("day", "")), _MONTHS[int(parts["month"]) - 1], str(parts.get("year", ""))]
    return " ".join(word for word in words if word)


def _clock(mention: DateMention, language: Language) -> str:
    hour, minute = int(mention.parts["hour"]), int(mention.parts.get("minute", 0))
    half = mention.parts.get("half_day")
    if language == "en":
        return f"{hour}:{minute:02d}" + (f" {half[0]}.m." if isinstance(half, str) else "")
    before = {"am": "오전 ", "pm": "오후 "}.get(str(half), "")
    return f"{before}{hour}시" + (f" {minute}분" if minute else "")
