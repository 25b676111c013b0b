"""From ranked passages to hits: copies of one story are one hit, and each part of a question has its evidence."""

import re
from array import array
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.wordscore import Counts, WordScorer
from ingest.article import Article, Chunk
from ingest.catalog import ArticleInfo
from ingest.tokens import stems

# Two passages, and then their articles, are copies when so much of the shorter one's words, and of its numbers, is in
# the other.
SAME_WORDS = 0.8
SAME_NUMBERS = 0.9
# Passages that share fewer of their search tokens than this cannot share so many words.
SAME_TOKENS = 0.4
# Passages of one article beyond these come after those of others.
OF_ONE_ARTICLE = 3
# A part of a question has its evidence among so many hits.
FIRST = 4

_SEVERAL = re.compile(
    r"각각|각자|둘 다|[가-힣](?:와|과|하고|이랑|랑)\s|\b(?:and|both|each|respectively|versus|vs)\b", re.I
)


Passages = Mapping[str, tuple[Article, Chunk]]
"""Passages, each with its article, by chunk id."""


@dataclass(frozen=True)
class Scored:
    """A passage and how well it matches.

    `info` is what is known of its article, `counts` how often it has each token of the question, `tokens` all its
    tokens as `ingest.reading` has them.
    """

    score: float
    id: str
    info: ArticleInfo
    counts: Counts
    tokens: bytes

    def raised(self, by: float) -> "Scored":
        """The same passage with a higher score."""
        return replace(self, score=self.score + by)


@dataclass(frozen=True)
class Shown:
    """A passage to show, and the articles that are copies of its own."""

    scored: Scored
    article: Article
    chunk: Chunk
    copies: tuple[Article, ...]


def arranged(
    ranked: Sequence[Scored], passages: Callable[[list[str]], Passages], scorer: WordScorer, question: str, k: int
) -> list[Shown]:
    """The `k` passages to show, best first. `passages` reads those of some ids: no more are read than are looked at."""
    read: dict[str, tuple[Article, Chunk]] = {}
    kept: list[Scored] = []
    copies: dict[str, dict[str, Article]] = {}
    later: list[Scored] = []
    for place, one in enumerate(ranked):
        if len(kept) == k:
            break
        if one.id not in read:
            read |= passages([other.id for other in ranked[place : place + k]])
        alike = [other for other in kept if _may_be_copy(one, other)]
        original = next((other for other in alike if _is_copy(read[one.id], read[other.id])), None)
        if original is not None:
            copies.setdefault(original.info.id, {})[one.info.id] = read[one.id][0]
        elif sum(other.info.id == one.info.id for other in kept) == OF_ONE_ARTICLE:
            later.append(one)
        else:
            kept.append(one)
    kept = [*kept, *later][:k]
    if _SEVERAL.search(question):
        kept = _with_each_name(kept, ranked, scorer)
        read |= passages([one.id for one in kept if one.id not in read])
    return [Shown(one, *read[one.id], tuple(copies.get(one.info.id, {}).values())) for one in kept]


def _with_each_name(kept: list[Scored], ranked: Sequence[Scored], scorer: WordScorer) -> list[Scored]:
    """The passages with, among the first, the best one for each name in the question that those would leave out."""
    names = [weighed.term for weighed in scorer.terms if weighed.term.is_name]
    if len(names) < 2:
        return kept
    found: list[Scored] = []
    for name in names:
        if not any(scorer.has(name, one.counts) for one in [*kept[:FIRST], *found]):
            found += [one for one in ranked if scorer.has(name, one.counts)][:1]
    moved = {one.id for one in found}
    first = kept[: max(1, min(FIRST, len(kept)) - len(found))]
    shown = {one.id for one in first}
    return [*first, *found, *(one for one in kept if one.id not in shown | moved)][: len(kept)]


def _may_be_copy(one: Scored, other: Scored) -> bool:
    """Whether it is worth comparing their words: they share many search tokens, and so parts of words."""
    if one.info.id == other.info.id or one.info.language != other.info.language:
        return False
    a, b = _distinct(one.tokens), _distinct(other.tokens)
    return len(a & b) >= SAME_TOKENS * min(len(a), len(b))


@lru_cache(maxsize=1 << 8)
def _distinct(tokens: bytes) -> frozenset[int]:
    return frozenset(array("I", tokens))


def _is_copy(one: tuple[Article, Chunk], other: tuple[Article, Chunk]) -> bool:
    (article, chunk), (other_article, other_chunk) = one, other
    return _overlap(chunk.text, other_chunk.text) and _overlap(article.text, other_article.text)


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
