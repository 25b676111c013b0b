"""Patterns of Korean and English words in one, of which a text is only searched for those of its own scripts."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_HANGUL, _LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]{2}")
_WHOLE_GROUP = re.compile(r"(?:\\b)?\(\?:((?:[^()]|\([^()]*\))*)\)(?:\\b)?(?:\(\?[=!][^()]*\))?")
_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]")
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]])+\]|.", re.DOTALL)


class Bilingual:
    """A regular expression whose alternatives are Korean or English; it finds what the whole would, Korean first."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        # Small letters in small letters are found several times faster than with IGNORECASE.
        self._in_small = bool(flags & re.IGNORECASE)
        if self._in_small:
            pattern = _CAPITAL.sub(lambda found: found[0] if len(found[0]) > 1 else found[0].lower(), pattern)
            flags &= ~re.IGNORECASE
        korean: list[str] = []
        english: list[str] = []
        for alternative in _alternatives(pattern):
            (korean if _HANGUL.search(alternative) else english).append(alternative)
        self._korean = re.compile("|".join(korean), flags) if korean else None
        self._english = re.compile("|".join(english), flags) if english else None
        self._korean_signs = _signs_of(korean)
        self._english_signs = _signs_of(english) if self._in_small else ()

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text."""
        has_korean, has_english = _scripts(text)
        text = _small(text) if self._in_small else text
        if has_korean and self._korean and _may_have(text, self._korean_signs):
            yield from self._korean.finditer(text)
        if has_english and self._english and _may_have(text, self._english_signs):
            yield from self._english.finditer(text)


@lru_cache(maxsize=256)
def _small(text: str) -> str:
    """A text in small letters, each in its place."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


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


def _may_have(text: str, signs: Sequence[str]) -> bool:
    """Whether a text has one of the signs without which a pattern is not in it: far quicker than the pattern itself."""
    return not signs or any(sign in text for sign in signs)


def _signs_of(alternatives: Sequence[str]) -> tuple[str, ...]:
    """For each alternative letters that it cannot do without; nothing when one of them has no such letters."""
    signs: set[str] = set()
    for alternative in alternatives:
        sign = max(_fixed_letters(alternative), key=len, default="")
        group = _WHOLE_GROUP.fullmatch(alternative)
        if sign:
            signs.add(sign)
        elif group and (inner := _signs_of(list(_alternatives(group[1])))):
            signs.update(inner)
        else:
            return ()
    return tuple(sorted(signs))


def _fixed_letters(pattern: str) -> Iterator[str]:
    """The runs of letters that stand in a pattern outside of groups, classes and repetitions."""
    depth, run = 0, ""
    pieces = [piece[0] for piece in _PIECE.finditer(pattern)]
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        depth += (piece == "(") - (piece == ")")
        if depth == 0 and piece.isalpha() and following not in ("?", "*", "{"):
            run += piece
        else:
            yield run
            run = ""
    yield run
