"""Which words of one text stand for which of another, within a language and across Korean and English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.names import shipped_names
from assistant.romanise import similarity
from assistant.translation import commonness, is_known, translations
from ingest.tokens import is_hangul, stems

# Below this, two spellings of different scripts are different names (measured on the development pairs).
SOUNDS_ALIKE = 0.66
_MIN_WEIGHT = 0.045
# An everyday word (share of sentences) is matched by its sense, not by a name it happens to sound like.
EVERYDAY = 2e-4

# A Korean person's name is one word (Yoon Se-ra, 윤세라); other hyphens join two.
WORD = re.compile(
    r"[가-힣]+|[A-Z][a-z]+\s[A-Z][a-z]{1,6}-[A-Za-z][a-z]{0,6}(?![a-z])|[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*"
)
_STOP = frozenset(
    """
    a an the of in on at to by for from with and or as is are was were be been being do does did has have had will would
    can could should may might must it its this that these those there their they he his her she him them we our
    you your i
    who whom whose what when where which while why how much many any some about into than then so if not no said
    say says
    according also more most last next year years month months week weeks day days percent per cent between up down over
    under first new after before during each every all both other such only total
    number million billion trillion thousand won dollar dollars yen euro euros
    그 이 저 것 수 등 및 더 또 때 중 약 총 모두 각각 전 후 지난 지난해 올해 내년 작년 이번 다음 오는 대한 대해
    위해 따르면 밝혔다 말했다 전했다
    있다 있는 없는 했다 하는 된 되는 것으로 것이다 나타났다 보인다 예정이다 이날 가운데 이후 당시 평균 하루 만에
    만 달 해
    """.split()
)


@dataclass(frozen=True)
class Word:
    """A word at `text[start:end]` and its stem."""

    start: int
    end: int
    text: str
    stem: str

    @property
    def is_hangul(self) -> bool:
        """Whether it is written in Hangul."""
        return is_hangul(self.text)


@lru_cache(maxsize=1 << 10)
def words_of(text: str) -> list[Word]:
    """The content words of a text: no numbers, no words that only connect."""
    found = []
    for match in WORD.finditer(text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        stem = stem_of(word)
        if word.lower() not in _STOP and stem not in _STOP:
            found.append(Word(match.start(), match.start() + len(word), word, stem))
    return found


@lru_cache(maxsize=1 << 15)
def stem_of(word: str) -> str:
    """A Korean word without its particles; an English one stemmed, a name of several words as it is."""
    if is_hangul(word):
        return stems(word)[0]
    return " ".join(stems(word))


@lru_cache(maxsize=1 << 15)
def same_word(one: str, other: str) -> bool:
    """Whether two stems stand for the same: equal, one a compound of the other, a translation, or alike in sound."""
    if is_hangul(one) == is_hangul(other):
        return _same_script(one, other)
    korean, english = (one, other) if is_hangul(one) else (other, one)
    return translated(korean, english) or (
        len(korean) > 1
        and len(english) > 2
        and commonness(english) < EVERYDAY
        and similarity(korean, english) >= SOUNDS_ALIKE
    )


def _same_script(one: str, other: str) -> bool:
    if one == other:
        return True
    if not is_hangul(one):
        return len(one) > 4 and len(other) > 4 and (one.startswith(other) or other.startswith(one))
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and (longer.startswith(shorter) or longer.endswith(shorter))


def is_abbreviation(one: str, other: str) -> bool:
    """공정위 for 공정거래위원회: the shorter's syllables stand in the longer in order."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return len(shorter) > 1 and is_hangul(shorter) and all(syllable in rest for syllable in shorter)


@lru_cache(maxsize=1 << 15)
def translated(korean: str, english: str) -> bool:
    """Whether the shipped tables have the stems as each other's translation or name, compounds by their parts."""
    if (english,) in shipped_names().others((korean,)):
        return True
    if any(korean_stem in korean for korean_stem in _korean_for(english)):
        return True
    return english in _english_for(korean)


@lru_cache(maxsize=1 << 14)
def _korean_for(english: str) -> tuple[str, ...]:
    found = [(stem, weight) for stem, weight in translations(english) if is_hangul(stem)]
    return tuple(stem for stem, weight in found if len(stem) > 1 and weight >= _MIN_WEIGHT)


@lru_cache(maxsize=1 << 14)
def _english_for(korean: str) -> frozenset[str]:
    """Translations of a Korean stem and of the known words it is made of."""
    parts = [korean]
    if not is_known(korean):
        parts += [korean[:cut] for cut in range(len(korean) - 1, 1, -1) if is_known(korean[:cut])][:1]
        parts += [korean[cut:] for cut in range(1, len(korean) - 1) if is_known(korean[cut:])][:1]
    return frozenset(stem for part in parts for stem, weight in translations(part) if weight >= _MIN_WEIGHT)


def matches(word: Word, others: Sequence[Word]) -> list[Word]:
    """Those of `others` that stand for `word`: the same stem, else a translation, else a likeness in sound."""
    exact = [other for other in others if other.stem == word.stem]
    if exact:
        return exact
    by_sense = [other for other in others if other.is_hangul != word.is_hangul and _translates(word, other)]
    return by_sense or [other for other in others if same_word(word.stem, other.stem)]


def _translates(word: Word, other: Word) -> bool:
    return translated(word.stem, other.stem) if word.is_hangul else translated(other.stem, word.stem)
