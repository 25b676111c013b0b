"""When to say that the articles do not say: the signs of an answer are weighed, and too few of them are none.

The weights are a logistic regression's, fitted by `training.silence` on questions with and without an answer;
docs/silence.md has the figures.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from assistant.answer import Hit
from assistant.followup import resolve
from assistant.names import names_of
from assistant.questions import parts_of
from assistant.signs import Reading, Signs, read
from ingest.article import Language
from ingest.library import Library

WEIGHTS = Path(__file__).parent / "data" / "silence.json"

_NOTHING_ABOUT: dict[Language, str] = {
    "ko": "기사에는 ‘{subject}’에 관한 내용이 없습니다.",
    "en": "The articles say nothing about “{subject}”.",
}
_NOT_THIS: dict[Language, str] = {
    "ko": "기사에 ‘{subject}’ 이야기는 있지만, 이 질문에 답하는 내용은 없습니다.",
    "en": "The articles mention “{subject}”, but do not say this.",
}
NOT_THIS_PART: dict[Language, str] = {
    "ko": "이 부분은 기사에 없습니다: ‘{part}’",
    "en": "The articles do not answer this part: “{part}”",
}
NOT_SAID: dict[Language, str] = {
    "ko": "기사에는 이 질문에 답하는 내용이 없습니다.",
    "en": "The articles do not say.",
}


@dataclass(frozen=True)
class Scale:
    """How the signs are weighed. `least` is the confidence from which a question is answered, by its language."""

    bias: float
    weights: dict[str, float]
    least: dict[Language, float]

    def confidence(self, signs: Signs) -> float:
        """The probability that the articles answer, 0 to 1: the logistic function of the weighed signs."""
        total = self.bias + sum(weight * getattr(signs, name) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@dataclass(frozen=True)
class Judgement:
    """Whether the passages answer. `reason` says in the question's language why they do not; None when they do.

    `missing` is what the question names and no passage has, though others may (`is_elsewhere`). Where a question
    asks for several things and some have an answer, `unanswered` has the other parts (as `questions.parts_of` gives
    them), each with what is said of it.
    """

    confidence: float
    reason: str | None
    missing: str | None = None
    is_elsewhere: bool = False
    unanswered: Mapping[str, str] = field(default_factory=dict)


def judge(question: str, language: Language, passages: Sequence[Hit], library: Library) -> Judgement:
    """Weighs the passages found for a question, best first. One that asks for several things needs one of them."""
    whole = _judge_one(question, language, passages, library)
    parts = parts_of(question)
    if len(parts) == 1:
        return whole
    alone = (resolve(part, parts[:number], names_of(library)).text for number, part in enumerate(parts))
    judged = [_judge_part(part, language, passages, library) for part in alone]
    if all(judgement.reason for judgement in judged):
        return whole
    unanswered = {
        part: judgement.reason if judgement.missing else NOT_THIS_PART[language].format(part=part.rstrip("?"))
        for part, judgement in zip(parts, judged, strict=True)
        if judgement.reason
    }
    return Judgement(max(judgement.confidence for judgement in (whole, *judged)), None, unanswered=unanswered)


def _judge_part(part: str, language: Language, passages: Sequence[Hit], library: Library) -> Judgement:
    """Refuses a part that names what no passage has; any other, short as it is, only when that is much surer."""
    judgement = _judge_one(part, language, passages, library)
    if judgement.missing:
        return replace(judgement, reason=_of_missing(judgement.missing, judgement.is_elsewhere, language))
    sure = judgement.confidence < shipped_scale().least[language] / 2
    return judgement if sure else replace(judgement, reason=None)


def _judge_one(question: str, language: Language, passages: Sequence[Hit], library: Library) -> Judgement:
    reading = read(question, language, passages, library)
    if reading is None:
        return Judgement(0.0, NOT_SAID[language])
    scale = shipped_scale()
    confidence = scale.confidence(reading.signs)
    if reading.misses_subject:
        # Other words may well be there; they are not about the one who is asked about.
        confidence = min(confidence, scale.least[language] / 2)
    reason = None if confidence >= scale.least[language] else _reason(reading, language)
    return Judgement(confidence, reason, reading.missing, reading.is_elsewhere)


def _reason(reading: Reading, language: Language) -> str:
    if reading.missing:
        return _of_missing(reading.missing, reading.is_elsewhere, language)
    if reading.found:
        return _NOT_THIS[language].format(subject=reading.found)
    return NOT_SAID[language]


def _of_missing(subject: str, is_elsewhere: bool, language: Language) -> str:
    return (_NOT_THIS if is_elsewhere else _NOTHING_ABOUT)[language].format(subject=subject)


def reason_for_silence(question: str, language: Language, passages: Sequence[Hit], library: Library) -> str | None:
    """Why the passages cannot answer, as a sentence in `language`; None when they may."""
    return judge(question, language, passages, library).reason


def confidence(question: str, language: Language, passages: Sequence[Hit], library: Library) -> float:
    """How sure it is that the passages answer, 0 to 1."""
    return judge(question, language, passages, library).confidence


@lru_cache(maxsize=1)
def shipped_scale() -> Scale:
    """The scale that comes with the package."""
    return Scale(**json.loads(WEIGHTS.read_text(encoding="utf-8")))
