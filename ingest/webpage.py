"""The article in an HTML page: its text by trafilatura, its facts from the page's own metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.fields import Facts, is_bare_date
from ingest.markup import BLOCKS, prepare
from ingest.metadata import facts_of, own_address
from ingest.problems import ItemProblem

# Extractors take such a short page for an empty one, and guess; its visible text is read as it stands.
_SHORT_PAGE = 250
# An article this short is still an article: Korean says in 50 characters what English says in 120.
_SHORTEST_ARTICLE = 50
# Beyond this many elements the extractor may not ask for second opinions: their time grows with the square of a page.
_MOST_COMPARED = 20_000
# A page with this many links or teasers, and little else, is a list of articles.
_LISTED = 5
_MOSTLY = 0.7


class NoArticle(ItemProblem):
    """The page is no article but a list of them."""


@dataclass(frozen=True)
class WebPage:
    """What an HTML page holds: the text of its article, all text it shows, and what its metadata says."""

    text: str
    visible: str
    facts: Facts
    url: str | None = None


def read_html(html: str) -> WebPage:
    """Read a page. `html` is decoded already: what the page says of its encoding is not asked again.

    Raises NoArticle for a page that only lists articles.
    """
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml_html.document_fromstring((html.strip() or "<p></p>").encode(), parser=parser)
    facts, url = facts_of(tree), own_address(tree)
    prepare(tree)
    visible = _visible_text(tree)
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    text = visible if len(visible) < _SHORT_PAGE else _main_text(tree) or visible
    if _is_list(text, links):
        raise NoArticle("list_of_articles")
    return WebPage(text, visible, facts, url)


def _main_text(tree: Any) -> str:
    from trafilatura import bare_extraction

    large = sum(1 for _ in tree.iter()) > _MOST_COMPARED
    document: Any = bare_extraction(tree, include_comments=False, include_tables=True, config=_settings(), fast=large)
    text = document.text if document else None
    lines = [line.strip() for line in (text or "").splitlines() if not re.fullmatch(r"[|\s-]*-{3}[|\s-]*", line)]
    return _paragraphs(lines)


@cache
def _settings() -> Any:
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST_ARTICLE))
    return settings


def _is_list(text: str, links: set[str]) -> bool:
    """Whether nearly all lines of a page's text are links, teasers broken off, or dates."""
    lines = [line.removeprefix("- ").strip() for line in text.splitlines() if line.strip()]
    listed = [line for line in lines if line in links or line.endswith(("...", "…"))]
    dates = sum(map(is_bare_date, lines))
    return len(listed) >= _LISTED and len(listed) + dates >= _MOSTLY * len(lines)


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
        if element.tag in BLOCKS:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return _paragraphs([line for line in lines if line])


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml.etree import iterwalk

    yield from iterwalk(tree, events=("start", "end"))
