"""The web page: Gradio carries the events, our own scripts draw. Built here; `serve` starts it.

The `gr.HTML` templates are constants. Data reaches the browser as JSON and the document as `textContent`, because
Gradio compiles a filled-in template as JavaScript: `{{value}}` of an article that says `${...}` would run it.
"""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # gradio reads it when imported: the page talks to no other host

import gradio as gr
from gradio.events import api

from assistant.web.ask_tab import build_ask_tab, user_conversations
from assistant.web.desk import Desk
from assistant.web.library_tab import build_library_tab
from assistant.web.people import Pace, name_of
from assistant.web.strings import STRINGS
from ingest.errors import UserError
from ingest.pipeline import ingest_articles
from ingest.sources import article_from_paste

_STATIC = Path(__file__).parent / "static"
_SCRIPTS = (
    "base.js",
    "header.js",
    "reader.js",
    "sources.js",
    "export.js",
    "filters.js",
    "history.js",
    "feedback.js",
    "desk.js",
    "library.js",
    "eval.js",
)
_FONTS = ("Pretendard", "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", "system-ui")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")
_ASKING_AT_ONCE = 20
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_T = TypeVar("_T")
_OWN_HOST_ONLY = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"
)
"""What Gradio needs and no more: whatever slipped into the page, the browser would ask no other host for it."""

Tab = Callable[[], None]
"""Adds its own `gr.Tab` to the page when called while the page is being built."""


def build_page(desk: Desk, extra_tabs: Sequence[Tab] = ()) -> gr.Blocks:
    """The whole page: the Ask and Library tabs, whatever tabs are handed in, and the API (`ask`, `search`, `add`)."""
    i18n = gr.I18n(**STRINGS)
    pace = Pace()
    page: gr.Blocks = gr.Blocks(title=STRINGS["en"]["product"], fill_width=True, analytics_enabled=False)
    with page:
        gr.HTML(html_template="<div class='strip'></div>", js_on_load="newsroom.header(element)", elem_id="header")
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab(i18n("tab_ask"), elem_id="tab-ask"):
                build_ask_tab(desk, user_conversations(), pace, _ASKING_AT_ONCE)
            with gr.Tab(i18n("tab_library"), elem_id="tab-library"):
                build_library_tab(desk, i18n)
            for tab in extra_tabs:
                tab()
        _publish(desk, pace)
    return page


def serve(page: gr.Blocks, host: str, port: int, auth: Sequence[tuple[str, str]] = ()) -> None:
    """Serve the page, say where, and wait until the process is told to stop.

    `auth` are names and passwords. Raises `UserError` for a host that others can reach without any, and for a
    port that is taken.
    """
    if host not in _LOOPBACK and not auth:
        raise UserError(f"Others could reach this page at {host}: give it names and passwords with --auth FILE.")
    try:
        _, address, _ = page.queue(default_concurrency_limit=1).launch(
            server_name=host,
            server_port=port,
            auth=list(auth) or None,
            quiet=True,
            prevent_thread_lock=True,
            footer_links=[],
            run_history=False,
            share=False,
            mcp_server=False,
            ssr_mode=False,
            max_file_size="20mb",
            i18n=gr.I18n(**STRINGS),
            theme=gr.themes.Base(font=_FONTS, font_mono=_MONO),
            css_paths=_STATIC / "page.css",
            head=_head(),
        )
    except OSError as error:
        raise UserError(f"Cannot listen on {host}:{port}; is it in use? Choose another port with --port.") from error
    print(f"{STRINGS['en']['product']}: {address}", flush=True)
    page.block_thread()


def _head() -> str:
    """What goes into the document's head: who may be talked to, every string, and our scripts."""
    strings = json.dumps(STRINGS, ensure_ascii=False).replace("<", "\\u003c")
    scripts = [f"window.newsroom = {{strings: {strings}}};", *((_STATIC / name).read_text() for name in _SCRIPTS)]
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_OWN_HOST_ONLY}">'
    return policy + "".join(f"<script>{script}</script>" for script in scripts)


def _publish(desk: Desk, pace: Pace) -> None:
    def ask(question: str, request: gr.Request) -> dict[str, Any]:
        """Answer a question from the library; every sentence carries its citations."""
        return _or_error(pace, request, lambda: desk.assistant.ask(question).to_json())

    def search(query: str, request: gr.Request, k: int = 10) -> list[dict[str, Any]]:
        """The passages of the library that match best, best first."""
        return _or_error(pace, request, lambda: [hit.to_json() for hit in desk.assistant.search(query, min(k, 100))])

    def add(text: str, request: gr.Request, title: str = "") -> dict[str, Any]:
        """Add one article, given as text, to the library. Gives its id, and added, updated, unchanged or failed."""
        return _or_error(pace, request, lambda: _added(desk, text, title))

    api(ask, api_name="ask", concurrency_limit=_ASKING_AT_ONCE)
    api(search, api_name="search", concurrency_limit=_ASKING_AT_ONCE)
    api(add, api_name="add", concurrency_id="adding", concurrency_limit=1)


def _added(desk: Desk, text: str, title: str) -> dict[str, Any]:
    (outcome,) = ingest_articles(desk.library, [article_from_paste(text, title.strip() or None)])
    return {name: getattr(outcome, name) for name in ("article_id", "title", "status", "reason")}


def _or_error(pace: Pace, request: gr.Request, work: Callable[[], _T]) -> _T:
    try:
        pace.step(name_of(request))
        return work()
    except UserError as error:
        raise gr.Error(str(error), print_exception=False) from error
