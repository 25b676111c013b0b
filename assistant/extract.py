"""The answerer without a language model: it quotes the few sentences that answer, as they stand."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from assistant.answer import AnswerSentence, Hit, Intro, Notice, SentenceReady
from assistant.candidates import Candidate, candidates
from assistant.citations import cite
from assistant.followup import resolve
from assistant.gloss import gloss
from assistant.names import names_of
from assistant.questions import Kind, asks_promise, compares, has_asked, kind_of, parts_of, shows, tells_promise
from assistant.settings import Settings
from assistant.signs import PRESENT
from assistant.silence import NOT_THIS_PART
from assistant.standing import starts_paragraph
from assistant.terms import Term
from assistant.topics import topic_of
from assistant.updates import asks_of_then, notice_of, published, rival_of
from assistant.wordscore import WordScorer, expected_count
from ingest.article import Language
from ingest.library import Library
from ingest.tokens import search_tokens

# A further sentence is quoted when the chance that it answers is worth its length: so much for 100 characters.
WORTH = 0.16
# A sentence that carries on right after the best one has this much more chance to belong to the answer.
CARRIES_ON = 0.08
# One that goes on about the subject of a question on what somebody says or does, when it is at all likely: when its
# odds are not much worse than the best one's (a difference in log odds).
SAME_SUBJECT = 6.0
# What a sentence is worth beside another, in a question that compares, for each share of the question's words that only
# it has; in units of the fitted score.
COVERS = 4.0
# A sentence that gives a reason is quoted beside the one that tells what it is the reason for.
REASON = 5.0
# What is about the one asked for and answers nearly as well in the question's language comes before other quotes.
# Set by hand, in units of the fitted score: look at it again after a refit (`python -m training.extract`).
OWN_LANGUAGE = 3.5

# A sentence about the one who said or did something comes before others that answer no more than so much better.
OFF_SUBJECT = 3.5

# So much of an article tells what it is about.
_HEAD = 4000

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
        quotes, notices = self.choose(question, language, passages, unanswered)
        yield from map(Notice, notices)
        if any(quote.article.language != language for quote in quotes):
            yield Intro(_INTRO[language])
        names = names_of(self._library)
        for quote in quotes:
            first = passages[quote.passage].chunk.first
            citation = cite(passages, quote.passage + 1, quote.sentence - first + 1)
            assert citation is not None, "a candidate is a sentence of its passage"
            told = gloss(quote.text, language, names) if quote.article.language != language else None
            yield SentenceReady(AnswerSentence(quote.text, (citation,), "supported", gloss=told))

    def choose(
        self, question: str, language: Language, passages: Sequence[Hit], unanswered: Collection[str] = ()
    ) -> tuple[list[Candidate], list[str]]:
        """The sentences to quote, the best one's article first and each article's in reading order; and notices.

        Where another article gives another figure, both are quoted, the newer first, and a notice says so; another
        tells of a part of the question that no sentence answers.
        """
        parts = parts_of(question)
        alone = [
            resolve(part, parts[:number], names_of(self._library)).text
            for number, part in enumerate(parts)
            if part not in unanswered
        ]
        if len(alone) == 1:
            (question,) = alone
        ranked = self._ranked(question, language, passages)
        if not ranked:
            return [], []
        best, notices = ranked[0], list[str]()
        rival = rival_of(best, ranked, question, self._library.embedder)
        if rival:
            notices.append(notice_of(best, rival, question, language))
            if published(rival) > published(best) and not asks_of_then(question):
                best, rival = rival, best
        answered = dict(self._of_each_part(parts, unanswered, best, language, passages))
        silent = [part for part, candidate in answered.items() if candidate is None]
        if 0 < len(silent) < len(answered):
            quotes, notices = self.choose(question, language, passages, {*unanswered, *silent})
            return quotes, notices + [NOT_THIS_PART[language].format(part=part.rstrip("?")) for part in silent]
        chosen: list[Candidate] = []
        for candidate in filter(None, answered.values()):
            if self._fits(candidate, chosen):
                chosen.append(candidate)
        if not chosen:
            chosen.append(best)
        if rival and self._fits(rival, chosen):
            chosen.append(rival)
        kind = kind_of(question)
        reason = _reason_beside(best, ranked) if kind == "reason" else None
        if reason and self._fits(reason, chosen):
            chosen.append(reason)
        if compares(question) and len(chosen) == 1:
            chosen += [c for c in self._compared(best, ranked, question) if self._fits(c, chosen)][:1]
        on_one = kind == "statement" and best.on_subject
        for candidate in [*_about_the_same(best, ranked, kind), *_worth_quoting(best, ranked)]:
            # What others said or did is no answer to what this one did.
            if (candidate.on_subject or not on_one) and self._fits(candidate, chosen):
                chosen.append(candidate)
        first = chosen[0].article.id
        return sorted(chosen, key=lambda c: (c.article.id != first, c.article.id, c.sentence)), notices

    def _of_each_part(
        self,
        parts: Sequence[str],
        unanswered: Collection[str],
        best: Candidate,
        language: Language,
        passages: Sequence[Hit],
    ) -> Iterator[tuple[str, Candidate | None]]:
        """Each part with its best sentence; one that goes on from another ("and who paid?") in the same article."""
        if len(parts) - len(unanswered) == 1:
            yield parts[0], best
            return
        before: Candidate | None = best
        for number, part in enumerate(parts):
            if part in unanswered:
                continue
            alone = self._alone(parts, number)
            ranked = self._ranked(part, language, passages)
            if alone != part:
                before = next((c for c in ranked if before and c.article is before.article), best)
            else:
                before = next(iter(self._about_its_own(part, parts, ranked)), None)
            yield part, before

    def _alone(self, parts: Sequence[str], number: int) -> str:
        """A part of a question made to stand alone."""
        return resolve(parts[number], parts[:number], names_of(self._library)).text

    def _about_its_own(self, part: str, parts: Sequence[str], ranked: Sequence[Candidate]) -> Sequence[Candidate]:
        """The sentences with what a part asks for, of articles that have what this part names and the others do not.

        All of them where no article has any of that: then the question may only word it otherwise.
        """
        elsewhere = {term.text for other in parts if other != part for term in self._terms(other)}
        own = [term for term in self._terms(part) if term.text not in elsewhere]
        shared = [term for term in self._terms(part) if term.text in elsewhere]
        words = {c.article.id: Counter(search_tokens(c.article.text[:_HEAD])) for c in ranked}
        about = {id for id, counts in words.items() if any(expected_count(term, counts) > PRESENT for term in own)}
        if not about:
            return ranked
        about = {id for id in about if not shared or any(expected_count(term, words[id]) > PRESENT for term in shared)}
        told = [c for c in ranked if c.article.id in about]
        if asks_promise(part):
            return [c for c in told if c.on_subject and tells_promise(c.text)]
        return [c for c in told if kind_of(part) == "statement" or has_asked(part, c.text)]

    def _terms(self, part: str) -> list[Term]:
        """The words of a part, less those that only say what kind of statement is wanted."""
        return [weighed.term for weighed in WordScorer(self._library, part).terms if weighed.term.weight == 1]

    def _ranked(self, question: str, language: Language, passages: Sequence[Hit]) -> list[Candidate]:
        found = list(candidates(self._library, question, language, passages))
        told_apart = {c.article.id for c in found if c.on_subject}
        # Where an article goes on about the one that is asked about, its line on all of them tells nothing.
        found = [c for c in found if not (c.among_others and c.article.id in told_apart)]
        found = [c for c in found if c.is_prose] or found
        ranked = sorted(found, key=lambda c: (-c.score, c.passage, c.sentence))
        if kind_of(question) == "statement":
            # What somebody says or does is told by a sentence about them, not by one that has their name among others.
            least = max((c.score for c in ranked), default=0.0) - OFF_SUBJECT
            ranked.sort(key=lambda c: not (c.on_subject and c.score >= least))
        own = [c for c in ranked if c.article.language == language]
        as_good = own and own[0].on_subject and own[0].score >= ranked[0].score - OWN_LANGUAGE
        return own if as_good else ranked

    def _compared(self, best: Candidate, ranked: Sequence[Candidate], question: str) -> list[Candidate]:
        """The other sentences of the kind asked for, first those that tell the question's other side."""
        scorer = WordScorer(self._library, question)
        told = Counter(search_tokens(best.text))

        def score(candidate: Candidate) -> float:
            return candidate.score + COVERS * scorer.share(told | Counter(search_tokens(candidate.text)))

        return sorted((c for c in ranked if c is not best and has_asked(question, c.text)), key=score, reverse=True)

    def _fits(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether there is room for the sentence, and it says something that those chosen do not."""
        if not chosen:
            return True
        room = self._settings.answer_characters - sum(len(c.text) for c in chosen)
        if len(chosen) == self._settings.answer_sentences or len(candidate.text) > room:
            return False
        return not any(_same(candidate.text, c.text) for c in chosen)


def _worth_quoting(best: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The sentences whose chance to answer is worth their length, likeliest first."""
    odds = [math.exp(c.score - ranked[0].score) for c in ranked]
    chances = (odd / sum(odds) + CARRIES_ON * _carries_on(c, best) for odd, c in zip(odds, ranked, strict=True))
    return [c for chance, c in zip(chances, ranked, strict=True) if chance / len(c.text) >= WORTH / 100]


def _carries_on(candidate: Candidate, best: Candidate) -> bool:
    """Whether a sentence goes on with what the best one, right before it, is about ("So are children under 12")."""
    article, number = candidate.article, candidate.sentence
    follows = article is best.article and number == best.sentence + 1 and not starts_paragraph(article, number)
    return follows and topic_of(candidate.text, article.language) is None


def _about_the_same(best: Candidate, ranked: Sequence[Candidate], kind: Kind) -> list[Candidate]:
    """For a question on what somebody said or does: all in the article that is about them, from the best one on."""
    if kind != "statement" or not best.on_subject:
        return []
    near = [c for c in ranked if c.article is best.article and c.on_subject and c.score >= best.score - SAME_SUBJECT]
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
