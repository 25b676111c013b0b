"""From sources to the library: reads, stores in batches, and tells what became of each item."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Literal

from ingest.article import Article
from ingest.errors import UserError
from ingest.library import Library
from ingest.problems import ItemProblem, Value
from ingest.sources import Found, SourceError, find_articles

BATCH_ARTICLES = 64
BATCH_CHARACTERS = 200_000
BATCH_SECONDS = 2.0

_DERIVED_ID = re.compile(r"[0-9a-f]{12}")  # as `ingest.clean` makes them where the user gave none


@dataclass(frozen=True)
class ItemOutcome:
    """What became of one item. `reason` says why it failed, or why nothing changed where that is not plain.

    Of a failure, `kind` and `values` say the same to programs: see `ingest.problems`.
    """

    source: str
    status: Literal["added", "updated", "unchanged", "failed"]
    article_id: str | None = None
    title: str | None = None
    reason: str | None = None
    kind: str | None = None
    values: dict[str, Value] = field(default_factory=dict)


def failure(source: str, problem: UserError, article: Article | None = None) -> ItemOutcome:
    """That an item failed, and why."""
    kind, values = (problem.kind, problem.values) if isinstance(problem, ItemProblem) else (None, {})
    id, title = (article.id, article.title) if article else (None, None)
    return ItemOutcome(source, "failed", id, title, str(problem), kind, values)


def ingest_sources(
    library: Library, sources: Sequence[str], allow_hosts: Collection[str] = (), folder: Path = Path()
) -> Iterator[ItemOutcome]:
    """Adds all articles found in `sources` (files, folders, URLs) to the library, one outcome an item.

    `allow_hosts` names the private hosts that may be fetched from; relative paths start at `folder`.
    """
    return ingest_articles(library, find_articles(sources, allow_hosts=allow_hosts, folder=folder))


def ingest_articles(library: Library, articles: Iterable[Article | Found | SourceError]) -> Iterator[ItemOutcome]:
    """Adds `articles` to the library in batches, one outcome an item, given when its batch is on disk.

    An item that fails does not stop the others. A text that is already there under another id is not added again,
    unless the user gave one of the ids.
    """
    batch: list[Found] = []
    characters, begun = 0, monotonic()
    for item in articles:
        if isinstance(item, SourceError):
            yield failure(item.source, item.problem)
            continue
        found = item if isinstance(item, Found) else Found(item.url or item.id, item)
        batch.append(found)
        characters += len(found.article.text)
        if len(batch) == BATCH_ARTICLES or characters > BATCH_CHARACTERS or monotonic() - begun > BATCH_SECONDS:
            yield from _store(library, batch)
            batch, characters, begun = [], 0, monotonic()
    yield from _store(library, batch)


def _store(library: Library, batch: Sequence[Found]) -> Iterator[ItemOutcome]:
    new: list[Found] = []
    texts: dict[str, str] = {}
    for found in batch:
        twin = None if found.id_given else _twin(library, found.article, texts)
        if twin:
            yield _outcome(found, "unchanged", f"the same text is already there as {twin}")
        else:
            texts.setdefault(found.article.content_hash, found.article.id)
            new.append(found)
    yield from _add(library, new)


def _add(library: Library, batch: Sequence[Found]) -> Iterator[ItemOutcome]:
    """Adds all at once; where that fails, one by one, so that a bad one fails alone."""
    try:
        statuses = library.add([found.article for found in batch])
    except UserError as error:
        if len(batch) == 1:
            yield failure(batch[0].source, error, batch[0].article)
        else:
            for found in batch:
                yield from _add(library, [found])
        return
    for found, status in zip(batch, statuses, strict=True):
        yield _outcome(found, status)


def _twin(library: Library, article: Article, texts: dict[str, str]) -> str | None:
    """The id of another article with the same text, if `article` is new and neither id was given by the user."""
    if not _DERIVED_ID.fullmatch(article.id) or article.id in library:
        return None
    twin = texts.get(article.content_hash) or library.same_text(article.content_hash)
    return twin if twin and twin != article.id and _DERIVED_ID.fullmatch(twin) else None


def _outcome(found: Found, status: Literal["added", "updated", "unchanged"], reason: str | None = None) -> ItemOutcome:
    return ItemOutcome(found.source, status, found.article.id, found.article.title, reason)
