"""From what a user names (files, folders, addresses, pasted text) to articles; a bad item never stops the others."""

import io
import os
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar

from ingest.article import Article
from ingest.clean import PageKind, RawPage, article_from_page
from ingest.decode import decode
from ingest.documents import read_part, read_xml
from ingest.feeds import Entry, looks_like_feed, read_feed
from ingest.fetch import Fetcher
from ingest.fields import Facts
from ingest.jsonl import article_from_line, lines_of
from ingest.problems import ItemProblem, UnreadableDocument

LARGEST_FILE = 20_000_000
LARGEST_ARCHIVE = 500_000_000
_MOST_PARTS = 20_000
_KINDS: dict[str, PageKind] = {
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".hwpx": "hwpx",
}
_LINES = frozenset({".jsonl", ".ndjson"})
_ARCHIVE = ".zip"
_XML = frozenset({".xml", ".rss", ".atom"})
_READABLE = frozenset({*_KINDS, *_LINES, *_XML, _ARCHIVE})
# Documents that a reader might expect to be read, and what to save them as; in a folder, other files are passed over.
_SAVE_AS = {".hwp": ".hwpx", ".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".ppt": ".pdf", ".pptx": ".pdf"}


T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """An article, and the item it came from: a file, a line of one, a part of an archive, an address.

    `id_given` tells that the source itself names the article's id.
    """

    source: str
    article: Article
    id_given: bool = False


@dataclass(frozen=True)
class SourceError:
    """An item that gave no article: what it was, and why not."""

    source: str
    problem: ItemProblem

    @property
    def reason(self) -> str:
        """Why not, as a sentence for the user."""
        return str(self.problem)


class UnreadableSource(ItemProblem):
    """The source cannot be read at all."""


def read_sources(sources: Iterable[str], *, allow_hosts: Collection[str] = ()) -> Iterator[Article | SourceError]:
    """The articles that `find_articles` finds, without where each was found."""
    for item in find_articles(sources, allow_hosts=allow_hosts):
        yield item.article if isinstance(item, Found) else item


def find_articles(
    sources: Iterable[str], *, allow_hosts: Collection[str] = (), folder: Path = Path()
) -> Iterator[Found | SourceError]:
    """Read every source in turn: files, folders and zip archives of them, http and https addresses, feeds.

    Yields what each gives as it is read; raises nothing for a bad one. `allow_hosts` names the private hosts that may
    be fetched from; relative paths start at `folder`.
    """
    fetcher = Fetcher(allow_hosts)
    for source in sources:
        if source.lower().startswith(("http://", "https://")):
            yield from _read_address(source, fetcher)
        else:
            yield from _read_path(folder / Path(source).expanduser(), source, fetcher)


def read_entries(entries: Iterable[Entry], fetcher: Fetcher) -> Iterator[Found | SourceError]:
    """The articles that a feed names, one by one."""
    for entry in entries:
        yield _found(entry.url, partial(_article_of_entry, fetcher, entry))


def article_from_paste(text: str, title: str | None = None) -> Article:
    """The article in pasted text, cleaned as a saved page is. Raises EmptyArticle and UnreadableText."""
    return article_from_page(RawPage(text, "text"), Facts(title=title))


def _read_address(address: str, fetcher: Fetcher) -> Iterator[Found | SourceError]:
    """The article at an address, or, when it is a feed's, the articles that the feed names."""
    page = _attempt(address, partial(fetcher.fetch, address))
    if isinstance(page, SourceError):
        yield page
    elif isinstance(page.content, str) or not looks_like_feed(page.content):
        yield _found(address, partial(article_from_page, page))
    else:
        yield from _read_feed(page.content, page.url or address, address, fetcher)


def _read_feed(content: bytes, base: str, source: str, fetcher: Fetcher) -> Iterator[Found | SourceError]:
    entries = _attempt(source, partial(read_feed, content, base))
    if isinstance(entries, SourceError):
        yield entries
    else:
        yield from read_entries(entries, fetcher)


def _article_of_entry(fetcher: Fetcher, entry: Entry) -> Article:
    """The page says best what it is; the feed fills what it leaves open."""
    article = article_from_page(fetcher.fetch(entry.url))
    known = Facts(article.title, article.publisher, article.author, article.published_at).or_else(entry.facts)
    return replace(
        article,
        title=known.title,
        publisher=known.publisher,
        author=known.author,
        published_at=known.published_at,
    )


def _read_path(path: Path, source: str, fetcher: Fetcher) -> Iterator[Found | SourceError]:
    suffix = path.suffix.lower()
    if path.is_dir():
        yield from _read_folder(path, source, fetcher)
    elif suffix in _LINES:
        yield from _guarded(source, partial(_read_jsonl, path, source))
    elif suffix == _ARCHIVE:
        yield from _guarded(source, partial(_read_archive, path, source, fetcher))
    elif suffix in _XML:
        content = _attempt(source, partial(_read_bytes, path))
        if isinstance(content, SourceError):
            yield content
        else:
            yield from _read_xml(content, source, str(path.resolve()), fetcher)
    else:
        yield _found(source, partial(_read_file, path))


def _read_folder(folder: Path, source: str, fetcher: Fetcher) -> Iterator[Found | SourceError]:
    found = False
    for path in _files_under(folder):
        if path.suffix.lower() in _READABLE or path.suffix.lower() in _SAVE_AS:
            found = True
            yield from _read_path(path, str(Path(source, path.relative_to(folder))), fetcher)
    if not found:
        yield SourceError(source, UnreadableSource("empty_folder", kinds=_readable_kinds()))


def _read_xml(content: bytes, source: str, key: str, fetcher: Fetcher) -> Iterator[Found | SourceError]:
    """A saved feed gives the articles that it names; any other document in XML is one article."""
    if looks_like_feed(content):
        yield from _read_feed(content, "", source, fetcher)
    else:
        yield _found(source, lambda: article_from_page(RawPage(read_xml(content), "text", key=key)))


def _files_under(folder: Path) -> Iterator[Path]:
    """All files below a folder in the order of their names, without hidden ones."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _readable_kinds() -> str:
    return " ".join(sorted(_READABLE))


def _read_file(path: Path) -> Article:
    kind = _kind_of(path.suffix) if path.exists() else "text"
    return article_from_page(RawPage(_read_bytes(path), kind, key=str(path.resolve())))


def _read_bytes(path: Path) -> bytes:
    if not path.exists():
        raise UnreadableSource("missing")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableSource("file_too_large", megabytes=LARGEST_FILE // 1_000_000)
    return path.read_bytes()


def _kind_of(suffix: str) -> PageKind:
    suffix = suffix.lower()
    if suffix in _SAVE_AS:
        raise UnreadableSource("save_as", suffix=suffix, other=_SAVE_AS[suffix])
    if suffix not in _KINDS:
        kind = "unknown_suffix" if suffix else "no_suffix"
        raise UnreadableSource(kind, suffix=suffix, kinds=_readable_kinds())
    return _KINDS[suffix]


def _read_archive(path: Path, source: str, fetcher: Fetcher) -> Iterator[Found | SourceError]:
    """The files in a zip archive. Their names only name them: nothing is written to a disk."""
    with zipfile.ZipFile(path) as archive:
        left, found = LARGEST_ARCHIVE, False
        for number, part in enumerate(archive.infolist()):
            name = _name_in_archive(part)
            if part.is_dir() or _is_hidden(name) or PurePosixPath(name).suffix.lower() not in _READABLE.union(_SAVE_AS):
                continue
            found = True
            if number >= _MOST_PARTS or left <= 0:
                raise UnreadableDocument("archive_too_large")
            content = _attempt(f"{source}/{name}", partial(read_part, archive, part, LARGEST_FILE))
            if isinstance(content, SourceError):
                yield content
            else:
                left -= len(content)
                yield from _read_in_archive(content, name, source, path, fetcher)
    if not found:
        yield SourceError(source, UnreadableSource("empty_archive", kinds=_readable_kinds()))


def _read_in_archive(
    content: bytes, name: str, source: str, path: Path, fetcher: Fetcher
) -> Iterator[Found | SourceError]:
    label, suffix, key = f"{source}/{name}", PurePosixPath(name).suffix.lower(), f"{path.resolve()}/{name}"
    if suffix in _LINES:
        yield from _read_lines(io.BytesIO(content), label)
    elif suffix in _XML:
        yield from _read_xml(content, label, key, fetcher)
    else:
        yield _found(label, lambda: article_from_page(RawPage(content, _kind_of(suffix), key=key)))


def _is_hidden(name: str) -> bool:
    """Whether a file in an archive is one that systems leave there for themselves."""
    return any(step == "__MACOSX" or (step.startswith(".") and step.strip(".")) for step in name.split("/"))


def _name_in_archive(part: zipfile.ZipInfo) -> str:
    """The name of a file in an archive; Korean Windows writes it in CP949 without saying so."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return decode(part.filename.encode("cp437"))
    except (UnicodeEncodeError, ItemProblem):
        return part.filename


def _attempt(source: str, read: Callable[[], T]) -> T | SourceError:
    """What `read` returns, or the reason why it gave nothing."""
    try:
        return read()
    except Exception as error:  # readers of foreign formats fail in their own ways: no such item may stop the batch
        return SourceError(source, _problem(error))


def _found(source: str, read: Callable[[], Article]) -> Found | SourceError:
    article = _attempt(source, read)
    return article if isinstance(article, SourceError) else Found(source, article)


def _guarded(source: str, read: Callable[[], Iterator[Found | SourceError]]) -> Iterator[Found | SourceError]:
    """What `read` yields, and the reason if it breaks off."""
    try:
        yield from read()
    except Exception as error:  # as in `_attempt`
        yield SourceError(source, _problem(error))


def _problem(error: Exception) -> ItemProblem:
    if isinstance(error, ItemProblem):
        return error
    if isinstance(error, FileNotFoundError):
        return UnreadableSource("missing")
    if isinstance(error, OSError):
        return UnreadableSource("file_unreadable", error=error.strerror or str(error))
    return UnreadableSource("unreadable", error=type(error).__name__)


def _read_jsonl(path: Path, source: str) -> Iterator[Found | SourceError]:
    with path.open("rb") as file:
        yield from _read_lines(file, source)


def _read_lines(file: BinaryIO, source: str) -> Iterator[Found | SourceError]:
    """One article a line. Text is content: it is NFC-normalised and otherwise kept to the byte."""
    for number, line in enumerate(lines_of(file), 1):
        if line.strip():
            label = f"{source}, line {number}"
            read = _attempt(label, partial(article_from_line, line))
            yield read if isinstance(read, SourceError) else Found(label, *read)
