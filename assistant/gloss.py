"""A rough gloss of a sentence in the other language: its names, amounts, dates and key terms, in their order.

It helps a reader to see what a quote is about. It is no translation, and never says that it is one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.checker.dates import find_dates
from assistant.checker.quantities import find_quantities
from assistant.names import shipped_names
from assistant.rendering import render, render_date
from assistant.romanise import romanise
from assistant.translation import is_compound, is_known, translations
from ingest.article import Language
from ingest.tokens import is_hangul, stem_of, stems

GLOSSARY = Path(__file__).parent / "data" / "glossary.tsv"
LABEL: dict[Language, str] = {"ko": "자동 풀이", "en": "Automatic gloss"}
# A translation of the table below this weight is a guess.
SURE = 0.25
LONGEST = 4  # words of a term

_WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z]*(?:[-'’][A-Za-z]+)*")
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


def gloss(text: str, language: Language) -> str | None:
    """What of a sentence can be told in `language`, labelled as automatic; None when that is nothing."""
    pieces = [*_amounts(text, language)]
    for piece in _terms(text, language):
        if not any(piece.start < other.end and other.start < piece.end for other in pieces):
            pieces.append(piece)
    told = dict.fromkeys(piece.text for piece in sorted(pieces, key=lambda piece: piece.start))
    return f"{LABEL[language]}: {' · '.join(told)}" if told else None


def _amounts(text: str, language: Language) -> Iterator[_Piece]:
    for quantity in find_quantities(text):
        rendered = None if quantity.weak else render(quantity, language)
        if rendered:
            yield _Piece(quantity.start, quantity.end, rendered)
    for date in find_dates(text):
        rendered = render_date(date, language)
        if rendered:
            yield _Piece(date.start, date.end, rendered)


def _terms(text: str, language: Language) -> Iterator[_Piece]:
    """Names and terms from the shipped tables, the longest at each place; other words by the translation table."""
    words = list(_WORD.finditer(text))
    number = 0
    while number < len(words):
        for size in range(min(LONGEST, len(words) - number), 0, -1):
            here = words[number : number + size]
            written = text[here[0].start() : here[-1].end()]
            told = _listed(written, language) if size > 1 else _told(words, number, language)
            if told:
                yield _Piece(here[0].start(), here[-1].end(), told)
                break
        number += size


def _told(words: list[re.Match[str]], number: int, language: Language) -> str | None:
    word = words[number].group()
    stem = stem_of(word)
    if stem in _EMPTY or word.lower() in _EMPTY or is_hangul(word) == (language == "ko"):
        return None
    if language == "ko":  # the glossary has one sense of an English word, and often another one (fast, to fast)
        return _listed_name(word) or _name(words, number) or _translated(stem, language)
    return _listed(word, language) or _name(words, number) or _translated(stem, language)


def _listed(written: str, language: Language) -> str | None:
    return _glossary(language).get(_key(written))


def _listed_name(written: str) -> str | None:
    return _listed(written, "ko") if shipped_names().others(stems(written)) else None


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
        return word if word[0].isupper() and not is_known(stem) else None
    before_title = number + 1 < len(words) and stem_of(words[number + 1].group()) in _TITLES
    if not 2 <= len(stem) <= 4 or (is_compound(stem) and not before_title):
        return None
    if before_title and len(stem) == 3 and stem[0] in _FAMILY_NAMES:
        family = _USUAL.get(stem[0], romanise(stem[0]).title())
        return f"{family} {romanise(stem[1]).title()}-{romanise(stem[2])}"
    is_subject = word != stem and _SUBJECT.fullmatch(word[len(stem) :])
    return romanise(stem).title() if before_title or is_subject else None


def _translated(stem: str, language: Language) -> str | None:
    for other, weight in translations(stem)[:1]:
        if weight >= SURE and is_hangul(other) == (language == "ko"):
            return other if language == "ko" else _spellings().get(other)
    return None


@lru_cache(maxsize=2)
def _glossary(language: Language) -> dict[tuple[str, ...], str]:
    """By the key of a term in the other language: its name in `language`."""
    found: dict[tuple[str, ...], str] = {}
    for name in (group.spellings for group in shipped_names().groups):
        korean = next((spelling for spelling in name if is_hangul(spelling[0])), None)
        english = next((spelling for spelling in name if not is_hangul(spelling[0])), None)
        if korean and english:
            for spelling in name:
                found.setdefault(_key(spelling), korean if language == "ko" else english)
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        korean, _, english = line.partition("\t")
        source, told = (english, korean) if language == "ko" else (korean, english)
        found.setdefault(_key(source), told)
    return found


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """A whole word for each English stem of the glossary (promis: promise)."""
    found: dict[str, str] = {}
    for english in _glossary("en").values():
        for word in english.split():
            stem = stem_of(word.lower())
            if len(word) < len(found.get(stem, word + " ")):
                found[stem] = word
    return found
