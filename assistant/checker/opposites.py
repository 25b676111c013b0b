"""Opposites: approved and rejected, 허용 and 금지, and whether a text says the one or the other."""

import re
from collections.abc import Iterator, Set

from assistant.checker.bilingual import Bilingual
from assistant.checker.opposite_words import OPPOSITES
from assistant.checker.polarity import Sign

# Topic, words for yes, words for no. A negation at the word turns it round.
_OPPOSITES = tuple((topic, Bilingual(yes, re.IGNORECASE), Bilingual(no, re.IGNORECASE)) for topic, yes, no in OPPOSITES)
_TURNED_AFTER = re.compile(
    r"[가-힣]{0,4}(?:지(?:는|도|를)?\s?(?:않|못|말|마)|(?:에|는\s데|은\s데)\s?실패|(?:를|을)\s?(?:거부|거절|부인|포기|철회)|\s?수[가는도]?\s?없|도\s못|서는?\s안)"
)
_IF_NOT = re.compile(r"으면|는\s한|고는|도록")  # says nothing of whether
_TURNED_BEFORE = re.compile(
    r"(?:\b(?:not|never|cannot|unable\sto|no|nobody|none)|n['’]t|\bfail(?:s|ed|ing)?\sto|\brefus(?:e|es|ed|ing)\sto|"
    r"\bdeclin(?:e|es|ed|ing)\sto|\bno\splans\sto|\bwithout|\b(?:nobody|no\sone|none)(?:\s\w+){0,4}|"
    r"\b(?:keep|kept|prevent|stopp?|block|barr?)(?:s|ed|ing)?\s[^.;]{1,60}\sfrom)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)  # fmt: skip


def stances(text: str, topics: Set[str] | None = None) -> Iterator[Sign]:
    """For each topic with opposites (of those given) that `text` speaks of: whether it says yes or no."""
    for topic, yes, no in _OPPOSITES:
        if topics is not None and topic not in topics:
            continue
        for pattern, sign in ((yes, 1), (no, -1)):
            for match in pattern.finditer(text):
                after = _TURNED_AFTER.match(text, match.end())
                before = _TURNED_BEFORE.search(text, max(0, match.start() - 80), match.start())
                if after and _IF_NOT.match(text, after.end()):
                    continue
                if (after or before) and not (sign < 0 and _holds_negation(match[0])):
                    start, end = before.start() if before else match.start(), after.end() if after else match.end()
                    yield Sign(start, end, -sign, topic, turned=True)
                else:
                    yield Sign(*match.span(), sign, topic)


def _holds_negation(word: str) -> bool:
    return bool(re.match(r"수|불가|면|못|must|can|unab|unav|not|may", word, re.IGNORECASE))
