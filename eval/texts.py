"""How answers are compared with gold texts, in each language by its own community's rules."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_KORQUAD_SIGNS = re.compile("['\"《》<>〈〉()‘’]")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_HANGUL = re.compile("[ㄱ-ㆎ가-힣]")


def is_korean(text: str) -> bool:
    """Whether the text has any Hangul: then the Korean rules apply to it."""
    return _HANGUL.search(text) is not None


def normalise(text: str, korean: bool) -> str:
    """The text as the official KorQuAD 1.0 or SQuAD script compares it."""
    if korean:
        return " ".join(_KORQUAD_SIGNS.sub(" ", text).lower().translate(_PUNCTUATION).split())
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(answer: str, gold: str) -> float:
    """1.0 when the two are the same once normalised by the gold text's language."""
    korean = is_korean(gold)
    return float(normalise(answer, korean) == normalise(gold, korean))


def f1(answer: str, gold: str) -> float:
    """Overlap F1: of characters where the gold is Korean (KorQuAD), of words where it is not (SQuAD)."""
    korean = is_korean(gold)
    ours, theirs = (normalise(text, korean).split() for text in (answer, gold))
    if korean:
        ours, theirs = list("".join(ours)), list("".join(theirs))
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def chrf(answer: str, golds: Sequence[str]) -> float:
    """chrF of the closest gold text, from 0 to 1 (Popovic 2015, sacrebleu's settings)."""
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().sentence_score(answer, list(golds)).score) / 100


def states(text: str, gold: str) -> bool:
    """Whether the text says the gold words: spacing, case and thousands' commas aside.

    Numbers and Latin words must match whole ("3억" is not in "13억"), Korean ones may carry particles.
    """
    return _pattern(gold).search(_plain(text)) is not None


def states_any(text: str, golds: Sequence[str]) -> bool:
    """Whether the text says any of the gold words."""
    return any(states(text, gold) for gold in golds)


def _plain(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d)", "", text).casefold()


@lru_cache(maxsize=4096)
def _pattern(gold: str) -> re.Pattern[str]:
    parts = re.findall(r"[a-z0-9]+|[^\sa-z0-9]", _plain(gold))
    body = r"\s*".join(map(re.escape, parts))
    before = r"(?<![a-z0-9])(?<!\d\.)" if parts[0][0].isascii() and parts[0][0].isalnum() else ""
    after = r"(?![a-z0-9])(?!\.\d)" if parts[-1][-1].isascii() and parts[-1][-1].isalnum() else ""
    return re.compile(before + body + after)
