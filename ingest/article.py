"""The domain types: an article, its sentences, and the chunks that are searched.

Every position in this project is an offset into `Article.text`, which is NFC-normalised once, before the
first offset is taken, and never changed afterwards.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Language = Literal["ko", "en"]


class Span(NamedTuple):
    """A half-open range of characters: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Article:
    """One article as it is stored: clean text, its sentences, and what is known about it.

    `sentences` are in order, do not overlap, and cover every non-space character of `text`.
    `published_at` is ISO 8601, a date (`2024-11-06`) or a time with its zone; unknown facts are None.
    """

    id: str
    text: str
    language: Language
    sentences: tuple[Span, ...]
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_at: str | None = None
    sample: bool = False

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the text, in hex: a citation made from this text stays valid while it is the same."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def version(self) -> str:
        """Names this state of the article: changes when any of its fields does (32 hex digits)."""
        fields = (self.id, self.text, self.title, self.url, self.publisher, self.author, self.published_at)
        return hashlib.sha256(repr((*fields, self.language, self.sample)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A range of an article's sentences: the unit that is embedded, indexed and retrieved.

    `first` and `last` are sentence numbers (`last` excluded); `text` is `article.text[start:end]`.
    """

    id: str
    article_id: str
    first: int
    last: int
    start: int
    end: int
    text: str


def chunk_of(article: Article, number: int, first: int, last: int) -> Chunk:
    """The chunk made of sentences `first` to `last` (excluded), the `number`th of its article."""
    start, end = article.sentences[first].start, article.sentences[last - 1].end
    return Chunk(f"{article.version}:{number}", article.id, first, last, start, end, article.text[start:end])
