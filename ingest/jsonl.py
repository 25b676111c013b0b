"""Articles as lines of JSON: text is content there, NFC-normalised and otherwise kept to the byte."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from ingest.article import Article
from ingest.clean import make_article
from ingest.decode import decode
from ingest.problems import ItemProblem

LONGEST_LINE = 20_000_000
_TEXT_FIELDS = ("title", "url", "publisher", "author", "published_at", "language")


class BadLine(ItemProblem):
    """A line of a JSONL file is not an article."""


def lines_of(file: BinaryIO) -> Iterator[bytes | str]:
    """The lines of a file: ended by a line feed only, as JSON strings may hold every other break."""
    if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        file.seek(0)
        yield from decode(file.read()).split("\n")
        return
    file.seek(3 if file.seek(0) == 0 and file.read(3) == b"\xef\xbb\xbf" else 0)
    while line := file.readline(LONGEST_LINE):
        yield line


def article_from_line(line: bytes | str) -> tuple[Article, bool]:
    """The article in one line, and whether the line gives its id. Raises BadLine, and what `make_article` raises."""
    try:
        row = json.loads(decode(line) if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as error:
        raise BadLine("line_not_json", error=str(error)) from None
    if not isinstance(row, dict):
        raise BadLine("line_not_object")
    text, fields = row.get("text"), _fields(row)
    if not isinstance(text, str):
        raise BadLine("line_without_text")
    if "\0" in text:
        raise BadLine("line_nul", number=text.index("\0") + 1)
    for name, value in fields.items():
        if not isinstance(value, str | None):
            raise BadLine("line_field", name=name, value=json.dumps(value, ensure_ascii=False)[:40])
    if fields["language"] not in (None, "ko", "en"):
        raise BadLine("line_language", value=fields["language"])
    try:
        id = _given_id(row.get("id"))
        return make_article(text, id=id, **fields), id is not None
    except ValueError:
        raise BadLine("line_date", value=fields["published_at"]) from None


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a line that are text; an empty one counts as unknown."""
    return {name: row.get(name) or None for name in _TEXT_FIELDS}


def _given_id(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadLine("line_id")
    if not str(value).isprintable():
        raise BadLine("line_id_unprintable")
    return str(value)
