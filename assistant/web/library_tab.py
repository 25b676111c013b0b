"""The Library tab: put articles in from files, web addresses or pasted text; see, read and delete what is there."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import Any

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.view import article_view, shelf_view, web_address
from ingest.article import Article
from ingest.errors import UserError
from ingest.fetch import Fetcher
from ingest.pipeline import ItemOutcome, failure, ingest_articles, ingest_sources
from ingest.refetch import refetch
from ingest.refresh import fetch_feed, refresh
from ingest.sources import article_from_paste

_log = logging.getLogger(__name__)
Progress = dict[str, Any]
_UNDOABLE = 20


def build_library_tab(desk: Desk, i18n: gr.I18n) -> None:
    """Build the tab's inside. Only one batch of articles is added at a time, whoever asks."""
    with gr.Tabs(elem_classes="adding"):
        with gr.Tab(i18n("add_files")):
            files = gr.File(file_count="multiple", label=i18n("files"), height=150, elem_id="add-files")
        with gr.Tab(i18n("add_urls")):
            urls = gr.Textbox(
                label=i18n("urls"), placeholder="https://", lines=3, max_lines=8, max_length=20_000, elem_id="add-urls"
            )
            add_urls = gr.Button(i18n("add"), variant="primary", elem_id="add-urls-button")
        with gr.Tab(i18n("add_text")):
            title = gr.Textbox(label=i18n("paste_title"), max_length=500, elem_id="add-title")
            text = gr.Textbox(
                label=i18n("paste_text"),
                placeholder=i18n("paste_placeholder"),
                lines=6,
                max_lines=14,
                max_length=500_000,
                elem_id="add-text",
            )
            add_text = gr.Button(i18n("add"), variant="primary", elem_id="add-text-button")
        with gr.Tab(i18n("add_feeds")):
            feed = gr.Textbox(label=i18n("feed_address"), placeholder="https://", max_length=2000, elem_id="add-feed")
            with gr.Row():
                add_feed = gr.Button(i18n("feed_follow"), variant="primary", elem_id="add-feed-button")
                read_feeds = gr.Button(i18n("feed_refresh"), elem_id="read-feeds-button")
            _build_feeds(desk)
    progress = gr.HTML(
        html_template="<section class='progress'></section>",
        js_on_load="newsroom.progress(element, props, watch)",
        apply_default_css=False,
    )
    _build_shelf(desk)

    def upload(paths: Sequence[str] | None) -> Iterator[tuple[Progress, Any]]:
        for step in files_progress(desk, [Path(path) for path in paths or ()]):
            yield step, None if step["done"] else gr.skip()

    def fetch(lines: str) -> Iterator[tuple[Progress, Any]]:
        for step in urls_progress(desk, lines):
            failed = [item["source"] for item in step["items"] if item["status"] == "failed"]
            yield step, "\n".join(failed) if step["done"] and step["items"] else gr.skip()

    def paste(headline: str, body: str) -> Iterator[tuple[Progress, Any, Any]]:
        for step in paste_progress(desk, headline, body):
            emptied = step["done"] and not _failed(step)
            yield step, "" if emptied else gr.skip(), "" if emptied else gr.skip()

    def follow(address: str) -> Iterator[tuple[Progress, Any]]:
        for step in feeds_progress(desk, address):
            yield step, "" if step["done"] and not _failed(step) else gr.skip()

    def read() -> Iterator[Progress]:
        yield from feeds_progress(desk)

    common: dict[str, Any] = {
        "show_progress": "hidden",
        "concurrency_id": "adding",
        "concurrency_limit": 1,
        "api_visibility": "private",
    }
    files.upload(upload, files, [progress, files], **common)
    add_urls.click(fetch, urls, [progress, urls], **common)
    add_text.click(paste, [title, text], [progress, title, text], **common)
    gr.on([add_feed.click, feed.submit], follow, feed, [progress, feed], **common)
    read_feeds.click(read, None, progress, **common)


def _build_feeds(desk: Desk) -> None:
    """The list of remembered feeds."""

    def feeds(_: Any = None) -> dict[str, Any]:
        known = [asdict(feed) for feed in desk.library.feeds.all()]
        return {"feeds": known, "minutes": desk.settings.feed_minutes}

    def forget(address: str) -> bool:
        with suppress(UserError):  # forgotten elsewhere meanwhile
            desk.library.feeds.remove(address)
        return True

    gr.HTML(
        html_template="<section class='feeds'></section>",
        js_on_load="newsroom.feeds(element, server)",
        server_functions=[feeds, forget],
        apply_default_css=False,
    )


def _build_shelf(desk: Desk) -> None:
    def articles(_: Any = None) -> list[dict[str, Any]]:
        return shelf_view(desk.assistant.library.articles())

    def read(article_id: str) -> dict[str, Any] | None:
        try:
            return article_view(desk.article(article_id))
        except UserError:
            return None

    removed = Removed(desk)

    def remove(article_ids: list[str]) -> dict[str, str]:
        try:
            return {"undo": removed.take(article_ids)}
        except UserError as error:
            return {"error": str(error)}

    def restore(undo: str) -> bool:
        return removed.put_back(undo)

    def refetch_article(article_id: str) -> dict[str, Any]:
        try:
            return _item(refetch(desk.library, article_id, desk.settings.allow_hosts))
        except UserError as error:
            return _failure(error)

    gr.HTML(
        html_template="<section class='shelf'></section>",
        js_on_load="newsroom.shelf(element, server)",
        server_functions=[articles, read, remove, restore, refetch_article],
        apply_default_css=False,
    )


class Removed:
    """Articles just deleted, which can be put back for a while: in memory only, so deleted is deleted after all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._batches: dict[str, list[Article]] = {}

    def take(self, article_ids: Sequence[str]) -> str:
        """Delete the articles, and give the word that `put_back` takes. Raises `UnknownArticle`."""
        library = self._desk.library
        articles = [library.get(article_id) for article_id in article_ids]
        for article in articles:
            library.delete(article.id)
        undo = token_hex(8)
        self._batches[undo] = articles
        for old in list(self._batches)[:-_UNDOABLE]:
            self._batches.pop(old, None)
        return undo

    def put_back(self, undo: str) -> bool:
        """Add the articles again; False when it is too late for that."""
        articles = self._batches.pop(undo, None)
        if articles is None:
            return False
        self._desk.library.add(articles)
        return True


def files_progress(desk: Desk, paths: Sequence[Path]) -> Iterator[Progress]:
    """Add uploaded files one by one and remove the uploads; each is shown by its name, not by where it was put."""
    waiting = [path.name for path in paths]

    def items() -> Iterator[dict[str, Any]]:
        for path in paths:
            for outcome in ingest_sources(desk.library, [str(path)]):
                source = outcome.source if outcome.source.startswith(str(path)) else path.name  # or what is in a zip
                item = _item(outcome) | {"source": source}
                yield {key: _renamed(value, path) for key, value in item.items()}
            waiting.remove(path.name)
            path.unlink(missing_ok=True)

    yield from _steps(items(), waiting)


def _renamed(value: Any, path: Path) -> Any:
    return value.replace(str(path), path.name) if isinstance(value, str) else value


def urls_progress(desk: Desk, lines: str) -> Iterator[Progress]:
    """Add web addresses, one a line. Anything else, a path on the server above all, is refused."""
    given = list(dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()))
    waiting = [line for line in given if web_address(line) is not None]
    addresses = list(waiting)

    def items() -> Iterator[dict[str, Any]]:
        yield from (_failure(words="not_a_web_address", source=line) for line in given if line not in addresses)
        for outcome in ingest_sources(desk.library, addresses, desk.settings.allow_hosts) if addresses else ():
            if outcome.source in waiting:
                waiting.remove(outcome.source)
            yield _item(outcome)

    yield from _steps(items(), waiting)


def feeds_progress(desk: Desk, address: str | None = None) -> Iterator[Progress]:
    """Remember the feed at `address` and add what it names; without one, add what is new in all that are remembered."""

    def items() -> Iterator[dict[str, Any]]:
        allowed = desk.settings.allow_hosts
        if address is not None:
            if web_address(address.strip()) is None:
                yield _failure(words="not_a_web_address", source=address.strip())
                return
            fetch_feed(address.strip(), Fetcher(allowed))
            desk.library.feeds.add(address.strip())
        yield from map(_item, refresh(desk.library, allowed, address and [address.strip()]))

    yield from _steps(items())


def paste_progress(desk: Desk, title: str, text: str) -> Iterator[Progress]:
    """Add one article from pasted text."""

    def items() -> Iterator[dict[str, Any]]:
        article = article_from_paste(text, title.strip() or None)
        for outcome in ingest_articles(desk.library, [article]):
            yield _item(outcome) | {"source": ""}

    yield from _steps(items() if text.strip() else ())


def _steps(items: Iterable[dict[str, Any]], waiting: Sequence[str] = ()) -> Iterator[Progress]:
    """The list so far, at first and after each item, and once more when done, with what is `waiting` by then.

    A failure of the whole batch ends the list.
    """
    done: list[dict[str, Any]] = []
    try:
        if waiting:
            yield {"items": [], "waiting": list(waiting), "done": False}
        for item in items:
            done.append(item)
            yield {"items": list(done), "waiting": list(waiting), "done": False}
    except UserError as error:
        done.append(_failure(error))
    except Exception:  # a bug of ours must not leave the reader waiting
        _log.exception("articles could not be added")
        done.append(_failure(words="unexpected"))
    yield {"items": done, "waiting": [], "done": True}


def _item(outcome: ItemOutcome) -> dict[str, Any]:
    """An outcome for the browser; `words` names one of the page's own strings as the reason, filled from `values`."""
    return {
        "source": outcome.source,
        "id": outcome.article_id if outcome.status != "failed" else None,
        "title": outcome.title,
        "status": outcome.status,
        "reason": outcome.reason,
        "words": outcome.kind and f"problem_{outcome.kind}",
        "values": outcome.values,
    }


def _failure(error: UserError | None = None, *, words: str | None = None, source: str = "") -> dict[str, Any]:
    """A failure because of `error`, or for the reason that one of the page's own strings gives."""
    item = _item(failure(source, error or UserError()))
    return item | {"words": words} if words else item


def _failed(step: Progress) -> bool:
    return not step["items"] or any(item["status"] == "failed" for item in step["items"])
