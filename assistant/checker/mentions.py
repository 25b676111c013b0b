"""Names of people, places and organisations in a claim, and whether the cited text has them in either script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.checker.alignment import EVERYDAY, SOUNDS_ALIKE, Word, is_abbreviation, same_word, stem_of
from assistant.checker.gazetteer import (
    AMBIGUOUS_PLACES,
    COMPANY_ENDINGS,
    COMPANY_WORDS,
    CONTINENTS,
    EVERYDAY_LOANS,
    HOME,
    PARTICLE,
    PLACES,
    ROLES,
    SPOKEN_OF_AS,
    SURNAMES,
    TITLES,
    UNSAID_PLACES,
)
from assistant.checker.name_words import (
    PAST_TENSE,
    holds_place,
    is_common,
    is_english_loan,
    is_loan,
    is_person,
    is_unknown,
    place_in,
)
from assistant.names import shipped_names
from assistant.romanise import similarity
from assistant.translation import commonness, is_known, translations
from ingest.tokens import is_hangul

_CAPITALISED = re.compile(
    r"(?<![A-Za-zÀ-ɏ\d'’])(?P<name>[A-ZÀ-Þ][A-Za-z\dÀ-ɏ]*(?:[-'’.&]?[A-Za-zÀ-ɏ]+)*(?:\s(?:of|de|da|van|von|der|la|"
    r"le|bin|al|&)(?=\s[A-ZÀ-Þ])|\s[A-ZÀ-Þ][A-Za-z\dÀ-ɏ]*(?:[-'’.&]?[A-Za-zÀ-ɏ]+)*)*)"
)
_GIVEN_NAME = re.compile(r"[A-Z][a-z]{1,6}-[A-Za-z][a-z]{0,6}")
# The share of sentences under which a word is rare, and may be a name for all the table knows.
_RARE = 3e-5
# A verb that another follows: 올라, 잡혀, 밀려.
_CARRIED_ON = re.compile(r"(?:[려혀져쳐겨켜돼]|[올몰갈불눌흘]라)$")
_PERSON = re.compile(rf"(?<![가-힣\d])(?P<name>[{SURNAMES}][가-힣]{{1,2}})\s(?=(?:{ROLES})(?![가-힣]{{3}}))")
_HANGUL = re.compile("[가-힣]")
_PERHAPS_ALIKE = 0.58
_OFTEN = 0.3  # the weight of a usual translation
# Dubai-based, Oscar-winning: the name ends before the hyphen.
_COMPOUND = re.compile(r"-(?:[a-z]+(?:ed|ing)|based|bound|style|born|led|made|run|wide|parent|era)$")
_NOMINAL = re.compile(rf"(?<![가-힣A-Za-z\d])(?P<word>[가-힣]{{2,8}}?)(?P<particle>{PARTICLE})?(?![가-힣])")


@dataclass(frozen=True)
class Mention:
    """A name in a text, at `text[start:end]`, as its words.

    A name that is not `certain` may also be an ordinary word: one that `begins` an English sentence, or a loan word.
    """

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    certain: bool = True
    begins: bool = False


def names_not_in(claim: str, cited: str, claim_words: Sequence[Word], cited_words: Sequence[Word]) -> list[Mention]:
    """The names of `claim` that `cited` has in no spelling.

    A word that only may be a name counts when `cited` has a name in its place, one that `claim` leaves out.
    """
    absent = [mention for mention in _absent(claim, cited, cited_words) if mention.certain or _may_be_name(mention)]
    if all(mention.certain for mention in absent):
        return absent
    left_out = [mention for mention in _absent(cited, claim, claim_words) if mention.certain or _is_likely(mention)]
    return [
        mention
        for mention in absent
        if mention.certain or (left_out and not any(_may_be_one(mention, other) for other in left_out))
    ]


def _may_be_one(name: Mention, other: Mention) -> bool:
    """Whether two names in two scripts sound so much alike that they may be one after all."""
    if is_hangul(name.text) == is_hangul(other.text):
        return False
    hangul, latin = (name, other) if is_hangul(name.text) else (other, name)
    return any(similarity(hangul.text, word) >= _PERHAPS_ALIKE for word in (latin.text, *latin.words))


def _may_be_name(mention: Mention) -> bool:
    """Whether an uncertain name is neither a loan that all texts have (서비스) nor a plural that begins a sentence."""
    if is_hangul(mention.text):
        return mention.text not in EVERYDAY_LOANS and stem_of(mention.text) not in EVERYDAY_LOANS
    return _is_likely(mention) or len(mention.words) > 1 or not mention.text.endswith("s")


def names_of(text: str) -> list[Mention]:
    """The names of a text, those that may be ordinary words left out."""
    found = [*_english_names(text, crossing=False), *_korean_names(text)]
    return [mention for mention in found if mention.certain]


def _is_likely(mention: Mention) -> bool:
    """Whether what may be a name is no everyday word, or a loan with a capital within a sentence: Meta, Google."""
    if is_hangul(mention.text):
        return commonness(stem_of(mention.text)) < EVERYDAY
    return not all(map(_is_ordinary, mention.words)) or _is_capital_loan(mention)


def _is_capital_loan(mention: Mention) -> bool:
    return len(mention.words) == 1 and not mention.begins and is_english_loan(mention.words[0])


def _absent(text: str, other: str, other_words: Sequence[Word]) -> list[Mention]:
    """The names of one text that another does not have."""
    crossing = bool(_HANGUL.search(text)) != bool(_HANGUL.search(other))
    found = []
    for mention in _english_names(text, crossing):
        if crossing and not mention.certain and len(mention.words) == 1 and not _is_likely(mention):
            continue  # a word that begins the sentence
        if not _english_name_in(mention, other, other_words):
            found.append(mention)
    for mention in _korean_names(text):
        if not _korean_name_in(mention, other, other_words):
            is_unsaid = crossing and (
                mention.text in UNSAID_PLACES or _is_told_closer(mention, text, other, other_words)
            )
            found.append(replace(mention, certain=mention.certain and not is_unsaid))
    return found


def _is_told_closer(place: Mention, text: str, other: str, other_words: Sequence[Word]) -> bool:
    """Whether another text has the place within this one that follows it: 경북 포항, where it says Pohang."""
    following = _NOMINAL.match(text, place.end + 1) if text[place.end : place.end + 1] == " " else None
    if following is None or not (is_loan(following["word"]) or place_in(following["word"])):
        return False
    return _korean_name_in(replace(place, words=(following["word"],)), other, other_words)


def _english_names(text: str, crossing: bool) -> Iterator[Mention]:
    """Capitalised words in a row.

    Uncertain are: one word that begins a sentence, and, before a text in the other script, a short acronym or
    ordinary words, which are translated by their sense (Customs Enforcement).
    """
    for start, name in _capitalised(text):
        words = [_COMPOUND.sub("", w.strip(".'’")) for w in name.split()]
        names = [w for w in words if w.lower() not in TITLES and w[:1].isupper()]
        if not names or (crossing and set(names) <= {"Korean", "Koreans"}):
            continue
        bare = words[words.index(names[0]) :]
        before = text[:start].rstrip()
        begins = (not before or before[-1] in ".!?:\"“'‘") and len(names) == 1 and names[0] == words[0]
        by_sense = crossing and (all(map(_is_ordinary, names)) or (names[0].isupper() and len(names[0]) < 5))
        # "Statistics Korea" is 통계청: the country goes without saying at home.
        at_home = (len(words) > 1 and set(names) & {"Korea", "Korean"} and words[0] not in ("South", "North")) or (
            set(names) <= HOME
        )
        by_sense = by_sense or names[0] in CONTINENTS or (crossing and bool(at_home))
        is_person = len(names) > 1 and bool(_GIVEN_NAME.fullmatch(names[-1]))
        is_known_name = not crossing or is_person or _is_known_name(bare)
        certain = is_person or (is_known_name and not (begins or by_sense))
        yield Mention(start, start + len(name), " ".join(bare), tuple(names), certain, begins)


def _is_known_name(words: Sequence[str]) -> bool:
    """Whether the tables have the Korean for a name: that a Korean text lacks it is then no matter of spelling."""
    text = " ".join(words)
    if any(pattern.fullmatch(text) for pattern in SPOKEN_OF_AS.values()):
        return True
    return bool(shipped_names().others([stem_of(word) for word in words])) or (len(words) == 1 and _is_place(words[0]))


def _capitalised(text: str) -> Iterator[tuple[int, str]]:
    """Runs of capitalised words; a possessive ends one (Kiwoom's An Woo-jin is two)."""
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        for piece in re.split(r"['’]s?(?:\s|$)", match[0]):
            at = text.find(piece, start)
            start = at + len(piece)
            if piece:
                yield at, piece


@lru_cache(maxsize=1 << 12)
def _is_ordinary(word: str) -> bool:
    """Whether a word has a sense to translate: one of everyday sentences, or known by other than its sound."""
    if shipped_names().others((stem_of(word),)) or _is_place(word):
        return False
    parts = [stem_of(part) for part in word.split("-")]
    return all(
        commonness(part) >= EVERYDAY or (commonness(part) >= _RARE and not is_english_loan(part)) for part in parts
    )


@lru_cache(maxsize=1 << 12)
def _is_place(word: str) -> bool:
    """Whether one of the table's first translations of an English word is a place: Japan, Romania."""
    first = [korean for korean, weight in translations(stem_of(word))[:2] if weight >= _OFTEN]
    return word[:1].isupper() and any(korean in PLACES for korean in first)


def _english_name_in(mention: Mention, cited: str, cited_words: Sequence[Word]) -> bool:
    """Every word of the name is there, or those that make it a name (Garam of Garam Pharma)."""
    lower = cited.lower()
    korean = next((name for name, pattern in SPOKEN_OF_AS.items() if pattern.fullmatch(mention.text)), None)
    if korean and (korean in cited or SPOKEN_OF_AS[korean].search(cited)):
        return True
    if mention.text.isupper() and _is_acronym(mention.text, cited_words):
        return True
    has_korean = any(word.is_hangul for word in cited_words)
    if mention.text.lower() in lower or (has_korean and _whole_name_in(mention, cited_words)):
        return True
    if has_korean and len(mention.words) >= 2 and _GIVEN_NAME.fullmatch(mention.words[-1]):
        # A Korean person's name stands in Korean text as a whole, or not at all; "Architect" before it says nothing.
        return _whole_name_in(replace(mention, words=mention.words[-2:]), cited_words)
    there = [_english_word_in(word, lower, cited_words) for word in mention.words]
    if all(there):
        return True
    if not any(there):
        return False
    if has_korean and all(
        found or word.lower() in COMPANY_WORDS or "&" in word or _is_ordinary(word)
        for word, found in zip(mention.words, there, strict=True)
    ):
        return True
    is_family_name = there[-1] and not _is_ordinary(mention.words[-1]) and len(mention.words) < 4
    return is_family_name and not _another_first_name(mention, cited, cited_words)


def _english_word_in(word: str, cited: str, cited_words: Sequence[Word]) -> bool:
    stem = stem_of(word)
    if re.search(rf"\b{re.escape(word.lower())}", cited):
        return True
    for other in cited_words:
        if other.is_hangul:
            if same_word(other.stem, stem) or _begins_with(other.text, word):
                return True
        elif other.stem == stem:
            return True
    return False


def _is_acronym(letters: str, words: Sequence[Word]) -> bool:
    """AI for "artificial intelligence"."""
    initials = "".join(word.text[0].upper() for word in words if not word.is_hangul)
    return letters.replace(".", "") in initials


def _begins_with(hangul: str, latin: str) -> bool:
    """Whether a Korean word begins with the name and goes on: 가람제약 with Garam."""
    if len(latin) < 3:
        return False
    return any(similarity(hangul[:size], latin) >= SOUNDS_ALIKE + 0.08 for size in range(2, min(len(hangul), 7) + 1))


def _whole_name_in(mention: Mention, cited_words: Sequence[Word]) -> bool:
    """Han Ji-woo stands in Korean as one word, 한지우; the words of others may stand apart."""
    joined = " ".join(mention.words)
    for word, following in zip(cited_words, [*cited_words[1:], None], strict=False):
        if not word.is_hangul:
            continue
        if _begins_with(word.text, joined):
            return True
        if following and similarity(word.stem + following.stem, joined) >= SOUNDS_ALIKE:
            return True
    return False


def _another_first_name(mention: Mention, cited: str, cited_words: Sequence[Word]) -> bool:
    """Whether the cited text puts another name before the last word of this one."""
    last = stem_of(mention.words[-1])
    for before, word in pairwise(cited_words):
        if same_word(last, word.stem) and cited[before.end : word.start] == " ":
            if before.text[:1].isupper() and before.text.lower() not in TITLES:
                return True
            if before.is_hangul and commonness(before.stem) < EVERYDAY:
                return True
    return False


def _korean_names(text: str) -> Iterator[Mention]:
    seen: set[int] = set()
    for match in _PERSON.finditer(text):
        name = match["name"]
        is_inflected = name[-1] in "은는이가을를의에한던된할" and (is_known(name[:-1]) or is_known(name[:-1] + "다"))
        if (
            commonness(name) < _RARE
            and not is_inflected
            and (len(name) > 2 or not is_known(name))
            and not is_common(name)
        ):
            seen.add(match.start())
            yield Mention(match.start(), match.end(), name, (name,))
    for match in _NOMINAL.finditer(text):
        word = match["word"]
        if match.start() in seen:
            continue
        mention = Mention(match.start(), match.end("word"), word, (word,))
        place = place_in(word)
        if place or shipped_names().others((word,)):
            yield replace(mention, text=place or word, words=(place or word,), certain=word not in AMBIGUOUS_PLACES)
        elif not (PAST_TENSE.search(word) or (not match["particle"] and _CARRIED_ON.search(word))) and (
            any(word.endswith(kind) and len(word) > len(kind) + 1 for kind in COMPANY_ENDINGS)
            or holds_place(word)
            or (len(word) > 2 and _stands_as_noun(text, match) and is_unknown(word, match["particle"]))
            or is_loan(word)
            or is_person(word)
        ):
            yield replace(mention, certain=False)


def _stands_as_noun(text: str, match: re.Match[str]) -> bool:
    """Whether a Korean word has a particle or stands before a comma, a quotation mark or a bracket."""
    return bool(match["particle"]) or text[match.end() : match.end() + 1] in set(",·’'\"”().")


def _korean_name_in(mention: Mention, cited: str, cited_words: Sequence[Word]) -> bool:
    word = mention.words[0]
    bare = word[:-1] if len(word) > 2 and word[-1] in "시군구도" and word[:-1] in PLACES else word
    if bare in cited:
        return True
    for other in cited_words:
        if other.is_hangul:
            if len(bare) > 1 and other.text[0] == bare[0] and is_abbreviation(bare, other.stem):
                return True
        elif same_word(bare, other.stem) or (other.text[:1].isupper() and similarity(bare, other.text) >= SOUNDS_ALIKE):
            return True
    capitalised = [w for w in cited_words if not w.is_hangul and w.text[:1].isupper()]
    for one, two in pairwise(capitalised):
        if similarity(bare, f"{one.text} {two.text}") >= SOUNDS_ALIKE + 0.08:
            return True
    return SPOKEN_OF_AS.get(bare) is not None and bool(SPOKEN_OF_AS[bare].search(cited))
