"""The text in documents: PDF (`ingest.pdf`); Word (.docx) and Hancom (.hwpx) files, which are XML in a zip archive."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from ingest.pdf import read_pdf
from ingest.problems import UnreadableDocument

LARGEST_PART = 20_000_000
_HWPX_SECTION = re.compile(r"Contents/section(\d+)\.xml")


def read_document(kind: str, content: bytes) -> str:
    """The text of a document, a paragraph a line. `kind` is "pdf", "docx" or "hwpx". Raises UnreadableDocument."""
    readers: dict[str, Callable[[bytes], str]] = {"pdf": read_pdf, "docx": _read_docx, "hwpx": _read_hwpx}
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
        raise UnreadableDocument("part_damaged", error=str(error)) from None
    except RuntimeError:
        raise UnreadableDocument("archive_locked") from None
    if len(content) > largest:
        raise UnreadableDocument("part_too_large", megabytes=largest // 1_000_000)
    return content


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The zip archive in `content`; nothing is unpacked yet. Raises UnreadableDocument when it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument("wrong_kind", error=str(error)) from None


def _read_docx(content: bytes) -> str:
    archive = open_archive(content)
    if "word/document.xml" not in archive.namelist():
        raise UnreadableDocument("not_word")
    return _text_of_xml(read_part(archive, "word/document.xml"))


def _read_hwpx(content: bytes) -> str:
    archive = open_archive(content)
    sections = sorted((int(found[1]), found[0]) for found in map(_HWPX_SECTION.fullmatch, archive.namelist()) if found)
    if not sections:
        raise UnreadableDocument("not_hancom")
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
        raise UnreadableDocument("xml_damaged", error=str(error)) from None


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
