"""The sample library: articles to try the assistant on, asked only while the user's own library is empty."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import ingest
from assistant.settings import sample_library
from ingest.article import Article
from ingest.embed import Embedder
from ingest.library import Library
from ingest.lock import LibraryLocked
from ingest.manifest import EmbedderMismatch
from ingest.sources import SourceError, read_sources

SAMPLE_ARTICLES = Path(ingest.__file__).parent / "sample" / "articles.jsonl"


@contextmanager
def open_sample(embedder: Embedder) -> Iterator[Library]:
    """The sample library, made or brought up to date first, open for as long as the block runs.

    It lies beside the user's own. When another process has it open, or it was made with another embedding model,
    a copy is made for this time only.
    """
    try:
        library = Library.open(sample_library(), embedder, "the sample library's reader")
    except (LibraryLocked, EmbedderMismatch):
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), embedder) as library:
            yield _filled(library)
    else:
        with library:
            yield _filled(library)


def sample_articles() -> list[Article]:
    """The articles that come with the package, marked as samples."""
    articles = []
    for article in read_sources([str(SAMPLE_ARTICLES)]):
        if isinstance(article, SourceError):
            raise AssertionError(f"the package's own sample is broken: {article.source}: {article.reason}")
        articles.append(replace(article, sample=True))
    return articles


def _filled(library: Library) -> Library:
    articles = sample_articles()
    wanted = {article.id for article in articles}
    for info in library.articles():
        if info.id not in wanted:
            library.delete(info.id)
    library.add(articles)
    return library
