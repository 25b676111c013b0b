"""What a sentence is about: its topic as it stands at the head of the sentence, if it names one."""

import re

from assistant.names import shipped_names
from ingest.article import Language

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_QUOTED = re.compile(r"‘[^’]*’|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'")
_KOREAN_WORDS = 7
_KOREAN_TOPIC = re.compile(r"[가-힣A-Za-z0-9·]+?(?:[은는도]|측은|에서는|으로는|께서는|(?<=[가-힣A-Za-z])[이가])[,]?")
# Endings that look like a topic particle but describe the noun that follows (있는, 높은).
_ADNOMINAL = re.compile(
    r".*(?:[하되있없가오보주나르지시키받쓰크추리치드르우이]는|[높낮많적같좋짧깊넓젊늦옳작받맡얻찾앉남]은|[며면]서도)"
)
_KOREAN_CARRIES_ON = re.compile(
    r"(?:[^ ]+ )*?(?:이|그|해당|동) [^ ]+|(?:그|그녀|이들|그들|이|이는|회사|회사 측|양측|이 중|이 가운데)[은는도]|이는"
    r"|(?:대상|차이|결과|이유|하나|다른 하나|나머지|둘|셋|내용|첫째|둘째)[은는]"
)
_ENGLISH_CARRIES_ON = re.compile(
    r"(?:It|They|He|She|This|That|These|Those|Its|Their|His|Her|Also|Under|Separately|Besides|Moreover|In addition"
    r"|The (?:company|firm|group|ministry|agency|plan|program\w*|project|money|fund|service|move|deal|new|decision)"
    r"|The (?:two|three|four|others?|rest|remaining|first|second|latter|former|difference|result|reason)"
    r"|So (?:is|are|was|were|do|does|did)|Both|Neither|One|Another)\b"
)
_ENGLISH_HEAD = 5
_SEVERAL = re.compile(r"[가-힣A-Za-z)](?:,|·|와|과|하고|랑| 및| and)\s?[가-힣A-Za-z].*")


def topic_of(sentence: str, language: Language) -> str | None:
    """The words a sentence begins with up to its topic; None when it goes on about the topic of the one before.

    Korean marks a topic or subject with a particle near the head of the sentence, and leaves it out when it stays
    the same; English takes it up again with a pronoun or "the company".
    """
    head = _ASIDE.sub("", sentence)
    if language == "ko":
        return _korean_topic(_QUOTED.sub("인용", head).split()[:_KOREAN_WORDS])
    return None if _ENGLISH_CARRIES_ON.match(head) else " ".join(head.split()[:_ENGLISH_HEAD])


def _korean_topic(words: list[str]) -> str | None:
    for number, word in enumerate(words):
        if len(word) > 1 and _KOREAN_TOPIC.fullmatch(word) and not _describes(word):
            topic = " ".join(words[: number + 1])
            return None if _KOREAN_CARRIES_ON.fullmatch(topic) else topic
    return None


def _describes(word: str) -> bool:
    """Whether a word only looks like a topic (나오는), and is no listed name that ends so (카카오는)."""
    return bool(_ADNOMINAL.fullmatch(word)) and not shipped_names().others((word[:-1],))


def is_of_several(topic: str) -> bool:
    """Whether a topic names several at once ("네이버와 카카오, 쿠팡 등은"), and so none in particular."""
    return bool(_SEVERAL.search(_ASIDE.sub("", topic)))
