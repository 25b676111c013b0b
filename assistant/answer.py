"""What the assistant hands out: hits, citations, answers, and the events of an answer in the making."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ingest.article import Article, Chunk, Language

Support = Literal["supported", "unchecked", "unsupported", "contradicted"]
Answerer = Literal["extractive", "llm"]


@dataclass(frozen=True)
class Match:
    """A name of the question (`term`) that a passage has as another spelling.

    `via` says how we know it: "name" (a list of names), "article" (an article gives both spellings) or "sound".
    """

    term: str
    found_as: str
    via: str


@dataclass(frozen=True)
class Hit:
    """A retrieved passage: a chunk, the article it is from, and how well it matched (higher is better).

    `also_in` are other articles that tell the same in nearly the same words, `matched` the names found in
    another spelling.
    """

    chunk: Chunk
    article: Article
    score: float
    also_in: tuple[Article, ...] = ()
    matched: tuple[Match, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The public form of a search result; `start` and `end` are offsets into the article's text."""
        return {
            "article": self.article.id,
            "title": self.article.title,
            "publisher": self.article.publisher,
            "published_at": self.article.published_at,
            "url": self.article.url,
            "language": self.article.language,
            "sample": self.article.sample,
            "start": self.chunk.start,
            "end": self.chunk.end,
            "score": round(self.score, 6),
            "text": self.chunk.text,
            "also_in": [
                {
                    "article": other.id,
                    "title": other.title,
                    "publisher": other.publisher,
                    "published_at": other.published_at,
                    "url": other.url,
                }
                for other in self.also_in
            ],
            "matched": [{"term": match.term, "as": match.found_as, "via": match.via} for match in self.matched],
        }


@dataclass(frozen=True)
class Citation:
    """The address of the sentence that an answer stands on.

    `marker` is `passage.sentence`, both counted from 1 in the answer's passages. `quote` is
    `article.text[start:end]`, of the text whose hash is `content_hash`.
    """

    marker: str
    article: str
    content_hash: str
    title: str | None
    publisher: str | None
    published_at: str | None
    url: str | None
    start: int
    end: int
    quote: str
    sample: bool = False


@dataclass(frozen=True)
class AnswerSentence:
    """One sentence of an answer, what it cites, and how it stands against what it cites."""

    text: str
    citations: tuple[Citation, ...]
    support: Support
    reasons: tuple[str, ...] = ()
    gloss: str | None = None
    """A labelled, automatic gloss in the question's language of a quote in the other one; no translation."""


@dataclass(frozen=True)
class Answer:
    """A finished answer. `answer` is the whole text as shown; `intro` is its uncited opening line, if any.

    When `abstained`, there are no sentences, `reason` says why, and `nearest` are sentences of the best passages.
    """

    question: str
    language: Language
    answer: str
    abstained: bool
    answerer: Answerer
    sentences: tuple[AnswerSentence, ...] = ()
    passages: tuple[Hit, ...] = ()
    reason: str | None = None
    nearest: tuple[Citation, ...] = ()
    intro: str | None = None
    notices: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    understood_as: str | None = None
    """The question made to stand alone, where it was a follow-up."""
    confidence: float | None = None
    """How sure it is that the articles answer, 0 to 1; None from a language model."""
    tokens: dict[str, int] | None = None
    """What the language model's server says the answer took (`input`, `output`), where it says so."""
    prompt: str | None = None
    """The fingerprint of the prompt that the language model was asked with."""
    id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The public form: plain JSON types, with the passages as search results."""
        return asdict(self) | {"passages": [hit.to_json() for hit in self.passages]}


@dataclass(frozen=True)
class Retrieved:
    """Event: the passages that the answer will be made from."""

    passages: tuple[Hit, ...]


@dataclass(frozen=True)
class Intro:
    """Event: an opening line, without a citation of its own."""

    text: str


@dataclass(frozen=True)
class SentenceReady:
    """Event: the next sentence of the answer, checked and with its citations."""

    sentence: AnswerSentence


@dataclass(frozen=True)
class Notice:
    """Event: something the reader should know, such as a language model that did not answer."""

    text: str


@dataclass(frozen=True)
class Finished:
    """Event, always the last: the whole answer."""

    answer: Answer


@dataclass(frozen=True)
class Waiting:
    """Event: nothing new yet. It lets whoever reads the events notice that the reader has left."""


Event = Retrieved | Intro | SentenceReady | Notice | Waiting | Finished
