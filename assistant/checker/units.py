"""Units as they are written after (or before) a number in Korean and English, and what one of them is worth.

A unit is a short name: a currency code, `%`, `%p` (percentage points), `month` or `second` for durations, `m`,
`kg`, `m2`, `m3`, `degree`, `W`, `Wh`, `B` for measures, and `count`, `ordinal`, `x` (times) or `bare` otherwise.
"""

import re
from dataclasses import dataclass

CURRENCY_CODES = frozenset(
    "KRW USD CAD AUD HKD SGD TWD EUR JPY GBP CNY INR CHF SEK NOK DKK RUB THB VND TRY MXN BRL".split()
)

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Unit:
    """What follows a number: the unit's short name, its size in the base unit, and where its text ends."""

    name: str
    factor: float
    end: int
    imperial: bool = False


# (pattern right after the number, unit, factor); the first that matches wins, so longer spellings come first.
_SUFFIXES: tuple[tuple[str, str, float], ...] = (
    (r"%\s?포인트|%\s?p(?![a-z])|퍼센트\s?포인트|percentage[\s-]points?|per\s?cent\spoints?|pps?\b|ppt\b", "%p", 1),
    (r"points?\b|포인트", "points", 1),
    (r"basis[\s-]points?|bps?\b|베이시스\s?포인트", "%p", 0.01),
    (r"%|퍼센트|프로(?![가-힣])|per\s?cent\b|pct\b", "%", 1),
    (r"홍콩\s?달러|Hong\s?Kong\sdollars?|HKD\b", "HKD", 1),
    (r"캐나다\s?달러|Canadian\sdollars?|CAD\b", "CAD", 1),
    (r"(?:호주|오스트레일리아)\s?달러|Australian\sdollars?|AUD\b", "AUD", 1),
    (r"싱가포르\s?달러|Singapore\sdollars?|SGD\b", "SGD", 1),
    (r"(?:대만|타이완)\s?달러|(?:New\s)?Taiwan\sdollars?|TWD\b", "TWD", 1),
    (r"(?:미국?\s?)?달러|(?:U\.?S\.?\s|American\s)?dollars?\b|USD\b|bucks\b|불(?=[^가-힣]|로|을|에|의)", "USD", 1),
    (r"유로|euros?\b|EUR\b", "EUR", 1),
    (r"엔(?!진|딩|드|젤|트|터)|yen\b|JPY\b", "JPY", 1),
    (r"위안|yuan\b|renminbi\b|CNY\b|RMB\b", "CNY", 1),
    (r"파운드|pounds?\b(?!\s+of\s+(?:meat|cargo|force))|GBP\b", "GBP", 1),
    (r"루피(?!아)|rupees?\b|INR\b", "INR", 1),
    (r"(?:스위스\s?)?프랑(?!스)|(?:Swiss\s)?francs?\b|CHF\b", "CHF", 1),
    (r"(?:스웨덴\s?)?크로나|(?:Swedish\s)?krona\b|(?:Swedish\s)?kronor\b|SEK\b", "SEK", 1),
    (r"(?:노르웨이\s?)?크로네|(?:Norwegian\s|Danish\s)?kroner?\b|NOK\b", "NOK", 1),
    (r"코루나|crowns?\b", "crown", 1),
    (r"루블|rou?bles?\b|RUB\b", "RUB", 1),
    (r"바트|밧|baht\b|THB\b", "THB", 1),
    (r"리라|liras?\b|TRY\b", "TRY", 1),
    (r"페소|pesos?\b|MXN\b", "MXN", 1),
    (r"헤알|reais\b|BRL\b", "BRL", 1),
    (r"원(?!전\b|자력|정|내|장|형|칙|유|단|생|소|고|곡|도심)|(?<=illion )won\b|(?<=thousand )won\b|"
    r"won\b(?!\s(?:the|his|her|their)\b)|KRW\b", "KRW", 1),
    (r"주년|돌(?=[^가-힣]|을|이)|(?:th|rd|nd|st)?\sanniversary", "ordinal", 1),
    (r"번째|째(?!\s?주)|위(?=[^가-힣원안]|로|를|에|와|의|인|였|팀|권)|등(?=[^가-힣급]|을|으로|에)", "ordinal", 1),
    (r"(?=차(?!례|량|로|선|원|별|장)|호기|호선|공장|단계|구역|라인|터미널|부두|공구|지구)", "ordinal", 1),
    (r"(?=s\b)", "ordinal", 1),
    (r"제곱\s?킬로미터|㎢|km²|km2\b|square\skilomet(?:re|er)s?\b|sq\.?\skm\b", "m2", 1e6),
    (r"제곱\s?미터|㎡|m²|m2\b|square\smet(?:re|er)s?\b|sq\.?\sm\b", "m2", 1),
    (r"헥타르|㏊|ha\b|hectares?\b", "m2", 1e4),
    (r"평(?!균|가|일|년|소|방|화|등)|pyeong\b", "m2", 3.305785),
    (r"세제곱\s?미터|㎥|m³|m3\b|cubic\smet(?:re|er)s?\b", "m3", 1),
    (r"밀리리터|㎖|ml\b|mL\b|millilit(?:re|er)s?\b", "m3", 1e-6),
    (r"리터|ℓ|L\b|lit(?:re|er)s?\b", "m3", 1e-3),
    (r"킬로미터|㎞|km\b|kilomet(?:re|er)s?\b", "m", 1e3),
    (r"센티미터|센티|㎝|cm\b|centimet(?:re|er)s?\b", "m", 1e-2),
    (r"밀리미터|㎜|mm\b|millimet(?:re|er)s?\b", "m", 1e-3),
    (r"미터|m(?![a-zA-Z²³2-3])|met(?:re|er)s?\b", "m", 1),
    (r"마이크로그램|㎍|µg\b|μg\b|micrograms?\b", "kg", 1e-9),
    (r"밀리그램|㎎|mg\b|milligrams?\b", "kg", 1e-6),
    (r"킬로그램|㎏|kg\b|kilograms?\b|kilos?\b|킬로(?![가-힣])", "kg", 1),
    (r"그램|g(?![a-zA-Z])|grams?\b", "kg", 1e-3),
    (r"톤|t(?![a-zA-Z])|(?:metric\s)?tons?\b|tonnes?\b", "kg", 1e3),
    (r"기가와트시|GWh\b|gigawatt[\s-]hours?\b", "Wh", 1e9),
    (r"메가와트시|MWh\b|megawatt[\s-]hours?\b", "Wh", 1e6),
    (r"킬로와트시|㎾h|kWh\b|kilowatt[\s-]hours?\b", "Wh", 1e3),
    (r"기가와트|GW\b|gigawatts?\b", "W", 1e9),
    (r"메가와트|㎿|MW\b|megawatts?\b", "W", 1e6),
    (r"킬로와트|㎾|kW\b|kilowatts?\b", "W", 1e3),
    (r"테라바이트|TB\b|terabytes?\b", "B", 1e12),
    (r"기가바이트|GB\b|gigabytes?\b", "B", 1e9),
    (r"메가바이트|MB\b|megabytes?\b", "B", 1e6),
    (r"도(?=[^가-힣]|까지|로|를|에|의|가|나|였|이|씩|안팎|대|보다|높|낮|다|와|쯤)|℃|°\s?C?|"
    r"degrees?(?:\s(?:Celsius|centigrade))?\b", "degree", 1),
    (r"세기(?=[^가-힣]|에|의|동안|만)|centur(?:y|ies)\b", "month", 1200),
    (r"decades?\b", "month", 120),
    (r"개월|달(?!러|성|라|리|력)|months?\b", "month", 1),
    (r"년(?!대|도(?!\s?(?:안|못|채|되))|생)|years?\b(?:[\s-]olds?\b)?|세(?!기|트|대|계|력|금|종|법|수)|살(?=[^가-힣]|의|이|에|로|인|"
    r"까|부|짜|때|배)", "month", 12),
    (r"주일|주간|주(?!년|식|당|택|민|자|장|요|주|간지|의회|정부)|weeks?\b", "second", 7 * _DAY),
    (r"fortnights?\b", "second", 14 * _DAY),
    (r"시간|hours?\b|hrs?\b", "second", 3_600),
    (r"일(?:간|째)?(?!본|반|부|정|자리|괄|대|상)|days?\b|nights?\b|박(?=\s?\d|[^가-힣])", "second", _DAY),
    (r"분(?!기|의|야|양|당|쟁|위|류|포|석|산|할|리)|minutes?\b|mins?\b", "second", 60),
    (r"초(?!등|반|과|기|대|중|고|미)|seconds?\b|secs?\b", "second", 1),
    (r"배(?!럴|우|송|달|정|치|상|터)|times\b|-?fold\b", "x", 1),
    (r"번(?!지)|회(?!사|장|의|원|복|견|담|계|관)|차례|occasions\b", "times", 1),
)  # fmt: skip
_IMPERIAL: tuple[tuple[str, str, float], ...] = (
    (r"마일(?!리)|miles?\b", "m", 1609.344),
    (r"피트|feet\b|foot\b|ft\b", "m", 0.3048),
    (r"인치|inch(?:es)?\b", "m", 0.0254),
    (r"에이커|acres?\b", "m2", 4046.856),
)
_COMPILED = tuple(
    # A Latin unit may be followed by a Korean particle (25kg의), which \\b does not see as a boundary.
    (re.compile(pattern.replace(r"\b", "(?![A-Za-z])")), name, factor, imperial)
    for table, imperial in ((_IMPERIAL, True), (_SUFFIXES, False))
    for pattern, name, factor in table
)
# Blank, hyphen or the approximate 여 between a number and its unit.
_GAP = re.compile(r"\s(?:more|additional|consecutive|straight|full|further|whole|long)\s|\s?여\s?|[\s-]?")

_PREFIX = re.compile(
    r"(?P<sign>US\$|C\$|CA\$|A\$|AU\$|HK\$|S\$|NT\$|\$|€|£|¥|￥|₩|\b(?:KRW|USD|EUR|JPY|GBP|CNY|RMB|CAD|AUD|HKD|"
    r"CHF)\s?)$"
)
_SIGNS = {
    "US$": "USD", "$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "HK$": "HKD", "S$": "SGD",
    "NT$": "TWD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₩": "KRW", "RMB": "CNY",
}  # fmt: skip

# A word that cannot be the thing counted: after it a number stands alone ("31 degrees in Seoul and 27 in Busan").
_NOT_COUNTED = frozenset(
    "in on at of to from by for and or but while with against over under than as is are was were be been has have had "
    "will would after before until since when where which who that this the a an per compared up down respectively "
    "between during through within without toward towards into onto about around because including so if it he "
    "she they we "
    "you not also just only still now among across despite once twice then plus minus".split()
)
_ENGLISH_NOUN = re.compile(r"[\s-]+(?P<word>[A-Za-z][\w'’]*)")
_KOREAN_COUNTER = re.compile(
    r"\s?여?\s?(?:(?P<counter>명|개국|개사|개|곳|대(?=[^가-힣]|의|를|가|는|에|로|씩|였)|마리|건|편|권|"
    r"장(?![가-힣]{2})|가구|가지|인분|그루|"
    r"점(?![포유])|척|채|표|석|쪽|승|패|골|득점|팀|잔|병|인(?=[^가-힣]|의|이|은|을|승)|필지|부작|종|층|호선|호|"
    r"벌|켤레|좌)|[가-힣])"
)


_VERSUS = re.compile(r"\s?대\s?\d")  # the 대 of 3대 1


def unit_after(text: str, end: int) -> Unit:
    """The unit written after a number that ends at `end`; `count` for any other noun, `bare` for none."""
    gap = _GAP.match(text, end)
    start = gap.end() if gap else end
    word = text[start : start + 2]
    is_title = word[:1].isupper() and word[1:].islower()  # the 24 Hours of Le Mans
    small = text[:start] + word.lower() + text[start + 2 :] if is_title else text
    for pattern, name, factor, imperial in _COMPILED:
        match = pattern.match(text, start) or (is_title and pattern.match(small, start))
        if match:
            return Unit(name, factor, match.end(), imperial)
    noun = _ENGLISH_NOUN.match(text, end)
    if noun:
        return Unit("bare" if noun["word"].lower() in _NOT_COUNTED else "count", 1, end)
    counter = _KOREAN_COUNTER.match(text, end)
    if counter is None or _VERSUS.match(text, end):
        return Unit("bare", 1, end)
    return Unit("count", 1, counter.end() if counter["counter"] else end)


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """The currency whose sign or code stands right before a number, and where the sign begins."""
    match = _PREFIX.search(text, max(0, start - 5), start)
    if match is None:
        return None
    sign = match["sign"].strip()
    return _SIGNS.get(sign, sign), match.start()
