"""Which Hangul words may be names: places, loan words, persons by their family name, words that no table has."""

import re
from functools import lru_cache

from assistant.checker.alignment import SOUNDS_ALIKE, stem_of
from assistant.checker.gazetteer import AMBIGUOUS_PLACES, NOUN_ENDINGS, PLACE_ENDINGS, PLACES, SURNAMES
from assistant.romanise import similarity
from assistant.translation import is_known, translations
from ingest.tokens import is_hangul

_SAME_SYLLABLE = 0.75
_VERBAL = re.compile(
    r"(?:다|고|며|면|게|지|던|된|한|할|했|하|해|돼|되|될|져|진|려|러|서|자|음|임|기|는|은|을|든|린|난|친|킨|인|"
    r"운|온|른|든|쓴|낸|낼|일|어|여|워|와|라|까|네|죠|요|듯|채|뒤|긴|론|길|릴|질|칠|킬|을|를|록|도)$"
)
# A syllable that ends in ㅆ is the past or 있, 겠: a verb.
PAST_TENSE = re.compile("[" + "".join(chr(code) for code in range(0xAC00 + 20, 0xD7A4, 28)) + "]")


def place_in(word: str) -> str | None:
    """The place that a word names: 부산, also in 부산시 and 부산항."""
    if word in PLACES:
        return word
    heads = (word.removesuffix(ending) for ending in PLACE_ENDINGS if word.endswith(ending))
    return next((head for head in heads if head in PLACES and head not in AMBIGUOUS_PLACES), None)


@lru_cache(maxsize=1 << 13)
def holds_place(word: str) -> bool:
    """Whether a longer word holds a place: 에어프랑스."""
    return any(len(place) > 2 and place in word and place != word for place in PLACES)


def is_unknown(word: str, particle: str | None) -> bool:
    """Whether no table has a word, nor its parts, and it is no form of a verb."""
    if is_known(word) or is_known(stem_of(word)) or (particle and is_known(word + particle)):
        return False
    if any(is_known(word + ending) for ending in ("다", "었", "고", "며")):  # 이르는: a verb
        return False
    if PAST_TENSE.search(word) or word[-1] in "은는을를고며지게" or (particle is None and _VERBAL.search(word)):
        return False
    return not is_common(word)


@lru_cache(maxsize=1 << 13)
def is_english_loan(word: str) -> bool:
    """Whether the table's first translations of an English word are its own sound: Naver, Donghae."""
    return any(
        similarity(korean, word) >= SOUNDS_ALIKE for korean, _ in translations(stem_of(word))[:3] if is_hangul(korean)
    )


@lru_cache(maxsize=1 << 13)
def is_loan(word: str) -> bool:
    """Whether the table's first translation of a word is its own sound: 오슬로, but also 버스."""
    if len(word) == 2 and word[1] in "이가을를은는에의도" and is_known(word[0]):  # 컵을
        return False
    found = [english for english, _ in translations(word)[:2]]
    return len(word) > 1 and any(similarity(word, english) >= SOUNDS_ALIKE for english in found)


@lru_cache(maxsize=1 << 13)
def is_person(word: str) -> bool:
    """Whether a word of three syllables begins with a family name and is known by the sound of its parts: 손흥민."""
    if len(word) != 3 or word[0] not in SURNAMES:
        return False
    parts = (word[0], word[1:], word[1], word[2])
    return any(similarity(part, english) >= _SAME_SYLLABLE for english, _ in translations(word)[:1] for part in parts)


@lru_cache(maxsize=1 << 13)
def is_common(word: str) -> bool:
    """Whether a word is made of known words and noun endings only: 물류센터, 관광열차, 최고데이터책임자."""
    if len(word) < 2:
        return False
    for ending in NOUN_ENDINGS:
        head = word.removesuffix(ending)
        if head != word and ((is_known(head) and len(head) > 1) or (len(head) > 2 and is_common(head))):
            return True
    for cut in range(2, len(word) - 1):
        if is_known(word[:cut]) and (is_known(word[cut:]) or is_common(word[cut:])):
            return True
    return word[0] in "새옛첫전현신총부재친반비무한양각제" and len(word) > 2 and is_known(word[1:])
