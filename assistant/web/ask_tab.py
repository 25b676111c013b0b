"""The Ask tab: the browser's questions in, turns as JSON out; and what is kept of them for whoever asked."""

import logging
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.filters import Filters
from assistant.request import Request
from assistant.settings import default_library
from assistant.web.conversations import Conversations
from assistant.web.desk import Desk
from assistant.web.people import Pace, name_of
from assistant.web.view import Turn, check_address, choices_view, examples_view, facts_view, kept_view
from ingest.errors import UserError

_log = logging.getLogger(__name__)
_EARLIER_QUESTIONS = 10

Json = dict[str, Any]


def user_conversations() -> Conversations:
    """The conversations in the user's data folder, beside the library."""
    folder = default_library().parent
    return Conversations(folder / "conversations.sqlite3", folder / "gold.jsonl")


def build_ask_tab(desk: Desk, conversations: Conversations, pace: Pace, at_once: int) -> None:
    """Build the tab's inside; `at_once` people are answered at the same time, the others wait for their turn."""

    def facts(_: Any = None) -> Json:
        return facts_view(desk)

    def examples(_: Any = None) -> dict[str, list[str]]:
        return examples_view(desk)

    def choices(_: Any = None) -> Json:
        return choices_view(desk.assistant.library.articles())

    def check(address: Json) -> str:
        return check_address(desk.article, address)

    conversation = gr.HTML(
        html_template="<div class='desk'></div>",
        js_on_load="newsroom.desk(element, trigger, props, server, watch); /* triggers 'ask' and 'stop' */",
        server_functions=[facts, examples, choices, check, *_memory(desk, conversations)],
        apply_default_css=False,
    )

    def answer(event: gr.EventData, request: gr.Request) -> Iterator[Json]:
        asked, user = event._data, name_of(request)
        view: Json = {}
        for view in answer_turn(desk, asked, lambda: pace.step(user)):
            yield view
        if view["status"] == "done" and asked.get("conversation"):
            conversations.keep(user, str(asked["conversation"]), int(asked["position"]), view)

    asking = conversation.ask(
        answer,
        outputs=conversation,
        show_progress="hidden",
        trigger_mode="multiple",
        concurrency_limit=at_once,
        api_visibility="private",
    )
    conversation.stop(None, cancels=[asking], api_visibility="private")


def answer_turn(desk: Desk, asked: Json, permit: Callable[[], None] = lambda: None) -> Iterator[Json]:
    """The turn's JSON after each event of its answer. What goes wrong is said in the last one, never raised.

    `asked` is {"number", "question"} and may have "history", the earlier questions, and "filters".
    `permit` raises UserError when this question may not be asked now.
    """
    turn = Turn(number=int(asked["number"]), question=str(asked["question"]))
    history = [str(question) for question in asked.get("history") or ()][-_EARLIER_QUESTIONS:]
    try:
        permit()
        request = Request(turn.question, history=history, filters=filters_of(asked.get("filters")))
        for event in desk.assistant.stream(request):
            turn.take(event)
            yield turn.view()
    except UserError as error:
        turn.fail(str(error))
        yield turn.view()
    except Exception:  # a bug of ours must not leave the reader waiting
        _log.exception("no answer to %r", turn.question)
        turn.fail(None)
        yield turn.view()


def filters_of(chosen: Json | None) -> Filters:
    """The filters that the browser sends: lists of texts, and days as texts; what is missing asks nothing."""
    chosen = chosen or {}
    many = {name: tuple(map(str, chosen.get(name) or ())) for name in ("publishers", "languages", "articles")}
    days = {name: str(chosen[name]) if chosen.get(name) else None for name in ("since", "until")}
    return Filters(**many, **days)  # type: ignore[arg-type]  # a language we do not know lets nothing through


def _memory(desk: Desk, conversations: Conversations) -> list[Callable[..., Any]]:
    """The server functions for conversations and ratings. Those that change something give None, or why not."""

    def titles(_: Any, request: gr.Request) -> list[Json]:
        return conversations.titles(name_of(request))

    def turns(conversation: str, request: gr.Request) -> list[Json]:
        return [kept_view(view, desk.article) for view in conversations.turns(name_of(request), str(conversation))]

    def rename(asked: Json, request: gr.Request) -> str | None:
        user = name_of(request)
        return _fault(lambda: conversations.rename(user, str(asked["conversation"]), str(asked["title"])))

    def forget(conversation: str, request: gr.Request) -> str | None:
        user = name_of(request)
        return _fault(lambda: conversations.delete(user, str(conversation)))

    def rate(asked: Json, request: gr.Request) -> str | None:
        user = name_of(request)
        place = str(asked["conversation"]), int(asked["position"])
        return _fault(lambda: conversations.rate(user, *place, asked["rating"]))

    def save_gold(asked: Json, request: gr.Request) -> Json:
        place = name_of(request), str(asked["conversation"]), int(asked["position"])
        saved: list[Path] = []
        fault = _fault(
            lambda: saved.append(conversations.save_gold(*place, str(asked["right"]), list(asked["evidence"])))
        )
        return (
            {"error": fault} if fault else {"error": None, "file": str(saved[0]), "command": _run_gold(desk, saved[0])}
        )

    return [titles, turns, rename, forget, rate, save_gold]


def _run_gold(desk: Desk, gold: Path) -> str:
    """The command that asks the test questions of the library they were asked of."""
    library = [] if desk.shows_sample else ["--library", str(desk.settings.library)]
    return shlex.join(["assistant-eval", "run", "--gold", str(gold), *library, "--out", "runs/mine"])


def _fault(work: Callable[[], None]) -> str | None:
    try:
        work()
    except UserError as error:
        return str(error)
    return None
