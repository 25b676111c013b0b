"""The reasons of a verdict in words for a reader, in Korean or English; `verify` gives each in one of these forms."""

import re
from collections.abc import Iterable

from ingest.article import Language

_FORMS: tuple[tuple[re.Pattern[str], dict[Language, str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), {"ko": korean, "en": english})
    for pattern, korean, english in (
        (
            r"contradicts: (?P<said>.+), as the claim gives it vs (?P<given>.+) in the text",
            "수치가 다른 대상의 것입니다. 이 문장: ‘{said}’ / 기사: ‘{given}’",
            "The figure is somebody else's: here “{said}”, in the article “{given}”.",
        ),
        (
            r"contradicts: (?P<said>.+) vs no such denial",
            "이 문장은 부정하지만(‘{said}’) 기사에는 그런 부정이 없습니다.",
            "Denied here (“{said}”), but not in the article.",
        ),
        (
            r"contradicts: says that it is so vs (?P<given>.+)",
            "이 문장은 긍정하지만 기사는 부정합니다(‘{given}’).",
            "Affirmed here, but denied in the article (“{given}”).",
        ),
        (
            r"contradicts: not (?P<said>\S+) vs (?P<given>.+)",
            "이 문장은 부정하고(‘{said}’) 기사는 긍정합니다(‘{given}’).",
            "Denied here (“not {said}”), affirmed in the article (“{given}”).",
        ),
        (
            r"contradicts: (?P<said>.+) vs not (?P<given>\S+)",
            "이 문장은 긍정하고(‘{said}’) 기사는 부정합니다(‘{given}’).",
            "Affirmed here (“{said}”), denied in the article (“not {given}”).",
        ),
        (
            r"contradicts: (?P<said>.+) vs (?P<given>.+)",
            "이 문장: ‘{said}’ / 기사: ‘{given}’",
            "Here “{said}”, in the article “{given}”.",
        ),
        (
            r"not in the cited text: (?P<said>.+)",
            "기사 문장에 없는 내용: {said}",
            "Not in the article's sentence: {said}.",
        ),
        (r"agrees: (?P<said>.+)", "일치하는 내용: {said}", "Agrees on: {said}."),
        (r"the cited words themselves", "기사 문장 그대로입니다.", "The article's own words."),
        (
            r"no article says anything like it",
            "비슷한 내용을 쓴 기사가 없습니다.",
            "No article says anything like it.",
        ),
        (r"nothing to check", "대조할 수치·날짜·이름이 없습니다.", "No figure, date or name to compare."),
        (r"no citation", "근거로 든 문장이 없습니다.", "Nothing is cited."),
    )
)


def in_words(reason: str, language: Language) -> str:
    """A reason for a reader of `language`; the words that it quotes stay as they are, as does one of another form."""
    for form, words in _FORMS:
        if found := form.fullmatch(reason):
            return words[language].format(**found.groupdict())
    return reason


def told(reasons: Iterable[str], language: Language) -> str:
    """All reasons of a verdict, one after the other."""
    return " ".join(in_words(reason, language) for reason in reasons)
