"""Patterns of Korean and English words in one, of which a text is only searched for those of its own scripts."""

import re
from collections.abc import Iterator
from functools import lru_cache

_HANGUL, _LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]{2}")
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]])+\]|.", re.DOTALL)


class Bilingual:
    """A regular expression whose alternatives are Korean or English; it finds what the whole would, Korean first."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        korean: list[str] = []
        english: list[str] = []
        for alternative in _alternatives(pattern):
            (korean if _HANGUL.search(alternative) else english).append(alternative)
        self._korean = re.compile("|".join(korean), flags) if korean else None
        self._english = re.compile("|".join(english), flags) if english else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text."""
        has_korean, has_english = _scripts(text)
        if has_korean and self._korean:
            yield from self._korean.finditer(text)
        if has_english and self._english:
            yield from self._english.finditer(text)


@lru_cache(maxsize=256)
def _scripts(text: str) -> tuple[bool, bool]:
    return bool(_HANGUL.search(text)), bool(_LATIN.search(text))


def _alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern: what stands between the bars outside of all groups."""
    depth, start = 0, 0
    for piece in _PIECE.finditer(pattern):
        depth += (piece[0] == "(") - (piece[0] == ")")
        if piece[0] == "|" and not depth:
            yield pattern[start : piece.start()]
            start = piece.end()
    yield pattern[start:]
