import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.article import Article
from ingest.clean import EmptyArticle
from ingest.sources import SourceError, article_from_paste, read_sources
from tests.pages import KOREAN_HTML, SAVED_KOREAN

TEXT = "쿠팡은 6일 지원을 약속했다. 네이버도 뜻을 같이했다."


def read(*sources: Path | str, **options: Any) -> list[Article | SourceError]:
    return list(read_sources(map(str, sources), **options))


def articles(*sources: Path | str) -> list[Article]:
    items = read(*sources)
    assert not [item for item in items if isinstance(item, SourceError)]
    return [item for item in items if isinstance(item, Article)]


def reason(*sources: Path | str) -> str:
    (item,) = read(*sources)
    assert isinstance(item, SourceError)
    return item.reason


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "a.html"])
def test_a_file_is_read_by_its_kind(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(KOREAN_HTML if name == "a.html" else SAVED_KOREAN.text, "utf-8")
    (article,) = articles(path)
    assert article.title == ("구름배달, 포장 수수료 없앤다" if name == "a.html" else SAVED_KOREAN.title)


def test_the_same_file_keeps_its_id_when_its_text_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    (first,) = articles(path)
    path.write_text(TEXT + " 끝.", "utf-8")
    (second,) = articles(path)
    assert first.id == second.id
    assert first.content_hash != second.content_hash


def test_a_folder_is_read_in_order_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.md"):
        (tmp_path / name).write_text(f"{name} {TEXT}", "utf-8")
    for name in (".hidden.txt", "photo.jpg", "style.css"):
        (tmp_path / name).write_bytes(b"\xff\xd8")
    assert [article.text.split()[0] for article in articles(tmp_path)] == ["a.txt", "b.txt", "sub/c.md"]


def test_bad_items_give_their_reasons_and_the_batch_goes_on(tmp_path: Path) -> None:
    good, empty, binary, old = (tmp_path / name for name in ("good.txt", "empty.txt", "binary.txt", "old.hwp"))
    good.write_text(TEXT, "utf-8")
    empty.write_text("")
    binary.write_bytes(bytes(range(256)))
    old.write_bytes(b"\xd0\xcf")
    items = read(tmp_path / "none.txt", empty, binary, old, good)
    reasons = [item.reason if isinstance(item, SourceError) else "" for item in items]
    assert next(item.source for item in items if isinstance(item, SourceError)) == str(tmp_path / "none.txt")
    for found, expected in zip(
        reasons, ("no such file", "no text", "neither UTF-8", ".hwp files cannot", ""), strict=True
    ):
        assert expected in found
    assert isinstance(items[-1], Article)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert "no article in this folder" in reason(tmp_path)


def test_jsonl_fields_are_kept(tmp_path: Path) -> None:
    row = {"id": "n/1", "title": "제목", "url": "https://a.example/1", "publisher": "누리통신", "author": "강도윤"}
    row |= {"published_at": "2024-11-06T17:23:00+09:00", "language": "en", "text": TEXT}
    (article,) = articles(lines(tmp_path / "a.jsonl", row))
    assert {name: getattr(article, name) for name in row} == row


@pytest.mark.parametrize(
    "text",
    [
        SAVED_KOREAN.text,
        "  앞뒤 공백\r\n\r\n\r\n\t탭 \u2028 줄\u200b바꿈 \x08 \n",
        "공유하기\n댓글\n입력 2024.11.06 17:23",
    ],
)
def test_jsonl_text_is_content(tmp_path: Path, text: str) -> None:
    (article,) = articles(lines(tmp_path / "a.jsonl", {"text": text}))
    assert article.text == text
    assert (article.title, article.publisher, article.published_at) == (None, None, None)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not an object"),
        ({"title": "제목"}, '"text" is missing'),
        ({"text": 3}, '"text" is missing'),
        ({"text": " "}, "no text"),
        ({"text": TEXT, "published_at": "어제"}, '"published_at"'),
        ({"text": TEXT, "published_at": "2024-13-01"}, '"published_at"'),
        ({"text": TEXT, "published_at": 20241106}, '"published_at"'),
        ({"text": TEXT, "language": "fr"}, '"language"'),
        ({"text": TEXT, "title": ["a"]}, '"title"'),
        ({"text": TEXT, "id": ["a"]}, '"id"'),
        ({"text": TEXT, "id": "a\nb"}, '"id"'),
        ({"text": "쿠\0팡"}, "NUL"),
        ('{"text": "쿠팡\\ud83d"}', "lone surrogate"),
        ('{"text": "쿠팡", "title": "\\ud83d"}', "lone surrogate"),
        ('{"text": "쿠팡", "id": "\\ud83d"}', '"id"'),
    ],
)
def test_a_bad_line_names_its_number_and_the_others_are_read(tmp_path: Path, row: object, expected: str) -> None:
    items = read(lines(tmp_path / "a.jsonl", {"text": TEXT}, "", row, {"text": TEXT + " 끝."}))
    assert [type(item) for item in items] == [Article, SourceError, Article]
    assert isinstance(items[1], SourceError)
    assert items[1].source == f"{tmp_path / 'a.jsonl'}, line 3"
    assert expected in items[1].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_jsonl_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("".join(json.dumps({"text": TEXT}, ensure_ascii=False) + "\n" for _ in range(2)).encode(encoding))
    assert [article.text for article in articles(path)] == [TEXT, TEXT]


def test_a_line_without_an_id_keeps_its_identity_wherever_it_stands(tmp_path: Path) -> None:
    (first,) = articles(lines(tmp_path / "a.jsonl", {"text": TEXT}))
    _, second = articles(lines(tmp_path / "b.jsonl", {"text": "다른 기사다."}, {"text": TEXT}))
    assert first == second


def test_pasted_text_is_cleaned_like_a_saved_page() -> None:
    article = article_from_paste(SAVED_KOREAN.text)
    assert (article.text, article.title) == (SAVED_KOREAN.article, SAVED_KOREAN.title)
    assert article_from_paste(TEXT, "나의 제목").title == "나의 제목"
    with pytest.raises(EmptyArticle):
        article_from_paste(" ")


RSS = """<?xml version="1.0" encoding="euc-kr"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>누리통신 경제</title><link>https://nuri.example</link>
<item><title>구름배달, 포장 수수료 없앤다</title><link>/news/1</link></item>
<item><title>달토끼마켓 소식</title><link>/short</link><dc:creator>윤서하 기자</dc:creator>
<pubDate>Tue, 12 Nov 2024 17:23:00 +0900</pubDate></item>
<item><title>없는 기사</title><link>/gone</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbor Wire</title><entry><title>Fees fall</title>
<link rel="self" href="/gone"/><link href="/short"/><author><name>Harper Quinn</name></author>
<published>2024-11-12T08:23:00Z</published></entry></feed>"""
ANSWERS = {
    "/news/1": ("text/html", KOREAN_HTML.encode("cp949")),
    "/short": ("text/html", "<p>달토끼마켓이 수수료를 내린다.</p>".encode()),
    "/rss": ("text/xml", RSS.encode("cp949")),
    "/atom": ("application/atom+xml", ATOM.encode()),
    "/bare": ("text/xml", b"<rss><channel/></rss>"),
    "/other": ("text/xml", b"<sitemap/>"),
}


@pytest.fixture
def site() -> Iterator[str]:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = ANSWERS.get(self.path, ("", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched_and_stays_with_the_article(site: str) -> None:
    (article,) = read(f"{site}/news/1", allow_hosts=["localhost"])
    assert isinstance(article, Article)
    assert (article.url, article.publisher) == (f"{site}/news/1", "누리통신")


def test_an_address_that_may_not_be_fetched_is_an_item_that_failed(site: str) -> None:
    assert "not a public address" in reason(f"{site}/news/1")


def test_a_feed_gives_the_articles_it_names_and_fills_what_their_pages_leave_open(site: str) -> None:
    first, second, gone = read(f"{site}/rss", allow_hosts=["localhost"])
    assert isinstance(first, Article)
    assert (first.url, first.publisher, first.author) == (f"{site}/news/1", "누리통신", "강도윤")
    assert isinstance(second, Article)
    assert (second.title, second.publisher, second.author) == ("달토끼마켓 소식", "누리통신 경제", "윤서하")
    assert second.published_at == "2024-11-12T17:23:00+09:00"
    assert isinstance(gone, SourceError)
    assert gone.source == f"{site}/gone"


def test_an_atom_feed(site: str) -> None:
    (article,) = read(f"{site}/atom", allow_hosts=["localhost"])
    assert isinstance(article, Article)
    assert (article.title, article.author) == ("Fees fall", "Harper Quinn")
    assert article.published_at == "2024-11-12T08:23:00+00:00"


@pytest.mark.parametrize(("path", "expected"), [("/bare", "names no article"), ("/other", "not a feed")])
def test_xml_without_articles_says_so(site: str, path: str, expected: str) -> None:
    (item,) = read(f"{site}{path}", allow_hosts=["localhost"])
    assert isinstance(item, SourceError)
    assert expected in item.reason
