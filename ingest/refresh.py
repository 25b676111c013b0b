"""Takes in what is new in the remembered feeds: when asked to, and from time to time while the app runs."""

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from ingest.errors import UserError
from ingest.feeds import Entry, UnreadableFeed, looks_like_feed, read_feed
from ingest.fetch import Fetcher
from ingest.library import Library
from ingest.pipeline import ItemOutcome, failure, ingest_articles
from ingest.sources import read_entries

_log = logging.getLogger(__name__)


def fetch_feed(address: str, fetcher: Fetcher) -> tuple[Entry, ...]:
    """What the feed at `address` names now. Raises `FetchFailed`, `UnreadableFeed`."""
    page = fetcher.fetch(address)
    if isinstance(page.content, str) or not looks_like_feed(page.content):
        raise UnreadableFeed("no_feed", address=address)
    return read_feed(page.content, page.url or address)


def refresh(
    library: Library, allow_hosts: Collection[str] = (), addresses: Sequence[str] | None = None
) -> Iterator[ItemOutcome]:
    """Adds the articles that the remembered feeds name and that never came in from them, one outcome an item.

    `addresses` are the feeds to read, by default all. A page that fails is tried again next time; an article deleted
    since is not. A feed that fails is an outcome, and noted with the feed.
    """
    fetcher = Fetcher(allow_hosts)
    for address in [feed.address for feed in library.feeds.all()] if addresses is None else addresses:
        try:
            entries = fetch_feed(address, fetcher)
        except UserError as error:
            library.feeds.mark_refreshed(address, str(error))
            yield failure(address, error)
            continue
        new = library.feeds.unseen(address, (entry.url for entry in entries))
        for outcome in ingest_articles(library, read_entries([e for e in entries if e.url in new], fetcher)):
            if outcome.status != "failed":
                library.feeds.mark_seen(address, outcome.source)
            yield outcome
        library.feeds.mark_refreshed(address, None)


@contextmanager
def refreshing(library: Library, minutes: float, allow_hosts: Collection[str] = ()) -> Iterator[None]:
    """Refreshes the remembered feeds every so many `minutes` for as long as the block runs; never when 0."""
    ending = threading.Event()

    def work() -> None:
        while not ending.wait(minutes * 60):
            try:
                for outcome in refresh(library, allow_hosts):
                    if outcome.status == "failed":
                        _log.warning("%s: %s", outcome.source, outcome.reason)
                    if ending.is_set():
                        return
            except Exception:  # the next time may go better
                _log.exception("the feeds could not be refreshed")

    thread = threading.Thread(target=work, daemon=True)
    if minutes:
        thread.start()
    try:
        yield
    finally:
        ending.set()
        if minutes:
            thread.join(5)
