"""The text of a PDF, read by pypdf in a process of its own: a hostile file can keep it busy for hours.

A PDF knows lines of glyphs, not paragraphs: these are put together from how long lines are and how they end.
"""

import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

from ingest.problems import UnreadableDocument
from ingest.process import run_module

LONGEST_SECONDS = 60.0
_MOST_PAGES = 2_000
_MOST_MEMORY = 2_000_000_000
_EDGE_LINES = 2
_PAGE_NUMBER = re.compile(r"(?:page )?[-–—\[(\s]*\d{1,4}[-–—\])\s]*(?:(?:/|of) ?\d{1,4})?", re.IGNORECASE)


def read_pdf(content: bytes, seconds: float = LONGEST_SECONDS) -> str:
    """The text of a PDF, a paragraph a line. Raises UnreadableDocument, after `seconds` at the latest."""
    try:
        answer = json.loads(run_module("ingest.pdf", seconds=seconds, given=content))
    except subprocess.TimeoutExpired:
        raise UnreadableDocument("pdf_slow", seconds=f"{seconds:g}") from None
    except (subprocess.SubprocessError, ValueError):
        raise UnreadableDocument("pdf_failed") from None
    if "problem" in answer:
        raise UnreadableDocument(answer["problem"], **answer["values"])
    return str(answer["text"])


def _text_of(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("pdf_locked")
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableDocument("pdf_too_long", pages=_MOST_PAGES)
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except UnreadableDocument:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableDocument("pdf_damaged", error=type(error).__name__) from None
    text = paragraphs(pages)
    if not text.strip():
        raise UnreadableDocument("pdf_pictures")
    return text


def paragraphs(pages: Sequence[Sequence[str]]) -> str:
    """Paragraphs, one a line, from the lines of pages: a line as long as its page is wide goes on in the next one.

    Headers, footers and page numbers are left out. Where some lines end with a space, those that do not were broken
    within a word; a hyphen at a line's end is taken out, unless the word stands elsewhere with it.
    """
    lines = [(line, _width(page)) for page in _without_edges(pages) for line in page]
    known = set(re.findall(r"\w+-\w+", " ".join(line for line, _ in lines)))
    spaced = any(line.endswith(" ") for line, _ in lines)
    text = ""
    for (line, width), (following, _) in pairwise([*lines, ("", 0)]):
        goes_on = len(line) >= 0.75 * width and width >= 20 and following and not _starts_anew(line, following)
        hyphen = re.search(r"([A-Za-z]+)[-\u00ad\u2010]$", line.rstrip())
        rest = re.match(r"[a-z]+", following)
        if hyphen and rest:
            word = line.rstrip()[:-1]
            text += word + ("-" if f"{hyphen[1]}-{rest[0]}" in known else "")
            continue
        within_word = spaced and not line.endswith(" ") and _is_hangul(line[-1]) and _is_hangul(following[:1])
        text += line.strip() + (("" if within_word else " ") if goes_on else "\n")
    return text.strip()


def _width(page: Sequence[str]) -> int:
    return sorted(map(len, page))[len(page) * 3 // 4] if page else 0


def _without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages' lines without page numbers, and without what stands at the edge of most pages."""
    written = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(key for page in written for key in {_key(line) for line in _edges(page)})
    repeated = {key for key, count in edges.items() if count > max(1, len(written) // 2)}
    kept = []
    for page in written:
        last = len(page) - _EDGE_LINES
        kept.append(
            [
                line
                for number, line in enumerate(page)
                if _EDGE_LINES <= number < last or not (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line.strip()))
            ]
        )
    return kept


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _starts_anew(line: str, following: str) -> bool:
    """Whether a line break between two lines is meant: a new item, or a sentence that ended well short of one."""
    if re.match(r"\s*(?:[-•·○●□■◇◆▲▶*※]|\(?\d{1,2}[.)]\s)", following):
        return True
    return bool(re.search(r"[.!?]['\"”’)\]]*\s*$", line)) and following.startswith(("  ", "\t", "\u3000"))


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _main() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        answer: dict[str, object] = {"text": _text_of(sys.stdin.buffer.read())}
    except UnreadableDocument as error:
        answer = {"problem": error.kind, "values": error.values}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    _main()
