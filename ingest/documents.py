"""The text in documents: PDF by pypdf; Word (.docx) and Hancom (.hwpx) files, which are XML in a zip archive."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from ingest.errors import UserError

LARGEST_PART = 20_000_000
_MOST_PAGES = 2_000
_HWPX_SECTION = re.compile(r"Contents/section(\d+)\.xml")


class UnreadableDocument(UserError):
    """The document cannot be read: damaged, locked, or without text."""


def read_document(kind: str, content: bytes) -> str:
    """The text of a document, a paragraph a line. `kind` is "pdf", "docx" or "hwpx". Raises UnreadableDocument."""
    readers: dict[str, Callable[[bytes], str]] = {"pdf": _read_pdf, "docx": _read_docx, "hwpx": _read_hwpx}
    return readers[kind](content)


def read_xml(content: bytes) -> str:
    """The text of any XML document, a line for each element that holds text itself. Raises UnreadableDocument."""
    return "\n".join(_paragraphs(_parsed(content)))


def read_part(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, largest: int = LARGEST_PART) -> bytes:
    """One file of an archive, unpacked up to `largest` bytes, whatever the archive says its size is."""
    try:
        with archive.open(part) as file:
            content = file.read(largest + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise UnreadableDocument(f"A part of the archive is damaged ({error}).") from None
    except RuntimeError:
        raise UnreadableDocument("The archive is locked with a password. Unlock it first.") from None
    if len(content) > largest:
        raise UnreadableDocument(f"A part of the archive unpacks to more than {largest // 1_000_000} MB.")
    return content


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The zip archive in `content`; nothing is unpacked yet. Raises UnreadableDocument when it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(f"The file is damaged or not of its kind ({error}).") from None


def _read_docx(content: bytes) -> str:
    archive = open_archive(content)
    if "word/document.xml" not in archive.namelist():
        raise UnreadableDocument("This is not a Word document. Save it again as .docx.")
    return _text_of_xml(read_part(archive, "word/document.xml"))


def _read_hwpx(content: bytes) -> str:
    archive = open_archive(content)
    sections = sorted((int(found[1]), found[0]) for found in map(_HWPX_SECTION.fullmatch, archive.namelist()) if found)
    if not sections:
        raise UnreadableDocument("This is not a Hancom document, or it is locked. Save it again as .hwpx.")
    return "\n".join(_text_of_xml(read_part(archive, name)) for _, name in sections)


def _text_of_xml(xml: bytes) -> str:
    """The paragraphs of a document's XML, a line each; a row of a table is one line, its cells parted by bars."""
    lines = (" ".join(line.split()).removesuffix(" |") for line in "".join(_pieces(_parsed(xml))).split("\n"))
    return "\n".join(line for line in lines if line)


def _parsed(xml: bytes) -> Any:
    """The outermost element; elements nest 256 deep at most."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(f"The document's XML is damaged ({error}).") from None


def _paragraphs(element: Any) -> Iterator[str]:
    if any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
        yield " ".join("".join(element.itertext()).split())
    else:
        for child in element:
            yield from _paragraphs(child)


def _pieces(tree: Any) -> Iterator[str]:
    from lxml.etree import iterwalk

    cells = 0
    skipped = None  # the second rendering that Word keeps of a drawing for older programs
    for event, element in iterwalk(tree, events=("start", "end")):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if skipped is not None or name == "Fallback":
            skipped = (
                None if event == "end" and element in (skipped, None) else (skipped if skipped is not None else element)
            )
            continue
        if event == "start":
            cells += name == "tc"
            if name == "t":
                yield element.text or ""
            elif name in ("br", "lineBreak", "cr"):
                yield "\n" if not cells else " "
            elif name == "tab":
                yield " "
        else:
            cells -= name == "tc"
            yield {"p": " " if cells else "\n", "tc": " | ", "tr": "\n"}.get(name, "") if cells < 2 else ""
            parent = element.getparent()
            if parent is not None and isinstance(parent.tag, str) and parent.tag.endswith("}t"):
                yield element.tail or ""


def _read_pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("The PDF is locked with a password. Save it without one.")
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableDocument(f"The PDF has more than {_MOST_PAGES} pages. Split it.")
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except UnreadableDocument:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableDocument(f"The PDF is damaged ({type(error).__name__}). Save it again.") from None
    text = "\n".join(_unwrapped(page) for page in pages)
    if not text.strip():
        raise UnreadableDocument("The PDF holds pictures of text, no text. Run text recognition (OCR) on it first.")
    return text


def _unwrapped(lines: list[str]) -> str:
    """Paragraphs from the lines of a page: a line as long as the page is wide goes on in the next one.

    Where some lines of the page end with a space, those that do not were broken within a word.
    """
    lines = [line for line in lines if line.strip()]
    if not lines:
        return ""
    width = sorted(map(len, lines))[len(lines) * 3 // 4]
    spaced = any(line.endswith(" ") for line in lines)
    text = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = len(line) >= 0.75 * width and width >= 20 and following and not _starts_anew(line, following)
        within_word = spaced and not line.endswith(" ") and _is_hangul(line[-1]) and _is_hangul(following[:1])
        text += line.strip() + (("" if within_word else " ") if goes_on else "\n")
    return text.strip()


def _starts_anew(line: str, following: str) -> bool:
    """Whether a line break between two lines is meant: a new item, or a sentence that ended well short of one."""
    if re.match(r"\s*(?:[-•·○●□■◇◆▲▶*※]|\(?\d{1,2}[.)]\s)", following):
        return True
    return bool(re.search(r"[.!?]['\"”’)\]]*\s*$", line)) and following.startswith(("  ", "\t", "\u3000"))


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"
