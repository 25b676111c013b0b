"""What the assistant is asked: a question, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.filters import Filters

Choice = Literal["auto", "extractive", "llm"]
_ALL = Filters()


@dataclass(frozen=True)
class Request:
    """A question, and how it is asked.

    `answerer` "auto" is the language model when one is set, and quotes when it fails. `history` are the earlier
    questions of the conversation, oldest first: a follow-up is understood with them. `filters` say which articles are
    asked. `as_of` is the day or moment (ISO 8601) the question is asked at: its words for time ("yesterday") are seen
    from there, and nothing that came out later is known.
    """

    question: str
    answerer: Choice = "auto"
    history: Sequence[str] = ()
    filters: Filters = _ALL
    as_of: str | None = None
