"""Invented Korean and English articles whose words are as varied as a newspaper's, the same for the same number.

Words come from the translation table, each as often as it stands in everyday sentences; names are made of syllables
and come back as names do, a few often and most seldom. The sentences mean nothing.
"""

import random
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from assistant.translation import commonness, known_stems, translations
from ingest.article import Article, Language
from ingest.clean import make_article
from ingest.tokens import is_hangul

PUBLISHERS = tuple(f"{name}일보" for name in "가람 나루 다솔 라온 마루 보람 새별 아침 자람 한빛".split())
NAMES = 20_000
WORDS_A_SENTENCE = (8, 14)
CHARACTERS = 1500

_PARTICLES = "은 는 이 가 을 를 의 에 에서 으로 도 과".split()
_ENDINGS = ("고 밝혔다", "고 설명했다", "로 나타났다", "을 발표했다", "를 검토한다", "에 합의했다")
_HANGUL = (
    "가강경고광구규기길나남노단대도동라로류마무미민바박보봉부빈사상서선성소"
    "솔수시신아안연영오용우원유은이인일자재정주준지진찬철초태하한해현형호화희"
)
_LATIN = """
ba be bo ca co da de do fa fi ga go ha hi ka ko la le lo ma mi mo na ne no pa po ra ri ro sa se so ta to va vi
""".split()


@dataclass(frozen=True)
class _Words:
    """Words to draw from, with the running sum of how common each is."""

    words: tuple[str, ...]
    sums: tuple[float, ...]

    def draw(self, chance: random.Random) -> str:
        return self.words[bisect(self.sums, chance.random() * self.sums[-1])]


def article(number: int) -> Article:
    """An invented article: Korean for an even number, English for an odd one."""
    chance = random.Random(number)
    language: Language = "en" if number % 2 else "ko"
    subjects = [_names(language).draw(chance) for _ in range(3)]
    sentences: list[str] = []
    while sum(len(sentence) + 1 for sentence in sentences) < CHARACTERS:
        sentences.append(_sentence(chance, language, subjects))
    day = f"20{chance.randint(22, 25)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return make_article(
        " ".join(sentences),
        id=f"news-{number}",
        title=" ".join(sentences[0].split()[:6]),
        language=language,
        publisher=chance.choice(PUBLISHERS),
        published_at=f"{day}T09:00:00+09:00",
    )


def question(about: Article, number: int) -> str:
    """A question of seven words or so that stand in one sentence of the article."""
    chance = random.Random(number)
    words = chance.choice(about.sentences).of(about.text).rstrip(".").split()
    start = chance.randrange(max(1, len(words) - 7))
    asked = " ".join(words[start : start + 7])
    return f"{asked} 어떻게 됐어?" if about.language == "ko" else f"What did {asked} do?"


def _sentence(chance: random.Random, language: Language, subjects: list[str]) -> str:
    count = chance.randint(*WORDS_A_SENTENCE)
    words = [_words(language).draw(chance) for _ in range(count)]
    subject = chance.choice(subjects) if chance.random() < 0.6 else _names(language).draw(chance)
    amount = str(chance.randint(2, 990))
    if language == "en":
        return f"{subject} said {amount} {' '.join(words)}."
    marked = " ".join(word + chance.choice(_PARTICLES) for word in words)
    return f"{subject}{chance.choice('은는이가')} {amount}억 원 {marked}{chance.choice(_ENDINGS)}."


@lru_cache(maxsize=2)
def _words(language: Language) -> _Words:
    """The words of a language that stand in everyday sentences, and how often; a stem of one letter is no word."""
    found = [
        stem
        for stem in known_stems()
        if stem.isalpha() and len(stem) > 1 and is_hangul(stem) == (language == "ko") and translations(stem)
    ]
    return _Words(tuple(found), tuple(accumulate(commonness(stem) + 1e-6 for stem in found)))


@lru_cache(maxsize=2)
def _names(language: Language) -> _Words:
    chance = random.Random(language)
    syllables = _HANGUL if language == "ko" else _LATIN
    names = ["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4)))) for _ in range(NAMES)]
    names = list(dict.fromkeys(name.title() for name in names))
    return _Words(tuple(names), tuple(accumulate(1 / rank for rank in range(1, len(names) + 1))))
