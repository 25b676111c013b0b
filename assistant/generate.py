"""The answerer with a language model: it words the answer, and only what the cited sentences bear out is shown."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from assistant.answer import Hit, Intro, Notice, SentenceReady, Waiting
from assistant.answerers import AnswererFailed, Rewording, Usage
from assistant.citations import AnswerParser
from assistant.generation import SILENCE, Generation
from assistant.language_model import LanguageModel, ModelNotConfigured
from assistant.model_faults import ModelFault
from assistant.names import Names, shipped_names
from assistant.rewording import question_in
from assistant.settings import Settings
from assistant.wrapping import ThoughtEnded, answer_in
from ingest.article import Language
from prompts.load import load_prompt

REWRITE_S = 10.0  # the answer is still to come; a sixth of the time where a slow model was given more
_LANGUAGE_NAMES: dict[Language, str] = {"ko": "Korean", "en": "English"}


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
        self._thinks = False  # begins with thoughts that no tag announces
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
        made = Generation(target.model, target.host, self._answer_prompt.fingerprint, language, self._names())
        parser = AnswerParser(passages, language)
        fault: ModelFault | None = None
        wrote = False
        try:
            with closing(self._model.stream(messages)) as pieces:
                for piece in answer_in(pieces, thinks=self._thinks):
                    if isinstance(piece, Usage):
                        made.usage = piece
                    elif isinstance(piece, ThoughtEnded):
                        self._thinks = True
                        parser = AnswerParser(passages, language)
                        made.forget()
                    elif not piece:
                        yield Waiting()
                    else:
                        wrote = wrote or not piece.isspace()
                        for draft in parser.feed(piece):
                            yield from made.take(draft)
                    if made.is_looping:
                        raise target.fault("loop")
            if not wrote:  # nothing but thoughts
                raise target.fault("empty")
        except ModelFault as error:
            fault = error
        for draft in parser.finish(complete=fault is None):
            yield from made.take(draft)
        made.invalid = parser.invalid
        made.complete = fault is None
        try:
            yield from self._closing(made, fault, language)
        finally:
            self._local.last = made

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> Rewording:
        """A follow-up as a question that stands alone, by one call. `history`: earlier questions and answers.

        An answer may be empty. Raises AnswererFailed, told in English.
        """
        if not history:
            return Rewording(question)
        turns = [f"Question: {_as_data(asked)}" + f"\nAnswer: {_as_data(said)}" * bool(said) for asked, said in history]
        messages = self._rewrite_prompt.messages(history="\n".join(turns), question=_as_data(question))
        text, usage = "", None
        try:
            with closing(self._model.stream(messages, within_s=max(REWRITE_S, self._model.timeout_s / 6))) as pieces:
                for piece in answer_in(pieces, thinks=self._thinks):
                    if isinstance(piece, Usage):
                        usage = piece
                    elif isinstance(piece, ThoughtEnded):
                        self._thinks, text = True, ""
                    else:
                        text += piece
        except ModelFault as fault:
            raise AnswererFailed(fault.tell("en")) from None
        return Rewording(question_in(text, question, [asked for asked, _ in history]), usage)

    def _closing(self, made: Generation, fault: ModelFault | None, language: Language) -> Iterator[Notice]:
        """What the reader should know about an answer that has ended; AnswererFailed when none was shown."""
        if made.shown:
            yield from made.notices(fault)
        elif made.silent and (fault is None or fault.kind == "loop"):
            return
        else:
            raise AnswererFailed((fault or self._model.target.fault("uncited")).tell(language))


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
