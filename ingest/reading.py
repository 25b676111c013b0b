"""What a search compares of a text, made once when its article comes in: its words as numbers.

So a question reads some numbers of a hundred passages and splits none of their texts. Two readings of each word:
its search tokens (`ingest.tokens`), each the CRC-32 of its spelling, and what the shipped bilingual model
knows of it, whichever model embeds the passages: the pieces whose vectors add up to the word's, and the length of that
sum. A question has some hundred tokens and its passages some ten thousand: one in several thousand questions counts
two of them as one.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

from ingest.article import Article, Chunk
from ingest.embed import shipped_model
from ingest.tokens import TOKENS_VERSION, as_read, joined, tokens_of, words

FIRST_PIECE = 1 << 31
"""Set in the number of a piece that begins a word."""
_KEPT = 1 << 16
"""So many words' pieces are kept in memory."""


class Reading(NamedTuple):
    """One text as search compares it, each part as the bytes of an array, ready to be joined with others.

    `tokens` are 32-bit numbers, hyphenated words once more at the end; `length` is how many there are without those;
    `spelled` are the tokens themselves with spaces between, for the lexical index.
    `pieces` are 32-bit numbers of the pieces of its words, each word once (see `FIRST_PIECE`); `lengths` has a 32-bit
    float a word, the length of the sum of its pieces' vectors.
    """

    tokens: bytes
    length: int
    pieces: bytes
    lengths: bytes
    spelled: str = ""


class PassageReading(NamedTuple):
    """A passage, and the tokens of its article's title."""

    title: bytes
    text: Reading


class ArticleReading(NamedTuple):
    """The passages of an article and its title: one array of each kind, cut by `counts`.

    `counts` has four 32-bit numbers for the title and for each passage: tokens, length, pieces, words.
    """

    counts: bytes
    tokens: bytes
    pieces: bytes
    lengths: bytes

    @classmethod
    def of(cls, title: Reading, passages: Sequence[Reading]) -> "ArticleReading":
        """The readings of an article's title and passages as they are stored."""
        all = (Reading(title.tokens, title.length, b"", b""), *passages)
        counts = [(len(r.tokens) // 4, r.length, len(r.pieces) // 4, len(r.lengths) // 4) for r in all]
        return cls(
            np.array(counts, np.uint32).tobytes(),
            b"".join(r.tokens for r in all),
            b"".join(r.pieces for r in all),
            b"".join(r.lengths for r in all),
        )

    def passage(self, number: int) -> PassageReading:
        """One of the passages, the first being 0."""
        counts = array("I", self.counts)
        title, length = 4 * counts[0], counts[4 * number + 5]
        tokens, pieces, lengths = (_part(counts[column::4], number + 1) for column in (0, 2, 3))
        text = Reading(self.tokens[tokens], length, self.pieces[pieces], self.lengths[lengths])
        return PassageReading(self.tokens[:title], text)


def _part(counts: Sequence[int], place: int) -> slice:
    """Where one of several parts of so many 32-bit numbers lies, in bytes."""
    start = 4 * sum(counts[:place])
    return slice(start, start + 4 * counts[place])


class _Reader:
    """Reads texts by the shipped model, the pieces of the words met last kept. Any number of threads may use it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, bytes]] = {}

    def read(self, texts: Sequence[str]) -> list[Reading]:
        looked_up = [[_looked_up(word) for word in words(text)] for text in texts]
        distinct = [dict.fromkeys(word.as_read for word in some) for some in looked_up]
        known = self._known
        new = sorted({word for some in distinct for word in some if word not in known})
        if len(known) + len(new) > _KEPT:
            known = self._known = {}  # who reads by the former one meanwhile goes on with it
            new = sorted({word for some in distinct for word in some})
        known.update(zip(new, _pieces(new), strict=True))
        return [
            _reading(some, joined(text), [known[word] for word in once])
            for text, some, once in zip(texts, looked_up, distinct, strict=True)
        ]


def read(texts: Sequence[str]) -> list[Reading]:
    """Each text as search compares it."""
    return _reader().read(texts)


def read_articles(chunked: Iterable[tuple[Article, Sequence[Chunk]]]) -> list[tuple[Reading, list[Reading]]]:
    """The title and the passages of each article; with some hundreds of articles at once it is fastest."""
    articles = list(chunked)
    readings = iter(read([text for article, chunks in articles for text in _texts(article, chunks)]))
    return [(next(readings), [next(readings) for _ in chunks]) for _, chunks in articles]


def token_number(token: str) -> int:
    """The number of a search token."""
    return crc32(token.encode())


def readings_version() -> str:
    """Changes whenever the same text gives another reading, or other search tokens."""
    return f"{TOKENS_VERSION} {shipped_model().fingerprint}"


def _texts(article: Article, chunks: Sequence[Chunk]) -> list[str]:
    return [article.title or "", *(chunk.text for chunk in chunks)]


def _reading(words: Sequence["_Word"], hyphenated: Sequence[str], pieces: Sequence[tuple[bytes, bytes]]) -> Reading:
    tokens = b"".join([word.numbers for word in words])
    spelled = " ".join([*(word.spelled for word in words), *hyphenated])
    of_words, lengths = zip(*pieces, strict=True) if pieces else ((), ())
    again = _numbers(hyphenated)
    return Reading(tokens + again, len(tokens) // 4, b"".join(of_words), b"".join(lengths), spelled)


def _pieces(some: Sequence[str]) -> Iterable[tuple[bytes, bytes]]:
    """The pieces of each word, the first marked, and the length of their sum; endless where the sum says nothing."""
    pieces, lengths = shipped_model().word_pieces(some)
    lengths[lengths == 0] = np.inf
    for own, length in zip(pieces, lengths, strict=True):
        first, *others = own or [0]
        yield array("I", (first | FIRST_PIECE, *others)).tobytes(), length.tobytes()


class _Word(NamedTuple):
    """A word: its tokens, their numbers, and how its pieces are looked up."""

    spelled: str
    numbers: bytes
    as_read: str


@lru_cache(maxsize=1 << 16)
def _looked_up(word: str) -> _Word:
    tokens = tokens_of(word)
    return _Word(" ".join(tokens), _numbers(tokens), as_read(word))


def _numbers(tokens: Sequence[str]) -> bytes:
    return array("I", [crc32(token.encode()) for token in tokens]).tobytes()


@lru_cache(maxsize=1)
def _reader() -> _Reader:
    return _Reader()
