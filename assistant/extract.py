"""The answerer without a language model: it quotes the few sentences that answer, as they stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import AnswerSentence, Hit, Intro, SentenceReady
from assistant.citations import cite
from assistant.questions import Kind, kind_of, shows
from assistant.retrieve import WordScorer
from assistant.settings import Settings
from assistant.topics import topic_of
from ingest.article import Article, Language
from ingest.library import Library
from ingest.tokens import search_tokens

# How much each sign counts that a sentence answers. Fitted on development sets by `python -m training.extract`.
WEIGHTS = {
    "words": 3.7,
    "topic_words": 2.7,
    "title_words": 5.2,
    "names": -0.8,
    "pairs": 0.3,
    "cosine": 4.1,
    "likeness": 2.9,
    "passage": 5.6,
    "kind": 0.9,
    "same_language": -2.9,
    "not_prose": -1.3,
    "on_subject": 0.6,
    "off_subject": -0.2,
}
# A further sentence is quoted when its odds are nearly as good as the best one's (a difference in log odds); one that
# goes on about the subject of a question on what somebody says or does, when not much worse.
NEARLY = 0.15
SAME_SUBJECT = 4.0

_INTRO: dict[Language, str] = {
    "ko": "영어 기사의 문장을 원문 그대로 인용합니다.",
    "en": "Quoted as they stand from articles in Korean:",
}
_LABEL_MARKS = ("※", "*", "ⓒ", "©")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be quoted: where it is, and how well it answers."""

    passage: int
    sentence: int  # its number in the article
    article: Article
    signs: dict[str, float]
    on_subject: bool
    """Whether it is about the one the question names."""
    is_prose: bool

    @cached_property
    def score(self) -> float:
        """How well the sentence answers: its signs, each by its weight."""
        return sum(WEIGHTS[name] * value for name, value in self.signs.items())

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.sentences[self.sentence].of(self.article.text)


@dataclass(frozen=True)
class _Before:
    """What a sentence goes on from: the sentence that named the topic, and whether that was the question's subject."""

    counts: Counter[str]
    on_subject: bool


_NOTHING_BEFORE = _Before(Counter(), on_subject=False)


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
        """The sentences to quote: the best one's article first, each article's in reading order."""
        kind = kind_of(question)
        candidates = self.candidates(question, kind, language, passages)
        ranked = sorted(candidates, key=lambda c: (-c.score, c.passage, c.sentence))
        if not ranked:
            return []
        best = ranked[0]
        chosen = [best]
        for candidate in [*_about_the_same(best, ranked, kind), *ranked[1:]]:
            if len(chosen) == self._settings.answer_sentences:
                break
            if candidate not in chosen and self._adds(candidate, chosen):
                chosen.append(candidate)
        return sorted(chosen, key=lambda c: (c.article.id != best.article.id, c.article.id, c.sentence))

    def _adds(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether there is room for the sentence, and it says something that those chosen do not."""
        best = chosen[0]
        room = self._settings.answer_characters - sum(len(c.text) for c in chosen)
        near = candidate.article is best.article and candidate.on_subject and best.on_subject
        if len(candidate.text) > room or not candidate.is_prose:
            return False
        if candidate.score < best.score - (SAME_SUBJECT if near else NEARLY):
            return False
        return not any(_same(candidate.text, c.text) for c in chosen)

    def candidates(self, question: str, kind: Kind, language: Language, passages: Sequence[Hit]) -> Iterator[Candidate]:
        """Every sentence of the passages, with the signs that it answers the question."""
        scorer = WordScorer(self._library, question)
        sentences = [
            (passage, number, hit.article)
            for passage, hit in enumerate(passages)
            for number in range(hit.chunk.first, hit.chunk.last)
        ]
        texts = [article.sentences[number].of(article.text) for _, number, article in sentences]
        vector = self._library.embedder.encode_queries([question])[0]
        cosines = self._library.embedder.encode_passages(texts) @ vector
        likenesses = scorer.likeness(texts)
        asks_subject = any(weighed.term.is_name for weighed in scorer.terms)
        before = _NOTHING_BEFORE
        for (passage, number, article), text, cosine, likeness in zip(
            sentences, texts, cosines, likenesses, strict=True
        ):
            hit = passages[passage]
            if number == hit.chunk.first or _starts_paragraph(article, number):
                before = _NOTHING_BEFORE
            counts = Counter(search_tokens(text))
            topic = topic_of(text, article.language)
            if topic is not None:
                before = _Before(counts, scorer.names_subject(Counter(search_tokens(topic))))
            title = Counter(search_tokens(article.title or ""))
            is_prose = _is_prose(article, number)
            own = scorer.share(counts)
            with_topic = scorer.share(counts | before.counts)
            signs = {
                "words": own,
                "topic_words": with_topic - own,
                "title_words": scorer.share(counts | before.counts | title) - with_topic,
                "names": scorer.share_of_names(counts | before.counts),
                "pairs": scorer.share_of_bigrams(counts),
                "cosine": float(cosine),
                "likeness": likeness,
                "passage": hit.score / passages[0].score if passages[0].score > 0 else 0.0,
                "kind": float(shows(kind, text)),
                "same_language": float(article.language == language),
                "not_prose": float(not is_prose),
                "on_subject": float(asks_subject and before.on_subject),
                "off_subject": float(asks_subject and topic is not None and not before.on_subject),
            }
            yield Candidate(passage, number, article, signs, before.on_subject, is_prose)


def _about_the_same(best: Candidate, ranked: Sequence[Candidate], kind: Kind) -> list[Candidate]:
    """For a question on what somebody said or does: all in the article that is about them, from the best one on."""
    if kind != "statement" or not best.on_subject:
        return []
    near = [c for c in ranked if c.article is best.article and c.on_subject]
    return sorted(near, key=lambda c: (c.sentence < best.sentence, abs(c.sentence - best.sentence)))


def _starts_paragraph(article: Article, number: int) -> bool:
    return number == 0 or "\n" in article.text[article.sentences[number - 1].end : article.sentences[number].start]


def _is_prose(article: Article, number: int) -> bool:
    """Whether a sentence is part of the story: not its title, a heading, or a label."""
    span = article.sentences[number]
    text = span.of(article.text)
    if text == article.title or text.startswith(_LABEL_MARKS):
        return False
    if article.sample and "\n" not in article.text[span.start :]:
        return False  # the last line of a sample says what in it is invented
    return text[-1] in ".!?…。\"'”’)]" or article.text[span.end : span.end + 1] not in ("\n", "")


def _same(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = set(search_tokens(one)), set(search_tokens(other))
    return len(a & b) > 0.7 * min(len(a), len(b))
