"""The sentences that an answer may quote, each with the signs that it answers."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.answer import Hit
from assistant.likeness import WordLikeness
from assistant.questions import form_asked, has_new_numeral, kind_of, shows
from assistant.retrieve import WordScorer
from assistant.standing import is_prose, starts_paragraph, told_only_here
from assistant.topics import is_of_several, topic_of
from ingest.article import Article, Language
from ingest.library import Library
from ingest.reading import read
from ingest.tokens import search_tokens

WEIGHTS = Path(__file__).parent / "data" / "extract.json"


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be quoted: where it is, and how well it answers."""

    passage: int
    sentence: int  # its number in the article
    article: Article
    signs: dict[str, float]
    on_subject: bool
    """Whether it is about the one the question names, and about nobody else."""
    among_others: bool
    """Whether it names the one that the question names only among others."""
    is_prose: bool

    @cached_property
    def score(self) -> float:
        """How well the sentence answers: its signs, each by its weight."""
        weights = shipped_weights()
        return sum(weights[name] * value for name, value in self.signs.items())

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.sentences[self.sentence].of(self.article.text)


@dataclass(frozen=True)
class _Before:
    """What a sentence goes on from: the sentence that named the topic, and whether that was the question's subject."""

    counts: Counter[str]
    on_subject: bool
    among_others: bool = False


_NOTHING_BEFORE = _Before(Counter(), on_subject=False)


@lru_cache(maxsize=1)
def shipped_weights() -> dict[str, float]:
    """How much each sign counts that a sentence answers, fitted by `python -m training.extract`."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def candidates(library: Library, question: str, language: Language, passages: Sequence[Hit]) -> Iterator[Candidate]:
    """Every sentence of the passages, with the signs that it answers the question."""
    if not passages:
        return
    kind, amount = kind_of(question), form_asked(question)
    scorer = WordScorer(library, question)
    places = [(passage, n, hit) for passage, hit in enumerate(passages) for n in range(hit.chunk.first, hit.chunk.last)]
    texts = [_sentence(hit.article, n) for _, n, hit in places]
    counted = [Counter(search_tokens(text)) for text in texts]
    told_here = told_only_here(scorer, [(hit.article.id, n) for _, n, hit in places], counted)
    meanings = list(_meanings(library, question, scorer, [(hit.article, n) for _, n, hit in places], texts))
    asks_subject = any(weighed.term.is_name for weighed in scorer.terms)
    best = max(passages[0].score, 1e-6)
    of_article = {hit.article.id: hit.score / best for hit in reversed(passages)}
    before = _NOTHING_BEFORE
    for place, ((passage, number, hit), text, meaning) in enumerate(zip(places, texts, meanings, strict=True)):
        article = hit.article
        if number == hit.chunk.first or starts_paragraph(article, number):
            before = _NOTHING_BEFORE
        counts = counted[place]
        topic = topic_of(text, article.language)
        if topic is not None:
            named = scorer.names_subject(Counter(search_tokens(topic)))
            several = named and is_of_several(topic)
            before = _Before(counts, named and not several, several)
        title = Counter(search_tokens(article.title or ""))
        in_prose = is_prose(article, number)
        is_reason = kind == "reason" and shows(kind, text)
        own = scorer.share(counts)
        with_topic = scorer.share(counts | before.counts)
        signs = {
            "words": own,
            "topic_words": with_topic - own,
            "title_words": scorer.share(counts | before.counts | title) - with_topic,
            **meaning,
            "told_here": told_here[place],
            "passage": hit.score / best,
            "rank": 1 / (1 + passage),
            "article": of_article[article.id],
            "kind": float(shows(kind, text)),
            "amount": float(amount is not None and bool(amount.search(text))),
            "no_amount": float(amount is not None and not amount.search(text)),
            "new_numeral": float(kind in ("number", "date") and has_new_numeral(question, text)),
            "same_language": float(article.language == language),
            "not_prose": float(not in_prose),
            "on_subject": float(asks_subject and before.on_subject),
            "reason": float(is_reason),
            "reason_beside": is_reason * _likeness_beside(place, places, meanings),
            "off_subject": float(asks_subject and topic is not None and not before.on_subject),
        }
        for name in ("title_words", "likeness_with_context", "cosine", "passage"):
            signs[f"{name}_foreign"] = signs[name] * (article.language != language)
        yield Candidate(passage, number, article, signs, before.on_subject, before.among_others, in_prose)


def _meanings(
    library: Library,
    question: str,
    scorer: WordScorer,
    places: Sequence[tuple[Article, int]],
    texts: Sequence[str],
) -> Iterator[dict[str, float]]:
    """How near each sentence comes to the question in meaning: alone, and with the sentence before and the title."""
    with_before = [_with_before(article, number) for article, number in places]
    titled = [f"{article.title or ''} {text}" for (article, _), text in zip(places, with_before, strict=True)]
    vector = library.embedder.encode_queries([question])[0]
    beside_names = [weighed for weighed in scorer.terms if not weighed.term.is_name]
    other_words = WordLikeness([w.term.written for w in beside_names], [w.idf for w in beside_names])
    alone = read(texts)
    columns = {
        "likeness": scorer.likeness(alone),
        "likeness_beside_names": other_words.scores_among(alone) if beside_names else [0.0] * len(texts),
        "likeness_with_context": scorer.likeness_among(read(titled)),
        "cosine": (library.embedder.encode_passages(texts) @ vector).tolist(),
        "cosine_with_context": (library.embedder.encode_passages(with_before) @ vector).tolist(),
    }
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))


def _likeness_beside(place: int, places: Sequence[tuple[int, int, Hit]], meanings: Sequence[dict[str, float]]) -> float:
    """The greatest likeness of the two sentences before and after: what a reason is given for stands beside it."""
    beside = range(max(0, place - 2), min(len(places), place + 3))
    near = (n for n in beside if n != place and places[n][0] == places[place][0])
    return max((meanings[n]["likeness"] for n in near), default=0.0)


def _sentence(article: Article, number: int) -> str:
    return article.sentences[number].of(article.text)


def _with_before(article: Article, number: int) -> str:
    before = "" if starts_paragraph(article, number) else _sentence(article, number - 1)
    return f"{before} {_sentence(article, number)}"
