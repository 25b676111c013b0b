import contextlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.documents import read_document
from ingest.pdf import paragraphs, read_pdf
from ingest.problems import UnreadableDocument
from ingest.sources import SourceError, read_sources

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HANCOM = "http://www.hancom.co.kr/hwpml/2011/paragraph"
TEXT = "쿠팡은 6일 지원을 약속했다. 네이버도 뜻을 같이했다."


def archive(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def docx(body: str) -> bytes:
    return archive({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'})


def word_paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def hwpx(*sections: str) -> bytes:
    parts: dict[str, str | bytes] = {"mimetype": "application/hwp+zip"}
    for number, section in enumerate(sections):
        parts[f"Contents/section{number}.xml"] = f'<hs:sec xmlns:hs="s" xmlns:hp="{HANCOM}">{section}</hs:sec>'
    return archive(parts)


def hancom_paragraph(text: str) -> str:
    return f"<hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p>"


def pdf(*lines: str) -> bytes:
    """A one-page PDF whose font says which characters its glyphs are."""
    shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
    return pdf_of(f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown}\nET".encode())


def pdf_of(*drawn: bytes) -> bytes:
    """A PDF of these pages, each what is drawn on it; the font `F1` takes UTF-16 and says so."""
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    cmap += b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(drawn)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(drawn)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    for number, page in enumerate(drawn):
        packed = zlib.compress(page)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * number),
            b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed),
        ]
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def read(path: Path) -> list[Article | SourceError]:
    return list(read_sources([str(path)]))


def test_a_word_document() -> None:
    row = "".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in ("할인", "100억원"))
    body = (
        word_paragraph("쿠팡은 ", "지원한다.") + "<w:p/>" + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>" + word_paragraph("끝.")
    )
    assert read_document("docx", docx(body)) == "쿠팡은 지원한다.\n할인 | 100억원\n끝."


def test_a_hancom_document() -> None:
    tabbed = "<hp:p><hp:run><hp:t>□ 쿠팡은<hp:tab/>지원한다.<hp:lineBreak/>○ 끝.</hp:t></hp:run></hp:p>"
    content = hwpx(hancom_paragraph("보도자료") + tabbed, hancom_paragraph("둘째 구역"))
    assert read_document("hwpx", content) == "보도자료\n□ 쿠팡은 지원한다.\n○ 끝.\n둘째 구역"


def test_a_pdf_is_put_together_from_its_lines() -> None:
    page = pdf(
        "배달 수수료 인하",
        "달토끼마켓은 내년 3월부터 수수료를 내린다. 정산 주",
        "기도 15일에서 3일로 줄인다. 구름배달은 포장 수수료 ",
        "없앤다.",
    )
    body = (
        "달토끼마켓은 내년 3월부터 수수료를 내린다. 정산 주기도 15일에서 3일로 줄인다. 구름배달은 포장 수수료 없앤다."
    )
    assert read_document("pdf", page) == "배달 수수료 인하\n" + body


def test_headers_page_numbers_and_hyphens_of_a_pdf_go_and_a_sentence_goes_on_over_the_page() -> None:
    pages = [
        ["The Tidewater Report, No. 7", "The harbor ferries will run on batteries by 2026, which is well-", "1"],
        ["The Tidewater Report, No. 7", "known by now. Each boat needs six minutes to charge and trans-", "2"],
        ["The Tidewater Report, No. 7", "ports 300 people. The well-known plug was tested in waves.", "3"],
    ]
    assert paragraphs(pages) == (
        "The harbor ferries will run on batteries by 2026, which is well-known by now."
        " Each boat needs six minutes to charge and transports 300 people. The well-known plug was tested in waves."
    )


def test_a_pdf_that_keeps_its_reader_busy_is_given_up() -> None:
    """A few kilobytes that unpack to half a million words: minutes of work for pypdf."""
    words = "\n".join("1 0 0 1 72 720 Tm (rain) Tj" for _ in range(300_000))
    busy = pdf_of(f"BT /F1 12 Tf {words} ET".encode())
    assert len(busy) < 50_000
    with pytest.raises(UnreadableDocument, match="within 1 seconds") as error:
        read_pdf(busy, seconds=1)
    assert error.value.kind == "pdf_slow"


def test_an_image_only_pdf_says_what_to_do() -> None:
    with pytest.raises(UnreadableDocument, match="OCR"):
        read_document("pdf", pdf())


def test_a_locked_pdf_says_what_to_do() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(pdf("쿠팡은 지원한다."))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(UnreadableDocument, match="password"):
        read_document("pdf", locked.getvalue())


@pytest.mark.parametrize("kind", ["pdf", "docx", "hwpx"])
@pytest.mark.parametrize("damage", ["empty", "cut", "zeroed", "other"])
def test_a_damaged_document_is_refused(kind: str, damage: str) -> None:
    whole = {"pdf": pdf(TEXT), "docx": docx(word_paragraph(TEXT)), "hwpx": hwpx(hancom_paragraph(TEXT))}[kind]
    content = {"empty": b"", "cut": whole[: len(whole) // 3], "zeroed": bytes(len(whole)), "other": archive({"a": "b"})}
    with pytest.raises(UnreadableDocument):
        read_document(kind, content[damage])


def test_xml_bombs_stay_small() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><w:document xmlns:w="{WORD}">{word_paragraph("&e11;")}</w:document>'
    )
    with contextlib.suppress(UnreadableDocument):
        assert len(read_document("docx", archive({"word/document.xml": bomb}))) < 1000


def test_entities_do_not_read_files(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    stolen = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    document = f'{stolen}<w:document xmlns:w="{WORD}">{word_paragraph("가&x;나")}</w:document>'
    assert "secret" not in read_document("docx", archive({"word/document.xml": document}))


def test_a_document_that_unpacks_too_large_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        read_document("docx", archive({"word/document.xml": b" " * 21_000_000}))


def test_an_archive_gives_its_articles_and_its_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    parts: dict[str, str | bytes] = {
        "../../evil.txt": TEXT,
        "sub/b.docx": docx(word_paragraph(TEXT)),
        "lines.jsonl": '{"text": "첫 기사다."}\n{"text": 1}\n',
        "photo.jpg": b"\xff\xd8",
        "old.hwp": b"\xd0\xcf",
        "huge.txt": b"a" * 21_000_000,
    }
    path.write_bytes(archive(parts))
    items = read(path)
    sources = [item.source.removeprefix(str(path)) for item in items if isinstance(item, SourceError)]
    assert [item.text for item in items if isinstance(item, Article)] == [TEXT, TEXT, "첫 기사다."]
    assert sources == ["/lines.jsonl, line 2", "/old.hwp", "/huge.txt"]
    assert [file.name for file in tmp_path.rglob("*")] == ["a.zip"]


def test_an_archive_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 broken")
    (item,) = read(path)
    assert isinstance(item, SourceError)
    assert "damaged" in item.reason


def test_documents_are_read_by_their_names(tmp_path: Path) -> None:
    documents = {"a.pdf": pdf(TEXT), "b.docx": docx(word_paragraph(TEXT)), "c.hwpx": hwpx(hancom_paragraph(TEXT))}
    for name, content in documents.items():
        (tmp_path / name).write_bytes(content)
    assert [item.text for item in read(tmp_path) if isinstance(item, Article)] == [TEXT, TEXT, TEXT]
