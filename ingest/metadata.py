"""What an HTML page says of itself outside its text: JSON-LD, meta tags, and elements that name their kind."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from ingest.article import Language
from ingest.boilerplate import is_section
from ingest.fields import KST, Facts, is_outlet, iso_time
from ingest.language import detect

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "dable:published_time",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "dc.date.issued",
    "dcterms.created",
    "date",
)
_AUTHOR = ("author", "article:author", "og:article:author", "dable:author", "parsely-author", "dc.creator", "byl")
_PUBLISHER = ("og:site_name", "publisher", "article:publisher", "application-name", "dc.publisher")
_TITLE = ("og:title", "twitter:title", "dc.title")
_ROLE_AFTER_NAME = re.compile(r"\s*(?:선임|수습|인턴|객원|전문)?\s*(?:기자|특파원|논설위원)$|^(?:By|by|BY)\s+|^기자\s+")
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}]|^\W*$")
_PERSON = re.compile(r"[가-힣]{2,4}|[A-Z][\w.'’-]+(?: (?:de|van|von|[A-Z][\w.'’-]*)){1,3}")
_SEPARATOR = re.compile(r"\s+(?:[-–—|:<>·»«]|::)\s+")
_LONGEST_SITE = 30
_NO_COMMENT = "not(ancestor-or-self::*[contains(@class, 'comment') or contains(@id, 'comment')])"
_MARKED_AUTHORS = (
    f"//*[{_NO_COMMENT}][@rel='author' or @itemprop='author' or "
    + " or ".join(
        f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
        for name in ("author", "byline", "reporter", "journalist", "writer")
    )
    + "]"
)
_TIMES = (
    "//*[@itemprop='datePublished']/@datetime"
    f"|//time[{_NO_COMMENT}][@pubdate or ancestor-or-self::*[position() <= 3][contains(@class, 'publish')"
    " or contains(@class, 'posted') or contains(@class, 'entry-')]]/@datetime"
)


def own_address(tree: Any) -> str | None:
    """The page's canonical address, unless it is a front page's."""
    for address in (*tree.xpath("//link[@rel='canonical']/@href"), *tree.xpath("//meta[@property='og:url']/@content")):
        parts = urlsplit(address.strip()) if "[" not in address else urlsplit("")
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
            return str(address).strip()
    return None


def facts_of(tree: Any) -> Facts:
    """What the page's metadata says: JSON-LD before meta tags, these before elements that name their kind."""
    meta = _meta(tree)
    linked = next(_linked_articles(tree), {})
    publisher = _outlet_of(_name(linked.get("publisher")) or _first(meta, _PUBLISHER))
    people = _name(linked.get("author")) or _first(meta, _AUTHOR)
    if publisher and people and re.search(rf"\S\s*\|\s*{re.escape(publisher)}$", people):
        publisher, people = people.rpartition("|")[0].strip(), None  # a portal shows another's article
    title, site = _headline(tree, _text(linked.get("headline")) or _first(meta, _TITLE), publisher)
    language = detect((title or "") + (tree.text_content() if len(title or "") < 20 else ""))
    times = (linked.get("datePublished"), _first(meta, _PUBLISHED), *tree.xpath(_TIMES))
    return Facts(
        title,
        next((name for name in (publisher, site) if name and not _NO_NAME.search(name)), None),
        _people(people, publisher) or _marked_author(tree, publisher),
        next((time for time in (_time(value, language) for value in times) if time), None),
    )


def _outlet_of(site: str | None) -> str | None:
    """The newspaper in a site's name: portals write "다온 | 물빛일보" over another's article."""
    return next((part for part in (site or "").split(" | ") if is_outlet(part)), site)


def _headline(tree: Any, given: str | None, publisher: str | None) -> tuple[str | None, str | None]:
    """The headline, and the site's name where the document's title puts it behind the headline."""
    document = _text(" ".join(tree.xpath("//head/title[1]//text()"))) or ""
    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1", "h2", "h3", "h4")]
    beginning = max((head for head in headings if head and document.startswith(head)), key=len, default="")
    rest = _SEPARATOR.split(document[len(beginning) :])
    site = rest[-1].strip() if beginning and len(rest) > 1 else None
    if site and (len(site) > _LONGEST_SITE or is_section(site)):
        site = None
    title = given or beginning or next(iter(tree.xpath("//h1")), None)
    if title is not None and not isinstance(title, str):
        title = " ".join(title.text_content().split())
    title = _without_site(title or document, publisher)
    return (None if title == publisher or is_outlet(title or "") else title), site


def _marked_author(tree: Any, publisher: str | None) -> str | None:
    """Who an element that says it holds the author's name names; those of comments are passed over."""
    for element in tree.xpath(_MARKED_AUTHORS):
        people = _people(" ".join(element.text_content().split())[:80], publisher)
        if people and all(_PERSON.fullmatch(name) for name in people.split(", ")):
            return people
    return None


def _text(value: Any) -> str | None:
    """A string of the page's, without the entities that some write into JSON."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def _meta(tree: Any) -> dict[str, str]:
    """The page's meta tags by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and (tag.get("content") or "").strip():
            found.setdefault(name.lower(), tag.get("content").strip())
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _linked_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles that the page's JSON-LD describes. (https://schema.org/Article)"""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                if any(str(kind).endswith(("Article", "BlogPosting", "Report")) for kind in _listed(node.get("@type"))):
                    yield node
                waiting.extend(_listed(node.get("@graph")) + _listed(node.get("mainEntity")))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str | None:
    """The name or names in a JSON-LD person, organisation, or list of them."""
    names = [node.get("name") if isinstance(node, dict) else node for node in _listed(value)]
    return ", ".join(name for name in map(_text, names) if name) or None


def _people(names: str | None, publisher: str | None) -> str | None:
    people = [_ROLE_AFTER_NAME.sub("", name.strip()) for name in re.split(r",|·|\band\b", names or "")]
    people = [name for name in people if name and len(name) <= 40 and name != publisher and not _NO_NAME.search(name)]
    return ", ".join(dict.fromkeys(people)) or None


def _without_site(title: str, publisher: str | None) -> str | None:
    """The headline without the site's name that pages put behind it."""
    title = " ".join(title.split())
    head, mark, tail = title, "", ""
    for separator in (" - ", " | ", " :: ", " : ", " < "):
        if separator in title:
            head, mark, tail = title.rpartition(separator)
            break
    if mark and publisher and publisher.casefold() in tail.casefold():
        return head.strip()
    return title or None


def _time(value: Any, language: Language) -> str | None:
    """The time in one form; what a Korean page gives in UTC, in Korean time, which is what its readers see."""
    digits = re.fullmatch(r"(\d{8})(\d{4}(?:\d{2})?)?", str(value))
    try:
        time = iso_time("T".join(filter(None, digits.groups())) if digits else str(value), language) if value else None
    except ValueError:
        return None
    if time is None or len(time) <= 10:
        return time
    known = datetime.fromisoformat(time).replace(microsecond=0)
    return (known.astimezone(KST) if language == "ko" and not known.utcoffset() else known).isoformat()
