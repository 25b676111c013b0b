"""Takes what a saved page puts around an article off its text: menus, buttons, lists of other articles, comments.

What counts as such is data: `ko.txt` and `en.txt` beside this file. Text that shows none of it is left as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import accumulate

from ingest.fields import is_bare_date, is_byline, is_date_line, is_outlet

_SENTENCE_END = re.compile(r"[가-힣]다$|[.!?:][\"'”’)\]]*$")
_LONGEST_ENTRY = 300
_LONGEST_TITLE = 120
# After a list of other articles, a line this long that ends like a sentence is the article going on.
_LONG_PROSE = 40
_MENU_WORDS = 4
_LONGEST_LABEL = 20
_MOST_TITLES = 20


class Kind(Enum):
    """What a line of a page is, as far as the line itself tells."""

    BLANK = "blank"
    TEXT = "text"
    PROSE = "prose"
    BYLINE = "byline"
    BUTTON = "button"
    RELATED = "related"
    COMMENTS = "comments"
    RIGHTS = "rights"
    WEAK = "weak"


_EVIDENCE = frozenset({Kind.BUTTON, Kind.RELATED, Kind.COMMENTS, Kind.RIGHTS})
_ARTICLE = frozenset({Kind.BLANK, Kind.TEXT, Kind.PROSE, Kind.BYLINE})


@dataclass(frozen=True)
class _Vocabulary:
    entries: dict[str, Kind]
    sections: frozenset[str]
    rights: re.Pattern[str]
    patterns: re.Pattern[str]
    hints: re.Pattern[str]


@cache
def _vocabulary() -> _Vocabulary:
    headings: dict[str, list[str]] = {}
    for name in ("ko.txt", "en.txt"):
        for row in files(__name__).joinpath(name).read_text("utf-8").splitlines():
            if found := re.fullmatch(r"\[(\w+)\]", row):
                entries = headings.setdefault(found[1], [])
            elif row and not row.startswith("# "):
                entries.append(row)
    kinds = {"weak": Kind.WEAK, "related": Kind.RELATED, "comments": Kind.COMMENTS, "lines": Kind.BUTTON}
    return _Vocabulary(
        {_key(entry): kind for heading, kind in kinds.items() for entry in headings[heading]},
        frozenset(word for entry in headings["sections"] for word in _words(entry)),
        _any_of(headings["rights"]),
        _any_of(headings["patterns"]),
        _any_of(headings["hints"]),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _key(line: str) -> str:
    """A line as the vocabulary compares it: no spaces, no case, no punctuation or digits at its ends."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", re.sub(r"\s+", "", line.casefold()))


def _words(line: str) -> list[str]:
    return [word for word in re.split(r"[\s|/&,>›·•ㆍ]+", line.casefold()) if word]


def kind_of(line: str) -> Kind:
    """What the line is by itself."""
    line = line.strip()
    if not line:
        return Kind.BLANK
    vocabulary = _vocabulary()
    if len(line) <= _LONGEST_ENTRY:
        known = vocabulary.entries.get(_key(line))
        if known:
            return known
        if vocabulary.rights.fullmatch(line):
            return Kind.RIGHTS
        if _heads_a_list(line):
            return Kind.RELATED
        if is_date_line(line) or vocabulary.patterns.fullmatch(line):
            return Kind.BUTTON
        if is_byline(line):
            return Kind.BYLINE
        if vocabulary.hints.fullmatch(line) or is_bare_date(line, with_time=True):
            return Kind.WEAK
    return Kind.PROSE if _is_prose(line) else Kind.TEXT


def _heads_a_list(line: str) -> bool:
    """Whether a short Korean line ends like the heading of a list of articles: "한빛일보 주요뉴스"."""
    words = line.split()
    return 2 <= len(words) <= 3 and len(line) <= _LONGEST_LABEL and _vocabulary().entries.get(words[-1]) is Kind.RELATED


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence or more of running text, rather than a headline, a label or a link."""
    ended = re.search(r"[.!?][\"'”’)\]]*(?:\s?[\[(][^\[\]()]{1,40}[\])])?$", line)
    return (bool(ended) and len(line) >= 25 and not line.endswith(("...", "…"))) or len(line) > _LONGEST_TITLE


def strip_boilerplate(text: str, title: str | None = None, *, saved: bool = False) -> tuple[str, str | None]:
    """The article in a page's text, and its title if one can be told.

    `title` is the headline when the page names it elsewhere; `saved` says that there was a page around the text for
    certain, as in HTML. The text keeps the title as its first line, and every
    line of the article as it stood. A text without a sign of a page around it comes back whole.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    kinds = [kind_of(line) for line in lines]
    menus = _menus(lines, kinds)
    if not (saved or _opens_with_menu(lines, menus)) and _EVIDENCE.isdisjoint(kinds):
        return text.strip("\r\n"), title or _first_headline(lines, kinds)
    for number in menus:
        kinds[number] = Kind.BUTTON
    _mark_counters(lines, kinds)
    top = _title_line(lines, kinds, title)
    if top is None:
        body = _join(lines, _body(kinds, lines, 0))
        return (f"{title}\n\n{body}" if saved and title and body else body), title
    above = [n for n in range(top) if kinds[n] is Kind.TEXT and _is_whole(lines[n]) and not _beside(menus, n, lines[n])]
    rest = [number for number in _body(kinds, lines, top + 1) if lines[number].strip() != lines[top].strip()]
    return _join(lines, [*above, top, *_without_doubles(rest, lines)]), title or _heading_text(lines[top])


def _menus(lines: Sequence[str], kinds: Sequence[Kind]) -> set[int]:
    """The lines that together name four or more sections and little else, before the article or after it."""
    prose = [number for number, kind in enumerate(kinds) if kind is Kind.PROSE]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    found: set[int] = set()
    run: list[int] = []
    named = 0
    for number in range(len(lines) + 1):
        words = _words(lines[number]) if number < len(lines) and not first <= number <= last else []
        if _names_sections(words):
            run.append(number)
            named += len(words)
        elif words or number in (first, len(lines)):
            found.update(run if named >= _MENU_WORDS else ())
            run, named = [], 0
    return found


def is_section(name: str) -> bool:
    """Whether this is what sites call a section of theirs, rather than themselves: "경제", "Opinion"."""
    return _names_sections(_words(name))


def _names_sections(words: Sequence[str]) -> bool:
    sections = _vocabulary().sections
    return bool(words) and sum(word in sections for word in words) >= 0.6 * len(words)


def _mark_counters(lines: Sequence[str], kinds: list[Kind]) -> None:
    """A bare number under a button counts its clicks."""
    before = Kind.BLANK
    for number, kind in enumerate(kinds):
        if kind is Kind.TEXT and before not in _ARTICLE and re.fullmatch(r"[\d,.\s]{1,8}", lines[number]):
            kinds[number] = Kind.WEAK
        before = kinds[number] if kind is not Kind.BLANK else before


def _beside(menus: set[int], number: int, line: str) -> bool:
    """Whether a short line touches a menu, and so is likely a part of it that the vocabulary does not know."""
    return len(line) <= _LONGEST_LABEL and not menus.isdisjoint({number - 1, number + 1})


def _opens_with_menu(lines: Sequence[str], menus: set[int]) -> bool:
    """Whether a menu comes before the first sentence: below one, section names may be what it speaks of."""
    first_sentence = next((number for number, line in enumerate(lines) if _SENTENCE_END.search(line)), len(lines))
    return any(number < first_sentence for number in menus)


def _first_headline(lines: Sequence[str], kinds: Sequence[Kind]) -> str | None:
    """The first line, when it is no sentence and more follows."""
    shown = [number for number, kind in enumerate(kinds) if kind is not Kind.BLANK]
    if len(shown) < 2 or kinds[shown[0]] is not Kind.TEXT or re.search(r"[^A-Z.]\.$|^\[.*\]$", lines[shown[0]]):
        return None
    return _heading_text(lines[shown[0]])


def _heading_text(line: str) -> str:
    return re.sub(r"^#{1,6}\s+", "", line.strip())


def _title_line(lines: Sequence[str], kinds: Sequence[Kind], title: str | None) -> int | None:
    """The number of the headline's line: the one that is `title`, else that the page repeats, else the likeliest."""
    prose = next((number for number, kind in enumerate(kinds) if kind is Kind.PROSE), len(lines))
    candidates = [n for n in range(prose) if kinds[n] is Kind.TEXT and not re.search(r"[^A-Z.]\.$", lines[n])]
    if title:
        return next((number for number in candidates if _same(lines[number], title)), None)
    whole = [number for number in candidates if _is_whole(lines[number])]
    marked = [number for number in candidates if lines[number].startswith("# ")]
    repeated = [n for n in whole[:_MOST_TITLES] if any(lines[n].strip() in line for line in lines[prose:])]
    signed = next((number for number in range(prose) if kinds[number] is Kind.BYLINE), prose)
    menu_end = max((number for number in range(signed) if _names_sections(_words(lines[number]))), default=-1)
    below_menu = [number for number in whole if number > menu_end]
    return next(iter(marked or repeated or below_menu or whole or candidates), None)


def _is_whole(line: str) -> bool:
    """Whether a line may be a headline by itself, and not a label, a date, a menu or a ticker."""
    if is_bare_date(line) or _names_sections(_words(line)) or re.match(r"\s*(?:속보|BREAKING|LIVE)\s", line):
        return False
    return (len(line.split()) >= 3 or len(line) >= 15) and not is_outlet(line)


def _same(line: str, title: str) -> bool:
    return _key(_heading_text(line)) == _key(title)


def _body(kinds: Sequence[Kind], lines: Sequence[str], first: int) -> list[int]:
    """The numbers of the lines from `first` that belong to the article (blank ones too)."""
    prose = [len(line) if kind is Kind.PROSE else 0 for kind, line in zip(kinds, lines, strict=True)]
    longest_to_come = list(accumulate(reversed(prose), max))[::-1]
    last_byline = max((number for number, kind in enumerate(kinds) if kind is Kind.BYLINE), default=-1)
    written = signed = skipping = False
    kept: list[int] = []
    for number in range(first, len(lines)):
        kind = kinds[number]
        if written and _closes(kind, byline_follows=number < last_byline, longest_prose=longest_to_come[number]):
            break
        if kind is Kind.RELATED and written:
            skipping = True
        elif prose[number] >= _LONG_PROSE or (kind is Kind.BYLINE and not signed):
            skipping = False
        if not skipping and kind in _ARTICLE:
            kept.append(number)
            written = written or kind is Kind.PROSE
            signed = signed or (written and kind is Kind.BYLINE)
    return kept


def _closes(kind: Kind, *, byline_follows: bool, longest_prose: int) -> bool:
    """Whether nothing of the article comes after a line of this kind, given what does come."""
    if kind is Kind.RIGHTS:
        return longest_prose < 2 * _LONG_PROSE
    if kind is Kind.COMMENTS:
        return not byline_follows
    return kind is Kind.BUTTON and not longest_prose and not byline_follows


def _without_doubles(numbers: Sequence[int], lines: Sequence[str]) -> Iterator[int]:
    """The numbers without those of lines that say again what the line before says, as pages do with captions."""
    before = ""
    for number in numbers:
        line = lines[number].strip()
        if not line or line != before:
            yield number
        before = line or before


def _join(lines: Sequence[str], numbers: Sequence[int]) -> str:
    """The lines, with one empty line where one or more stood or a line was taken out."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines[number] for number in numbers)).strip("\n")
