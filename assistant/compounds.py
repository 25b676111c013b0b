"""Hangul names of several words that are written as one, found in Latin letters (대솔케미칼: Daesol Chemical)."""

from assistant.names import Phrase
from assistant.sounds import SoundIndex
from assistant.translation import commonness, is_known, translations
from assistant.verbs import is_surely_verb

# How surely the first word must be heard, and how rare it must be: one of 50,000 everyday sentences has it at most.
SURE, RARE = 0.9, 2e-5
# What the first word counts alone: a text may leave out the rest, or say it otherwise (메로섬: the Merrow grid).
ALONE = 0.6
# From here on a Korean word is an everyday one.
EVERYDAY = 3e-5
# A likeness of meaning below this share of the likeliest translation's is none.
_LEAST_SHARE = 0.2
_SYLLABLES = frozenset("섬 시 군 구 도 주 만 산 강 호 당 교 랩 텍 셀 몰 넷 팜".split())
"""Words of one syllable that end names."""


def heard_in_parts(name: str, sounds: SoundIndex) -> dict[Phrase, float]:
    """The words that an unknown Hangul name may be in the Latin letters of a library, each phrase with its weight.

    The first word is told by its sound, the others by their meaning or their sound. Empty for a word that is no name:
    a known one, a verb, or one made of everyday words (보험사).
    """
    if is_known(name) or is_surely_verb(name) or _is_of_everyday_words(name):
        return {}
    return _parts(name, sounds)


def _parts(name: str, sounds: SoundIndex) -> dict[Phrase, float]:
    found: dict[Phrase, float] = {}
    for cut in range(2, len(name)):
        first, rest = name[:cut], name[cut:]
        if len(rest) == 1 and rest not in _SYLLABLES:
            continue
        for heard, likeness in sounds.latin(first):
            if likeness < SURE or commonness(heard) > RARE:
                continue
            for phrase in _meant(rest) or [(other,) for other, _ in sounds.latin(rest)] or _parts(rest, sounds):
                found[(heard, *phrase)] = max(likeness, found.get((heard, *phrase), 0.0))
            found[(heard,)] = max(ALONE * likeness, found.get((heard,), 0.0))
    return found


def _meant(word: str) -> list[Phrase]:
    """The likely translations of a word."""
    known = translations(word)
    return [(other,) for other, weight in known if weight >= _LEAST_SHARE * known[0][1]]


def _is_of_everyday_words(word: str) -> bool:
    """Whether a Hangul word is made of everyday words, the last of which may be a syllable (보험사, 전기요금)."""
    return any(
        commonness(word[:cut]) > EVERYDAY and (is_known(word[cut:]) or _is_of_everyday_words(word[cut:]))
        for cut in range(2, len(word))
    )
