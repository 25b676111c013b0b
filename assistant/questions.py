"""What a question asks for: its kind, the unit of the amount it wants, and its parts where it asks for several."""

import re
from collections.abc import Iterator
from typing import Literal

from assistant.followup import agreeing

Kind = Literal["number", "date", "person", "reason", "statement", "thing"]


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# Where an English question word asks: it opens the question, or what follows a comma, a colon or "and".
_OPENS = r"(?:^|[,:;.] |\band )"
# After "when" the verb comes first in a question only: "when it opened" is no question.
_VERB_FIRST = r"(?= ?(?:['’]s|did|does|do|is|was|are|were|will|would|can|could|has|have|had|should|must|might)\b|\W*$)"
# A number of days or years (며칠 동안), not a day or a year.
_LASTING = r"\s*(?:쉬|동안|이나|씩|만에|간|걸|차이|째|치)"
_MEASURES = "much|many|often|long|large|big|far|old|deep|high|tall|fast|heavy|late|narrow\\w*|wide|close|hot|cold"
_FIGURES = "share|proportion|sum|price|cost|amount|total|score|bid|vote|odds|rate"
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "date",
        _any_of(
            rf"언제|며칠(?!{_LASTING})|날짜|몇\s*(?:년도|월|일|시)(?!간)|몇\s*년(?!{_LASTING})",
            r"어느\s*(?:해|날|달|요일)|무슨\s*요일",
            rf"\bwhen\b{_VERB_FIRST}",
            r"\b(?:what|which) (?:date|day|year|month|time|week|weekday|season|decade|century)\b",
        ),
    ),
    (
        "number",
        _any_of(
            r"얼마|몇|며칠|규모|금액|퍼센트|비율|총액|액수|점수|기록\s*(?:은|이|알려|뭐|좀)|나이",
            rf"\bhow (?:{_MEASURES})\b|\b(?:what|which) (?:\w+ )?(?:percent\w*|{_FIGURES}|size|number)\b",
            rf"\bwhat (?:is|was|are|were) (?:\S+ ){{1,3}}(?:estimate|budget|time|record|turnout|{_FIGURES})\b",
            r"\bby what margin|\bwhat did .{1,60} cost\b",
        ),
    ),
    (
        "person",
        _any_of(
            r"누구|누가|(?:사람|대표|감독|회계사|위원장|변호사|의원|교수|선수|작가|주인)\s*이름|어느\s*(?:교수|의원|장관|대표)",
            rf"(?:{_OPENS}|\b(?:to|by|for|with|from|of) )who(?:m|se)?\b|\bwho(?:m|se)?\W*$",
            r"\b(?:which|what) (?:\w+ ){0,2}(?:professor|minister|person|ceo|owner|official|heads?|player|doctor)\b",
        ),
    ),
    (
        "reason",
        _any_of(
            r"왜|이유|까닭|원인|배경|근거|때문에?(?:이?야|이?지|인가|입니까|래|에|\?)|뭐 땜에|어쩌다",
            r"\bwhy\b|\bhow come\b|\breasons?\b|\bcause[sd]?\b|\bon what grounds?\b|\bgrounds? for\b|\bwhat for\b",
            r"\bwhat (?:made|led|prompted|pushed|drove|triggered|swung|tripped|stopped|kept|is behind|was behind)\b",
        ),
    ),
    (
        "statement",
        _any_of(
            r"약속|발표|말했|말한|밝힌|밝혔|계획|대책|방안|입장|주장|반응|지적|강조|지원책|내놓|내놨|어떻게\s*(?:하|되|바뀌|달라)",
            r"(?:뭘|뭐를?|무엇을)\s*(?:하기로|하겠|하려|한대|한다|할)|뭐라(?:고|지)|뭐랬|뭐래",
            r"\bwhat (?:did|does|do|will|has|have|is|are|was)\b.*\b(?:pledg|promis|say|said|announc|plan|propos|offer)",
            r"\bwhat (?:did|does|do|will|has|have|is|are|was)\b.*\b(?:decid|do\b|done)",
            r"\bwhat (?:happened|changes?|steps|measures|plans)\b|\bhow (?:did|does|will|has)\b|\btell me about\b",
        ),
    ),
)

_SHOWS: dict[Kind, re.Pattern[str]] = {
    "number": _any_of(
        r"\d|절반|수백|수천|수만|[한두세네열]\s*(?:배|번|차례|시간|곳|명|개)",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|double|twice|dozens?|hundreds?|thousands?)\b",
    ),
    "date": _any_of(
        r"\d{4}|\d{1,2}\s*(?:년|월|일|시)|지난해|작년|올해|내년|어제|오늘|내일|오전|오후|[월화수목금토일]요일|[상하]반기",
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|today|tomorrow)\b",
        r"\b(?:last|next|this) (?:week|month|year)\b",
    ),
    "person": re.compile(
        r"[가-힣]{2,4}\s?(?:[가-힣A-Za-z·]{1,14}\s)?(?:대표|교수|장관|차관|의원|회장|사장|위원장|원장|총리|대통령|기자|감독|선수)"
        r"|[가-힣]{2,4}\s(?:[가-힣]{1,10}\s)?(?:변호사|판사|연구원|실장|팀장|본부장|정책관|씨|시장|박사|작가|부장|이사|대변인)"
        r"|[A-Z][a-z]+(?:[ -][A-Z]?[a-z.]+)*[ -][A-Z][a-z]+"
    ),
    "statement": _any_of(
        r"기로|겠다|계획|방침|약속|밝혔|밝힌|말했|강조|전망|예정|요구|촉구|제안|할 것",
        r"\b(?:will|would|pledg|promis|plan|sa(?:y|id)|announc|agree|vow|commit|propos|offer|decid|call)",
    ),
    "reason": _any_of(
        r"때문|위해|위한|탓|이유|영향|덕분|인해|하려|서다[.]|미루어|판단했|설명했|어려워|못해|[아어여]서\b|므로|우려|[지나]면서\b|려던|근거로",
        r"\b(?:because|due to|in order to|so that|since|reason|after|amid|blam|cit(?:ed|ing)|for|owing|to avoid)",
    ),
}

_COUNT = r"(?:\d[\d,.]*|[한두세네]|다섯|여섯|일곱|여덟|아홉|열|수[십백천만])\s*[십백천만억조]*\s*여?\s*"
_NUMBER = (
    r"(?:\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?"
    r"|million|billion)\b)"
)
_MONEY = (
    rf"{_COUNT}(?:원|달러|유로|엔|위안|파운드|벨)|[$€£₩]\s*\d"
    r"|\d\s*(?:thousand|million|billion|trillion)?\s*(?:won|dollars?|euros?|yen|pounds?|cents?|bels?)\b"
)
_COUNTERS = "건|개|대|마리|편|권|번|차례|배|년|개월|달|주|분|시간|일|병|표|석|채|골|점|쪽|킬로|포인트|위|층"
_DURATION = (
    r"\d\s*(?:년|개월|달|주|일|시간|분|초)|이틀|사흘|나흘|닷새|열흘|하루|보름"
    r"|(?:year|month|week|day|hour|minute|second)s?\b"
)
_DAY = (
    r"\d\s*[년월일](?!간)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\b(?:1\d|20)\d\d\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[월화수목금토일]요일"
)
_WHEN = (
    rf"{_DAY}|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:in|by|since|until|of|this|next|last|the) (?:spring|summer|autumn|fall|winter|year|month|week|weekend)\b"
    r"|\bend of\b|\bearly\b|\bmid-|\b(?:century|easter|christmas|new year|midnight|noon|tonight)\b|[ap]\.m"
    r"|\d\s*시(?!간)|올해|내년|작년|지난해|다음\s*(?:달|주|해)|이달|연말|연초|봄|여름|가을|겨울|설|추석|[상하]반기|분기"
    r"|어제|오늘|내일|당일|새벽|오전|오후|저녁|세기"
)
# What a question on an amount says, and what the amount then looks like; the first that fits.
_AMOUNTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (_any_of(r"몇\s*(?:퍼센트|%|프로)|비율|percent|\b(?:what|which) (?:\w+ )?(?:share|proportion|rate)\b|기준금리"),
     _any_of(r"\d\s*(?:%|퍼센트|percent|per cent)|half|third|quarter|절반|분의|in ten|out of")),
    (_any_of(r"몇\s*(?:명|사람)|인원(?:이|은|수) 얼마|how many of them",
             r"how many (?:people|workers|employees|customers|residents|merchants|adults|students|children)",
             r"how many (?:visitors|passengers|villagers|subscribers|users)"),
     _any_of(rf"{_COUNT}(?:명|사람|인)|{_NUMBER}\s+(?:\w+\s+){{0,2}}\w+s\b|people")),
    (_any_of(r"몇\s*시(?!간)|what time"), _any_of(r"\d\s*시(?!간)|\d+(?::\d\d)?\s*[ap]\.?m|noon|midnight|정오|자정")),
    (_any_of(rf"며칠(?={_LASTING})|차이.{{0,6}}며칠|how (?:long|late)\b|얼마나 (?:오래|걸)", r"how far off .*from"),
     _any_of(_DURATION)),
    (_any_of(r"며칠|몇\s*월|날짜|(?:which|what) (?:day|date)\b"), _any_of(_DAY)),
    (_any_of(r"몇\s*(?:군데|곳)"), _any_of(rf"{_COUNT}(?:곳|군데)|{_NUMBER}")),
    (_any_of(rf"몇\s*(?:{_COUNTERS})"), _any_of(rf"{_COUNT}(?:{_COUNTERS})|\d")),
    (_any_of(r"how old|나이|몇\s*살"), _any_of(r"\(\d\d\)|\d\s*(?:살|세|년)|\b(?:aged?|year)|\d-year|years? old")),
    (_any_of(r"\bodds\b|경쟁률"), _any_of(r"\d\s*대\s*\d|\d to \d|odds")),
    (_any_of(r"(?:what|which) (?:\w+ )?(?:vote|score)|by what margin|점수|몇\s*대\s*몇"), _any_of(r"\d")),
    (_any_of(r"얼마(?!나)|금액|비용이|가격이|예산이|총액|연봉|상금|매출",
             r"how much (?:money|did|does|do|is|was|were|will|would|can|has|have|of the (?:\S+ ){0,2}money)",
             r"what (?:\w+ )?(?:sum|price|amount|bid|cost|budget|fine)\b|\b(?:cost|price|budget|fine)\b|lump sum",
             r"(?:estimate|total) of"), _any_of(_MONEY)),
    (_any_of(rf"얼마나|how (?:{_MEASURES})\b"), _any_of(rf"\d|{_NUMBER}|절반|배")),
)  # fmt: skip
_TIME = _any_of(_WHEN)
# A promise as it is asked for, and as a sentence tells one: in Korean news also by the present (지원한다, 가르친다).
_ASKS_PROMISE = _any_of(r"약속|공약|다짐|\bpledg|\bpromis|\bvow|\bcommit")
_IN_N = "".join(chr(code) for code in range(ord("가"), ord("힣") + 1) if (code - ord("가")) % 28 == 4)
_PROMISES = _any_of(
    rf"겠다|기로|약속|공약|다짐|방침|예정|계획(?!이 없|은 없|에 없)|할 것|[{_IN_N}]다\W*$",
    r"\b(?:will|would|pledg|promis|vow|commit|plans?\b|agreed to)",
)
_NUMERAL = re.compile(r"\d[\d,.]*")

_ASKING = r"(?:what|who|whom|whose|which|when|where|why|how)\b"
_ENGLISH_PARTS = re.compile(rf",? and (?={_ASKING}|did |does |do |is |was |will )", re.IGNORECASE)
_KOREAN_ASKING = r"(?:뭐|뭘|무엇|누구|누가|언제|어디|어느|어떤|얼마|몇|며칠|왜|어떻게)"
# Where a part ends in "-고"; not after what somebody said (한다고, 하라고), nor before 있다 (하고 있다), nor in 두고.
_KOREAN_PARTS = re.compile(r"(?<=[가-힣]고)(?<![다라냐자두놓]고)[,\s](?!\s*[있싶계])\s*|[?]\s+")
_KOREAN_AND = r"(?:,\s?|\s?(?:하고|이랑|랑|과|와)(?:\s|,\s?))"
_EACH = re.compile(rf"(?P<items>.+?{_KOREAN_AND}.+?)(?P<particle>[은는이가을를의]?),? ?각각(?:의)? (?P<rest>.+)")
# A list that opens the question: all that follows goes for each of it.
_OPENS_WITH_LIST = re.compile(
    rf"(?P<items>\w+{_KOREAN_AND}\w+(?:{_KOREAN_AND}\w+)?)(?P<particle>[은는이가의]) "
    r"(?P<middle>.+ )각각(?:의)? (?P<rest>.+)"
)
# Without 각각 a list of names is several questions when it is the topic, and nothing is said of all of it together.
_TOPICS = re.compile(rf"(?P<items>\w+{_KOREAN_AND}\w+(?:{_KOREAN_AND}\w+)?)(?P<particle>[은는]) (?P<rest>.+)")
_TOGETHER = re.compile(r"함께|같이|사이|서로|공동|공통|모두|합[쳐치병]|차이|비교|다르|다른|달라|중에|중 |가운데|둘|셋")
# What all items share stands before the first of them (벨로니아에서 올리브유값이랑 …; 월급 인상액, 노조가 …).
_SHARED = re.compile(r"(?P<shared>.*(?:에서는?|에|데) |(?!.*(?:하고|랑|과|와) .*,)[^,]* [^,]*, ?)(?P<items>.+)")
_CONDITION = re.compile(r"(?P<items>.+), (?P<condition>[^,]+(?:면|때|에서|에))")
_NAME = r"(?:the )?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*"
_ITEM = r"\b(?:the )?\w+"
_ENGLISH_EACH = re.compile(
    rf"(?P<start>.*?)(?P<items>{_ITEM}(?:, {_ITEM})*,? and {_ITEM})(?P<rest>\b.*?),? (?:respectively|each)\b(?P<end>.*)"
)
_ENGLISH_NAMES = re.compile(
    rf"(?P<start>[A-Z]?\w+(?: \w+)? (?:did|do|does|will|have|has|had|would) )"
    rf"(?P<items>{_NAME}(?:, {_NAME})*,? and {_NAME})"
    r"(?P<rest> .+)(?P<end>)"
)

_COMPARES = _any_of(
    r"견주|견줘|비교|차이|달라|다르|각각|두 번|얼마나 벌어|더 (?:많|적|비싸|싸)",
    r"\bcompar|\bversus\b|\bvs\b|\bapart\b|\bdiffer|\bboth\b|\bgoing by\b|\bthe two\b|\bodds for\b.* and ",
)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions in one that asks for several things ("A하고 B는 각각 얼마야?"); the question itself otherwise."""
    plain = question.strip()
    if opening := _OPENS_WITH_LIST.fullmatch(plain):
        return tuple(_each_of(opening["items"], opening["particle"], f"{opening['middle']}{opening['rest']}"))
    if listed := _EACH.fullmatch(plain) or (None if _TOGETHER.search(plain) else _TOPICS.fullmatch(plain)):
        return tuple(_each_of(listed["items"], listed["particle"], listed["rest"]))
    if named := _ENGLISH_EACH.fullmatch(plain) or _ENGLISH_NAMES.fullmatch(plain):
        rest = f"{named['rest']}{named['end']}".rstrip("?. ")
        return tuple(f"{named['start']}{name}{rest}?" for name in re.split(r",? and |, ", named["items"]))
    for borders, asking in ((_ENGLISH_PARTS, _ASKING), (_KOREAN_PARTS, _KOREAN_ASKING)):
        parts = tuple(part.strip() for part in borders.split(plain) if part.strip())
        if 1 < len(parts) <= 3 and all(re.search(asking, part, re.IGNORECASE) for part in parts):
            return parts
    return (question,)


def _each_of(written: str, particle: str, rest: str) -> Iterator[str]:
    """A question for each item of a Korean list, with what stands before or after the list and goes for all."""
    if conditional := _CONDITION.fullmatch(written + particle):
        written, particle, rest = conditional["items"], "", f"{conditional['condition']} {rest}"
    shared = _SHARED.fullmatch(written)
    for item in re.split(_KOREAN_AND, shared["items"] if shared else written):
        yield f"{shared['shared'] if shared else ''}{item}{agreeing(item, particle)} {rest}"


def amount_asked(question: str) -> re.Pattern[str] | None:
    """How the amount looks that a question asks for (money for "얼마", people for "몇 명"), if for any."""
    return next((amount for asks, amount in _AMOUNTS if asks.search(question)), None)


def form_asked(question: str) -> re.Pattern[str] | None:
    """How the amount or the time looks that a question asks for, if it asks for either."""
    amount = amount_asked(question)
    return amount or (_TIME if kind_of(question) == "date" else None)


def has_new_numeral(question: str, text: str) -> bool:
    """Whether the text has a number that the question does not."""
    return not set(_NUMERAL.findall(text)) <= set(_NUMERAL.findall(question))


def kind_of(question: str) -> Kind:
    """What the question asks for; "thing" when nothing more exact is known."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "thing")


def shows(kind: Kind, text: str) -> bool:
    """Whether the text has the kind of thing that is asked for; any text may hold a thing."""
    return kind not in _SHOWS or bool(_SHOWS[kind].search(text))


def has_asked(question: str, text: str) -> bool:
    """Whether the text has the kind of thing that is asked for: the amount or the time, or a name, or a reason."""
    form = form_asked(question)
    return bool(form.search(text)) if form else shows(kind_of(question), text)


def asks_promise(question: str) -> bool:
    """Whether a question is on what somebody promised."""
    return bool(_ASKS_PROMISE.search(question))


def tells_promise(text: str) -> bool:
    """Whether a sentence may tell a promise."""
    return bool(_PROMISES.search(text))


def compares(question: str) -> bool:
    """Whether a question holds two things against each other, so that one sentence may tell one side only."""
    return bool(_COMPARES.search(question))
