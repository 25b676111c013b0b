"""Brings a page's markup into the form that an extractor reads well, before it is asked for the article.

Menus and other furniture go; tables that only lay out the page, and lines parted by `<br>`, become paragraphs.
"""

from typing import Any

BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6"
    " header hr li main ol p pre section summary table tr ul".split()
)
_FURNITURE = (
    "//script|//style|//noscript|//template|//nav|//footer|//button|//select|//form|//iframe|//svg|//dialog"
    "|//*[@role='navigation' or @role='dialog' or @role='banner' or @hidden or @aria-hidden='true']"
    "|//*[name()='amp-ad' or name()='amp-embed' or name()='amp-sidebar' or name()='amp-social-share'"
    " or name()='amp-list' or name()='amp-consent' or name()='amp-sticky-ad' or name()='amp-iframe'"
    " or name()='amp-user-notification' or name()='amp-lightbox' or name()='amp-next-page']"
)
# What may hold a whole article whose lines are parted by `<br>`; in anything else, such as a link, a break is a space.
_HOLDERS = frozenset("article blockquote body center div dd font main p section span td".split())
_LONGEST_CELL = 200


def prepare(tree: Any) -> None:
    """Change the page in place. `tree` is its lxml tree."""
    for element in tree.xpath(_FURNITURE):
        _remove(element)
    for caption in tree.iter("figcaption"):
        caption.tag = "p"
    for figure in tree.iter("figure"):
        figure.tag = "div"
    for table in [table for table in tree.iter("table") if _is_layout(table)]:
        _dissolve(table)
    broken = {line_break.getparent(): None for line_break in tree.iter("br")}
    for element in reversed(broken):  # inner ones first: what is broken up is a block to what holds it
        if element.tag in _HOLDERS:
            _part_at_breaks(element)
        else:
            for line_break in list(element.iter("br")):
                line_break.tail = " " + (line_break.tail or "")
                line_break.drop_tree()


def _remove(element: Any) -> None:
    """Take an element out and leave the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_layout(table: Any) -> bool:
    """Whether a table holds parts of the page rather than figures: another table, running text, or one column."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return True
    rows = [row.xpath("./td|./th") for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    return max(map(len, rows), default=0) < 2 or any(
        len(cell.text_content()) > _LONGEST_CELL or len(cell.findall(".//br")) > 2 for cell in cells
    )


def _dissolve(table: Any) -> None:
    """Make blocks of a table, its rows and its cells."""
    table.tag = "div"
    for part in table.iter("tbody", "thead", "tfoot", "tr", "td", "th", "caption"):
        if next(part.iterancestors("table"), None) is None:
            part.tag = "div"


def _part_at_breaks(element: Any) -> None:
    """Make a paragraph of each run of text and inline elements between breaks and blocks."""
    children, run = list(element), element.makeelement("p")
    run.text, element.text = element.text, None
    element.tag = "div" if element.tag in ("p", "font", "span") else element.tag
    for child in children:
        following, child.tail = child.tail, None
        element.remove(child)
        if child.tag == "br" or _holds_blocks(child):
            _put(element, run)
            if child.tag != "br":
                element.append(child)
            run = element.makeelement("p")
            run.text = following
        else:
            run.append(child)
            child.tail = following
    _put(element, run)


def _put(element: Any, run: Any) -> None:
    if len(run) or (run.text and run.text.strip()):
        element.append(run)


def _holds_blocks(element: Any) -> bool:
    return any(part.tag in BLOCKS for part in element.iter())
