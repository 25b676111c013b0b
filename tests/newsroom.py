"""Pages and files as newsrooms, ministries and readers make them, all invented: what goes in, and what comes out.

The pages are in `tests/shapes`; what is no text is built here. `expected.jsonl` beside the pages says, for each, the
fields and the text that must come out: checked by eye, and by `tests/test_shapes.py`.

    python -m tests.newsroom            prints the table of docs/library.md
"""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Article
from ingest.sources import Found, find_articles
from tests.test_documents import docx, hancom_paragraph, hwpx, pdf_of, word_paragraph
from tests.test_fetch import Site, reply

SHAPES = Path(__file__).parent / "shapes"
COLUMNS = (
    "A town turns its lights down",
    (
        "Willow Bend switched off half of its street",
        "lamps on Monday, after a year of meas-",
        "urements by the local school. The council",
        "expects to save $61,000 a year, enough to",
        "pay for a second bus.",
    ),
    (
        "Pupils counted 214 kinds of moths under",
        "the dark lamps and 37 under the lit ones.",
        "“We thought the counter was broken,” said",
        "Ines Alba, who is 12. The rest of the lamps",
        "follow in May.",
    ),
)
RELEASE = (
    (
        "골목경제부 보도자료",
        "골목상점 전기요금 특별지원 신청 시작",
        "골목경제부는 골목상점 전기요금 특별지원 신청을 11월 25일부터 받는다고 ",
        "밝혔다. 한 해 매출 6천만원 이하 가게는 20만원까지 지원받는다. 지원을 받",
        "- 1 -",
    ),
    (
        "골목경제부 보도자료",
        "으려면 누리집이나 가까운 센터에서 신청하면 된다. 지난해에는 가게 4만1천 ",
        "곳이 도움을 받았다.",
        "- 2 -",
    ),
    ("골목경제부 보도자료", "○ 문의: 소상공인지원과", "- 3 -"),
)


@dataclass(frozen=True)
class Shape:
    """One page or file: what it is like, and what must come out of it (`text` None: it is refused)."""

    file: str
    what: str
    text: str | None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_at: str | None = None


def shapes() -> list[Shape]:
    """All of them."""
    lines = (SHAPES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [Shape(**json.loads(line)) for line in lines]


@contextmanager
def newsroom() -> Iterator[dict[str, list[Article | str]]]:
    """What comes out of each, by the name of the file: articles, or the kind of problem."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        site = Site()
        try:
            build(room, site)
            yield {
                shape.file: [
                    item.article if isinstance(item, Found) else item.problem.kind
                    for item in find_articles([str(room / shape.file)], allow_hosts=["localhost"])
                ]
                for shape in shapes()
            }
        finally:
            site.server.shutdown()
            site.server.server_close()


def build(room: Path, site: Site) -> None:
    """Writes all files to the folder `room`; `site` serves what the feed names."""
    for file in SHAPES.iterdir():
        if file.suffix in (".html", ".txt"):
            encoding = "cp949" if file.stem.endswith("euckr") else "utf-8"
            (room / file.name).write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    (room / "en-comments.html").write_text(commented(), encoding="utf-8")
    (room / "two-columns.pdf").write_bytes(two_columns())
    (room / "ko-release.pdf").write_bytes(pdf_of(*map(_page, RELEASE)))
    (room / "release.docx").write_bytes(word_release())
    (room / "release.hwpx").write_bytes(hancom_release())
    site.pages["/news/7"] = reply((SHAPES / "ko-interview.html").read_bytes())
    (room / "feed.xml").write_bytes(
        '<?xml version="1.0" encoding="euc-kr"?><rss version="2.0"><channel><title>두루미디어</title>'
        f"<item><title>책방은 동네의 거실</title><link>{site.address}/news/7</link></item>"
        "</channel></rss>".encode("cp949")
    )
    with zipfile.ZipFile(room / "scraps.zip", "w") as scraps:
        name = "스크랩/새벽 배송.txt".encode("cp949").decode("cp437")  # as Korean Windows writes names
        part = zipfile.ZipInfo(name)
        scraps.writestr(part, (SHAPES / "ko-saved.txt").read_text(encoding="utf-8").encode("cp949"))
        scraps.writestr("__MACOSX/._a.txt", b"\0\x05\x16\x07 Mac OS X")
        scraps.writestr("Thumbs.db", b"\xd0\xcf")


def commented() -> str:
    """A short article under which readers wrote far more than its author."""
    said = "".join(
        f'<li class="comment"><span class="comment-author">reader{number}</span><p>We lost power {number} times this'
        " year, and nobody from the company ever called us back about it.</p><button>Reply</button></li>"
        for number in range(1, 81)
    )
    body = (
        "<p>Power was back in all of Alder County on Friday, four days after the storm, the utility said.</p>"
        "<p>Crews replaced 312 poles. Two workers were treated for frostbite.</p>"
        "<p>The county will ask for a review of tree cutting along the lines, Commissioner Paul Ode said.</p>"
    )
    return (
        '<!doctype html><html lang="en"><head><title>Power is back in Alder County | Alder Examiner</title>'
        '<meta property="og:site_name" content="Alder Examiner"><meta name="author" content="Nia Brook">'
        '<meta property="article:published_time" content="2024-11-22T16:40:00-06:00"></head><body>'
        "<nav><a>Home</a><a>Local</a><a>Sports</a></nav>"
        f"<article><h1>Power is back in Alder County</h1>{body}</article>"
        f'<section id="comments"><h2>80 Comments</h2><ol>{said}</ol></section></body></html>'
    )


def two_columns() -> bytes:
    """A page with a headline over two columns of justified text."""
    title, left, right = COLUMNS
    drawn = [_line(title, 72, 760)]
    drawn += [_line(line, 72, 720 - 14 * number) for number, line in enumerate(left)]
    drawn += [_line(line, 320, 720 - 14 * number) for number, line in enumerate(right)]
    return pdf_of("\n".join(drawn).encode())


def _page(lines: tuple[str, ...]) -> bytes:
    return "\n".join(_line(line, 72, 780 - 20 * number) for number, line in enumerate(lines)).encode()


def _line(text: str, x: int, y: int) -> str:
    return f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def word_release() -> bytes:
    """A press release with a table, and a sentence that its writer struck out with changes tracked."""
    struck = "<w:p><w:del><w:r><w:delText>하루 500명을 더 뽑는다.</w:delText></w:r></w:del></w:p>"
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in (("구분", "2025년"), ("새 일자리", "800개"))
    )
    return docx(
        word_paragraph("하늘바다, 김해 물류센터 착공")
        + word_paragraph("하늘바다가 ", "25일 ", "김해에서 물류센터 첫 삽을 떴다. 2027년 문을 연다.")
        + struck
        + f"<w:tbl>{rows}</w:tbl>"
        + word_paragraph("나해솔 대표는 “남부권 배송이 하루 빨라진다”고 말했다.")
    )


def hancom_release() -> bytes:
    """A ministry's press release: the numbered form they all use."""
    return hwpx(
        "".join(
            map(
                hancom_paragraph,
                (
                    "골목상점 전기요금 특별지원, 25일부터 신청받습니다",
                    "- 한 해 매출 6천만원 이하 가게에 20만원까지 -",
                    "□ 골목경제부(장관 한가람)는 특별지원 신청을 11월 25일부터 받는다고 밝혔다.",
                    "○ 지난해에는 가게 4만1천 곳이 도움을 받았다.",
                ),
            )
        )
    )


def main() -> None:
    """Prints the table."""
    columns = ("", "What it is like", "Title", "Publisher", "Reporter", "Published", "Sentences kept", "Lines leaked")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    with newsroom() as found:
        for shape in shapes():
            (item, *_) = found[shape.file]
            if isinstance(item, str):
                print(f"| `{shape.file}` | {shape.what} | | | | | refused: `{item}` | |")
                continue
            expected = set((shape.text or "").splitlines())
            leaked = [line for line in item.text.splitlines() if line not in expected]
            kept = sum(any(span.of(item.text) in line for line in expected) for span in item.sentences)
            facts = " | ".join(
                fact or "unknown" for fact in (item.title, item.publisher, item.author, item.published_at)
            )
            print(
                f"| `{shape.file}` | {shape.what} | {facts} | {kept} of {_count(shape)} | {len(leaked) or 'nothing'} |"
            )


def _count(shape: Shape) -> int:
    from ingest.clean import make_article

    return len(make_article(shape.text or "").sentences)


if __name__ == "__main__":
    main()
