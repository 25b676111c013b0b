"""One question and what one system did with it: what the metrics look at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Answer, Citation, Hit
from eval import texts
from eval.questions import Question
from ingest.article import Article

Sentences = frozenset[tuple[str, int]]
"""Sentences of articles: article id and sentence number."""

RANKING: Mapping[str, str] = {
    **{f"hit@{k}": f"Success@{k}" for k in (1, 3, 5, 10)},
    "MRR@10": "RR@10",
    "nDCG@10": "nDCG@10",
}
"""Our name of each article-level measure, and the ir_measures expression that it is."""


@dataclass(frozen=True)
class Case:
    """One question and what one system did with it. `answers` tells whether the system answers or only searches."""

    question: Question
    articles: Callable[[str], Article | None]
    answers: bool
    hits: Sequence[Hit] = ()
    answer: Answer | None = None

    @cached_property
    def evidence(self) -> list[tuple[str, Sentences]]:
        """The gold quotes, each with the sentences that it touches."""
        found = []
        for item in self.question.evidence:
            article = self.articles(item.article)
            if article and item.quote and (start := article.text.find(item.quote)) >= 0:
                found.append((item.quote, touched(article, start, start + len(item.quote))))
        return found

    @cached_property
    def facts(self) -> list[list[Sentences]]:
        """What has to be found, each fact with the quotes that will do: those with the same answer or nugget.

        An answer that stands in a Korean and an English article, or in copies of one report, is one fact; a quote
        without an answer or nugget is context. Where no quote has any, each quote is a fact.
        """
        answers = self.question.answers
        wanted = [answers] if answers else [nugget.wordings for nugget in self.question.nuggets]
        facts = [[place for quote, place in self.evidence if texts.states_any(quote, words)] for words in wanted]
        return [fact for fact in facts if fact] or [[place] for _, place in self.evidence]

    @cached_property
    def ranking(self) -> dict[str, float]:
        """The article-level ranking scores, by our names of the measures."""
        return ranking_scores(self.question, self.hits)

    @cached_property
    def citations(self) -> list[Citation]:
        """All citations of the answer, in order."""
        sentences = self.answer.sentences if self.answer else ()
        return [citation for sentence in sentences for citation in sentence.citations]

    @cached_property
    def quotes(self) -> str:
        """What the answer quotes, each address once."""
        return "\n".join({(c.article, c.start, c.end): c.quote for c in self.citations}.values())

    @cached_property
    def text(self) -> str:
        """What the answer says, without its uncited opening line."""
        return " ".join(sentence.text for sentence in self.answer.sentences) if self.answer else ""

    @cached_property
    def cited_sentences(self) -> list[Sentences]:
        """The article sentences under each different address that the answer cites."""
        cited = {(c.article, c.start, c.end): self.articles(c.article) for c in self.citations}
        return [touched(article, start, end) for (_, start, end), article in cited.items() if article]

    @property
    def abstained(self) -> bool:
        """Whether the system said that it does not know; failing is not abstaining."""
        return self.answer is not None and self.answer.abstained


def touched(article: Article, start: int, end: int) -> Sentences:
    """The sentences of an article that a range of its characters touches."""
    return frozenset((article.id, n) for n, s in enumerate(article.sentences) if s.start < end and start < s.end)


def ranked_articles(hits: Sequence[Hit]) -> list[str]:
    """The articles in the order of their best passage, each once."""
    return list(dict.fromkeys(hit.article.id for hit in hits))


def ranking_scores(question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    """The article-level ranking measures of one question, by ir_measures; no hits score 0."""
    import ir_measures

    gains: dict[str, int] = {}
    for item in question.evidence:
        gains[item.article] = max(item.relevance, gains.get(item.article, 0))
    qrels = [ir_measures.Qrel("q", article, gain) for article, gain in gains.items()]
    # Falling scores hand our order over as it is: trec_eval would break ties by the article's name.
    run = [ir_measures.ScoredDoc("q", article, -rank) for rank, article in enumerate(ranked_articles(hits))]
    measures = {ir_measures.parse_measure(spec): name for name, spec in RANKING.items()}
    return {measures[found.measure]: float(found.value) for found in ir_measures.iter_calc(list(measures), qrels, run)}
