"""From the markers a language model writes, such as [2.3], to the exact sentences they stand for.

A marker is an address, passage.sentence, both counted from 1: it resolves or it does not. Nothing is guessed, so
`[1-3]` or `[2]` is removed and counted, never stretched until something fits. The text may arrive in pieces of any
size: every decision is taken character by character, so the pieces make no difference to the result.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Hit
from ingest.article import Language, Span
from ingest.language import sentence_spans

_CLOSER = {"[": "]", "【": "】", "［": "］"}
_WIDE = str.maketrans("０１２３４５６７８９．，；：－～　", "0123456789.,;:-~ ")
_BODY = frozenset("0123456789.,;:-–—~+ \t\xa0")
_LONGEST_LINK = 500
_ADDRESS = re.compile(r"([1-9]\d{0,3})\.([1-9]\d{0,3})")
_LINK_STARTS = ("http:", "https:", "www.", "mailto:", "/", "#")

_ENDED = re.compile(r"[.!?…。！？][\"'”’」』»)\]》〉]*\s*$")
_NEW_LINE = re.compile(r"\n\s*$")
_TRAILING = ".!?…。！？,;:、\"'”’」』»)]》〉"
_LABEL = re.compile(r"(?:출처|참고|sources?|references?) *:?", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•·#>]+|\d{1,2}[.)])\s+")
_EMPTIED = re.compile(r"\[ *\]|` *`| *\((?:출처|source)?[ :]*\)", re.IGNORECASE)  # what [[1.2]], `[1.2]`, ([1.2]) leave
_BETWEEN = re.compile(r"[ ,;·/&]*(?:and|및|그리고)?[ ]*")  # [1.2], [2.1] and [3.1]
_SPACES = re.compile(r"\s+")


def cite(passages: Sequence[Hit], passage: int, sentence: int) -> Citation | None:
    """The citation that `passage.sentence` (both from 1) stands for; None when there is no such sentence."""
    if not 1 <= passage <= len(passages):
        return None
    chunk, article = passages[passage - 1].chunk, passages[passage - 1].article
    if not 1 <= sentence <= chunk.last - chunk.first:
        return None
    span = article.sentences[chunk.first + sentence - 1]
    return Citation(
        marker=f"{passage}.{sentence}",
        article=article.id,
        content_hash=article.content_hash,
        title=article.title,
        publisher=article.publisher,
        published_at=article.published_at,
        url=article.url,
        start=span.start,
        end=span.end,
        quote=span.of(article.text),
        sample=article.sample,
    )


@dataclass(frozen=True)
class Draft:
    """A finished sentence of the model: its text without markers, and what the markers stand for."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class _Marker:
    """What stood in one pair of brackets: the text between them, or None where no citation can be made."""

    body: str | None


class _Scanner:
    """Tells markers from text, a character at a time."""

    def __init__(self) -> None:
        self._held = ""  # an opened bracket that may become a marker
        self._usable = True  # whether a marker opened here could be a citation
        self._token = ""  # the characters since the last white space
        self._ticks = 0  # the run of backticks being read
        self._fence = 0  # the backticks that opened the code we are in; 0 outside code

    def step(self, char: str) -> Iterator[str | _Marker]:
        """Take the next character; give the text and the markers that are now certain."""
        if not self._held:
            yield from self._begin(char)
        elif self._held[-1] in _CLOSER.values() and char == "(" and not self._in_link:
            self._held += char  # [1.2]( may be a link
        elif self._in_link:
            yield from self._go_on_with_link(char)
        elif self._held[-1] in _CLOSER.values():
            yield self._marker()
            yield from self._begin(char)
        elif char.translate(_WIDE) in _BODY:
            self._held += char
        elif char in _CLOSER.values() and any(c.isdecimal() for c in self._held):
            self._usable &= char == _CLOSER[self._held[0]]
            self._held += char
        else:  # an ordinary bracket
            yield from self._plain()
            yield from self._begin(char)

    def finish(self) -> Iterator[str | _Marker]:
        """What is left when no more text comes; a marker cut in two is one that does not resolve."""
        if not any(c.isdecimal() for c in self._held):
            yield from self._plain()
        elif self._held[-1] in _CLOSER.values():
            yield self._marker()
        else:
            self._held = ""
            yield _Marker(None)

    def _begin(self, char: str) -> Iterator[str | _Marker]:
        if char != "`" and self._ticks:
            if not self._fence:
                self._fence = self._ticks
            elif self._ticks == self._fence:
                self._fence = 0
            self._ticks = 0
        if char == "\n" and self._fence < 3:
            self._fence = 0
        if char in _CLOSER:
            self._held = char
            self._usable = not self._fence and "://" not in self._token
            return
        self._ticks += char == "`"
        self._token = "" if char.isspace() else self._token[-_LONGEST_LINK:] + char
        yield char

    @property
    def _in_link(self) -> bool:
        return "(" in self._held

    def _go_on_with_link(self, char: str) -> Iterator[str | _Marker]:
        target = self._held[self._held.index("(") + 1 :]
        if char == ")" and target.startswith(_LINK_STARTS):
            self._held = ""
            yield _Marker(None)
        elif self._could_be_link(target + char):
            self._held += char
        else:  # [1.2](주)쿠팡: a marker and then text
            yield self._marker(self._held[: self._held.index("(")])
            for c in "(" + target + char:
                yield from self.step(c)

    @staticmethod
    def _could_be_link(target: str) -> bool:
        if any(c == "\n" or c in _CLOSER for c in target) or len(target) > _LONGEST_LINK:
            return False
        return target.startswith(_LINK_STARTS) or any(start.startswith(target) for start in _LINK_STARTS)

    def _marker(self, held: str | None = None) -> _Marker:
        held, self._held = held or self._held, ""
        return _Marker(held[1:-1].translate(_WIDE) if self._usable else None)

    def _plain(self) -> Iterator[str]:
        held, self._held = self._held, ""
        self._token += held
        yield from held


class AnswerParser:
    """Cuts a model's answer into sentences as it arrives, and resolves their markers.

    A sentence is finished when text goes on after its markers, on the next line, or at the end. A model whose answer
    opens with a marker copies the form of the passages, `[1.2] Text.`: its markers stand before what they bear out.
    `invalid` counts the markers removed because they stand for no sentence of the passages.
    """

    def __init__(self, passages: Sequence[Hit], language: Language) -> None:
        self.invalid = 0
        self._passages = passages
        self._language = language
        self._scanner = _Scanner()
        self._text = ""  # of the sentences not finished yet, without markers
        self._marks: list[tuple[int, Citation]] = []  # where in that text they stood
        self._after_marker = False
        self._last_marker = 0  # where in that text the last one stood
        self._leading: bool | None = None  # whether markers stand before their sentences; the first one tells
        self._ahead: list[Citation] = []  # of the sentence to come

    def feed(self, piece: str) -> Iterator[Draft]:
        """Take the next piece of the answer; give the sentences that it finishes."""
        for char in piece:
            for item in self._scanner.step(char):
                yield from self._take(item)

    def finish(self, *, complete: bool = True) -> Iterator[Draft]:
        """The sentences still held back; when the answer was cut off, only if they are certainly finished."""
        for item in self._scanner.finish():
            yield from self._take(item)
        if complete:
            self._look_back()
            self.invalid += len(self._ahead)
        if complete or self._sentence_ended():
            yield from self._close()

    def _take(self, item: str | _Marker) -> Iterator[Draft]:
        if isinstance(item, _Marker):
            self._resolve(item)
            return
        char = _printable(item)
        if char == "\n":
            self._look_back()
        if not char.isspace() and (char not in _TRAILING or self._opens_quote(char)):
            if self._sentence_ended() or (self._ahead and not _is_bare(self._text)):
                yield from self._close()
            if _BULLET.fullmatch(self._text) and not (char.isdecimal() and "." in self._text):
                self._text = ""
            self._marks += [(len(self._text) + 1, citation) for citation in self._ahead]
            self._ahead = []
        elif self._after_marker and not char.isspace():
            self._text = self._text.rstrip(" ")  # "pledged [1.2]." is "pledged."
            self._last_marker = min(self._last_marker, len(self._text))
        self._after_marker = False
        self._text += char

    def _resolve(self, marker: _Marker) -> None:
        self._after_marker = True
        if self._last_marker and _BETWEEN.fullmatch(self._text, self._last_marker):
            self._text = self._text[: self._last_marker]
        self._last_marker = len(self._text)
        is_bare = _is_bare(self._text)
        if self._leading is None:
            self._leading = is_bare or self._text.rstrip().endswith(":")  # "The answer is:"
        if marker.body is None or (is_bare and not self._leading):
            self.invalid += 1
            return
        for part in re.split("[,;]", marker.body):
            address = _ADDRESS.fullmatch(part.strip())
            citation = cite(self._passages, int(address[1]), int(address[2])) if address else None
            if citation is None:
                self.invalid += 1
            elif self._leading and (is_bare or _ENDED.search(self._text) or _NEW_LINE.search(self._text)):
                self._ahead.append(citation)
            else:
                self._marks.append((len(self._text), citation))
        if is_bare and self._leading:
            self._text, self._last_marker = "", 0

    def _look_back(self) -> None:
        """Markers at the end of a line belong to what stands before them there."""
        if not _is_bare(self._text) and not _NEW_LINE.search(self._text):
            self._marks += [(len(self._text), citation) for citation in self._ahead]
            self._ahead = []

    def _opens_quote(self, char: str) -> bool:
        """Whether a straight quotation mark opens the next sentence: `so. [1.1] "We`, not `so [1.1]."`."""
        return char in "\"'" and self._text[-1:].isspace() and self._sentence_ended()

    def _sentence_ended(self) -> bool:
        """Whether a line break, or a full stop with a marker beside it, ends what is held."""
        if "\n" in self._text[len(self._text.rstrip()) :]:
            return True
        if not self._marks:
            return False
        since_marker = self._text[self._marks[-1][0] :]
        return not since_marker.strip(_TRAILING + " ") and _ENDED.search(self._text) is not None

    def _close(self) -> Iterator[Draft]:
        text, marks = self._text, self._marks
        self._text, self._marks, self._last_marker = "", [], 0
        spans = sentence_spans(text, self._language)
        for number, span in enumerate(spans):
            after = spans[number + 1].start if number + 1 < len(spans) else len(text) + len(marks) + 1
            cited = [citation for position, citation in marks if span.start < position <= after]
            tidy = _tidy(span, text)
            if not _LABEL.fullmatch(tidy):
                yield Draft(tidy, tuple(dict.fromkeys(cited)))


def _is_bare(text: str) -> bool:
    """Whether a text has nothing yet that a marker could belong to."""
    return not text.strip(_TRAILING + "*_ \n") or _BULLET.fullmatch(text) is not None


def _printable(char: str) -> str:
    """The character, or a harmless one for what cannot be printed or encoded."""
    if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"):
        return char
    return "\ufffd" if unicodedata.category(char) == "Cs" else " "


def _tidy(span: Span, text: str) -> str:
    bare = _EMPTIED.sub("", span.of(text).replace("**", ""))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", bare).strip())
