"""Names across scripts by sound: Hangul in Latin letters, and how alike two spellings sound.

`romanise` follows the Revised Romanization of Korean (Ministry of Culture notice 2000-8), syllable by syllable,
without sound changes between syllables. `similarity` compares folded spellings, in which letters that Korean
writes alike (b, p, f and v; r and l; j, z and s) are one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")

# Family names whose usual Latin spelling does not follow the sound rules.
_FAMILY_NAMES = {
    "이": ("lee", "yi", "rhee"), "임": ("lim", "im", "rim"), "유": ("yoo", "ryu", "you"), "노": ("noh", "roh", "no"),
    "나": ("na", "ra"), "류": ("ryu", "yoo"), "양": ("yang",), "여": ("yeo", "lyuh"), "염": ("yeom", "yum"),
}  # fmt: skip

_MUTE_E = ((r"(?<=[^aeiouy\W])e\b", ""), (r"(?<=[^aeiouy\W])es\b", "s"))
_MUTE_R = ((r"r(?=[^aeiou]|\b)", ""),)
_LETTERS = (
    (r"ght", "t"), (r"young", "yong"), (r"eu(?=n|m|l|k|g)", ""), (r"sch|sh", "s"), (r"tch|ch|tj", "j"), (r"ck|cq", "k"),
    (r"ph", "p"), (r"th|dh", "t"), (r"qu(?=[ei])", "k"), (r"qu?", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"),
    (r"gn", "ni"), (r"wh", "w"), (r"ge\b", "j"), (r"dg", "j"), (r"ng\b", "n"), (r"ng(?=[^aeiouy])", "n"),
    (r"ee|ea|ie|ii", "i"), (r"oo|ou|u|w", "u"), (r"ae|ai|ay|ei|ey", "e"), (r"eo|au|aw|oa|ow", "o"), (r"y", "i"),
)  # fmt: skip
# How English reads Latin letters, and how most other languages do: Werner is 워너 or 베르너.
_READINGS = tuple(
    tuple((re.compile(pattern), replacement) for pattern, replacement in (*rules, (r"h", "")))
    for rules in ((*_MUTE_E, *_LETTERS, *_MUTE_R), ((r"w", "v"), (r"er\b", "e"), (r"oe", "e"), *_LETTERS))
)
_FOLD = str.maketrans({"b": "p", "f": "p", "v": "p", "d": "t", "g": "k", "q": "k", "j": "s", "z": "s", "r": "l"})
_VOWEL_LETTERS = "aeiou"


def romanise(hangul: str) -> str:
    """Hangul syllables in the Revised Romanization, other characters as they are: 쿠팡 gives `kupang`."""
    return "".join(_syllable(character) for character in hangul)


@lru_cache(maxsize=1 << 14)
def similarity(hangul: str, latin: str) -> float:
    """How alike a Hangul and a Latin spelling sound, from 0 to 1: 쿠팡 and Coupang are 1, 당근 and Karrot near 0."""
    others = [other for other in folds(latin) if other]
    if not others or not hangul:
        return 0.0
    return max(alike(spelling, other) for spelling in foldings(hangul) for other in others)


@lru_cache(maxsize=1 << 14)
def folds(latin: str) -> tuple[str, ...]:
    """A Latin spelling reduced to what Korean keeps of its sound, as English reads it and as other languages do."""
    return tuple(sound for sound, _ in all_folds([latin]))


def all_folds(latin: Sequence[str]) -> list[tuple[str, str]]:
    """The folds of many Latin spellings, each with its spelling: in one go, which is much faster."""
    lines = "\n".join(" ".join(one.split()) for one in latin)
    plain = unicodedata.normalize("NFKD", lines.lower().replace("ł", "l").replace("ø", "o").replace("ß", "ss"))
    text = re.sub(r"[^a-z\n]+", " ", re.sub(r"[\u0300-\u036f'’]", "", plain))
    text = "\n".join(line.strip() for line in text.split("\n"))
    readings = (_folded(text, rules).split("\n") for rules in _READINGS)
    return [(sound, name) for name, *sounds in zip(latin, *readings, strict=True) for sound in dict.fromkeys(sounds)]


def _folded(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return _squeezed(text.replace(" ", "").translate(_FOLD))


def foldings(hangul: str) -> list[str]:
    """The folded spellings that a name in Hangul may have in Latin letters (이 is Lee, Yi or I)."""
    return [sound for sound, _ in all_foldings([hangul])]


def all_foldings(hangul: Iterable[str]) -> list[tuple[str, str]]:
    """Every folded spelling of every name in Hangul, with the name: in one go, which is much faster."""
    ways = [(spoken, name) for name in hangul for spoken in _spoken_ways(name)]
    sounds = _squeezed(_korean_folded("\n".join(spoken for spoken, _ in ways))).split("\n")
    return [(sound, name) for sound, (_, name) in zip(sounds, ways, strict=True)] if ways else []


def _spoken_ways(hangul: str) -> Iterator[str]:
    rest = "".join(map(_spoken, hangul[1:]))
    for head in (*_FAMILY_NAMES.get(hangul[0], ()), _spoken(hangul[0])):
        yield head + rest


def _korean_folded(text: str) -> str:
    """Romanised Hangul folded by the same letter classes as Latin names."""
    for pattern, replacement in (
        ("ng", "n"), ("ch", "j"), ("eo", "o"), ("ae", "e"), ("oo", "u"), ("ee", "i"), ("ou", "u"), ("oe", "e"),
        ("ui", "i"), ("wi", "ui"), ("w", "u"), ("y", "i"), ("h", ""),
    ):  # fmt: skip
        text = text.replace(pattern, replacement)
    return text.translate(_FOLD)


@cache
def _spoken(character: str) -> str:
    """The syllable's romanisation without ㅡ, which loan words insert between consonants (스트 is `st`)."""
    text = _syllable(character)
    return text.replace("eu", "") if len(text) > 2 and "eui" not in text else text


def _syllable(character: str) -> str:
    code = ord(character) - 0xAC00
    if not 0 <= code < 11172:
        return character
    return _INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28]


def _squeezed(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


@lru_cache(maxsize=1 << 15)
def alike(one: str, other: str) -> float:
    """How alike two folded spellings are, from 0 to 1: one less their distance over the weight of the heavier."""
    heavier = max(weight(one), weight(other))
    return max(0.0, 1.0 - distance(one, other) / heavier) if heavier else 0.0


def alike_all(one: str, others: Sequence[str]) -> NDArray[np.float64]:
    """How alike a folded spelling is to each of some others: `alike` of many at once."""
    apart, weights = _distances(one, others)
    heavier = np.maximum(weight(one), weights)
    likeness = np.maximum(0.0, 1.0 - apart / np.where(heavier > 0, heavier, np.inf))
    return np.where(heavier > 0, likeness, 0.0).round(9)  # so that equals are equal


def distances(one: str, others: Sequence[str]) -> NDArray[np.float64]:
    """The weighted edit distance of a folded spelling to each of some others: `distance` of many at once."""
    return _distances(one, others)[0]


def _distances(one: str, others: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The distances, and the weights of the others.

    One row of the table for each letter, all others side by side. What putting letters in costs is the difference of
    running sums, so that a running minimum takes the place of the innermost loop.
    """
    weights, swaps = _letter_costs()
    letters = np.array(others, np.bytes_).reshape(-1, 1).view(np.uint8)
    sums = np.zeros((len(others), letters.shape[1] + 1))
    np.cumsum(weights[letters], axis=1, out=sums[:, 1:])
    row = sums
    for letter in one.encode():
        removed = row + weights[letter]
        np.minimum(removed[:, 1:], row[:, :-1] + swaps[letter][letters], out=removed[:, 1:])
        row = sums + np.minimum.accumulate(removed - sums, axis=1)
    ends = (letters > 0).sum(axis=1)
    return row[np.arange(len(others)), ends], sums[:, -1]


@cache
def _letter_costs() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What putting in or leaving out each letter costs, and what taking one for another does, by their codes."""
    codes = range(128)
    weights = np.array([_weight_of(chr(code)) if code else 0.0 for code in codes])
    return weights, np.array([[_swap(chr(one), chr(other)) for other in codes] for one in codes])


def _swap(one: str, other: str) -> float:
    vowels = (one in _VOWEL_LETTERS) + (other in _VOWEL_LETTERS)
    return 0.0 if one == other else (0.9, 1.0, 0.3)[vowels]


def weight(folded: str) -> float:
    """The sum of what the letters of a folded spelling weigh: a vowel half a consonant."""
    return sum(map(_weight_of, folded))


@lru_cache(maxsize=1 << 15)
def distance(one: str, other: str) -> float:
    """The weighted edit distance of two folded spellings; of their consonants alone it is never more."""
    weights = [_weight_of(letter) for letter in other]
    row = [0.0, *accumulate(weights)]
    for letter in one:
        removed = _weight_of(letter)
        is_vowel = letter in _VOWEL_LETTERS
        before = row[0]
        last = row[0] = before + removed
        for place, against in enumerate(other):
            if letter == against:
                swapped = before
            elif is_vowel:
                swapped = before + (0.3 if against in _VOWEL_LETTERS else 1.0)
            else:
                swapped = before + (1.0 if against in _VOWEL_LETTERS else 0.9)
            before = row[place + 1]
            last = min(before + removed, last + weights[place], swapped)
            row[place + 1] = last
    return row[-1]


def _weight_of(letter: str) -> float:
    return 0.45 if letter in _VOWEL_LETTERS else 0.6 if letter == "l" else 1.0
