"""What a question asks for: a number, a date, a person, a reason, a statement, or a thing."""

import re
from typing import Literal

Kind = Literal["number", "date", "person", "reason", "statement", "thing"]


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "date",
        _any_of(
            r"언제|며칠|날짜|몇\s*(?:년|월|일|시)(?!간)|어느\s*(?:해|날)",
            r"\bwhen\b|\bwhat (?:date|day|year|month|time)\b",
        ),
    ),
    (
        "number",
        _any_of(
            r"얼마|몇|규모|금액|퍼센트|비율",
            r"\bhow (?:much|many|often|long|large|big|far|old)\b|\bwhat (?:percent|share)",
        ),
    ),
    (
        "person",
        _any_of(
            r"누구|누가|어느\s*(?:교수|의원|장관|대표)",
            r"\bwho(?:m|se)?\b|\b(?:which|what) (?:professor|minister|person|ceo)",
        ),
    ),
    ("reason", _any_of(r"왜|이유|까닭|원인|배경", r"\bwhy\b|\breasons?\b|\bcauses?\b")),
    (
        "statement",
        _any_of(
            r"약속|발표|말했|말한|밝힌|밝혔|계획|대책|방안|입장|주장|반응|지적|강조|지원책|내놓|내놨|어떻게\s*(?:하|되|바뀌|달라)",
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
        r"때문|위해|위한|탓|이유|따라|영향|덕분|인해|하려",
        r"\b(?:because|due to|in order to|so that|since|reason|after|amid)\b",
    ),
}


def kind_of(question: str) -> Kind:
    """What the question asks for; "thing" when nothing more exact is known."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "statement")


def shows(kind: Kind, text: str) -> bool:
    """Whether the text has the kind of thing that is asked for; any text may hold a thing."""
    return kind not in _SHOWS or bool(_SHOWS[kind].search(text))
