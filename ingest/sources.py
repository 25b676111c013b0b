"""From what a user names (files, folders, addresses, pasted text) to articles; a bad item never stops the others."""

import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ingest.article import Article
from ingest.clean import RawPage, article_from_page, make_article
from ingest.decode import decode
from ingest.errors import UserError
from ingest.fetch import Fetcher

LARGEST_FILE = 20_000_000
_TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_LINES = frozenset({".jsonl", ".ndjson"})
_READABLE = _TEXT | _HTML | _LINES
# Documents that a reader might expect to be read: named when they are met in a folder, where other files are not.
_DOCUMENTS = frozenset(
    {".doc", ".docx", ".hwp", ".hwpx", ".odt", ".pdf", ".ppt", ".pptx", ".rtf", ".xls", ".xlsx", ".zip"}
)
_TEXT_FIELDS = ("title", "url", "publisher", "author", "published_at", "language")


@dataclass(frozen=True)
class SourceError:
    """An item that gave no article: what it was, and why not (a sentence for the user)."""

    source: str
    reason: str


class UnreadableSource(UserError):
    """The source cannot be read at all."""


class BadLine(UserError):
    """A line of a JSONL file is not an article."""


def read_sources(sources: Iterable[str], *, allow_hosts: Collection[str] = ()) -> Iterator[Article | SourceError]:
    """Read every source in turn: files (.txt .md .html .jsonl), folders of them, http and https addresses.

    Yields what each gives as it is read, an Article or a SourceError; raises nothing for a bad one. `allow_hosts`
    names the private hosts that may be fetched from.
    """
    fetcher = Fetcher(allow_hosts)
    for source in sources:
        if source.lower().startswith(("http://", "https://")):
            yield _attempt(source, lambda address=source: article_from_page(fetcher.fetch(address)))
        else:
            yield from _read_path(Path(source).expanduser(), source)


def article_from_paste(text: str, title: str | None = None) -> Article:
    """The article in pasted text, cleaned as a saved page is. Raises EmptyArticle and UnreadableText."""
    return article_from_page(RawPage(text, "text"), title)


def _read_path(path: Path, source: str) -> Iterator[Article | SourceError]:
    if path.is_dir():
        yield from _read_folder(path)
    elif path.suffix.lower() in _LINES:
        yield from _read_jsonl(path, source)
    else:
        yield _attempt(source, lambda: _read_file(path))


def _read_folder(folder: Path) -> Iterator[Article | SourceError]:
    found = False
    for path in _files_under(folder):
        suffix = path.suffix.lower()
        if suffix in _READABLE or suffix in _DOCUMENTS:
            found = True
            yield from _read_path(path, str(path))
    if not found:
        yield SourceError(str(folder), f"There is no article in this folder. It may hold {_readable_kinds()} files.")


def _files_under(folder: Path) -> Iterator[Path]:
    """All files below a folder in the order of their names, without hidden ones."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _readable_kinds() -> str:
    return " ".join(sorted(_READABLE))


def _read_file(path: Path) -> Article:
    suffix = path.suffix.lower()
    if not path.exists():
        raise UnreadableSource("There is no such file or folder. Check the path.")
    if suffix not in _READABLE:
        raise UnreadableSource(f"{suffix or 'This kind of'} files cannot be read. Use {_readable_kinds()}.")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableSource(f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Split it.")
    return article_from_page(RawPage(path.read_bytes(), "html" if suffix in _HTML else "text", key=str(path.resolve())))


def _attempt(source: str, read: Any) -> Article | SourceError:
    """What `read` returns, or the reason why it gave nothing."""
    try:
        article: Article = read()
    except UserError as error:
        return SourceError(source, str(error))
    except OSError as error:
        return SourceError(source, f"The file cannot be read: {error.strerror or error}.")
    except Exception as error:  # readers of foreign formats fail in their own ways: no such page may stop the batch
        return SourceError(source, f"It cannot be read ({type(error).__name__}). The file may be damaged.")
    return article


def _read_jsonl(path: Path, source: str) -> Iterator[Article | SourceError]:
    """One article a line. Text is content: it is NFC-normalised and otherwise kept to the byte."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), 1):
                if line.strip():
                    yield _attempt(f"{source}, line {number}", lambda line=line: _article_from_line(line))
    except UserError as error:
        yield SourceError(source, str(error))
    except OSError as error:
        yield SourceError(source, f"The file cannot be read: {error.strerror or error}.")


def _lines(file: BinaryIO) -> Iterator[bytes | str]:
    """The lines of a file: ended by a line feed only, as JSON strings may hold every other break."""
    if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        file.seek(0)
        yield from decode(file.read()).split("\n")
        return
    file.seek(3 if file.seek(0) == 0 and file.read(3) == b"\xef\xbb\xbf" else 0)
    while line := file.readline(LARGEST_FILE):
        yield line


def _article_from_line(line: bytes | str) -> Article:
    try:
        row = json.loads(decode(line) if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"This line is not JSON ({error}). Write one object a line.") from None
    if not isinstance(row, dict):
        raise BadLine('This line is not an object. Write {"text": "…"}, one a line.')
    text, fields = row.get("text"), _fields(row)
    if not isinstance(text, str):
        raise BadLine('"text" is missing. Every line needs the text of an article.')
    if "\0" in text:
        raise BadLine(f'"text" holds a NUL character at {text.index(chr(0)) + 1}. Take it out: text is kept as it is.')
    for name, value in fields.items():
        if not isinstance(value, str | None):
            raise BadLine(f'"{name}" must be text, not {json.dumps(value, ensure_ascii=False)[:40]}.')
    if fields["language"] not in (None, "ko", "en"):
        raise BadLine(f'"language" must be "ko" or "en", not "{fields["language"]}".')
    try:
        return make_article(text, id=_given_id(row.get("id")), **fields)
    except ValueError:
        raise BadLine(
            f'"published_at" is no ISO 8601 date or time: "{fields["published_at"]}". Write 2024-11-06.'
        ) from None


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a line that are text; an empty one counts as unknown."""
    return {name: row.get(name) or None for name in _TEXT_FIELDS}


def _given_id(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadLine('"id" must be text.')
    if not str(value).isprintable():
        raise BadLine('"id" holds a character that cannot be shown. Use letters, digits and signs.')
    return str(value)
