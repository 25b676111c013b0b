"""From ranked passages to hits: copies of one story are one hit, and each part of a question has its evidence."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.wordscore import WordScorer
from ingest.article import Article, Chunk
from ingest.tokens import stems

# Two passages, and then their articles, are copies when so much of the shorter one's words, and of its numbers, is in
# the other.
SAME_WORDS = 0.8
SAME_NUMBERS = 0.9
# Passages of one article beyond these come after those of others.
OF_ONE_ARTICLE = 3
# A part of a question has its evidence among so many hits.
FIRST = 4

_SEVERAL = re.compile(
    r"각각|각자|둘 다|[가-힣](?:와|과|하고|이랑|랑)\s|\b(?:and|both|each|respectively|versus|vs)\b", re.I
)


@dataclass(frozen=True)
class Scored:
    """A passage, its article, and how well it matches."""

    score: float
    chunk: Chunk
    article: Article

    def raised(self, by: float) -> "Scored":
        """The same passage with a higher score."""
        return replace(self, score=self.score + by)


def arranged(
    ranked: Sequence[Scored], scorer: WordScorer, question: str, k: int
) -> list[tuple[Scored, tuple[Article, ...]]]:
    """The `k` passages to show, best first, each with the articles that are copies of its own."""
    kept: list[Scored] = []
    copies: dict[str, dict[str, Article]] = {}
    later: list[Scored] = []
    for one in ranked:
        if len(kept) == k:
            break
        original = next((other for other in kept if _is_copy(one, other)), None)
        if original is not None:
            copies.setdefault(original.article.id, {})[one.article.id] = one.article
        elif sum(other.article.id == one.article.id for other in kept) == OF_ONE_ARTICLE:
            later.append(one)
        else:
            kept.append(one)
    kept = [*kept, *later][:k]
    if _SEVERAL.search(question):
        kept = _with_each_name(kept, ranked, scorer)
    return [(one, tuple(copies.get(one.article.id, {}).values())) for one in kept]


def _with_each_name(kept: list[Scored], ranked: Sequence[Scored], scorer: WordScorer) -> list[Scored]:
    """The passages with, among the first, the best one for each name in the question that those would leave out."""
    names = [weighed.term for weighed in scorer.terms if weighed.term.is_name]
    if len(names) < 2:
        return kept
    found: list[Scored] = []
    for name in names:
        if not any(scorer.has(name, one.chunk.text) for one in [*kept[:FIRST], *found]):
            found += [one for one in ranked if scorer.has(name, one.chunk.text)][:1]
    first = kept[: max(1, min(FIRST, len(kept)) - len(found))]
    return [*first, *found, *(one for one in kept if one not in first and one not in found)][: len(kept)]


def _is_copy(one: Scored, other: Scored) -> bool:
    if one.article.id == other.article.id or one.article.language != other.article.language:
        return False
    return _overlap(one.chunk.text, other.chunk.text) and _overlap(one.article.text, other.article.text)


def _overlap(one: str, other: str) -> bool:
    (a, x), (b, y) = _compared(one), _compared(other)
    return _within(a, b, SAME_WORDS) and bool(x) == bool(y) and _within(x, y, SAME_NUMBERS)


@lru_cache(maxsize=1 << 10)
def _compared(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, and the numbers among them."""
    found = frozenset(stems(text))
    return found, frozenset(word for word in found if word[0].isdigit())


def _within(a: Set[str], b: Set[str], share: float) -> bool:
    return len(a & b) >= share * min(len(a), len(b))
