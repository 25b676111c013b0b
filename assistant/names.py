"""Names across scripts: which spellings mean the same (쿠팡 and Coupang, 당근 and Karrot Market).

They come from three places: the list that is shipped, the user's own list in the library's folder, and the library's
articles, where they give a name in both scripts (`assistant.pairs`).
"""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

from assistant.pairs import Pair, pairs_in, trusted
from ingest.article import Language
from ingest.errors import UserError
from ingest.library import NAMES_FILE, Library
from ingest.tokens import is_hangul, stems

SHIPPED = Path(__file__).parent / "data" / "names.tsv"

Phrase = tuple[str, ...]
Origin = Literal["shipped", "yours", "articles"]


class BadNames(UserError):
    """A list of names cannot be read."""


@dataclass(frozen=True)
class Group:
    """Spellings of one name, as they are written, and where we know it from; `articles` say it so, where they do."""

    spellings: tuple[str, ...]
    origin: Origin
    articles: int = 0


class Names:
    """Groups of spellings that mean the same, looked up by their stems; of two groups with a spelling the first counts.

    One object has all that is known: search, follow-ups, glosses and the claim checker are handed the same.
    """

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(groups)
        self._others: dict[Phrase, dict[Phrase, Origin]] = {}
        self._spelled: dict[Phrase, tuple[Group, str]] = {}
        for group in self.groups:
            phrases = {tuple(stems(spelling)): spelling for spelling in reversed(group.spellings)}
            for phrase, spelling in reversed(phrases.items()):
                self._spelled.setdefault(phrase, (group, spelling))
                others = self._others.setdefault(phrase, {})
                for other in phrases:
                    if other != phrase:
                        others.setdefault(other, group.origin)
        self._longest = max(map(len, self._others), default=1)

    def others(self, phrase: Sequence[str]) -> tuple[Phrase, ...]:
        """The other spellings of a name, as stems; empty when the name is not known."""
        return tuple(self.origins(phrase))

    def origins(self, phrase: Sequence[str]) -> dict[Phrase, Origin]:
        """The other spellings of a name, as stems, each with where we know it from."""
        return self._others.get(tuple(phrase), {})

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where known names stand in a list of stems, as `(start, end)`: the longest at each place."""
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + self._longest), start, -1):
                if tuple(words[start:end]) in self._others:
                    yield start, end
                    start = end - 1
                    break
            start += 1

    def told_in(self, written: str, language: Language) -> str | None:
        """A name as `language` spells it, where the user's list or an article says so."""
        group, spelling = self._spelled.get(tuple(stems(written)), (None, ""))
        if group is None or group.origin == "shipped" or (spelling[0].isupper() and not written[0].isupper()):
            return None
        return next((other for other in group.spellings if is_hangul(other) == (language == "ko")), None)

    def as_in(self, text: str, other: str) -> str:
        """`text` with each name that `other` has in another spelling written as there.

        Only names of the user's list and of the articles: the shipped ones are known wherever names are compared.
        """
        theirs = self._spellings_in(other)
        for group, spelling in self._spellings_in(text).items():
            wanted = theirs.get(group, spelling)
            if group.origin != "shipped" and wanted != spelling:
                text = _with_name(text, spelling, wanted)
        return text

    def _spellings_in(self, text: str) -> dict[Group, str]:
        words = stems(text)
        return dict(self._spelled[tuple(words[start:end])] for start, end in self.find(words))


def _with_name(text: str, spelling: str, wanted: str) -> str:
    """`text` with one spelling of a name for another; a Hangul name keeps its particle and is never part of a word."""
    last = stems(spelling)[-1:]

    def replaced(match: re.Match[str]) -> str:
        if is_hangul(spelling[-1]) and stems(match[0])[-1:] != last:
            return match[0]
        return wanted + ("의" if match["owner"] and is_hangul(wanted[-1]) else match["owner"]) + match["rest"]

    hangul, latin = r"(?P<owner>)(?P<rest>[가-힣]*)", r"(?P<owner>(?:['’]s|(?<=s)['’])?)(?P<rest>)(?![a-z0-9])"
    ends = hangul if is_hangul(spelling[-1]) else latin
    name = r"\s+".join(map(re.escape, spelling.split()))
    return re.sub(rf"(?<!\w){name}{ends}", replaced, text, flags=re.IGNORECASE)


def read_names(file: Path, origin: Origin) -> tuple[Group, ...]:
    """The groups in a file of one name a line, its spellings separated by tabs; lines that begin with `#` are comments.

    Raises `BadNames`, which tells the line.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadNames(f"{file} cannot be read ({error}). Save it as text in UTF-8.") from error
    return tuple(
        _group(line, f"{file}, line {number}", origin)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    )


def add_name(library: Library, spellings: Sequence[str]) -> Group:
    """Adds a name to the user's list of a library. Raises `BadNames` when the name or the list is none."""
    file = library.folder / NAMES_FILE
    line = "\t".join(" ".join(spelling.split()) for spelling in spellings)
    group = _group(line, repr(line), "yours")
    known = file.read_text(encoding="utf-8-sig") if _read_own(file) else ""
    try:
        file.write_text(f"{known.rstrip()}\n{line}\n".lstrip(), encoding="utf-8")
    except OSError as error:
        raise BadNames(f"{file} cannot be written ({error}).") from error
    return group


@lru_cache(maxsize=1)
def shipped_names() -> Names:
    """The names that come with the package."""
    return Names(read_names(SHIPPED, "shipped"))


def names_of(library: Library) -> Names:
    """All names known in a library, as its list and its articles are now. Raises `BadNames` for a bad list.

    The first call reads all articles (a second for some ten thousands), later ones only what is new.
    """
    with _making:
        known = _known.setdefault(library, _Known())
        return known.names(library)


class _Known:
    """The names of one library, kept until its list or its articles change."""

    def __init__(self) -> None:
        self._state: tuple[object, ...] = ()
        self._names = shipped_names()
        self._pairs: dict[str, tuple[Pair, ...]] = {}  # by version of the article

    def names(self, library: Library) -> Names:
        file = library.folder / NAMES_FILE
        state = (library.state, _stamp(file))
        if state != self._state:
            own = _read_own(file)
            self._follow(library)
            told = (Group(pair, "articles", count) for pair, count in trusted(self._pairs.values()).items())
            self._names = Names((*own, *shipped_names().groups, *told))
            self._state = state
        return self._names

    def _follow(self, library: Library) -> None:
        versions = library.all_versions()
        for version in self._pairs.keys() - versions:
            del self._pairs[version]
        for version, text in library.texts(versions - self._pairs.keys()):
            self._pairs[version] = tuple(pairs_in(text))


_known: WeakKeyDictionary[Library, _Known] = WeakKeyDictionary()
_making = threading.Lock()


def _read_own(file: Path) -> tuple[Group, ...]:
    return read_names(file, "yours") if file.exists() else ()


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _group(line: str, where: str, origin: Origin) -> Group:
    spellings = tuple(spelling.strip() for spelling in line.split("\t") if spelling.strip())
    if len(spellings) < 2:
        raise BadNames(f"{where}: a name needs two spellings or more, with a tab between: 쿠팡<tab>Coupang.")
    for spelling in spellings:
        if not stems(spelling):
            raise BadNames(f"{where}: {spelling!r} has neither letters nor digits.")
    return Group(spellings, origin)
