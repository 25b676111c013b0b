"""The assistant: retrieve, answer, verify, as one stream of events."""

import time
import unicodedata
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import partial

from assistant.answer import Answer, AnswerSentence, Event, Finished, Hit, Intro, Notice, Retrieved, SentenceReady
from assistant.answerers import Answerer, AnswererFailed, Rewriter, Usage
from assistant.extract import Extractor
from assistant.filters import chosen_in
from assistant.followup import Resolved, resolve
from assistant.names import names_of
from assistant.nearest import nearest
from assistant.neighbours import joined
from assistant.questions import parts_of
from assistant.request import Request
from assistant.rerank import load_reranker
from assistant.retrieve import HybridRetriever
from assistant.settings import Settings
from assistant.silence import NOT_SAID, judge
from assistant.times import moment
from ingest.article import Language
from ingest.errors import UserError
from ingest.language import detect
from ingest.library import Library

LONGEST_QUESTION = 2000


_FELL_BACK: dict[Language, str] = {
    "ko": "언어 모델이 답하지 못해 기사 문장을 인용합니다: {reason}",
    "en": "The language model did not answer, so these are quotes: {reason}",
}


class BadQuestion(UserError):
    """The question cannot be asked as it is."""


class EmptyLibrary(UserError):
    """There is nothing to answer from."""


class Assistant:
    """Answers questions from one library. Any number of threads may ask at once.

    `language_model` and `retriever` are those of the settings and the library, unless others are given.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        language_model: Answerer | None = None,
        retriever: HybridRetriever | None = None,
    ) -> None:
        self.library = library
        self.settings = settings
        self._retriever = retriever or HybridRetriever(library=library, reranker=load_reranker(settings.reranker))
        self._extractor = Extractor(library, settings)
        self._language_model = language_model or _language_model(settings, library)

    def search(self, request: Request | str, k: int = 10) -> list[Hit]:
        """The best `k` passages for a request, or for a text, best first, neighbours in an article joined.

        The history and the answerer of the request count for nothing.
        Raises `BadQuestion`, `EmptyLibrary`, `BadDate`.
        """
        request = Request(request) if isinstance(request, str) else request
        return self._found(self._checked(request.question), request, k)

    def ask(self, request: Request | str) -> Answer:
        """The whole answer at once; see `stream`."""
        for event in self.stream(request):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream ends with Finished")

    def stream(self, request: Request | str) -> Iterator[Event]:
        """The answer as it is made: passages, sentences, notices, and last the whole of it.

        A text is a request with nothing but the question. Closing the iterator stops the work.
        Raises `BadQuestion`, `EmptyLibrary`, `BadDate`, and `UserError` for "llm" with no model set.
        """
        request = Request(request) if isinstance(request, str) else request
        question = self._checked(request.question)
        language = detect(question)
        if request.answerer == "llm" and self._language_model is None:
            raise UserError("No language model is set: set ASSISTANT_CHAT_MODEL, or ask with --answerer extractive.")
        started = time.perf_counter()
        resolved, usage = self._understood(question, request)
        passages = tuple(self._found_for_all(resolved.text, request))
        retrieved = time.perf_counter()
        yield Retrieved(passages)
        answer = Answer(question, language, "", abstained=False, answerer="extractive", passages=passages)
        answer = replace(answer, understood_as=resolved.text if resolved.text != question else None)
        answer = _with_tokens(answer, usage)
        if self._language_model and request.answerer != "extractive":
            answer = yield from self._generated(self._language_model, answer, resolved)
        if not answer.sentences and answer.answerer == "extractive":
            answer = yield from self._extracted(answer, resolved)
        if answer.abstained:
            answer = replace(answer, nearest=nearest(resolved.text, language, passages, self.library))
        timings = {
            "retrieve": (retrieved - started) * 1000,
            "answer": (time.perf_counter() - retrieved) * 1000,
            "total": (time.perf_counter() - started) * 1000,
        }
        rounded = {stage: round(took, 3) for stage, took in timings.items()}
        yield Finished(replace(answer, answer=_text_of(answer), timings_ms=rounded))

    def _found_for_all(self, question: str, request: Request) -> list[Hit]:
        """The passages of a question, and the best one of a part that they have no article for."""
        found, parts = self._found(question, request, self.settings.passages), parts_of(question)
        for number, part in enumerate(parts if len(parts) > 1 else ()):
            alone = resolve(part, parts[:number], names_of(self.library)).text
            best = self._found(alone, request, 1)
            found += [hit for hit in best if hit.article.id not in {other.article.id for other in found}]
        return found

    def _found(self, question: str, request: Request, k: int) -> list[Hit]:
        """The best `k` passages for a question that is asked as the request says, neighbours joined."""
        asked_at = moment(request.as_of) if request.as_of else None
        only = chosen_in(self.library, request.filters) if request.filters else None
        return joined(self._retriever.search(question, k, only, asked_at))

    def _understood(self, question: str, request: Request) -> tuple[Resolved, Usage | None]:
        """A follow-up made to stand alone, by the language model where there is one, else by rule; and what it took."""
        resolved = resolve(question, request.history, names_of(self.library))
        if not request.history or request.answerer == "extractive" or not isinstance(self._language_model, Rewriter):
            return resolved, None
        try:
            reworded = self._language_model.rewrite(question, [(asked, "") for asked in request.history])
        except AnswererFailed:
            return resolved, None
        if reworded.question not in (None, question):  # weak models say the question again, whatever it leaves out
            resolved = Resolved(reworded.question, reworded.question, resolved.subject)
        return resolved, reworded.usage

    def _generated(self, model: Answerer, answer: Answer, question: Resolved) -> Generator[Event, None, Answer]:
        try:
            answered = yield from _collect(
                model.stream(question.text, answer.language, answer.passages), replace(answer, answerer="llm")
            )
            return _with_account(answered, model)
        except AnswererFailed as failure:
            notice = _FELL_BACK[answer.language].format(reason=failure)
            yield Notice(notice)
            return replace(answer, notices=(notice,))

    def _extracted(self, answer: Answer, question: Resolved) -> Generator[Event, None, Answer]:
        judgement = judge(question.text, answer.language, answer.passages, self.library)
        answer = replace(answer, confidence=round(judgement.confidence, 3))
        if judgement.reason:
            return replace(answer, abstained=True, reason=judgement.reason)
        for part in judgement.unanswered.values():
            yield Notice(part)
        answer = replace(answer, notices=(*answer.notices, *judgement.unanswered.values()))
        events = self._extractor.stream(question.wording, answer.language, answer.passages, judgement.unanswered)
        return (yield from _collect(events, answer))

    def _checked(self, question: str) -> str:
        """The question as it is worked with, or the reason why it cannot be."""
        question = unicodedata.normalize("NFC", question).strip()
        if not any(char.isalnum() for char in question):
            raise BadQuestion("The question is empty: ask in a few words, in Korean or English.")
        if len(question) > LONGEST_QUESTION:
            raise BadQuestion(
                f"The question has {len(question):,} characters; shorten it to at most {LONGEST_QUESTION:,}."
            )
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in question):
            raise BadQuestion("The question has characters that are not text: type or paste it again.")
        if not len(self.library):
            raise EmptyLibrary("The library is empty: add articles with `assistant ingest FILE...` or in the page.")
        return question


def _collect(events: Iterator[Event], answer: Answer) -> Generator[Event, None, Answer]:
    """Passes on the events of an answerer, and gathers them into the answer."""
    intro: str | None = None
    sentences: list[AnswerSentence] = []
    notices: list[str] = list(answer.notices)
    for event in events:
        if isinstance(event, SentenceReady):
            sentences.append(event.sentence)
        elif isinstance(event, Intro):
            intro = event.text
        elif isinstance(event, Notice):
            notices.append(event.text)
        yield event
    answer = replace(answer, intro=intro, sentences=tuple(sentences), notices=tuple(notices))
    return answer if sentences else replace(answer, abstained=True, intro=None, reason=NOT_SAID[answer.language])


def _with_account(answer: Answer, model: Answerer) -> Answer:
    """The answer with what it took, where the model keeps an account of its last one."""
    made = getattr(model, "last", None)
    if made is None:
        return answer
    return replace(_with_tokens(answer, made.usage), prompt=made.prompt)


def _with_tokens(answer: Answer, usage: Usage | None) -> Answer:
    """The answer with the tokens of one more call counted, where the server tells them."""
    if usage is None:
        return answer
    before = answer.tokens or {"input": 0, "output": 0}
    tokens = {"input": before["input"] + usage.input_tokens, "output": before["output"] + usage.output_tokens}
    return replace(answer, tokens=tokens)


def _text_of(answer: Answer) -> str:
    if answer.abstained:
        return answer.reason or NOT_SAID[answer.language]
    lines = [answer.intro] if answer.intro else []
    return "\n".join([*lines, " ".join(sentence.text for sentence in answer.sentences)])


def _language_model(settings: Settings, library: Library) -> Answerer | None:
    if settings.chat_model is None:
        return None
    from assistant.generate import generator

    return generator(settings, names=partial(names_of, library))
