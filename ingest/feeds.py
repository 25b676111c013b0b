"""RSS and Atom feeds: which articles they name, and what they say of them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from ingest.fields import Facts
from ingest.problems import ItemProblem

MOST_ENTRIES = 200
_PEOPLE = ("creator", "author")
_TIMES = ("pubDate", "published", "date", "issued")


class UnreadableFeed(ItemProblem):
    """The feed is damaged, or it is no feed."""


@dataclass(frozen=True)
class Entry:
    """An article that a feed names: its address, and what the feed knows of it."""

    url: str
    facts: Facts


def looks_like_feed(content: bytes) -> bool:
    """Whether a document is RSS or Atom, by its outermost element."""
    return (
        re.match(rb"\s*(?:\xef\xbb\xbf)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", content[:2000], re.S)
        is not None
    )


def read_feed(content: bytes, address: str) -> tuple[Entry, ...]:
    """The entries of an RSS 1.0, RSS 2.0 or Atom feed, as the feed orders them, `MOST_ENTRIES` at most.

    `address` is the feed's own, for links that are relative to it. Raises UnreadableFeed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    tree = etree.fromstring(content, parser)
    if tree is None:
        raise UnreadableFeed("feed_damaged")
    publisher = next((_text(node) for node in tree.iter("{*}title")), None)
    entries: list[Entry] = []
    for item in tree.iter("{*}item", "{*}entry"):
        if (link := _link(item)) and len(entries) < MOST_ENTRIES:
            facts = Facts(_child(item, "title"), publisher, _person(item), _time(item))
            entries.append(Entry(urljoin(address, link), facts))
    if not entries:
        raise UnreadableFeed("feed_empty")
    return tuple(entries)


def _link(item: Any) -> str | None:
    for link in item.iterchildren("{*}link"):
        if link.get("rel", "alternate") == "alternate" and (address := link.get("href") or _text(link)):
            return str(address)
    guid = item.find("{*}guid")
    return _text(guid) if guid is not None and guid.get("isPermaLink") != "false" else None


def _text(node: Any) -> str | None:
    return " ".join("".join(node.itertext()).split()) or None


def _child(item: Any, *names: str) -> str | None:
    return next((_text(node) for name in names for node in item.iterchildren("{*}" + name) if _text(node)), None)


def _person(item: Any) -> str | None:
    """The author's name, without the mail address that RSS puts before it: a@b.example (Jane Doe)."""
    person = _child(item, *_PEOPLE) or ""
    person = re.sub(r"\S+@\S+", "", person).strip(" ()") or ""
    return re.sub(r"\s*기자$", "", person) or None


def _time(item: Any) -> str | None:
    value = _child(item, *_TIMES) or ""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        try:
            time = parsedate_to_datetime(value)
        except ValueError:
            return None
    return time.isoformat() if time.tzinfo else time.date().isoformat()
