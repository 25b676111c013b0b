"""Names that the articles themselves give in both scripts: "네이버(Naver)", "Oriol Junqueras (오리올 훈케라스)".

A pair is taken at its first sight when both sides sound alike or the Latin one is made of the other's initials
(한국과학기술원 is KAIST). Any other must stand in two articles, with a rare word on the Korean side, and be what
stands there mostly: so "영업이익(EBITDA)" or "기자(CBS)" become no names.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from assistant.romanise import similarity
from assistant.translation import commonness, is_known, translations
from ingest.tokens import stem_of

# Side by side in an article much less likeness is needed than between two words that only might be the same.
SOUNDS_ALIKE = 0.6
ARTICLES = 2
# A Korean word of more everyday sentences than this is no name (기자, 영업이익); 배달의민족 is one.
RARE = 4e-5
_MOST_WORDS = 4
_REACH = 60  # characters before a bracket that may hold a name
_BRACKETS = re.compile(rf" ?\((?:이하 )?([^()\d]{{2,{_REACH}}})\)")
_KOREAN = re.compile(r"[가-힣]{2,}(?: [가-힣]+)*")
_LATIN = re.compile(r"[^\W\d_가-힣](?:[^\W\d_가-힣]|[ .&'’-])+")
_KOREAN_BEFORE = re.compile(r"(?:[가-힣]+ )*[가-힣]{2,}$")
_LATIN_BEFORE = re.compile(r"[^\W\d_가-힣](?:[^\W\d_가-힣]|[ .&'’-])+$")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_MARKED = re.compile(r".{2,}[은는이가을를의에도]|.+(?:에게|에서|으로|까지|부터)")


@dataclass(frozen=True)
class Pair:
    """A name as one article writes it in both scripts; `is_sure` when that alone shows they are the same."""

    korean: str
    latin: str
    is_sure: bool


def pairs_in(text: str) -> Iterator[Pair]:
    """The names that a text gives in both scripts, as far as it can be told from this text."""
    if "(" not in text:
        return
    for match in _BRACKETS.finditer(text):
        before, inside = text[max(0, match.start() - _REACH) : match.start()], match[1].strip()
        if _LATIN.fullmatch(inside) and (korean := _KOREAN_BEFORE.search(before)):
            yield from _judged(_endings(korean[0]), [inside])
        elif _KOREAN.fullmatch(inside) and (latin := _LATIN_BEFORE.search(before)):
            yield from _judged([inside], [name for name in _endings(latin[0]) if name[0].isupper()])


def trusted(pairs_of_articles: Iterable[Iterable[Pair]]) -> dict[tuple[str, str], int]:
    """The pairs (Korean, Latin) that can be believed, with the number of articles each stands in."""
    sure: set[tuple[str, str]] = set()
    articles: Counter[tuple[str, str]] = Counter()
    for pairs in pairs_of_articles:
        articles.update({(pair.korean, pair.latin) for pair in pairs})
        sure.update((pair.korean, pair.latin) for pair in pairs if pair.is_sure)
    by_korean, by_latin = defaultdict[str, int](int), defaultdict[str, int](int)
    for (korean, latin), count in articles.items():
        by_korean[korean] += count
        by_latin[latin] += count
    return {
        (korean, latin): count
        for (korean, latin), count in sorted(articles.items())
        if (korean, latin) in sure or (count >= ARTICLES and 2 * count > max(by_korean[korean], by_latin[latin]))
    }


def _endings(text: str) -> list[str]:
    """The last words of a text, the last alone first: a name's beginning is not marked."""
    words = text.split()
    return [" ".join(words[-count:]) for count in range(1, min(len(words), _MOST_WORDS) + 1)]


def _judged(koreans: list[str], latins: list[str]) -> Iterator[Pair]:
    """The likeliest of the possible pairs, if any: the longest that sounds alike, else the shortest with initials."""
    ways = [(_likeness(*way), sum(map(len, way)), *way) for way in product(koreans, latins)]
    if not ways:
        return
    best, _, korean, latin = max(ways)
    if best >= SOUNDS_ALIKE:
        yield Pair(korean, latin, is_sure=True)
        return
    acronyms = filter(_ACRONYM.fullmatch, latins)
    initials, _, korean, latin = max(
        ((_initials(*way), -len(way[0]), *way) for way in product(koreans, acronyms)), default=(0, 0, "", "")
    )
    if initials >= max(2, (len(latin) + 1) // 2):
        yield Pair(korean, latin, is_sure=True)
        return
    korean, latin = koreans[0], latins[-1]
    if len(korean) > 2 and latin[0].isupper() and commonness(stem_of(korean)) <= RARE:
        yield Pair(korean, latin, is_sure=False)


def _likeness(korean: str, latin: str) -> float:
    return similarity(korean.replace(" ", ""), latin.replace(" ", "")) if _can_be_a_name(korean) else 0.0


def _can_be_a_name(korean: str) -> bool:
    """Whether no word but the last ends in a particle (쿠팡은 네이버 is no name)."""
    return not any(map(_MARKED.fullmatch, korean.split()[:-1]))


def _initials(korean: str, acronym: str) -> int:
    """How many letters of an acronym begin translations of the Korean name's parts, each another's."""
    best = 0
    for parts in _divisions(korean):
        left, found = Counter(acronym.lower()), 0
        for part in parts:
            letter = next((other[0] for other, _ in translations(part) if left[other[0]] > 0), None)
            if letter:
                left[letter] -= 1
                found += 1
        best = max(best, found)
    return best


def _divisions(korean: str) -> Iterator[list[str]]:
    """The ways to divide a Korean name into known parts of two syllables or more, the last of one too."""
    words = korean.split()
    if len(words) > 1:
        yield words
    whole = korean.replace(" ", "")
    for count in range(1, min(4, len(whole) // 2) + 1):
        for cuts in combinations(range(2, len(whole)), count):
            parts = [whole[start:end] for start, end in zip((0, *cuts), (*cuts, len(whole)), strict=True)]
            if all(len(part) > 1 for part in parts[:-1]) and sum(map(_is_part, parts)) >= 2:
                yield parts


def _is_part(part: str) -> bool:
    return is_known(part) and commonness(part) > 0
