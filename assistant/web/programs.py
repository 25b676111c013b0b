"""What programs may do here: `ask`, `search` and `add`, over Gradio's API (here) and MCP (`assistant.web.mcp`)."""

from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api

from assistant.web.desk import Desk
from assistant.web.people import Pace, name_of
from ingest.errors import UserError
from ingest.pipeline import ingest_articles
from ingest.sources import article_from_paste

_MOST_PASSAGES = 100
_T = TypeVar("_T")

Json = dict[str, Any]


class Programs:
    """The three functions. Each is called by a user, by the name of their login ("" where nobody has to log in).

    Each counts as a question of that user, and raises `UserError` when it cannot be done.
    """

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk = desk
        self._pace = pace

    def ask(self, user: str, question: str) -> Json:
        """The answer, as `Answer.to_json` has it."""
        self._pace.step(user)
        return self._desk.assistant.ask(question).to_json()

    def search(self, user: str, query: str, k: int) -> list[Json]:
        """The best `k` passages, as `Hit.to_json` has them."""
        self._pace.step(user)
        return [hit.to_json() for hit in self._desk.assistant.search(query, max(1, min(k, _MOST_PASSAGES)))]

    def add(self, user: str, text: str, title: str) -> Json:
        """Adds an article: {"article_id", "title", "status", "reason"}, as in `ItemOutcome`."""
        self._pace.step(user)
        (outcome,) = ingest_articles(self._desk.library, [article_from_paste(text, title.strip() or None)])
        return {name: getattr(outcome, name) for name in ("article_id", "title", "status", "reason")}


def publish(programs: Programs, at_once: int) -> None:
    """Publish them in Gradio's API while the page is being built; `at_once` people ask or search at the same time."""

    def ask(question: str, request: gr.Request) -> Json:
        """Answer a question from the library; every sentence carries its citations."""
        return _or_error(lambda: programs.ask(name_of(request), question))

    def search(query: str, request: gr.Request, k: int = 10) -> list[Json]:
        """The passages of the library that match best, best first."""
        return _or_error(lambda: programs.search(name_of(request), query, k))

    def add(text: str, request: gr.Request, title: str = "") -> Json:
        """Add one article, given as text, to the library. Gives its id, and added, updated, unchanged or failed."""
        return _or_error(lambda: programs.add(name_of(request), text, title))

    api(ask, api_name="ask", concurrency_limit=at_once)
    api(search, api_name="search", concurrency_limit=at_once)
    api(add, api_name="add", concurrency_id="adding", concurrency_limit=1)


def _or_error(work: Callable[[], _T]) -> _T:
    try:
        return work()
    except UserError as error:
        raise gr.Error(str(error), print_exception=False) from error
