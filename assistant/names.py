"""Names across scripts: which spellings mean the same (쿠팡 and Coupang, 당근 and Karrot Market)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from ingest.tokens import stems

NAMES = Path(__file__).parent / "data" / "names.tsv"

Phrase = tuple[str, ...]


class Names:
    """Groups of equivalent names, looked up by their stems.

    `path` is a file of one group a line, spellings separated by tabs; lines that begin with `#` are comments.
    """

    def __init__(self, path: Path = NAMES) -> None:
        self.groups: list[tuple[str, ...]] = []
        """The groups as they are written in the file."""
        self._others: dict[Phrase, tuple[Phrase, ...]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                self.groups.append(tuple(line.split("\t")))
                group = dict.fromkeys(tuple(stems(spelling)) for spelling in self.groups[-1])
                for phrase in group:
                    others = (*self._others.get(phrase, ()), *(p for p in group if p != phrase))
                    self._others[phrase] = tuple(dict.fromkeys(others))
        self._longest = max(map(len, self._others), default=1)

    def others(self, phrase: Sequence[str]) -> tuple[Phrase, ...]:
        """The other spellings of a name, as stems; empty when the name is not known."""
        return self._others.get(tuple(phrase), ())

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


@lru_cache(maxsize=1)
def shipped_names() -> Names:
    """The names file that comes with the package."""
    return Names()
