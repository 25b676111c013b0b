"""Names that no table knows, found by their sound: which words of a library a name in the other script may be."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from assistant.romanise import alike, distance, fold, foldings, weight
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
# No edit of a folded spelling costs less: where less is allowed, only the same spelling will do.
LEAST_EDIT = 0.3
_MOST_SHOWN = 5
_VOWELS = re.compile("[aeiou]")


class SoundIndex:
    """The likely names among a library's words, looked up by how they sound.

    Two spellings are compared when their consonants differ by one at most (Mor and Fraenkel's deletion neighbours)
    and are near enough by themselves, and meet when `romanise.similarity` says so.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._hangul, self._latin = _Sounds(), _Sounds()
        self.follow(vocabulary)

    def follow(self, vocabulary: Iterable[str]) -> None:
        """Takes in the words that are new, and lets go of those that are no longer there."""
        words = set(vocabulary)
        for token in words - self._words:
            for index, sound, name in self._heard(token):
                index.add(sound, name)
        for token in self._words - words:
            for index, sound, name in self._heard(token):
                index.remove(sound, name)
        self._words = words

    def hangul(self, latin: str) -> list[tuple[str, float]]:
        """The library's Hangul words that sound like a Latin name, each with its likeness, nearest first."""
        found = self._hangul.near(fold(latin), LEAST_LIKENESS)
        return _nearest(pair for pair in found.items() if pair[1] >= SAME_SOUND or not translations(pair[0]))

    def latin(self, hangul: str) -> list[tuple[str, float]]:
        """The library's Latin words that sound like a Hangul name, each with its likeness, nearest first."""
        least = SAME_SOUND if translations(hangul) else LEAST_LIKENESS
        found: dict[str, float] = {}
        for sound in foldings(hangul):
            for name, likeness in self._latin.near(sound, least).items():
                found[name] = max(likeness, found.get(name, 0.0))
        return _nearest(found.items())

    def _heard(self, token: str) -> Iterator[tuple["_Sounds", str, str]]:
        """The names that a word may be, each with how it sounds and where it belongs."""
        if token.startswith(BIGRAM_MARK) or not token[0].isalpha() or commonness(token) > COMMON:
            return
        if is_hangul(token):
            yield from ((self._hangul, sound, name) for name in _bare(token) for sound in foldings(name))
        elif len(token) > 2:
            yield self._latin, fold(token), token


class _Sounds:
    """Names by their folded spellings, those by their consonants, and those by their deletion neighbours."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, Counter[str]]] = {}
        self._heaviest: dict[str, float] = {}
        self._consonants: dict[str, list[str]] = {}

    def add(self, sound: str, name: str) -> None:
        consonants = _consonants(sound)
        if consonants not in self._names:
            self._names[consonants] = {}
            for key in _neighbours(consonants):
                self._consonants.setdefault(key, []).append(consonants)
        self._names[consonants].setdefault(sound, Counter())[name] += 1
        self._heaviest[consonants] = max(weight(sound), self._heaviest.get(consonants, 0.0))

    def remove(self, sound: str, name: str) -> None:
        names = self._names[_consonants(sound)][sound]
        names[name] -= 1
        if not names[name]:
            del names[name]

    def near(self, sound: str, least: float) -> dict[str, float]:
        """The names whose likeness to a folded spelling is `least` or more, each with its likeness."""
        own, own_weight = _consonants(sound), weight(sound)
        found: dict[str, float] = {}
        for consonants in {other for key in _neighbours(own) for other in self._consonants.get(key, ())}:
            allowed = (1 - least) * max(own_weight, self._heaviest[consonants]) + 1e-9
            if allowed < LEAST_EDIT:
                near = [sound] if sound in self._names[consonants] else []
            else:
                near = list(self._names[consonants]) if distance(own, consonants) <= allowed else []
            for other in near:
                likeness = alike(sound, other)
                if likeness >= least:
                    for name in tuple(self._names[consonants][other]):  # another thread may be adding
                        found[name] = max(likeness, found.get(name, 0.0))
        return found


_indexes: WeakKeyDictionary[Library, tuple[Mapping[str, int], SoundIndex]] = WeakKeyDictionary()
_making = threading.Lock()


def sounds_of(library: Library) -> SoundIndex:
    """The index of a library's names as they are now. The first call takes seconds in a large library."""
    vocabulary = library.vocabulary()
    with _making:
        known = _indexes.get(library)
        if known is None:
            known = _indexes[library] = (vocabulary, SoundIndex(vocabulary))
        elif known[0] is not vocabulary:
            known[1].follow(vocabulary)
            known = _indexes[library] = (vocabulary, known[1])
    return known[1]


def _bare(token: str) -> Iterator[str]:
    """The names a Hangul word may be: itself, or what stands before a known word (라솜화학 is 라솜 and 화학)."""
    if 2 <= len(token) <= LONGEST_NAME:
        yield token
        yield from (token[:cut] for cut in range(2, len(token)) if is_known(token[cut:]))


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
