"""Names that no table knows, found by their sound: which words of a library a name in the other script may be."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from weakref import WeakKeyDictionary

from assistant.romanise import alike_all, all_foldings, all_folds, distances, foldings, folds, weight
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
_NO_VOWELS = str.maketrans("", "", "aeiou")


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
        new, gone = words - self._words, self._words - words
        for index, heard in ((self._hangul, _heard_hangul), (self._latin, _heard_latin)):
            index.add(heard(new))
            index.remove(heard(gone))
        self._words = words

    def hangul(self, latin: str) -> list[tuple[str, float]]:
        """The library's Hangul words that sound like a Latin name, each with its likeness, nearest first."""
        found = self._hangul.near_any(folds(latin), LEAST_LIKENESS)
        return _nearest(pair for pair in found.items() if pair[1] >= SAME_SOUND or not translations(pair[0]))

    def latin(self, hangul: str) -> list[tuple[str, float]]:
        """The library's Latin words that sound like a Hangul name, each with its likeness, nearest first."""
        least = SAME_SOUND if translations(hangul) else LEAST_LIKENESS
        return _nearest(self._latin.near_any(foldings(hangul), least).items())


class _Sounds:
    """Names by their folded spellings, those by their consonants, and those by their deletion neighbours."""

    def __init__(self) -> None:
        # a name once for each word that it is heard in, names with spaces between: lists would take much more memory
        self._names: dict[str, dict[str, str]] = {}
        self._consonants: dict[str, list[str]] = {}

    def add(self, heard: Sequence[tuple[str, str]]) -> None:
        """Takes in names, given as (folded spelling, name)."""
        for consonants, (sound, name) in zip(_all_consonants(heard), heard, strict=True):
            names = self._names.get(consonants)
            if names is None:
                names = self._names[consonants] = {}
                for key in _neighbours(consonants):
                    self._consonants.setdefault(key, []).append(consonants)
            names[sound] = f"{names[sound]} {name}" if sound in names else name

    def remove(self, heard: Sequence[tuple[str, str]]) -> None:
        """Lets go of names that were added."""
        for consonants, (sound, name) in zip(_all_consonants(heard), heard, strict=True):
            names = self._names[consonants][sound].split()
            names.remove(name)
            self._names[consonants][sound] = " ".join(names)

    def near_any(self, sounds: Iterable[str], least: float) -> dict[str, float]:
        """The names whose likeness to one of some folded spellings is `least` or more, each with the greatest."""
        found: dict[str, float] = {}
        for sound in sounds:
            for name, likeness in self.near(sound, least).items():
                found[name] = max(likeness, found.get(name, 0.0))
        return found

    def near(self, sound: str, least: float) -> dict[str, float]:
        """The names whose likeness to a folded spelling is `least` or more, each with its likeness."""
        own = _consonants(sound)
        # the heavier of two that are so alike weighs at most 1 / least of the other
        allowed = (1 - least) / least * weight(sound) + 1e-9
        found: dict[str, float] = {}
        if allowed < LEAST_EDIT:
            sounds = [sound] if sound in self._names.get(own, ()) else []
        else:
            groups = list({other for key in _neighbours(own) for other in self._consonants.get(key, ())})
            apart = distances(own, groups) if groups else ()
            near = [group for group, distance in zip(groups, apart, strict=True) if distance <= allowed]
            sounds = [other for group in near for other in tuple(self._names[group])]  # another thread may be adding
        for other, likeness in zip(sounds, alike_all(sound, sounds).tolist() if sounds else (), strict=True):
            if likeness >= least:
                for name in self._names[_consonants(other)][other].split():
                    found[name] = max(likeness, found.get(name, 0.0))
        return found


def _heard_hangul(words: Iterable[str]) -> list[tuple[str, str]]:
    """How the names sound that Hangul words may be."""
    return all_foldings(name for word in words if is_hangul(word) and _may_be_a_name(word) for name in _bare(word))


def _heard_latin(words: Iterable[str]) -> list[tuple[str, str]]:
    """How the names sound that Latin words may be."""
    names = [word for word in words if not is_hangul(word) and len(word) > 2 and _may_be_a_name(word)]
    return all_folds(names) if names else []


def _may_be_a_name(word: str) -> bool:
    return not word.startswith(BIGRAM_MARK) and word[0].isalpha() and commonness(word) <= COMMON


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
    return sound.translate(_NO_VOWELS)


def _all_consonants(heard: Sequence[tuple[str, str]]) -> list[str]:
    return _consonants("\n".join(sound for sound, _ in heard)).split("\n") if heard else []


def _neighbours(consonants: str) -> set[str]:
    if len(consonants) < 3:
        return {consonants}
    return {consonants, *(consonants[:i] + consonants[i + 1 :] for i in range(len(consonants)))}


def _nearest(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    ranked = sorted(
        ((name, likeness) for name, likeness in found if likeness >= LEAST_LIKENESS), key=lambda f: (-f[1], f[0])
    )
    return [pair for pair in ranked if pair[1] >= ranked[0][1] - SLACK][:_MOST_SHOWN]
