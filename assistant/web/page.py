"""The web page: Gradio carries the events, our own scripts draw. Built here; `serve` starts it.

The `gr.HTML` templates are constants. Data reaches the browser as JSON and the document as `textContent`, because
Gradio compiles a filled-in template as JavaScript: `{{value}}` of an article that says `${...}` would run it.
"""

import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # gradio reads it when imported: the page talks to no other host
sys.modules.setdefault("mcp", None)  # type: ignore[arg-type]  # for a server of its own, gradio would load it: a second

import gradio as gr

if sys.modules["mcp"] is None:
    del sys.modules["mcp"]

from assistant.web.ask_tab import build_ask_tab, user_conversations
from assistant.web.check_tab import build_check_tab
from assistant.web.desk import Desk
from assistant.web.library_tab import build_library_tab
from assistant.web.mcp import McpEndpoint
from assistant.web.people import Pace
from assistant.web.programs import Programs, publish
from assistant.web.strings import STRINGS
from ingest.errors import UserError

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
    "check.js",
    "library.js",
    "eval.js",
)
_FONTS = ("Pretendard", "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", "system-ui")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")
_ASKING_AT_ONCE = 20
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OWN_HOST_ONLY = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"
)
"""What Gradio needs and no more: whatever slipped into the page, the browser would ask no other host for it."""

Tab = Callable[[], None]
"""Adds its own `gr.Tab` to the page when called while the page is being built."""


@dataclass(frozen=True)
class Page:
    """What `serve` starts: what people see, and what programs may call."""

    blocks: gr.Blocks
    programs: Programs


def build_page(desk: Desk, extra_tabs: Sequence[Tab] = ()) -> Page:
    """The whole page: our own tabs, whatever tabs are handed in, and the API (`ask`, `search`, `add`)."""
    i18n = gr.I18n(**STRINGS)
    pace = Pace()
    programs = Programs(desk, pace)
    blocks: gr.Blocks = gr.Blocks(title=STRINGS["en"]["product"], fill_width=True, analytics_enabled=False)
    with blocks:
        gr.HTML(html_template="<div class='strip'></div>", js_on_load="newsroom.header(element)", elem_id="header")
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab(i18n("tab_ask"), elem_id="tab-ask"):
                build_ask_tab(desk, user_conversations(), pace, _ASKING_AT_ONCE)
            with gr.Tab(i18n("tab_check"), elem_id="tab-check"):
                build_check_tab(desk, pace)
            with gr.Tab(i18n("tab_library"), elem_id="tab-library"):
                build_library_tab(desk, i18n)
            for tab in extra_tabs:
                tab()
        publish(programs, _ASKING_AT_ONCE)
    return Page(blocks, programs)


def serve(page: Page, host: str, port: int, auth: Sequence[tuple[str, str]] = ()) -> None:
    """Serve the page, say where, and wait until the process is told to stop.

    `auth` are names and passwords. Raises `UserError` for a host that others can reach without any, and for an
    address that cannot be listened on.
    """
    if host not in _LOOPBACK and not auth:
        raise UserError(f"Others could reach this page at {host}: give it names and passwords with --auth FILE.")
    _try_to_listen(host, port)
    endpoint = McpEndpoint(page.programs, host, auth)
    _, address, _ = page.blocks.queue(default_concurrency_limit=1).launch(
        server_name=f"[{host}]" if ":" in host else host,
        server_port=port,
        auth=list(auth) or None,
        auth_message=" · ".join(words["product"] for words in STRINGS.values()),
        app_kwargs={"routes": [endpoint.route], "lifespan": endpoint.lifespan},
        quiet=True,
        prevent_thread_lock=True,
        footer_links=[],
        run_history=False,
        share=False,
        mcp_server=False,
        ssr_mode=False,
        max_file_size="100mb",
        i18n=gr.I18n(**STRINGS),
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONO),
        css_paths=[_STATIC / "page.css", _STATIC / "check.css"],
        head=_head(),
    )
    print(f"{STRINGS['en']['product']}: {address}", flush=True)
    page.blocks.block_thread()


def _try_to_listen(host: str, port: int) -> None:
    """Raises `UserError` where it cannot be done: Gradio would try for seconds, and not say why."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"Cannot listen on {host}:{port} ({why}). Choose another --port, or another --host.") from error


def _head() -> str:
    """What goes into the document's head: who may be talked to, every string, and our scripts."""
    strings = json.dumps(STRINGS, ensure_ascii=False).replace("<", "\\u003c")
    scripts = [f"window.newsroom = {{strings: {strings}}};", *((_STATIC / name).read_text() for name in _SCRIPTS)]
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_OWN_HOST_ONLY}">'
    return policy + "".join(f"<script>{script}</script>" for script in scripts)
