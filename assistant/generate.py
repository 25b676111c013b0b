"""The answerer with a language model: it words the answer, and only what the cited sentences bear out is shown."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import AnswerSentence, Citation, Hit, Intro, Notice, SentenceReady, Waiting
from assistant.answerers import AnswererFailed
from assistant.citations import AnswerParser, Draft
from assistant.language_model import LanguageModel, ModelNotConfigured, Usage
from assistant.model_faults import ModelFault
from assistant.names import Names, shipped_names
from assistant.settings import Settings
from ingest.article import Language
from prompts.load import load_prompt

# What the model writes when the passages do not answer. No article says it, and no language changes it.
SILENCE = "NOT_IN_PASSAGES"
LONGEST_REWRITE = 300
REWRITE_S = 10.0  # the answer is still to come

_LANGUAGE_NAMES: dict[Language, str] = {"ko": "Korean", "en": "English"}
_NOTICES: dict[str, dict[Language, str]] = {
    "incomplete": {
        "en": "Incomplete: only the finished sentences of the model's answer are shown. {reason}",
        "ko": "미완성 답변: 모델이 끝마친 문장만 보여 드립니다. {reason}",
    },
    "replaced": {
        "en": "Sentences of the model that the cited text does not bear out, replaced by the cited text: {count}.",
        "ko": "모델이 쓴 문장 중 출처와 맞지 않아 출처의 문장으로 바꾼 것: {count}개.",
    },
    "dropped": {
        "en": "Sentences of the model that rest on no article, left out: {count}.",
        "ko": "모델이 쓴 문장 중 근거가 되는 기사가 없어 뺀 것: {count}개.",
    },
    "invalid": {
        "en": "Citations of the model that point at no sentence, removed: {count}.",
        "ko": "모델이 단 출처 표시 중 가리키는 문장이 없어 지운 것: {count}개.",
    },
    "partly": {
        "en": "The articles do not answer the rest of the question.",
        "ko": "질문의 나머지 부분은 기사에 없습니다.",
    },
}
_THOUGHT = ("<think>", "</think>")


@dataclass
class Generation:
    """How an answer of the model came about. `prompt` is the fingerprint of the prompt it was asked with.

    `shown` are the sentences that were, `replaced` and `dropped` count those that did not hold, `invalid` the markers
    that resolved to nothing; `silent`: the model said that the passages do not answer, or not all.
    """

    model: str
    host: str
    prompt: str
    usage: Usage | None = None
    complete: bool = False
    replaced: int = 0
    dropped: int = 0
    invalid: int = 0
    shown: list[str] = field(default_factory=list)
    silent: bool = False


class LLMAnswerer:
    """Answers with a language model. Any number of threads may ask at once.

    After a stream has ended, `last` (in the thread that read its end) tells how the answer came about.
    `prompts` is the folder of the prompts; None is the package's own. `names` gives those of the library.
    """

    def __init__(
        self, model: LanguageModel, prompts: Path | None = None, names: Callable[[], Names] = shipped_names
    ) -> None:
        self._model = model
        self._names = names
        self._answer_prompt = load_prompt("answer", prompts)
        self._rewrite_prompt = load_prompt("rewrite", prompts)
        self._local = threading.local()

    @property
    def host(self) -> str:
        """The host that article text is sent to, with its port."""
        return self._model.target.host

    @property
    def last(self) -> Generation | None:
        """How this thread's latest answer came about."""
        return getattr(self._local, "last", None)

    def stream(
        self, question: str, language: Language, passages: Sequence[Hit]
    ) -> Iterator[Intro | SentenceReady | Notice | Waiting]:
        """The model's answer, sentence by sentence, each checked against what it cites; see `Answerer`."""
        messages = self._answer_prompt.messages(
            passages=numbered(passages),
            question=_as_data(question),
            language=_LANGUAGE_NAMES[language],
            silence=SILENCE,
        )
        target = self._model.target
        made = Generation(target.model, target.host, self._answer_prompt.fingerprint)
        parser = AnswerParser(passages, language)
        fault: ModelFault | None = None
        names = self._names()
        try:
            with closing(self._model.stream(messages)) as pieces:
                for piece in _without_thoughts(pieces):
                    if isinstance(piece, Usage):
                        made.usage = piece
                    elif not piece:
                        yield Waiting()
                    else:
                        for draft in parser.feed(piece):
                            yield from _shown(draft, made, names)
        except ModelFault as error:
            fault = error
        for draft in parser.finish(complete=fault is None):
            yield from _shown(draft, made, names)
        made.invalid = parser.invalid
        made.complete = fault is None
        try:
            yield from self._closing(made, fault, language)
        finally:
            self._local.last = made

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """A follow-up as a question that stands alone, by one call. `history`: earlier questions and answers.

        The question itself comes back when the model gives nothing usable. Raises AnswererFailed, told in English.
        """
        if not history:
            return question
        turns = (f"Question: {_as_data(asked)}\nAnswer: {_as_data(answered)}" for asked, answered in history)
        messages = self._rewrite_prompt.messages(history="\n".join(turns), question=_as_data(question))
        try:
            pieces = _without_thoughts(self._model.stream(messages, within_s=REWRITE_S))
            text = "".join(piece for piece in pieces if isinstance(piece, str)).strip()
        except ModelFault as fault:
            raise AnswererFailed(fault.tell("en")) from None
        line = text.splitlines()[0].strip(" \"'“”`*") if text else ""
        return line if 0 < len(line) <= LONGEST_REWRITE else question

    def _closing(self, made: Generation, fault: ModelFault | None, language: Language) -> Iterator[Notice]:
        """What the reader should know about an answer that has ended; AnswererFailed when none was shown."""
        if not made.shown:
            if fault:
                raise AnswererFailed(fault.tell(language))
            if not made.silent:
                raise AnswererFailed(self._model.target.fault("uncited").tell(language))
            return
        notices: dict[str, dict[str, object] | None] = {
            "incomplete": {"reason": fault.tell(language)} if fault else None,
            "replaced": {"count": made.replaced} if made.replaced else None,
            "dropped": {"count": made.dropped} if made.dropped else None,
            "invalid": {"count": made.invalid} if made.invalid else None,
            "partly": {} if made.silent and not fault else None,
        }
        for name, facts in notices.items():
            if facts is not None:
                yield Notice(_NOTICES[name][language].format(**facts))


def generator(
    settings: Settings, prompts: Path | None = None, names: Callable[[], Names] = shipped_names
) -> LLMAnswerer:
    """The answerer that the settings ask for; `prompts` and `names` as `LLMAnswerer` takes them.

    Raises ModelNotConfigured, which says what to set.
    """
    if not settings.chat_model:
        raise ModelNotConfigured("No language model is set: set ASSISTANT_CHAT_MODEL to the name of one.")
    return LLMAnswerer(
        LanguageModel(
            settings.chat_model,
            settings.chat_base_url,
            settings.chat_api_key,
            timeout_s=settings.chat_timeout_s,
            first_token_s=settings.chat_first_token_s,
        ),
        prompts,
        names,
    )


def numbered(passages: Sequence[Hit]) -> str:
    """The passages as the model sees them: a line for each sentence, with its number, under a line on the article.

    Article text stays within its line and cannot close the block it stands in.
    """
    lines = []
    for number, hit in enumerate(passages, 1):
        article = hit.article
        about = ", ".join(filter(None, (article.title, article.publisher, article.published_at)))
        lines.append(f"Passage {number}: {_as_data(about) or 'untitled'}")
        spans = article.sentences[hit.chunk.first : hit.chunk.last]
        lines += [f"[{number}.{place}] {_as_data(span.of(article.text))}" for place, span in enumerate(spans, 1)]
    return "\n".join(lines)


def _as_data(text: str) -> str:
    """Text from outside as one line that cannot be taken for our markup."""
    return " ".join(text.split()).replace("<", "‹").replace(">", "›")


def _shown(draft: Draft, made: Generation, names: Names) -> Iterator[SentenceReady]:
    """The draft if it holds; what it cites in its place if it does not; nothing if it cites nothing."""
    if SILENCE in draft.text:
        made.silent = True
        return
    if not re.search(r"\w", draft.text):
        return
    sentence = _checked(draft.text, draft.citations, names)
    sentences = [sentence]
    if sentence.support in ("unsupported", "contradicted"):
        sentences = [
            _checked(cited.quote, (cited,), names) for cited in draft.citations if cited.quote not in made.shown
        ]
        made.replaced += bool(draft.citations)
        made.dropped += not draft.citations
    for sentence in sentences:
        made.shown.append(sentence.text)
        yield SentenceReady(sentence)


def _checked(text: str, citations: tuple[Citation, ...], names: Names) -> AnswerSentence:
    """The sentence with how it stands against the sentences it cites."""
    from assistant.checker.verify import check

    verdict = check(text, [citation.quote for citation in citations], names)
    return AnswerSentence(text, citations, verdict.support, verdict.reasons)


def _without_thoughts(pieces: Iterator[str | Usage]) -> Iterator[str | Usage]:
    """The pieces without the <think> block that some models open their answer with."""
    opening, closing = _THOUGHT
    held: str | None = ""  # the text so far, while it may be a thought; None once it is not
    for piece in pieces:
        if held is None or not isinstance(piece, str) or not piece:
            yield piece
            continue
        held += piece
        start = held.lstrip()
        if start.startswith(opening):
            _, closed, rest = start.partition(closing)
            if not closed:
                yield ""
                continue
            start = rest
        elif opening.startswith(start):
            continue
        held = None
        yield start
    if held and not held.lstrip().startswith(opening):
        yield held
