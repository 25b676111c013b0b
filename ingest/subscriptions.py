"""The feeds that a library remembers, and which of the pages they name it took in: kept in the catalog."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ingest.catalog import Catalog
from ingest.errors import UserError


class UnknownFeed(UserError):
    """No feed of this address is remembered."""


@dataclass(frozen=True)
class Feed:
    """A remembered feed. `articles` counts the pages taken in; `problem` is why the last refresh failed, if it did."""

    address: str
    added_at: str
    refreshed_at: str | None
    articles: int
    problem: str | None


class Subscriptions:
    """The remembered feeds of one catalog. Safe for many threads: `writing` is the library's, held to write."""

    def __init__(self, catalog: Catalog, writing: AbstractContextManager[Any]) -> None:
        self._catalog = catalog
        self._writing = writing

    def all(self) -> list[Feed]:
        """The remembered feeds, in the order they were added."""
        query = """SELECT address, added_at, refreshed_at, (SELECT COUNT(*) FROM feed_entries WHERE feed = address),
                   problem FROM feeds ORDER BY feeds.rowid"""
        return [Feed(*row) for row in self._catalog.select(query)]

    def add(self, address: str) -> None:
        """Remembers a feed; nothing happens when it is already."""
        self._write("INSERT OR IGNORE INTO feeds (address, added_at) VALUES (?, ?)", address, _now())

    def remove(self, address: str) -> None:
        """Forgets a feed; its articles stay. Raises `UnknownFeed`."""
        self.require(address)
        self._write("DELETE FROM feeds WHERE address = ?", address)

    def require(self, address: str) -> None:
        """Raises `UnknownFeed` unless the feed is remembered."""
        if address not in {feed.address for feed in self.all()}:
            raise UnknownFeed(f"No feed {address} is remembered. See: assistant feeds list")

    def unseen(self, address: str, urls: Iterable[str]) -> set[str]:
        """Those of `urls` that were never taken in from this feed."""
        seen = {url for (url,) in self._catalog.select("SELECT url FROM feed_entries WHERE feed = ?", (address,))}
        return set(urls) - seen

    def mark_seen(self, address: str, url: str) -> None:
        """Notes that a page was taken in; nothing happens when the feed was forgotten meanwhile."""
        self._write("INSERT OR IGNORE INTO feed_entries SELECT address, ? FROM feeds WHERE address = ?", url, address)

    def mark_refreshed(self, address: str, problem: str | None) -> None:
        """Notes that a feed was read just now, or why it could not be."""
        if problem:
            self._write("UPDATE feeds SET problem = ? WHERE address = ?", problem, address)
        else:
            self._write("UPDATE feeds SET problem = NULL, refreshed_at = ? WHERE address = ?", _now(), address)

    def _write(self, statement: str, *values: str) -> None:
        with self._writing, self._catalog.write() as connection:
            connection.execute(statement, values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
