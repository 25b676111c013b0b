"""A rough gloss of a sentence in the other language: its names, amounts, dates and key terms, in their order.

It helps a reader to see what a quote is about. It is no translation, and never says that it is one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.checker.dates import find_dates
from assistant.checker.quantities import find_quantities
from assistant.names import Names, shipped_names
from assistant.rendering import number_in, render, render_date
from assistant.romanise import romanise
from assistant.translation import commonness, is_known, translations
from ingest.article import Language
from ingest.tokens import is_hangul, stem_of, stems

GLOSSARY = Path(__file__).parent / "data" / "glossary.tsv"
# Frequent words that the tables mistake, each with its sense in the news; none for those that tell nothing alone.
WORDS = Path(__file__).parent / "data" / "gloss.tsv"
LABEL: dict[Language, str] = {"ko": "자동 풀이", "en": "Automatic gloss"}
# A translation of the table below this weight is a guess.
SURE = 0.25
LONGEST = 4  # words of a term

_WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z]*(?:[-'’][A-Za-z]+)*")
_CAPITALISED = re.compile(r"[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)+")
# A Korean in English: Pyo Jeong-woo.
_PERSON = re.compile(r"[A-Z][a-z]{1,3} [A-Z][a-z]+-[a-z]+")
_PEOPLE = re.compile(
    r"\s(?:people|customers|workers|employees|residents|passengers|patients|students|voters|members|adults|children)\b"
)
_SUBJECT = re.compile(r"(?:은|는|이|가|의|을|를|에|와|과|도)?")
_TITLES = frozenset(
    "대표 교수 장관 차관 의원 회장 사장 위원장 총재 총리 대통령 감독 선수 씨 시장 박사 국장 팀장 군수".split()
)
_FAMILY_NAMES = frozenset(
    "강고곽구권금길김나남노류마맹명문민박반방배백변서석선설성소손송신심안양엄연염오옥왕용우원위유육윤은이인임장전정제조주지진차채천최추탁표하한함허현홍황"
)
# As families write themselves, where it is not the romanisation by rule.
_USUAL = {
    "김": "Kim",
    "이": "Lee",
    "박": "Park",
    "최": "Choi",
    "정": "Jung",
    "강": "Kang",
    "조": "Cho",
    "임": "Lim",
    "오": "Oh",
}
_PLACES = {"시": "city", "군": "county", "역": "station", "항": "port", "구": "district", "강": "River"}
_AFTER_WORDS = "체선전비률율권제사소장기자력물원금식점측팀실국과부가집형용성론학법서품상안건급층동호차"
_BEFORE_WORDS = "전총신구대소고저주부재무비미초최"
_RARE = 1e-4  # the share of everyday sentences from which on a word is no name
# Words that hold a sentence together; a gloss does without them.
_EMPTY = frozenset(
    """
    것 수 등 이 그 저 때 중 더 또 및 위해 대해 따라 통해 대한 위한 있 없 하 되 된 한 할 말했 밝혔 했 됐 지난 앞으로 동안
    a an the of in on at to by for from with and or as is are was were be been it its this that these those they he she
    who which will would can could has have had do did not but than more about over into out up so if when while their
    his her also said say million billion trillion thousand hundred first last next
    며 그는 그러나 다만 대신 이어 이날 가운데 명 곳 건 개 원 억원 만명 년 월 일
    """.split()
)


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    text: str


def gloss(text: str, language: Language, names: Names | None = None) -> str | None:
    """What of a sentence can be told in `language`, labelled as automatic; None when that is nothing.

    `names` are those of a library; without them the shipped ones.
    """
    pieces = [*_amounts(text, language)]
    for piece in _terms(text, language, names or shipped_names()):
        if not any(piece.start < other.end and other.start < piece.end for other in pieces):
            pieces.append(piece)
    told = dict.fromkeys(piece.text for piece in sorted(pieces, key=lambda piece: piece.start))
    return f"{LABEL[language]}: {' · '.join(told)}" if told else None


def _amounts(text: str, language: Language) -> Iterator[_Piece]:
    for quantity in find_quantities(text):
        is_speed = quantity.unit == "ordinal" and text[: quantity.start].endswith(("per ", "a "))
        rendered = None if quantity.weak or is_speed else render(quantity, language)
        people = _PEOPLE.match(text, quantity.end) if quantity.unit == "count" and language == "ko" else None
        if people:
            yield _Piece(quantity.start, people.end(), f"{number_in(quantity.value, 'ko')}명")
        elif rendered:
            yield _Piece(quantity.start, quantity.end, rendered)
    for date in find_dates(text):
        rendered = render_date(date, language)
        if rendered:
            yield _Piece(date.start, date.end, rendered)


def _terms(text: str, language: Language, names: Names) -> Iterator[_Piece]:
    """Names and terms from the lists, the longest at each place; other words by the translation table."""
    words = list(_WORD.finditer(text))
    number = 0
    while number < len(words):
        for size in range(min(LONGEST, len(words) - number), 0, -1):
            here = words[number : number + size]
            written = text[here[0].start() : here[-1].end()]
            told = names.told_in(written, language)
            told = told or (_told_together(here, written, language) if size > 1 else _told(words, number, language))
            if told:
                yield _Piece(here[0].start(), here[-1].end(), told)
                break
        number += size


def _told_together(words: Sequence[re.Match[str]], written: str, language: Language) -> str | None:
    """Several words: a term of the lists, or an English name, which is not told by the words in it (Haesol Mobile)."""
    after = words[-1].string[words[-1].end() :].split(maxsplit=1)
    is_begun = after and _PERSON.match(f"{words[-1].group()} {after[0]}")  # President Lee | Jae-myung
    if not is_begun and (told := _listed(written, language)):
        return told
    written = re.sub(r"['’]s$", "", written)
    parts = [stem_of(word.group()) for word in words]
    is_name = _CAPITALISED.fullmatch(written) and commonness(parts[0]) < _RARE and not all(map(is_known, parts))
    return written if language == "ko" and (is_name or _PERSON.fullmatch(written)) else None


def _told(words: list[re.Match[str]], number: int, language: Language) -> str | None:
    word = words[number].group()
    stem = stem_of(word)
    if stem in _EMPTY or word.lower() in _EMPTY or is_hangul(word) == (language == "ko"):
        return None
    if language == "ko" and (name := _listed_name(word)):
        return name
    if (known := _in_the_news().get(word, _in_the_news().get(stem))) is not None:
        return known or None
    if language == "ko":  # the glossary has one sense of an English word, and often another one (fast, to fast)
        return _name(words, number) or _translated(word, language, may_be_name=number > 0)
    return _listed(word, language) or _name(words, number) or _translated(word, language)


def _listed(written: str, language: Language) -> str | None:
    in_the_news = _in_the_news().get(re.sub(r"['’]s$", "", written.lower())) if " " in written else None
    return in_the_news or _glossary(language).get(_key(written))


def _listed_name(written: str) -> str | None:
    is_name = not written.islower() and shipped_names().others(stems(written))  # the US is a name, us is none
    return _listed(written, "ko") if is_name else None


def _key(written: str) -> tuple[str, ...]:
    """English by its words as they stand but for a plural (executive and execution share a stem), Korean by stems."""
    if any(map(is_hangul, written)):
        return tuple(stems(written))
    return tuple(word.removesuffix("s") for word in written.lower().split())


def _name(words: list[re.Match[str]], number: int) -> str | None:
    """An unknown word that stands as a name does; a Korean person's in the usual spelling (In Tae-o)."""
    word = words[number].group()
    stem = stem_of(word)
    if not is_hangul(word):
        return re.sub(r"['’]s$", "", word) if word[0].isupper() and not is_known(stem) else None
    if len(stem) == 3 and stem[0] in _FAMILY_NAMES and _is_titled(words, number):
        family = _USUAL.get(stem[0], romanise(stem[0]).title())
        return f"{family} {romanise(stem[1]).title()}-{romanise(stem[2])}"
    if place := _place(stem):
        return place
    particle = word[len(stem) :]
    is_subject = bool(particle) and _SUBJECT.fullmatch(particle) and (number == 0 or particle not in "은는")
    if not 2 <= len(stem) <= 4 or _is_made_of_words(stem) or not is_subject:
        return None
    return romanise(stem).title()


def _is_titled(words: list[re.Match[str]], number: int) -> bool:
    """Whether a title follows the word (인태오 대표), or a firm and a title (인태오 모아담 대표)."""
    word = words[number].group()
    reach = 1 if is_known(word) or stem_of(word) != word else 2
    return any(stem_of(other.group()) in _TITLES for other in words[number + 1 : number + 1 + reach])


def _place(stem: str) -> str | None:
    """An unknown place, as English newspapers write it (가람시: Garam city)."""
    for ending, told in _PLACES.items():
        base = stem.removesuffix(ending)
        if base != stem and 2 <= len(base) <= 4 and not is_known(stem) and commonness(base) < _RARE:
            return f"{romanise(base).title()} {told}"
    return None


def _is_made_of_words(stem: str) -> bool:
    """Whether a stem is a word, two words, or a word with a syllable that makes another of it (절연체): no name."""
    cuts = range(2, len(stem) - 1)
    if is_known(stem) or any(is_known(stem[:cut]) and is_known(stem[cut:]) for cut in cuts):
        return True
    if (stem[-1] in _AFTER_WORDS and is_known(stem[:-1])) or (stem[0] in _BEFORE_WORDS and is_known(stem[1:])):
        return True
    return commonness(stem[1:]) >= _RARE and any(weight >= 0.5 for _, weight in translations(stem[0]))  # 암센터


def _translated(word: str, language: Language, *, may_be_name: bool = False) -> str | None:
    for other, weight in translations(stem_of(word))[:1]:
        if weight < SURE or other in _EMPTY or is_hangul(other) != (language == "ko"):
            return None
        if language == "en":
            return _spellings().get(other)
        return other if other in _nouns(of_names=may_be_name and word[0].isupper()) else None
    return None


@lru_cache(maxsize=1)
def _in_the_news() -> dict[str, str]:
    """What a word is told as, by the word as it is written (US) or by its stem; left out where that is empty."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return {stem: told for stem, _, told in (line.partition("\t") for line in lines)}


@lru_cache(maxsize=2)
def _nouns(*, of_names: bool) -> frozenset[str]:
    """The words of the glossary's Korean terms: what the translation table has beside them is often half a verb.

    Of names only what they end in (국립 박물관), unless `of_names`: olive is no 올리브영, and us no 미국.
    """
    found = set[str]()
    for korean, english in _terms_in_both():
        words = korean.split()
        found.update(words if of_names or not english[0].isupper() else words[1:][-1:])
    return frozenset(found)


@lru_cache(maxsize=2)
def _glossary(language: Language) -> dict[tuple[str, ...], str]:
    """By the key of a term in the other language: its name in `language`."""
    found: dict[tuple[str, ...], str] = {}
    for name in (group.spellings for group in shipped_names().groups):
        korean, english = _in_both(name)
        for spelling in name:
            found.setdefault(_key(spelling), korean if language == "ko" else english)
    for korean, english in _terms_in_both():
        source, told = (english, korean) if language == "ko" else (korean, english)
        found.setdefault(_key(source), told)
        found.setdefault(tuple(source.split()), told)  # a term may end like a particle: 연방준비제도
    return found


@lru_cache(maxsize=1)
def _terms_in_both() -> tuple[tuple[str, str], ...]:
    """Names and terms, each in Korean and English."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    terms = ((korean, english) for korean, _, english in (line.partition("\t") for line in lines))
    return (*(_in_both(group.spellings) for group in shipped_names().groups), *terms)


def _in_both(spellings: Sequence[str]) -> tuple[str, str]:
    """The first spelling of a shipped name in either script."""
    return next(filter(is_hangul, spellings)), next(name for name in spellings if not is_hangul(name))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """A word for each English stem of the glossary (promis: promise): the shortest of those that are common there."""
    counts = Counter(word for english in _glossary("en").values() for word in english.split())
    words: dict[str, list[str]] = {}
    for word in sorted(counts, key=lambda word: (not word.islower(), len(word), word)):
        words.setdefault(stem_of(word.lower()), []).append(word)
    commonest = {stem: max(counts[word] for word in of_stem) for stem, of_stem in words.items()}
    return {
        stem: next(word for word in of_stem if 3 * counts[word] >= commonest[stem]) for stem, of_stem in words.items()
    }
