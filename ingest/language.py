"""Which language a text is in, and where its sentences are: rules for Korean and English, no model to load."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.article import Language, Span

# A quotation or bracket longer than this is a stray mark more often than one utterance: it may be split inside.
LONGEST_ENCLOSED = 600

_HANGUL = re.compile(r"[가-힣ㄱ-ㆎᄀ-ᇿ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_KOREAN_GRAMMAR = re.compile(
    r"[A-Za-z0-9](?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|이란|란|라는|했|하)(?![A-Za-z])"
    r"|(?:누구|무엇|뭐|뭘|언제|어디|어느|어떤|어떻게|왜|얼마|몇)"
    r"|[가-힣](?:다|요|까|나|냐|니|지|죠|어|야|줘)\s*[?.!]"
)
_ENGLISH_GRAMMAR = re.compile(
    r"(?<![\w-])(?:the|an?|of|is|are|was|were|did|does|do|what|who|whom|whose|when|where|why|which|how|has|have|had|will|would"
    r"|can|could|should|and|or|for|in|on|at|to|by|with|from|about|say|says|said|tell|me|it|its|their|this|that)(?![\w-])",
    re.IGNORECASE,
)
_SHORT_TEXT = 200


def detect(text: str) -> Language:
    """The language a text is read in: "ko" or "en".

    By letters: Korean when there is at least one Hangul letter for two Latin ones (a syllable says more than a
    letter, and Korean news is full of Latin names). In a short text, such as a question, grammar speaks first:
    "Coupang이 뭘 약속했어?" is Korean and "What is 소상공인시장진흥공단?" is English, whatever the letters; a
    bare mix like "쿠팡 pledge?" goes by its letters. A text without letters of either kind is called English.
    """
    if len(text) <= _SHORT_TEXT:
        korean, english = bool(_KOREAN_GRAMMAR.search(text)), bool(_ENGLISH_GRAMMAR.search(text))
        if korean != english and _HANGUL.search(text):
            return "ko" if korean else "en"
    hangul = sum(map(len, _HANGUL.findall(text)))
    latin = sum(map(len, _LATIN.findall(text)))
    return "ko" if hangul and 2 * hangul >= latin else "en"


_LINE = re.compile(r"\S(?:[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*\S)?")

# A mark that may end a sentence, what closes with it (quotes, brackets, emoji, a note), and a plausible continuation.
_STOP = re.compile(
    r"""(?P<mark>[.!?…‥。！？]{1,50})
        (?P<close>["'”’」』»)\]》〉}\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]{0,20})
        (?:\([^()\n]{1,60}\)|(?:\[\d{1,3}\])+)?
        (?=\s|[가-힣A-Z"“‘「『\[<〈《◇◆■□▲△▶▷●○★※]|(?<=[。！？]))""",
    re.VERBOSE,
)
_QUOTES = frozenset("\"'”’」』»")
_WIDE_MARKS = frozenset("。！？")
_SPACES = re.compile(r"\s*")

# Quotations and brackets that close on the line they open on; sentences inside stay with what is around them.
_APOSTROPHE = r"(?<=\w)'(?=[A-Za-z])"
_ENCLOSED = re.compile(
    r"""(?<![\w"])"(?=\S)[^"\n]{1,MOST}(?<!\s)"
       |(?<![\w'])'(?=\S)(?!\d\ds)(?:[^'\n]|APOSTROPHE){1,MOST}?(?<!\s)'(?![A-Za-z0-9])
       |“[^“”\n]{1,MOST}”
       |‘[^‘’\n]{1,MOST}’(?![A-Za-z])
       |「[^「」\n]{1,MOST}」
       |『[^『』\n]{1,MOST}』
       |《[^《》\n]{1,MOST}》
       |\((?:[^()\n]|\([^()\n]*\)){1,MOST}\)
       |\[[^\[\]\n]{1,MOST}\]
    """.replace("MOST", str(LONGEST_ENCLOSED)).replace("APOSTROPHE", _APOSTROPHE),
    re.VERBOSE,
)
_OPENERS = re.compile("[\"'“‘「『《(\\[]")

# What may stand between a closed quotation and its sentence's verb: "…했다." 고 말했다.
_QUOTATIVE = re.compile(r"(?:이?라[고는며면]|이?란|고|며|면서|는|등|하고|하며|하면서)(?![가-힣])|이?라(?:면서|던|더니)")
_ATTRIBUTION: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"[^.!?…\"“”\n]{0,40}(?:말했|물었|답했|밝혔|전했|덧붙였|외쳤|설명했|강조했|되물었|반문했|적었|썼|했)(?:다|습니다)\."
        r"|[^.!?…\"“”\n]{0,40}(?:말이다|설명이다|얘기다|이야기다|입장이다|주장이다|반응이다|전언이다|지적이다)\."
    ),
    "en": re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|added|wrote|replied|shouted|told|tweeted)\b"),
}
# A credit or note that closes a line belongs to the sentence before it: "…하고 있다. [사진=과학기술정보통신부]"
_CREDIT = re.compile(r"\[[^\[\].!?\n]{1,60}\]|\([^().!?\n]{1,60}\)")

_KOREAN_END = re.compile(r"[가-힣](?:다|요|죠|까)$")
_KOREAN_ASKED = re.compile(r"[가-힣](?:다|요|죠|까|니|나|야|냐)$")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[가-하]|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})$")
_DATE_BEFORE = re.compile(r"(?:19|20)\d\d\.\s?\d{1,2}(?:\.\s?\d{1,2})?$")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d$")
_MONTH_AFTER = re.compile(r"\d{1,2}\s?\.")
_NUMBER = re.compile(r"[$€£₩]?\d[\d,.]*$")
_LETTERS_AND_DOTS = re.compile(r"[A-Za-z]{1,2}(?:\.[A-Za-z]{1,2})*$")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_LONGEST_ABBREVIATION = 30
_CLOCK = re.compile(r"[ap]\.?m$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b|[A-Z][a-z]{2,8}\.? \d")

_TITLES = frozenset(
    "mr mrs ms mx dr prof sen rep gov gen lt col sgt capt cmdr adm maj hon rev st mt ft messrs pres supt det".split()
)
_ABBREVIATIONS = frozenset(
    "inc ltd corp co llc plc bros jr sr vs etc al no nos vol fig figs eq sec ch pp ed eds est dept univ assn ave blvd"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun approx cf viz ca tel ext"
    " min max avg dist gov't int'l nat'l ph.d e.g i.e u.s u.k u.n e.u d.c yahoo".split()
)
# Words that open sentences: after an abbreviation only these start a new one ("Apple Inc. The company", "Inc. CEO").
_STARTER = re.compile(
    r"(?:The|An?|He|She|It|They|We|You|I|In|On|At|For|But|And|So|Yet|However|This|That|These|Those|There|Then|When|While"
    r"|After|Before|If|As|Its|His|Her|Their|Our|My|Meanwhile|Although|Though|Since|Because|What|Who|Why|How|Where|With"
    r"|By|From|To|Of|Some|Many|Most|All|Both|Each|Every|Not|Now|Nor|Or|Still|Also|Despite|During|Under|According"
    r"|Last|Next|Once|Only|Even|Another|Other|Such|Until|More|Several|Two|Three|One)(?=[\s,])"
)


def sentence_spans(text: str, language: Language) -> tuple[Span, ...]:
    """The sentences of a text as spans: in order, apart, without outer white space, covering all that is not space.

    Line breaks always end a sentence, so a heading or list item is one of its own; a quotation or bracket that
    closes on its line stays whole. Any text will do; an empty or blank one has no sentences.
    """
    return tuple(Span(*span) for line in _LINE.finditer(text) for span in _spans_in_line(text, *line.span(), language))


def _spans_in_line(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    enclosed: list[tuple[int, int]] | None = None
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() == end or stop.end() <= begin:
            continue
        if enclosed is None:
            enclosed = (
                [m.span() for m in _ENCLOSED.finditer(text, start, end)] if _OPENERS.search(text, start, end) else []
            )
        around = bisect_left(enclosed, (stop.start(), 0)) - 1
        if around >= 0 and stop.end() < enclosed[around][1]:
            continue
        if _ends_sentence(text, start, end, stop, language):
            yield begin, stop.end()
            begin = _end_of(_SPACES, text, stop.end())
    yield begin, end


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _ends_sentence(text: str, start: int, end: int, stop: re.Match[str], language: Language) -> bool:
    """Whether the mark found at `stop`, in the line from `start` to `end`, ends a sentence."""
    mark, close = stop["mark"], stop["close"]
    after = _end_of(_SPACES, text, stop.end())
    before = text[max(start, stop.start() - 20) : stop.start()]
    if mark[-1] in _WIDE_MARKS:
        return True
    if after == stop.end():
        return not close and _ends_without_space(text, before, mark, after)
    if not _QUOTES.isdisjoint(close):
        if _QUOTATIVE.match(text, after):
            return False
        if (language == "ko" or mark[-1] in "?!") and _ATTRIBUTION[language].match(text, after):
            return False
    if _CREDIT.fullmatch(text, after, end):
        return False
    if "…" in mark or "‥" in mark or ".." in mark:
        return _ends_with_ellipsis(text, before, after)
    if mark[-1] in "?!" and before.rsplit(None, 1)[-1:] != ["Yahoo"]:
        return not _goes_on(text, after) or _is_hangul(before[-1:])
    return _ends_with_period(text, start, stop.start(), after)


def _ends_without_space(text: str, before: str, mark: str, after: int) -> bool:
    """ "…했다.그러나" and "…ended.The firm" end; "쇼!음악중심", "전.현직" and "Booking.Com" do not."""
    if _is_hangul(before[-1:]):
        return bool((_KOREAN_END if mark == "." else _KOREAN_ASKED).search(before))
    return (
        before[-2:].isascii() and before[-2:].isalpha() and before[-2:].islower() and bool(_STARTER.match(text, after))
    )


def _ends_with_ellipsis(text: str, before: str, after: int) -> bool:
    """ "모르겠다… 그는" ends; "그건… 잘 모르겠다" and "Well... I" are one breath."""
    if _is_hangul(before[-1:]):
        return bool(_KOREAN_END.search(before))
    return text[after].isupper() and not text.startswith("I ", after)


def _ends_with_period(text: str, start: int, period: int, after: int) -> bool:
    nearby = max(start, period - _LONGEST_ABBREVIATION)
    word_at = max(text.rfind(" ", nearby, period), text.rfind("\u00a0", nearby, period), nearby - 1) + 1
    word = text[word_at:period].lstrip("([\"'“‘「『")
    if word_at == start and _LIST_NUMBER.match(word):
        return False
    if _is_hangul(word[-1:]):
        return True
    if _NUMBER.match(word):
        return _ends_with_number(text, text[max(start, period - 14) : period], word, after)
    if _goes_on(text, after):
        return False
    key = word.lower()
    if key in _TITLES:
        return False
    if _CLOCK.match(key):
        return text[after].isupper() and not _AFTER_CLOCK.match(text, after)
    if key in _ABBREVIATIONS or (_LETTERS_AND_DOTS.match(word) and ("." in word or len(word) == 1)):
        return bool(_STARTER.match(text, after))
    return True


def _ends_with_number(text: str, before: str, word: str, after: int) -> bool:
    """ "in 2023. The" ends; "2024. 11. 6. 열렸다", "3. 품질" do not."""
    if text[after].isascii() and text[after].isupper():
        return True
    if _DATE_BEFORE.search(before) or (_YEAR_BEFORE.search(before) and _MONTH_AFTER.match(text, after)):
        return False
    return len(word) > 2 and not _goes_on(text, after)


def _goes_on(text: str, after: int) -> bool:
    """Whether what follows starts in lower case, as the middle of a sentence does (but "iPhone" may open one)."""
    return text[after].islower() and not _CAMEL.match(text, after)


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"
