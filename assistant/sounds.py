"""Names that no table knows, found by their sound: which words of a library a name in the other script may be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from assistant.romanise import fold, foldings, similarity
from assistant.translation import commonness, is_known, translations
from ingest.library import Library
from ingest.tokens import BIGRAM_MARK, is_hangul

LEAST_LIKENESS = 0.8
# A word with a meaning of its own (마루 is also a floor) must sound the same to be taken for a name.
SAME_SOUND = 0.97
# Among several that sound alike, only those about as near as the nearest are meant.
SLACK = 0.03
# A word of everyday sentences is not a name that happens to sound so.
COMMON = 2e-4
LONGEST_NAME = 8  # syllables
_MOST_SHOWN = 5


_MOST_SHOWN = 5
_VOWELS = re.compile("[aeiou]")


class SoundIndex:
    """The likely names among a library's words, looked up by how they sound.

    Two spellings are compared when their consonants differ by one at most (Mor and Fraenkel's deletion neighbours),
    and meet when `romanise.similarity` says so.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._hangul: dict[str, set[str]] = {}
        self._latin: dict[str, set[str]] = {}
        for token in vocabulary:
            if token.startswith(BIGRAM_MARK) or not token[0].isalpha() or commonness(token) > COMMON:
                continue
            if is_hangul(token):
                for name in _bare(token):
                    for sound in foldings(name):
                        _file(self._hangul, sound, name)
            elif len(token) > 2:
                _file(self._latin, fold(token), token)

    def hangul(self, latin: str) -> list[tuple[str, float]]:
        """The library's Hangul words that sound like a Latin name, each with its likeness, nearest first."""
        keys = _neighbours(_consonants(fold(latin)))
        found = set().union(*(self._hangul.get(key, ()) for key in keys))
        likeness = ((name, similarity(name, latin)) for name in found)
        return _nearest(pair for pair in likeness if pair[1] >= SAME_SOUND or not translations(pair[0]))

    def latin(self, hangul: str) -> list[tuple[str, float]]:
        """The library's Latin words that sound like a Hangul name, each with its likeness, nearest first."""
        keys = {key for sound in foldings(hangul) for key in _neighbours(_consonants(sound))}
        found = set().union(*(self._latin.get(key, ()) for key in keys))
        least = SAME_SOUND if translations(hangul) else LEAST_LIKENESS
        likeness = ((token, similarity(hangul, token)) for token in found)
        return _nearest(pair for pair in likeness if pair[1] >= least)


_indexes: WeakKeyDictionary[Library, tuple[Mapping[str, int], SoundIndex]] = WeakKeyDictionary()


def sounds_of(library: Library) -> SoundIndex:
    """The index of a library's names as they are now; made anew when its words have changed."""
    vocabulary = library.vocabulary()
    known = _indexes.get(library)
    if known is None or known[0] is not vocabulary:
        known = _indexes[library] = (vocabulary, SoundIndex(vocabulary))
    return known[1]


def _bare(token: str) -> Iterator[str]:
    """The names a Hangul word may be: itself, or what stands before a known word (라솜화학 is 라솜 and 화학)."""
    if 2 <= len(token) <= LONGEST_NAME:
        yield token
        yield from (token[:cut] for cut in range(2, len(token)) if is_known(token[cut:]))


def _file(index: dict[str, set[str]], sound: str, name: str) -> None:
    for key in _neighbours(_consonants(sound)):
        index.setdefault(key, set()).add(name)


def _consonants(sound: str) -> str:
    return _VOWELS.sub("", sound)


def _neighbours(consonants: str) -> set[str]:
    if len(consonants) < 3:
        return {consonants}
    return {consonants, *(consonants[:i] + consonants[i + 1 :] for i in range(len(consonants)))}


def _nearest(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    ranked = sorted(
        ((name, likeness) for name, likeness in found if likeness >= LEAST_LIKENESS), key=lambda f: (-f[1], f[0])
    )
    return [pair for pair in ranked if pair[1] >= ranked[0][1] - SLACK][:_MOST_SHOWN]
