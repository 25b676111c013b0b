"""When to say that the articles do not say: the signs of an answer are weighed, and too few of them are none.

The weights are a logistic regression's, fitted by `training.silence` on questions with and without an answer;
docs/silence.md has the figures.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answer import Hit
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
_NOTHING: dict[Language, str] = {
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
    """Whether the passages answer. `reason` says in the question's language why they do not; None when they do."""

    confidence: float
    reason: str | None


def judge(question: str, language: Language, passages: Sequence[Hit], library: Library) -> Judgement:
    """Weighs the passages found for a question, best first."""
    reading = read(question, language, passages, library)
    if reading is None:
        return Judgement(0.0, _NOTHING[language])
    scale = shipped_scale()
    confidence = scale.confidence(reading.signs)
    if reading.misses_subject:
        # Other words may well be there; they are not about the one who is asked about.
        confidence = min(confidence, scale.least[language] / 2)
    return Judgement(confidence, None if confidence >= scale.least[language] else _reason(reading, language))


def _reason(reading: Reading, language: Language) -> str:
    if reading.missing:
        return _NOTHING_ABOUT[language].format(subject=reading.missing)
    if reading.found:
        return _NOT_THIS[language].format(subject=reading.found)
    return _NOTHING[language]


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
