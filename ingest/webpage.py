"""The article in an HTML page: its text by trafilatura, its facts from the page's own metadata."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ingest.clean import iso_time
from ingest.fields import Facts
from ingest.language import detect

# Extractors take such a short page for an empty one, and guess; its visible text is read as it stands.
_SHORT_PAGE = 250
_FURNITURE = (
    "//script|//style|//noscript|//template|//nav|//footer|//button|//select|//form|//iframe|//svg|//dialog"
    "|//*[@role='navigation' or @role='dialog' or @role='banner' or @hidden or @aria-hidden='true']"
)
_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hr li"
    " main ol p pre section table tr ul".split()
)
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


@dataclass(frozen=True)
class WebPage:
    """What an HTML page holds: the text of its article, all text it shows, and what its metadata says."""

    text: str
    visible: str
    facts: Facts
    url: str | None = None


def read_html(html: str) -> WebPage:
    """Read a page. `html` is decoded already: what the page says of its encoding is not asked again."""
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml_html.document_fromstring((html.strip() or "<p></p>").encode(), parser=parser)
    facts, url = _facts(tree), _own_address(tree)
    for element in tree.xpath(_FURNITURE):
        _remove(element)
    for caption in tree.iter("figcaption"):
        caption.tag = "p"
    for figure in tree.iter("figure"):
        figure.tag = "div"
    visible = _visible_text(tree)
    if len(visible) < _SHORT_PAGE:
        return WebPage(visible, visible, facts, url)
    return WebPage(_main_text(tree) or visible, visible, facts, url)


def _remove(element: Any) -> None:
    """Take an element out and leave the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _main_text(tree: Any) -> str:
    from trafilatura import bare_extraction

    document: Any = bare_extraction(tree, include_comments=False, include_tables=True)
    text = document.text if document else None
    lines = [line.strip() for line in (text or "").splitlines() if not re.fullmatch(r"[|\s-]*-{3}[|\s-]*", line)]
    return _paragraphs(lines)


def _paragraphs(lines: list[str]) -> str:
    """Lines with an empty line between them, but none within a list or table."""
    parts: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        together = before[:2] == line[:2] and line[:2] in ("- ", "| ")
        parts.append(("\n" if together else "\n\n") + line)
    return "".join(parts).strip()


def _visible_text(tree: Any) -> str:
    """All text of a page that is left, a block a line."""
    pieces: list[str] = []
    body = tree.find("body")
    for event, element in _walk(tree if body is None else body):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return _paragraphs([line for line in lines if line])


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml.etree import iterwalk

    yield from iterwalk(tree, events=("start", "end"))


def _own_address(tree: Any) -> str | None:
    """The page's canonical address, unless it is a front page's."""
    for address in (*tree.xpath("//link[@rel='canonical']/@href"), *tree.xpath("//meta[@property='og:url']/@content")):
        parts = urlsplit(address.strip()) if "[" not in address else urlsplit("")
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
            return str(address).strip()
    return None


def _facts(tree: Any) -> Facts:
    meta = _meta(tree)
    linked = next(_linked_articles(tree), {})
    heading = tree.xpath("normalize-space((//h1)[1])")
    title = linked.get("headline") or _first(meta, _TITLE) or heading or tree.xpath("normalize-space((//title)[1])")
    publisher = _name(linked.get("publisher")) or _first(meta, _PUBLISHER)
    author = _people(_name(linked.get("author")) or _first(meta, _AUTHOR), publisher)
    times = [
        linked.get("datePublished"),
        _first(meta, _PUBLISHED),
        *tree.xpath("//*[@itemprop='datePublished']/@datetime"),
    ]
    language = detect(str(title) + (tree.text_content() if len(str(title)) < 20 else ""))
    published_at = next((time for time in (_time(value, language) for value in times) if time), None)
    return Facts(
        _without_site(str(title), publisher),
        None if _NO_NAME.search(publisher or "-") else publisher,
        author,
        published_at,
    )


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
    return ", ".join(name.strip() for name in names if isinstance(name, str) and name.strip()) or None


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


def _time(value: Any, language: Any) -> str | None:
    try:
        return iso_time(str(value), language) if value else None
    except ValueError:
        return None
