"""The signs that passages answer a question: a few numbers, each a thing that can be said in words.

`assistant.silence` weighs them; `training.silence` learns the weights.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Hit
from assistant.retrieve import WordScorer
from assistant.terms import Term
from assistant.translation import commonness, is_compound, is_known
from assistant.verbs import is_verb
from ingest.article import Language
from ingest.library import Library
from ingest.reading import read as readings
from ingest.tokens import is_hangul, search_tokens, stem_of, words

# A word counts as present from here on: an own spelling, a name, or a clear translation (0 to 1).
PRESENT = 0.2
# And from here on by its nearness in meaning alone, where it may be what the question is about.
CLOSE = 0.45
# A translation is trusted a little more when the text has it than the table alone would.
_TRANSLATED = 1.5
_OF_A_COMPOUND = 0.6
# So much of an article tells what it is about.
_HEAD = 4000
# What a verb counts beside the words that name something: it can always be said otherwise.
_VERB_WEIGHT = 0.3
_RAREST = 1e-6
# From this rarity on (one sentence in 8,000) the first noun of a Korean question is worth being named as missing.
_RARE = 0.65
_TIMES = frozenset(
    """
    어제 오늘 내일 그제 모레 지금 요즘 최근 이번 지난 다음 올해 작년 지난해 내년 달 달부터 주 이달 아침 새벽 오전 오후
    저녁 밤 낮 이날 당시 현재 앞으로 아까 그날 yesterday today tomorrow now
    """.split()
)
_PARTICLES = frozenset("은 는 이 가 을 를 의 에 도 로 으로 와 과 에서 에게 한테 까지 부터 라는 이라는".split())
Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Signs:
    """What speaks for and against an answer; all near 0 to 1, the higher the more, unless said otherwise."""

    words_found: float
    """The share of the question's words in the best passage's article, a rare word counting more."""
    weight_found: float
    """How much the words in the best passage tell it from others: tenths of their inverse frequencies' sum."""
    rarest_missing: float
    """How rare the rarest word is that the best passage lacks."""
    names_missing: float
    """How many English names of the question (capital letters) no passage has."""
    names_found: float
    """1 when the best article has an English name of the question."""
    first_word: float
    """Whether any passage has the first thing a Korean question names, where Korean puts its topic."""
    score: float
    """The first passage's score."""
    stands_out: float
    """How far the first passage's score is above the mean of those that follow."""
    likeness: float
    """The cosine between the question and the likest sentence of the best passage."""
    same_language: float
    """1 when the best passage is in the language of the question."""

    def values(self) -> tuple[float, ...]:
        """The numbers in the order of the fields."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class Reading:
    """A question read against its passages."""

    signs: Signs
    missing: str | None
    """Something that the question names and no passage has, as it is written there."""
    misses_subject: bool
    """Whether that is surely what the question is about."""
    is_elsewhere: bool
    """Whether other articles have what is missing in these passages."""
    found: str | None
    """A name of the question that the best article has."""


def read(question: str, language: Language, passages: Sequence[Hit], library: Library) -> Reading | None:
    """Reads a question against the passages found for it, best first; None when either is empty."""
    scorer = WordScorer(library, question)
    asked = _Asked(question, scorer)
    if not passages or not scorer.terms:
        return None
    texts = [f"{hit.article.title or ''}\n{hit.chunk.text}" for hit in passages]
    # A name is there by its spellings only: another name may be as near in meaning as can be.
    meant = np.where(asked.is_name | asked.english_names, 0.0, scorer.meant(readings(texts)))
    told = [asked.present(_tokens(text)) for text in texts]
    in_passages = np.maximum(told, meant)
    best = max(range(len(passages)), key=lambda number: (asked.weights @ in_passages[number], -number))
    hit, in_best = passages[best], in_passages[best]
    in_head = asked.present(_tokens(hit.article.text[:_HEAD]))
    in_article = np.maximum(in_best, in_head)
    anywhere = np.maximum(in_article, np.max(in_passages, axis=0))
    others = [other.score for other in passages[1:]] or [0.0]
    signs = Signs(
        words_found=float(asked.rarities**2 @ in_article / (asked.rarities**2).sum()),
        weight_found=float(asked.weights @ in_best) / 10,
        rarest_missing=float(max(asked.weights * (1 - in_best))) / 10,
        names_missing=float((asked.english_names & (anywhere < PRESENT)).sum()),
        names_found=float((asked.english_names & (in_article >= 0.5)).any()),
        first_word=float(anywhere[asked.first]) if language == "ko" else 0.0,
        score=passages[0].score,
        stands_out=passages[0].score - sum(others) / len(others),
        likeness=_likeness(question, hit, library),
        same_language=float(hit.article.language == language),
    )
    # One rocket is near any other in meaning: what a question is about must be told by a word of its own, or nearly.
    is_there = (np.max([*told, in_head], axis=0) >= PRESENT) | (meant[best] >= CLOSE)
    subject_missing = asked.opens_with_subject and not is_there[asked.first]
    missing = [asked.first] if subject_missing else np.flatnonzero(asked.is_subject_like & ~is_there)
    found = np.flatnonzero(asked.is_name & (in_article >= PRESENT))
    named = asked.first_of(missing)
    elsewhere = named is not None and len(words(named)) == 1 and _is_in(library, scorer.terms[missing[0]].term)
    return Reading(signs, named, bool(subject_missing), elsewhere, asked.first_of(found))


def _is_in(library: Library, term: Term) -> bool:
    """Whether some article of the library has a word, in any of its own spellings."""
    known = library.vocabulary()
    return any(
        way.via != "translation" and len(way.phrase) == 1 and way.phrase[0] in known for way in term.alternatives
    )


class _Asked:
    """The words of a question, with what each counts."""

    def __init__(self, question: str, scorer: WordScorer) -> None:
        self._question = question
        written = words(question)
        self._written = {stem_of(word): word for word in reversed(written)}
        self._terms = [weighed.term for weighed in scorer.terms]
        spelled = [self._written.get(term.alternatives[0].phrase[0], term.text) for term in self._terms]
        verbs = np.array([is_verb(word) for word in spelled], bool)
        verbs &= ~np.array([any(way.via == "name" for way in term.alternatives) for term in self._terms], bool)
        share = np.where(verbs, _VERB_WEIGHT, 1.0)
        self.weights: Shares = np.array([weighed.idf for weighed in scorer.terms]) * share
        self.rarities: Shares = np.array([_rarity(term) for term in self._terms]) * share
        self.english_names = np.array([_has_capital(word) and word != written[0] for word in spelled], bool)
        self.is_name = np.array([term.is_name for term in self._terms], bool)
        self.first = next((n for n, word in enumerate(spelled) if not verbs[n] and _may_be_subject(word)), 0)
        self.is_subject_like = self.english_names.copy()
        opening = spelled[self.first] if spelled else ""
        if _is_noun_like(opening) and self.rarities[self.first] > _RARE:
            self.is_subject_like[self.first] = True
        self.opens_with_subject = bool(spelled) and bool(
            self.is_name[self.first]
            or self.english_names[self.first]
            or (self.is_subject_like[self.first] and _is_known_subject(opening))
        )

    def present(self, counts: Counter[str]) -> Shares:
        """How surely each of the words stands in a text with these tokens."""
        return np.array([_presence(term, counts) for term in self._terms])

    def first_of(self, numbers: Sequence[int] | NDArray[np.int64]) -> str | None:
        """The first of these words as the question writes it, without particles."""
        if not len(numbers):
            return None
        stems = self._terms[numbers[0]].alternatives[0].phrase
        return " ".join(_shown(stem, self._written.get(stem, stem), self._question) for stem in stems)


def _shown(stem: str, word: str, question: str) -> str:
    """A word of the question as a reader would name it: without its particle, or with the rest of an English name."""
    if is_hangul(word):
        return stem if word[len(stem) :] in _PARTICLES else word
    capitals = r"[A-Z][\w&-]*"
    name = re.search(rf"(?<=\s)(?:{capitals} )*{re.escape(word)}(?: {capitals})*", question)
    return (name.group() if name else word).removesuffix("'s").removesuffix("’s")


def _presence(term: Term, counts: Counter[str]) -> float:
    own = translated = 0.0
    for way in term.alternatives:
        count = min(counts[token] for token in way.tokens)
        if way.via == "translation":
            translated += way.weight * count
        else:
            own = max(own, min(1.0, way.weight * count))
    return max(own, _in_parts(term, counts), min(1.0, _TRANSLATED * translated))


def _in_parts(term: Term, counts: Counter[str]) -> float:
    """A Korean compound may be written apart, an English name have another ending (Vantara, Vantaran)."""
    tokens = term.alternatives[0].tokens
    if is_hangul(term.text):
        share = sum(token in counts for token in tokens) / len(tokens)
        return share if len(tokens) > 1 and share >= _OF_A_COMPOUND else 0.0
    if len(tokens) > 1 or len(tokens[0]) < 6 or is_known(tokens[0]):
        return 0.0
    root = tokens[0][: max(5, len(tokens[0]) - 2)]
    return float(any(token.startswith(root) for token in counts))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> Counter[str]:
    return Counter(search_tokens(text))


def _likeness(question: str, hit: Hit, library: Library) -> float:
    sentences = hit.article.sentences[hit.chunk.first : hit.chunk.last]
    vectors = library.embedder.encode_passages([sentence.of(hit.article.text) for sentence in sentences])
    return float(max(vectors @ library.embedder.encode_queries([question])[0]))


def _rarity(term: Term) -> float:
    """How rare a term is in everyday sentences: 0 when all have it, 1 when one in a million does."""
    common = min(commonness(stem) for stem in term.alternatives[0].phrase)
    return -math.log10(max(_RAREST, min(1.0, common))) / 6 + 1e-9


def _may_be_subject(word: str) -> bool:
    """Whether a question may be about a word: not only a time, nor a Korean word that describes the next one."""
    return stem_of(word) not in _TIMES and (_is_noun_like(word) or not is_hangul(word))


def _is_known_subject(word: str) -> bool:
    """Whether a Korean word is a noun in use, bare or with the particle of a subject (비트코인, 물가는)."""
    stem = stem_of(word)
    if is_compound(word):
        return True
    return is_known(stem) and word[len(stem) :] in ("은", "는", "이", "가", "의")


def _is_noun_like(word: str) -> bool:
    """Whether a Korean word may name something: not a verb that describes what follows (추울, 비싸진)."""
    return is_hangul(word) and not (stem_of(word) == word and (ord(word[-1]) - ord("가")) % 28 in (4, 8))


def _has_capital(word: str) -> bool:
    return any(char.isupper() for char in word)
