"""Neighbouring passages of one article, found for one question, are one passage."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Hit
from ingest.article import Chunk


def joined(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, those that touch in their article as one in the place of the best of them, whose score it has."""
    kept: list[Hit] = []
    for hit in hits:
        beside = [other for other in kept if _touch(hit.chunk, other.chunk)]
        if not beside:
            kept.append(hit)
            continue
        place = kept.index(beside[0])
        kept = [other for other in kept if other not in beside[1:]]
        kept[place] = _one_of(beside[0], [hit, *beside[1:]])
    return kept


def _touch(one: Chunk, other: Chunk) -> bool:
    return one.article_id == other.article_id and one.first <= other.last and other.first <= one.last


def _one_of(best: Hit, others: Sequence[Hit]) -> Hit:
    """All of them as one hit."""
    hits = [best, *others]
    chunks = sorted((hit.chunk for hit in hits), key=lambda chunk: chunk.first)
    first, last = chunks[0], chunks[-1]
    text = best.article.text[first.start : last.end]
    return replace(
        best,
        chunk=replace(first, last=last.last, end=last.end, text=text),
        also_in=tuple({article.id: article for hit in hits for article in hit.also_in}.values()),
        matched=tuple(dict.fromkeys(match for hit in hits for match in hit.matched)),
    )
