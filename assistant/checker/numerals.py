"""Numbers as they are written in Korean and English text: digits with scale words, and numbers spelled out.

English numbers in words are read by text2num; the rest (억 and 조, native Korean numerals, dozens, halves,
fractions, scale letters) is ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import text2num  # type: ignore[import-untyped]

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SINO = "일이삼사오육칠팔구"
_SMALL = {"천": 1e3, "백": 1e2, "십": 10.0}
_LARGE = {"조": 1e12, "억": 1e8, "만": 1e4}

# 3조4500억, 7만3천, 8천, 5만 2000: groups from large to small, one blank allowed after a large scale.
_GROUP = rf"(?:{_DIGITS})(?:\s?[천백](?:\s?(?:{_DIGITS})\s?[백])?(?:\s?(?:{_DIGITS}))?)?"
# 헌법 9조 is an article of a law, 12 조별 a stage of a cup.
_SCALE = r"(?:조(?!\s?(?:개정|[별항합직])|를\s위반|에\s따)|[억만])"
_KOREAN_SCALED = re.compile(
    rf"""
    (?<![\d.,]) (?<!법\ ) (?<!조례\ ) (?<!제)
    (?: {_GROUP}\s?{_SCALE}\s?(?=\d) | {_GROUP}{_SCALE} | {_GROUP}\s{_SCALE}(?!에\b) )+ (?: (?<=[조억만\s]){_GROUP} )?
    |
    (?<![가-힣\d]) 만\d(?:천|\d{{3}}) (?=\s?여?\s?[가-힣])                              # 만2천 명
    |
    (?<![\d.,]) (?:{_DIGITS})[천백] (?: (?:{_DIGITS})[백]?(?:{_DIGITS})? )?
    (?= [^가-힣] | 여|명|원|달러|유로|엔|개|곳|대|건|가구|편|마리|톤|점|그루|장|권|호|동|세대|석|킬로|미터|표|회|번
        | 주|년|도 )
    """,
    re.VERBOSE,
)
_PIECE = re.compile(rf"{_DIGITS}|[{_SINO}천백십조억만]")
_COUNTED = (
    "명|사람|개|곳|대|원|달러|유로|엔|위안|파운드|년|월|일|시간|분|초|주|달|번|회|건|가구|마리|"
    "그루|권|장|톤|점|배|퍼센트|도|세|표|위|인파|관객|관중"
)
_KOREAN_SPELLED = re.compile(
    rf"""
    (?<![가-힣\d]) (?<![간일년달주월분해초]\s(?=만))     # "3년 만" is after three years
    (?! 만[일월달점세인도] | 백[인도] | 천[주도장] )         # 만일, 백인: words of their own
    (?: [{_SINO}]?[십백천] | [{_SINO}][만억] | 만 ) (?: [{_SINO}]?[십백천만억조] )* [{_SINO}]?
    (?= \s?여?\s? (?:{_COUNTED})
        (?: [은는이가을를의에와과도로씩간쯤째당]?(?![가-힣]) | 에서|으로|까지|부터|이라|이었|이다 ) )
    (?! \s?분의 )
    |
    (?<![가-힣\d]) [삼사오육칠팔구] (?= \s?(?:개월|년간|년\s?만|년\s?연속|층|퍼센트) )
    """,
    re.VERBOSE,
)

_NATIVE_UNITS = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE_COUNTERS = (
    "명|사람|분(?!의)|개|곳|대|마리|건|편|권|장|채|척|자루|그루|살|시간|시|달|해|번|차례|가지|배|골|팀|나라|국가|회사|"
    "가구|가족|학교|주|쪽|잔|병|켤레|벌|송이|줄|판|기|쌍|째|도시|기업|업체|후보|선수|학생|아이|경기|작품|과목|방|집|"
    "마을|지역|부문|분야|단계|그릇|자리|표|점|세트|라운드|이닝|정거장|바퀴|걸음|갈래|차로|층|구단|부부|형제|자매|"
    "남성|여성|남자|여자|어린이|노인|용의자|피의자|환자|승객|의원|장관|공장|매장|지점|노선|다리|건물|단지|종|"
    "개월|팔|손|발|끼|음절|글자|곡|정당|주자|딸|아들|자녀|남매|위성|언어|외국어|당권|대륙|차종|구역|시군|면|대학|병원|섬|도로|계단|홀"
)
# Without a blank between them, only these: 세번, 두달; 세종 and 두산 are names.
_CLOSE_COUNTERS = "권|마리|잔|번|시간|달|개(?!월)|개월|명|살|곳|가지|차례|배(?![가-힣]{2})|째|해(?![가-힣])"
_NATIVE = re.compile(
    rf"(?<![가-힣\d])(?<!\d\s)(?:(?P<tens>열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)\s?"
    rf"(?P<tens_unit>하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉)?"
    rf"|(?P<unit>한|두|세|석|네(?!\s(?:시계|방|집|나라|손|발|자리|팔|아이|딸|아들|가족|글자))|넉|다섯|여섯|일곱|여덟|아홉))(?=\s(?:{_NATIVE_COUNTERS})|(?:{_CLOSE_COUNTERS}))|"
    rf"(?<![가-힣])(?P<noun>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|(?P<noun_tens>스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
    rf"(?P<noun_unit>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)?)"
    rf"(?=(?:은|는|이|가|을|를|에|의|과|와|도|로|으로)?(?![가-힣]))"
)
_NATIVE_RANGE = re.compile(
    rf"(?<![가-힣])(?P<word>한두|두세|두서너|서너|너덧|네댓|대여섯|예닐곱|일고여덟)(?=\s?(?:{_NATIVE_COUNTERS}))"
)
_RANGES = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너덧": (4, 5), "네댓": (4, 5),
    "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8),
}  # fmt: skip

_ONES = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_ENGLISH_WORDS = re.compile(
    rf"(?<![\w-])(?:{_ONES})(?:(?:[\s-]|\sand\s)(?:{_ONES}|hundred|thousand|million|billion|trillion)(?![\w]))*(?!\w)",
    re.IGNORECASE,
)
_ENGLISH_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9,
    "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12, "quadrillion": 1e15, "dozen": 12.0,
    "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_PLAIN = re.compile(
    rf"(?<![\d.,])(?P<digits>{_DIGITS})(?!,?\d)"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|mn|mln|billion|bn|bln|trillion|tn|trn|quadrillion|dozen|lakh|crore)"
    r"(?:th)?(?![a-zA-Z])|(?P<letter>[kKmMbB])(?![a-zA-Z0-9/²³]))?"
)
_ARTICLE = re.compile(
    r"(?<![\w-])(?:a|half\s+an?)\s+(?P<scale>hundred|thousand|million|billion|trillion|dozen)(?!\w)", re.IGNORECASE
)
_HALVES = re.compile(r"\s?and\sa\shalf(?!\w)|\s?½|\s?반(?![가-힣])")

_FRACTION_NAMES = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_ENGLISH_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<top>one|a|two|three|four|five|nine)[\s-])(?P<bottom>third|quarter|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|half)s?(?=\s+(?:of|short|more|less|fewer|lower|higher|cheaper|bigger|smaller|larger|in|to|"
    r"off|from|after|when|since|on|last|this|as|the|have|said|were|are|is|was|had|did|percentage|point)\b|"
    r"[\s-]point|\s*[.,;)]|$)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<![\w-])(?P<top>two|three|four|five|nine)[\s-](?P<bottom>third|quarter|fourth|fifth|tenth)s(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<![\w-])(?<!and a )half(?!\s+(?:an?(?!\s(?:percentage\s)?point)|past|year|hour|time)\b)(?![\w-])|"
    r"절반|(?<![가-힣])반수|반\s?토막|"
    r"(?<![\w-])halv(?:ed|es?|ing)(?!\w)",
    re.IGNORECASE,
)
_KOREAN_FRACTION = re.compile(
    r"(?<![\d가-힣])(?P<bottom>\d+|[이삼사오육칠팔구십])\s?분의\s?(?P<top>\d+|[일이삼사오육칠팔구])"
)
_SLASH_FRACTION = re.compile(r"(?<![\d/.])(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?![\d/])")

_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ENGLISH_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?:(?P<tens>{'|'.join(_TENS)})-)?"
    rf"(?P<word>{'|'.join(_ORDINALS)}))(?!\w)",
    re.IGNORECASE,
)
_ROMAN = dict(zip("II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split(), range(2, 17), strict=True))
_ROMAN_ORDINAL = re.compile(r"(?<=[a-z] )(?P<roman>X?(?:V?I{2,3}|I[VX]|VI)|XVI?|XI)(?![A-Za-z가-힣.])")
_KOREAN_ORDINAL = re.compile(r"(?<![가-힣\d])제\s?(?P<digits>\d+)(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `text[start:end]`, its value, and the coefficient before its scale word (3 in 3억).

    `kind` tells a plain number from an ordinal (세 번째 is left to its unit) and from a fraction of a whole.
    `spelled` is true of a number in words.
    """

    start: int
    end: int
    value: float
    coefficient: float
    kind: str = "plain"
    spelled: bool = False


def find_numbers(text: str) -> list[Number]:
    """The numbers of `text` in order, without overlaps; dates are numbers here like any others."""
    found: list[Number] = []
    for reader in (_fractions, _ordinals, _korean, _native, _english_words, _plain):
        taken = [(number.start, number.end) for number in found]
        found += [n for n in reader(text) if not any(n.start < end and start < n.end for start, end in taken)]
    return sorted((_with_half(text, n) for n in found), key=lambda n: n.start)


def _fractions(text: str) -> Iterator[Number]:
    for match in _KOREAN_FRACTION.finditer(text):
        top, bottom = (_sino_or_digits(match[name]) for name in ("top", "bottom"))
        if bottom:
            yield Number(*match.span(), top / bottom, top / bottom, "fraction")
    parts = list(_PARTS.finditer(text))
    ends = {match.end() for match in parts}
    for match in [*parts, *(m for m in _ENGLISH_FRACTION.finditer(text) if m.end() not in ends)]:
        top = 1.0 if match["top"].lower() in ("a", "one") else float(text2num(match["top"].lower(), "en"))
        value = top / _FRACTION_NAMES[match["bottom"].lower()]
        yield Number(*match.span(), value, value, "fraction", spelled=True)
    for match in _SLASH_FRACTION.finditer(text):
        value = int(match["top"]) / int(match["bottom"])
        yield Number(*match.span(), value, value, "fraction")
    for match in _HALF.finditer(text):
        yield Number(*match.span(), 0.5, 0.5, "fraction", spelled=True)


def _ordinals(text: str) -> Iterator[Number]:
    for match in _ENGLISH_ORDINAL.finditer(text):
        value = (
            int(match["digits"])
            if match["digits"]
            else _ORDINALS[match["word"].lower()] + (_TENS[match["tens"].lower()] if match["tens"] else 0)
        )
        yield Number(*match.span(), value, value, "ordinal", spelled=not match["digits"])
    for match in _ROMAN_ORDINAL.finditer(text):
        yield Number(*match.span(), _ROMAN[match["roman"]], _ROMAN[match["roman"]], "ordinal")
    for match in _KOREAN_ORDINAL.finditer(text):
        yield Number(*match.span(), int(match["digits"]), int(match["digits"]), "ordinal")


def _korean(text: str) -> Iterator[Number]:
    for pattern in (_KOREAN_SCALED, _KOREAN_SPELLED):
        for match in pattern.finditer(text):
            words = match[0].rstrip()
            pieces = _PIECE.findall(words)
            yield Number(match.start(), match.start() + len(words), _sum_of(pieces), _coefficient(pieces))


def _native(text: str) -> Iterator[Number]:
    for match in _NATIVE_RANGE.finditer(text):
        low, high = _RANGES[match["word"]]
        middle = match.start() + 1
        yield Number(match.start(), middle, low, low, spelled=True)
        yield Number(middle, match.end(), high, high, spelled=True)
    for match in _NATIVE.finditer(text):
        tens = match["tens"] or match["noun_tens"] or ""
        word = match["unit"] or match["tens_unit"] or match["noun_unit"] or ("" if tens else match["noun"])
        value = float(_NATIVE_TENS.get(tens, 0) + _NATIVE_UNITS.get(word or "", 0))
        yield Number(*match.span(), value, value, spelled=True)


def _english_words(text: str) -> Iterator[Number]:
    for match in _ARTICLE.finditer(text):
        share = 0.5 if match[0].lower().startswith("half") else 1.0
        yield Number(*match.span(), share * _ENGLISH_SCALES[match["scale"].lower()], share, spelled=True)
    for match in _ENGLISH_WORDS.finditer(text):
        try:
            value = float(text2num(re.sub(r"\s+", " ", match[0].lower()), "en"))
        except ValueError:
            yield from _side_by_side(match)
            continue
        dozen = re.match(r"\sdozen(?!\w)", text[match.end() :], re.IGNORECASE)
        factor, end = (12, match.end() + dozen.end()) if dozen else (1, match.end())
        first = re.split(r"[\s-]", match[0].lower())[0]
        yield Number(match.start(), end, value * factor, float(text2num(first, "en")), spelled=True)


def _side_by_side(match: re.Match[str]) -> Iterator[Number]:
    """The two numbers of "two and three"; "nineteen ninety-four" is none."""
    start = match.start()
    for words in re.split(r"(\sand\s)", match[0]):
        try:
            value = float(text2num(words.lower(), "en"))
        except ValueError:
            pass
        else:
            coefficient = float(text2num(re.split(r"[\s-]", words.lower())[0], "en"))
            yield Number(start, start + len(words), value, coefficient, spelled=True)
        start += len(words)


def _plain(text: str) -> Iterator[Number]:
    for match in _PLAIN.finditer(text):
        coefficient = float(match["digits"].replace(",", ""))
        end, factor = match.end(), 1.0
        if match["scale"]:
            factor = _ENGLISH_SCALES[match["scale"].lower()]
        elif match["letter"]:
            if _is_scale_letter(text, match):
                factor = _ENGLISH_SCALES[match["letter"].lower()]
            else:
                end = match.end("digits")
        yield Number(match.start(), end, coefficient * factor, coefficient)


def _is_scale_letter(text: str, match: re.Match[str]) -> bool:
    """Whether the m of "$3m" or "2.1m riders" is a scale; the m of "8m tall" and "100m" is metres."""
    if re.search(r"[$€£¥₩]\s?$", text[: match.start()]):
        return True
    if match["letter"] in "kKbB":
        return bool(re.match(r"\s+[a-z]", text[match.end() :]))
    return bool(re.match(r"\s+(?:people|won|dollars|[a-z]{4,}s)\b", text[match.end() :]))


def _with_half(text: str, number: Number) -> Number:
    """`four and a half`, `네 시간 반`: the half that follows, when it follows at once."""
    half = _HALVES.match(text, number.end)
    if half is None or number.kind != "plain":
        return number
    return Number(number.start, half.end(), number.value + 0.5, number.coefficient + 0.5, spelled=number.spelled)


def _sino_or_digits(word: str) -> float:
    return float(word) if word.isdigit() else _sum_of(list(word))


def _sum_of(pieces: list[str]) -> float:
    """The value of digits, Sino-Korean digits and scale syllables in order: 1조2000억 is 1.2e12."""
    total = section = 0.0
    current: float | None = None
    for piece in pieces:
        if piece in _LARGE:
            section += current or 0.0
            total += (section or 1.0) * _LARGE[piece]
            section, current = 0.0, None
        elif piece in _SMALL:
            section += (1.0 if current is None else current) * _SMALL[piece]
            current = None
        elif piece in _SINO:
            current = _SINO.index(piece) + 1.0
        else:
            current = float(piece.replace(",", ""))
    # Sums of large scales carry rounding dust: 3.4e8 must equal 340 million.
    return round(total + section + (current or 0.0), 6)


def _coefficient(pieces: list[str]) -> float:
    first = pieces[0]
    if first in _LARGE or first in _SMALL:
        return 1.0
    return _SINO.index(first) + 1.0 if first in _SINO else float(first.replace(",", ""))
