"""What is evaluated: a system searches, and may answer. The assistant and the baselines sit behind the same seam."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import Answer, Hit
from eval.questions import Question

if TYPE_CHECKING:
    from assistant.chat import Assistant

SYSTEMS: Mapping[str, bool] = {"assistant": True, "bm25": False, "dense": False, "langchain": False}
"""The systems that can be run, by name, and whether each answers or only searches."""

Search = Callable[[Question, int], Sequence[Hit]]
Ask = Callable[[Question], Answer]


@dataclass(frozen=True)
class System:
    """A named system: `search(question, k)` gives passages, best first; `ask`, where it answers, an answer."""

    name: str
    search: Search
    ask: Ask | None = None


def assistant_system(assistant: "Assistant") -> System:
    """The product itself, asked as a user asks it; a follow-up is searched as it is understood."""
    from assistant.followup import resolve
    from assistant.names import names_of
    from assistant.request import Request

    return System(
        "assistant",
        lambda question, k: assistant.search(
            Request(
                resolve(question.question, question.history, names_of(assistant.library)).text, as_of=question.as_of
            ),
            k,
        ),
        lambda question: assistant.ask(
            Request(question.question, history=question.history, as_of=question.as_of),
        ),
    )
