"""An answer of a language model in the making: what of it is shown, and what the reader is told about the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.answer import AnswerSentence, Citation, Notice, SentenceReady
from assistant.answerers import Usage
from assistant.borne_out import checked, is_about, is_foreign
from assistant.citations import Draft
from assistant.gloss import gloss
from assistant.model_faults import ModelFault
from assistant.names import Names
from ingest.article import Language
from ingest.language import detect

# What the model writes when the passages do not answer. No article says it, and no language changes it.
SILENCE = "NOT_IN_PASSAGES"
_SILENCE = re.compile(r"NOT[\\_ ]+IN[\\_ ]+PASSAGES", re.IGNORECASE)  # as models write it
# The same in words of its own: "The passages do not say when.", "기사에는 가격이 나와 있지 않습니다."
_REFUSAL = re.compile(
    r"\b(?:articles?|passages?|(?:provided|given) (?:news |numbered )?(?:sentences?|texts?|sources?|context))\b"
    r".*(?:\b(?:not?|cannot|nothing)\b|n[’']t\b)"
    r"|\b(?:no|not enough|insufficient) (?:\w+ )?information\b"
    r"|(?:기사|구절|(?:제공된|주어진|제시된) (?:문장|본문|지문|자료|정보|내용|글)).*(?:없|않|못했|못합|어렵)"
    r"|(?:관련|해당|충분한) (?:정보|내용|언급).*(?:없|않)",
    re.IGNORECASE,
)
MOST_REPEATS = 3  # sentences in a row that were said before: the model is in a loop

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
    "language": {
        "en": "The model did not answer in English: set a more capable ASSISTANT_CHAT_MODEL if this happens often.",
        "ko": "모델이 한국어로 답하지 않았습니다. 자주 그러면 ASSISTANT_CHAT_MODEL을 더 나은 모델로 바꾸세요.",
    },
    "partly": {
        "en": "The articles do not answer the rest of the question.",
        "ko": "질문의 나머지 부분은 기사에 없습니다.",
    },
}


@dataclass
class Generation:
    """How an answer of the model came about. `prompt` is the fingerprint of the prompt it was asked with.

    `shown` are the sentences that were. `kept` counts the model's own among them (`strange` those in another language
    than the question's), `replaced` and `dropped` those that did not hold, `invalid` the markers that resolved to
    nothing; `silent`: the model said that the passages do not answer, or not all.
    """

    model: str
    host: str
    prompt: str
    language: Language
    names: Names = field(repr=False)
    usage: Usage | None = None
    complete: bool = False
    kept: int = 0
    strange: int = 0
    replaced: int = 0
    dropped: int = 0
    invalid: int = 0
    shown: list[str] = field(default_factory=list)
    silent: bool = False
    _said: set[Draft] = field(default_factory=set, repr=False)
    _repeats: int = field(default=0, repr=False)  # in a row

    @property
    def is_looping(self) -> bool:
        """Whether the model only repeats what it has said."""
        return self._repeats >= MOST_REPEATS

    def take(self, draft: Draft) -> Iterator[SentenceReady]:
        """The draft if it holds, or what it cites in its place.

        Nothing of what cites nothing, or nothing it is about, and of what was said before.
        """
        if not re.search(r"\w", draft.text):
            return
        self._repeats = self._repeats + 1 if draft in self._said else 0
        if self._repeats:
            return
        self._said.add(draft)
        if _SILENCE.search(draft.text):
            self.silent = True
            return
        sentence = checked(draft.text, draft.citations, self.names)
        sentences = [sentence]
        if sentence.support not in ("unsupported", "contradicted"):
            self.kept += 1
            self.strange += detect(sentence.text) != self.language
        elif _REFUSAL.search(draft.text) and not self._is_about_what_it_cites(draft):
            self.silent = True
            return
        elif self._is_about_what_it_cites(draft):
            sentences = [self._quoted(cited) for cited in draft.citations]
            self.replaced += 1
        else:
            sentences = []
            self.dropped += 1
        for sentence in sentences:
            if sentence.text not in self.shown:
                self.shown.append(sentence.text)
                yield SentenceReady(sentence)

    def _quoted(self, cited: Citation) -> AnswerSentence:
        """The cited sentence in place of the model's, with a gloss where it is in the other language."""
        told = gloss(cited.quote, self.language, self.names) if detect(cited.quote) != self.language else None
        return replace(checked(cited.quote, (cited,), self.names), gloss=told)

    @staticmethod
    def _is_about_what_it_cites(draft: Draft) -> bool:
        quotes = [citation.quote for citation in draft.citations]
        return bool(quotes) and (is_foreign(draft.text) or is_about(draft.text, quotes))

    def forget(self) -> None:
        """What was taken so far was no part of the answer; what is shown of it holds all the same."""
        self.replaced = self.dropped = self._repeats = 0
        self.silent = False
        self._said.clear()

    def notices(self, fault: ModelFault | None) -> Iterator[Notice]:
        """What the reader should know about an answer that has ended, perhaps by a fault."""
        facts: dict[str, dict[str, object] | None] = {
            "incomplete": {"reason": fault.tell(self.language)} if fault else None,
            "replaced": {"count": self.replaced} if self.replaced else None,
            "dropped": {"count": self.dropped} if self.dropped else None,
            "invalid": {"count": self.invalid} if self.invalid else None,
            "language": {} if self.strange * 2 > self.kept else None,
            "partly": {} if self.silent and not fault else None,
        }
        for name, values in facts.items():
            if values is not None:
                yield Notice(_NOTICES[name][self.language].format(**values))
