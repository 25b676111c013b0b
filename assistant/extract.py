"""The answerer without a language model: it quotes the few sentences that answer, as they stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import AnswerSentence, Hit, Intro, SentenceReady
from assistant.citations import cite
from assistant.questions import Kind, kind_of, shows
from assistant.retrieve import WordScorer, expected_count
from assistant.settings import Settings
from ingest.article import Article, Language
from ingest.library import Library
from ingest.tokens import search_tokens

# How much each sign counts that a sentence answers, beside the share of the question's words it holds (0 to 1).
# Chosen on the development sets (docs/answers.md says how).
LIKENESS = 0.4
PASSAGE = 0.35
KIND = 0.15
CONTEXT = 0.5
SAME_LANGUAGE = 0.1
HEADING = -0.3
# A further sentence is quoted when it is nearly as good as the best one.
NEARLY = 0.85

_INTRO: dict[Language, str] = {
    "ko": "영어 기사의 문장을 원문 그대로 인용합니다.",
    "en": "Quoted as they stand from articles in Korean:",
}
_ASIDE = re.compile(r"\([^()]*\)|‘[^’]*’|'[^']*'|“[^”]*”|\"[^\"]*\"")
_KOREAN_TOPIC = re.compile(r"^(?:\S+\s+){0,2}?(?:이[날번]\s+)?[가-힣A-Za-z·]+(?:은|는|이|가|도)\s")
_ENGLISH_CARRIES_ON = re.compile(
    r"(?:It|They|He|She|This|That|These|Those|The (?:company|firm|group|ministry|plan|program\w*|money|fund|service)"
    r"|In addition|Also|Under|Its|Their|His|Her|Separately|Besides|Moreover)\b"
)


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be quoted: where it is, and how well it answers."""

    passage: int
    sentence: int  # its number in the article
    article: Article
    score: float
    is_heading: bool

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.sentences[self.sentence].of(self.article.text)


class Extractor:
    """Quotes at most `answer_sentences` sentences and `answer_characters` characters of the passages."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings

    def stream(self, question: str, language: Language, passages: Sequence[Hit]) -> Iterator[Intro | SentenceReady]:
        """The quotes that answer, each citing itself; a line in the question's language before foreign ones."""
        quotes = self.choose(question, language, passages)
        if any(quote.article.language != language for quote in quotes):
            yield Intro(_INTRO[language])
        for quote in quotes:
            first = passages[quote.passage].chunk.first
            citation = cite(passages, quote.passage + 1, quote.sentence - first + 1)
            assert citation is not None, "a candidate is a sentence of its passage"
            yield SentenceReady(AnswerSentence(quote.text, (citation,), "supported"))

    def choose(self, question: str, language: Language, passages: Sequence[Hit]) -> list[Candidate]:
        """The sentences to quote, in reading order."""
        kind = kind_of(question)
        ranked = sorted(
            self._candidates(question, kind, language, passages), key=lambda c: (-c.score, c.passage, c.sentence)
        )
        if not ranked:
            return []
        chosen = [ranked[0]]
        by_place = {(c.article.id, c.sentence): c for c in ranked}
        for candidate in [*_continuing(ranked[0], by_place, kind), *ranked[1:]]:
            if len(chosen) == self._settings.answer_sentences:
                break
            if candidate not in chosen and self._adds(candidate, chosen, kind):
                chosen.append(candidate)
        leading = chosen[0].article.id
        return sorted(chosen, key=lambda c: (c.article.id != leading, c.article.id, c.sentence))

    def _adds(self, candidate: Candidate, chosen: Sequence[Candidate], kind: Kind) -> bool:
        best = chosen[0]
        length = sum(len(c.text) for c in chosen) + len(candidate.text)
        if length > self._settings.answer_characters or candidate.is_heading:
            return False
        carries_on = candidate.article is best.article and candidate.sentence > best.sentence
        if kind == "statement" and carries_on and not _names_a_topic(candidate):
            return True
        return candidate.score >= NEARLY * best.score and not any(_same(candidate.text, c.text) for c in chosen)

    def _candidates(
        self, question: str, kind: Kind, language: Language, passages: Sequence[Hit]
    ) -> Iterator[Candidate]:
        scorer = WordScorer(self._library, question)
        sentences = [
            (passage, number, hit.article)
            for passage, hit in enumerate(passages)
            for number in range(hit.chunk.first, hit.chunk.last)
        ]
        texts = [article.sentences[number].of(article.text) for _, number, article in sentences]
        vector = self._library.embedder.encode_queries([question])[0]
        likeness = self._library.embedder.encode_passages(texts) @ vector
        context: tuple[str, Counter[str]] = ("", Counter())
        for (passage, number, article), text, cosine in zip(sentences, texts, likeness, strict=True):
            if context[0] != article.id or number == 0:
                context = (article.id, Counter(search_tokens(article.title or "")))
            counts = Counter(search_tokens(text))
            score = self._coverage(scorer, counts, context[1])
            is_heading = _is_heading(article, number)
            score += LIKENESS * float(cosine) + PASSAGE * passages[passage].score
            score += KIND * shows(kind, text) + SAME_LANGUAGE * (article.language == language) + HEADING * is_heading
            yield Candidate(passage, number, article, score, is_heading)
            context = (article.id, counts)

    def _coverage(self, scorer: WordScorer, counts: Counter[str], context: Counter[str]) -> float:
        """The share of the question's words in the sentence; what only the one before it has counts by half."""
        found = total = 0.0
        for weighed in scorer.terms:
            here = min(1.0, expected_count(weighed.term, counts))
            before = min(1.0, expected_count(weighed.term, context))
            found += weighed.idf * max(here, CONTEXT * before)
            total += weighed.idf
        return found / total if total else 0.0


def _continuing(best: Candidate, by_place: dict[tuple[str, int], Candidate], kind: Kind) -> list[Candidate]:
    """The sentences after the best one, in its paragraph, that go on about the same subject."""
    following: list[Candidate] = []
    number = best.sentence
    while kind == "statement" and (after := by_place.get((best.article.id, number + 1))):
        between = best.article.text[best.article.sentences[number].end : best.article.sentences[number + 1].start]
        if "\n" in between or _names_a_topic(after):
            break
        following.append(after)
        number += 1
    return following


def _names_a_topic(candidate: Candidate) -> bool:
    """Whether a sentence begins with a subject of its own."""
    text = _ASIDE.sub(" ", candidate.text)
    if candidate.article.language == "ko":
        return bool(_KOREAN_TOPIC.match(text))
    return not _ENGLISH_CARRIES_ON.match(text)


def _is_heading(article: Article, number: int) -> bool:
    """Whether a sentence is a title or a heading: a line of its own without a full stop."""
    span = article.sentences[number]
    text = span.of(article.text)
    return text == article.title or (
        text[-1] not in ".!?…。\"'”’)]" and article.text[span.end : span.end + 1] in ("\n", "")
    )


def _same(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = set(search_tokens(one)), set(search_tokens(other))
    return len(a & b) > 0.7 * min(len(a), len(b))
