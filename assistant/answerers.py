"""The seam between the two ways of answering, quotes and a language model, and the assistant that uses them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from assistant.answer import Hit, Intro, Notice, SentenceReady, Waiting
from ingest.article import Language
from ingest.errors import UserError


class AnswererFailed(UserError):
    """The answerer has nothing to show; the message is one line: what went wrong, and what to do about it."""


@dataclass(frozen=True)
class Usage:
    """The tokens that the server says a call of a language model took."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True)
class Rewording:
    """A follow-up made to stand alone; `question` is None where nothing usable came of it."""

    question: str | None
    usage: Usage | None = None


class Answerer(Protocol):
    """Makes an answer to a question out of passages."""

    def stream(
        self, question: str, language: Language, passages: Sequence[Hit]
    ) -> Iterator[Intro | SentenceReady | Notice | Waiting]:
        """The answer as it is made, in `language`; without a single SentenceReady, the passages do not answer.

        Markers count `passages` from 1. Closing the iterator stops the work.
        Raises AnswererFailed, before the first SentenceReady, when there is no answer to show.
        """
        ...


@runtime_checkable
class Rewriter(Protocol):
    """An answerer that can also make a follow-up question stand alone."""

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> Rewording:
        """The question with what it leaves out taken from the earlier turns. Raises AnswererFailed."""
        ...
