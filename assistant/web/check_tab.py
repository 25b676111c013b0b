"""The Check tab: a draft in, each of its sentences out with what the articles say to it."""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from assistant.draft import CheckedSentence, check_draft, draft_sentences
from assistant.web.desk import Desk
from assistant.web.people import Pace, name_of
from assistant.web.view import article_view, check_address, citation_view, why_view
from ingest.errors import UserError

LONGEST_DRAFT = 50_000
"""Characters."""
_AT_ONCE = 4
_PACE_S = 0.25
"""Between two steps: a browser that draws after each sentence takes as much time as finding it."""
_log = logging.getLogger(__name__)

Json = dict[str, Any]


def build_check_tab(desk: Desk, pace: Pace) -> None:
    """Build the tab's inside."""

    def check(address: Json) -> str:
        return check_address(desk.article, address)

    findings = gr.HTML(
        html_template="<div class='desk'></div>",
        js_on_load="newsroom.checking(element, trigger, props, server, watch); /* triggers 'examine' and 'halt' */",
        server_functions=[check],
        apply_default_css=False,
    )

    def examine(event: gr.EventData, request: gr.Request) -> Iterator[Json]:
        yield from draft_steps(desk, event._data, lambda: pace.step(name_of(request)))

    examining = findings.examine(
        examine,
        outputs=findings,
        show_progress="hidden",
        trigger_mode="multiple",
        concurrency_limit=_AT_ONCE,
        api_visibility="private",
    )
    findings.halt(None, cancels=[examining], api_visibility="private")


def draft_steps(desk: Desk, asked: Json, permit: Callable[[], None] = lambda: None) -> Iterator[Json]:
    """What is found so far, as it comes in, and last all of it. What goes wrong is said in the last step, never raised.

    `asked` is {"number", "draft"}: the browser's own count, and the text. `permit` raises UserError when this draft may
    not be checked now.
    """
    step: Json = {"number": int(asked["number"]), "status": "running", "sentences": [], "articles": {}, "error": None}
    try:
        permit()
        draft = str(asked["draft"])
        if len(draft) > LONGEST_DRAFT:
            raise UserError(f"초안은 {LONGEST_DRAFT:,}자까지입니다. / A draft may have {LONGEST_DRAFT:,} characters.")
        step |= {"total": len(draft_sentences(draft))}
        yield step
        told = 0.0
        for found in check_draft(draft, desk.assistant.library):
            step = step | {"sentences": [*step["sentences"], _finding(found)], "articles": _articles(desk, step, found)}
            if time.monotonic() - told >= _PACE_S:
                told = time.monotonic()
                yield step
        yield step | {"status": "done"}
    except UserError as error:
        yield step | {"status": "failed", "error": str(error)}
    except Exception:  # a bug of ours must not leave the reader waiting
        _log.exception("the draft could not be checked")
        yield step | {"status": "failed"}


def _finding(found: CheckedSentence) -> Json:
    return {
        "text": found.sentence,
        "verdict": found.verdict,
        "why": why_view(found.reasons),
        "evidence": citation_view(found.evidence) if found.evidence else None,
    }


def _articles(desk: Desk, step: Json, found: CheckedSentence) -> dict[str, Json]:
    """The texts of the articles so far, so that a click needs no round trip."""
    articles: dict[str, Json] = step["articles"]
    if found.evidence is None or found.evidence.article in articles:
        return articles
    return articles | {found.evidence.article: article_view(desk.article(found.evidence.article))}
