"""What language models put around an answer and is no part of it: thoughts, a code fence, a label, control tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

from assistant.answerers import Usage
from assistant.model_faults import ModelFault

_Kind = Literal["opens a thought", "ends a thought", "ends the answer", "means nothing"]
# Harmony is the format of gpt-oss, ChatML that of Qwen: they come through where a server does not read them itself.
_TOKENS: dict[str, _Kind] = {
    **{f"<{word}>": "opens a thought" for word in ("think", "thinking", "thought", "reasoning")},
    **{f"</{word}>": "ends a thought" for word in ("think", "thinking", "thought", "reasoning")},
    "[think]": "opens a thought",
    "[/think]": "ends a thought",
    "<|channel|>analysis<|message|>": "opens a thought",
    "<|channel|>final<|message|>": "ends a thought",
    **dict.fromkeys(("<|start|>assistant", "<|end|>", "<answer>", "</answer>"), "means nothing"),
    **dict.fromkeys(
        ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|return|>", "<end_of_turn>", "</s>"), "ends the answer"
    ),
}
_TOKEN = re.compile("|".join(map(re.escape, _TOKENS)), re.IGNORECASE)
_LONGEST_TOKEN = max(map(len, _TOKENS))

_OPENING = 24  # so many characters tell how an answer opens
_FENCE = re.compile(r"\s*`{3,}\w*[ \t]*\n")
_LABEL = re.compile(r"\s*(?:\*\*)?(?:answer|답변|답)(?:\*\*)?\s*[:：](?:\*\*)?\s*", re.IGNORECASE)
# How a thought opens that no tag announces, because the server's template wrote the tag before the model began.
_MUSING = re.compile(
    r"\s*(?:(?:okay|ok|alright|hmm|so|wait|first|right)\b[,.]|let me\b|let's\b|the user\b|we (?:need|are|have)\b|"
    r"i (?:need|have|should|will)\b|사용자|음[,.… ]|좋아[,.… ]|먼저\b|우선\b|자[,.…])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ThoughtEnded:
    """All the text before this was a thought, though nothing announced it."""


class _State(Enum):
    OPENING = auto()  # too little has come to tell what it is
    MUSING = auto()  # perhaps a thought: held until its end, or the answer's, tells
    THOUGHT = auto()
    ANSWER = auto()


def answer_in(pieces: Iterator[str | Usage], *, thinks: bool = False) -> Iterator[str | Usage | ThoughtEnded]:
    """The pieces of a model's text with nothing but its answer in them; "" where there is nothing to give yet.

    `thinks`: the model is known to begin with a thought that no tag announces, so that its text waits for the end.
    What follows a token that ends the answer is not read, so that `pieces` may be closed. A ModelFault comes through
    after what was held back.
    """
    unwrapper = _Unwrapper(_State.MUSING if thinks else _State.OPENING)
    try:
        for piece in pieces:
            if isinstance(piece, Usage):
                yield piece
                continue
            given = list(unwrapper.feed(piece))
            yield from given or [""]
            if unwrapper.ended:
                break
    except ModelFault:
        yield from unwrapper.finish(complete=False)
        raise
    yield from unwrapper.finish()


class _Unwrapper:
    def __init__(self, state: _State) -> None:
        self.ended = False
        self._state = state
        self._after_thought = _State.OPENING
        self._tail = ""  # what may be the beginning of a token
        self._held = ""  # the text of an opening or a musing

    def feed(self, piece: str) -> Iterator[str | ThoughtEnded]:
        text, self._tail, done = self._tail + piece, "", 0
        for token in _TOKEN.finditer(text):
            yield from self._take(text[done : token.start()])
            done = token.end()
            yield from self._obey(_TOKENS[token[0].lower()])
            if self.ended:
                return
        rest = text[done:]
        self._tail = _beginning_of_token(rest)
        yield from self._take(rest[: len(rest) - len(self._tail)])

    def finish(self, *, complete: bool = True) -> Iterator[str]:
        """What is still held back; when the answer was cut off, not what may be a thought."""
        if not self.ended:
            yield from self._take(self._tail)
        if self._state is _State.OPENING:
            self._open()
        if self._held and (complete or self._state is _State.ANSWER):
            yield self._held

    def _obey(self, kind: _Kind) -> Iterator[str | ThoughtEnded]:
        if kind == "ends the answer":
            self.ended = self._state is not _State.THOUGHT
        elif kind == "opens a thought" and self._state is not _State.THOUGHT:
            self._after_thought, self._state = self._state, _State.THOUGHT
        elif kind == "ends a thought" and self._state is _State.THOUGHT:
            self._state = self._after_thought
        elif kind == "ends a thought":
            self._state, self._held = _State.OPENING, ""
            yield ThoughtEnded()

    def _take(self, text: str) -> Iterator[str]:
        if self._state is _State.THOUGHT:
            return
        for char in text:
            self._held += char
            if self._state is _State.OPENING and len(self._held.lstrip()) == _OPENING:
                self._open()
        if self._state is _State.ANSWER and self._held:
            held, self._held = self._held, ""
            yield held

    def _open(self) -> None:
        """What is held is enough to tell how the answer opens."""
        if fence := _FENCE.match(self._held):
            self._held = self._held[fence.end() :]
        if label := _LABEL.match(self._held):
            self._held = self._held[label.end() :]
        self._state = _State.MUSING if _MUSING.match(self._held) else _State.ANSWER


def _beginning_of_token(text: str) -> str:
    """The end of a text that may go on as a token."""
    for start in range(max(0, len(text) - _LONGEST_TOKEN + 1), len(text)):
        if any(token.startswith(text[start:].lower()) for token in _TOKENS):
            return text[start:]
    return ""
