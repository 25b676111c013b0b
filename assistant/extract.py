"""The answerer without a language model: it quotes the few sentences that answer, as they stand."""

from collections.abc import Collection, Iterator, Sequence

from assistant.answer import AnswerSentence, Hit, Intro, Notice, SentenceReady
from assistant.candidates import Candidate, candidates
from assistant.citations import cite
from assistant.followup import resolve
from assistant.gloss import gloss
from assistant.questions import Kind, kind_of, parts_of, shows
from assistant.settings import Settings
from assistant.updates import asks_of_then, notice_of, published, rival_of
from ingest.article import Language
from ingest.library import Library
from ingest.tokens import search_tokens

# A further sentence is quoted when its odds are not much worse than the best one's (a difference in log odds); one
# that goes on about the subject of a question on what somebody says or does, when it is at all likely.
NEARLY = 1.0
SAME_SUBJECT = 4.0
# A sentence that gives a reason is quoted beside the one that tells what it is the reason for.
REASON = 5.0
# What is about the one asked for and answers nearly as well in the question's language comes before other quotes.
# Set by hand, in units of the fitted score: look at it again after a refit (`python -m training.extract`).
OWN_LANGUAGE = 3.5

_INTRO: dict[Language, str] = {
    "ko": "영어 기사의 문장을 원문 그대로 인용합니다.",
    "en": "Quoted as they stand from articles in Korean:",
}


class Extractor:
    """Quotes at most `answer_sentences` sentences and `answer_characters` characters of the passages."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings

    def stream(
        self, question: str, language: Language, passages: Sequence[Hit], unanswered: Collection[str] = ()
    ) -> Iterator[Intro | SentenceReady | Notice]:
        """The quotes that answer, each citing itself; a line in the question's language before foreign ones.

        `unanswered` are parts of the question (as `parts_of` gives them) that nothing is quoted for.
        """
        quotes, notice = self.choose(question, language, passages, unanswered)
        if notice:
            yield Notice(notice)
        if any(quote.article.language != language for quote in quotes):
            yield Intro(_INTRO[language])
        for quote in quotes:
            first = passages[quote.passage].chunk.first
            citation = cite(passages, quote.passage + 1, quote.sentence - first + 1)
            assert citation is not None, "a candidate is a sentence of its passage"
            told = gloss(quote.text, language) if quote.article.language != language else None
            yield SentenceReady(AnswerSentence(quote.text, (citation,), "supported", gloss=told))

    def choose(
        self, question: str, language: Language, passages: Sequence[Hit], unanswered: Collection[str] = ()
    ) -> tuple[list[Candidate], str | None]:
        """The sentences to quote, the best one's article first and each article's in reading order; and a notice.

        Where another article gives another figure, both are quoted, the newer first, and the notice says so.
        """
        parts = parts_of(question)
        alone = [resolve(part, parts[:number]).text for number, part in enumerate(parts) if part not in unanswered]
        if len(alone) == 1:
            (question,) = alone
        ranked = self._ranked(question, language, passages)
        if not ranked:
            return [], None
        best, notice = ranked[0], None
        rival = rival_of(best, ranked, question, self._library.embedder)
        if rival:
            notice = notice_of(best, rival, question, language)
            if published(rival) > published(best) and not asks_of_then(question):
                best, rival = rival, best
        chosen: list[Candidate] = []
        for candidate in self._of_each_part(parts, unanswered, best, language, passages):
            if self._fits(candidate, chosen):
                chosen.append(candidate)
        if rival and self._fits(rival, chosen):
            chosen.append(rival)
        kind = kind_of(question)
        reason = _reason_beside(best, ranked) if kind == "reason" else None
        if reason and self._fits(reason, chosen):
            chosen.append(reason)
        for candidate in [*_about_the_same(best, ranked, kind), *ranked]:
            if _is_near(candidate, best) and self._fits(candidate, chosen):
                chosen.append(candidate)
        first = chosen[0].article.id
        return sorted(chosen, key=lambda c: (c.article.id != first, c.article.id, c.sentence)), notice

    def _of_each_part(
        self,
        parts: Sequence[str],
        unanswered: Collection[str],
        best: Candidate,
        language: Language,
        passages: Sequence[Hit],
    ) -> Iterator[Candidate]:
        """The best sentence for each part; one that goes on from another ("and who paid?") in the same article."""
        if len(parts) - len(unanswered) == 1:
            yield best
            return
        for number, part in enumerate(parts):
            if part in unanswered:
                continue
            goes_on = resolve(part, parts[:number]).text != part
            ranked = self._ranked(part, language, passages)
            yield next((c for c in ranked if not goes_on or c.article is best.article), best)

    def _ranked(self, question: str, language: Language, passages: Sequence[Hit]) -> list[Candidate]:
        found = list(candidates(self._library, question, language, passages))
        told_apart = {c.article.id for c in found if c.on_subject}
        # Where an article goes on about the one that is asked about, its line on all of them tells nothing.
        found = [c for c in found if not (c.among_others and c.article.id in told_apart)]
        found = [c for c in found if c.is_prose] or found
        ranked = sorted(found, key=lambda c: (-c.score, c.passage, c.sentence))
        own = [c for c in ranked if c.article.language == language]
        as_good = own and own[0].on_subject and own[0].score >= ranked[0].score - OWN_LANGUAGE
        return own if as_good else ranked

    def _fits(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether there is room for the sentence, and it says something that those chosen do not."""
        if not chosen:
            return True
        room = self._settings.answer_characters - sum(len(c.text) for c in chosen)
        if len(chosen) == self._settings.answer_sentences or len(candidate.text) > room:
            return False
        return not any(_same(candidate.text, c.text) for c in chosen)


def _is_near(candidate: Candidate, best: Candidate) -> bool:
    near = candidate.article is best.article and candidate.on_subject and best.on_subject
    return candidate.score >= best.score - (SAME_SUBJECT if near else NEARLY)


def _about_the_same(best: Candidate, ranked: Sequence[Candidate], kind: Kind) -> list[Candidate]:
    """For a question on what somebody said or does: all in the article that is about them, from the best one on."""
    if kind != "statement" or not best.on_subject:
        return []
    near = [c for c in ranked if c.article is best.article and c.on_subject]
    return sorted(near, key=lambda c: (c.sentence < best.sentence, abs(c.sentence - best.sentence)))


def _reason_beside(best: Candidate, ranked: Sequence[Candidate]) -> Candidate | None:
    """The likeliest sentence that gives a reason, within two of the best one if that only tells what happened."""
    if shows("reason", best.text):
        return None
    beside = (c for c in ranked if c.article is best.article and 0 < abs(c.sentence - best.sentence) <= 2)
    return next((c for c in beside if shows("reason", c.text) and c.score >= best.score - REASON), None)


def _same(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = set(search_tokens(one)), set(search_tokens(other))
    return len(a & b) > 0.7 * min(len(a), len(b))
