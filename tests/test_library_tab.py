"""What the Library tab tells the browser: on a real library and a site of our own, without a browser."""

import ast
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

import ingest
from assistant.settings import Settings
from assistant.web.desk import Desk
from assistant.web.library_tab import Removed, feeds_progress, files_progress, urls_progress
from assistant.web.strings import STRINGS
from ingest.clean import make_article
from ingest.library import Library
from ingest.problems import SENTENCES
from ingest.refetch import refetch
from tests.fakes import HashEmbedder
from tests.test_fetch import Site, reply

HERE = ["localhost"]
STORY = "<title>배송비 소식</title><p>가람마트는 신선식품 상인의 배송비 {amount}억원을 대신 내겠다고 약속했다.</p>"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = Settings(library=tmp_path / "library", allow_hosts=("localhost",))
    with Library.open(settings.library, HashEmbedder()) as library, ExitStack() as opened:
        yield Desk(library, settings, opened)


def page_of(amount: int) -> bytes:
    return STORY.format(amount=amount).encode()


class TestProgress:
    def test_each_file_waits_until_it_is_its_turn(self, desk: Desk, tmp_path: Path) -> None:
        for name in ("a.txt", "b.hwp", "c.txt"):
            (tmp_path / name).write_text(f"{name} 기사다. 쿠팡은 지원을 약속했다.")
        first, *steps = files_progress(desk, [tmp_path / name for name in ("a.txt", "b.hwp", "c.txt")])
        assert (first["items"], first["waiting"]) == ([], ["a.txt", "b.hwp", "c.txt"])
        assert [item["status"] for item in steps[-1]["items"]] == ["added", "failed", "added"]
        assert steps[-1]["waiting"] == []
        assert steps[1]["waiting"][-1] == "c.txt"

    def test_an_added_item_can_be_looked_at(self, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("쿠팡은 지원을 약속했다. 끝.")
        *_, last = files_progress(desk, [tmp_path / "a.txt"])
        (item,) = last["items"]
        assert desk.library.get(item["id"]).text.startswith("쿠팡은")

    @pytest.mark.parametrize(
        ("name", "content", "korean", "english"),
        [
            ("a.hwp", b"\xd0\xcf", ".hwpx 형식으로 저장", "Save it as .hwpx"),
            ("a.doc", b"\xd0\xcf", ".docx 형식으로 저장", "Save it as .docx"),
            ("a.exe", b"MZ", ".exe 파일은 읽을 수 없습니다", ".exe files cannot be read"),
            ("a.txt", b"", "글이 없습니다", "There is no text"),
            ("a.pdf", b"%PDF-1.7", "PDF가 손상됐습니다", "The PDF is damaged"),
            ("a.jsonl", b'{"text": 3}', '"text"가 없습니다', '"text" is missing'),
        ],
    )
    def test_a_failure_is_said_in_the_readers_language(
        self, desk: Desk, tmp_path: Path, name: str, content: bytes, korean: str, english: str
    ) -> None:
        (tmp_path / name).write_bytes(content)
        *_, last = files_progress(desk, [tmp_path / name])
        (item,) = last["items"]
        for language, words in (("ko", korean), ("en", english)):
            sentence = STRINGS[language][item["words"]].format(**item["values"])
            assert words in sentence
        assert english in item["reason"]
        assert str(tmp_path) not in str(item)

    def test_a_larger_file_than_we_read_is_refused_by_the_server_itself(self, desk: Desk, tmp_path: Path) -> None:
        with (tmp_path / "a.txt").open("wb") as file:
            file.truncate(20_000_001)
        *_, last = files_progress(desk, [tmp_path / "a.txt"])
        assert [(item["status"], item["words"]) for item in last["items"]] == [("failed", "problem_file_too_large")]
        assert not (tmp_path / "a.txt").exists()

    def test_a_page_that_cannot_be_had_says_why(self, desk: Desk, site: Site) -> None:
        *_, last = urls_progress(desk, f"{site.address}/gone")
        (item,) = last["items"]
        assert (item["words"], item["values"]) == ("problem_status", {"status": 404})


class TestFeeds:
    def test_a_feed_is_remembered_and_only_what_is_new_comes_in_again(self, desk: Desk, site: Site) -> None:
        site.pages["/1"], site.pages["/2"] = reply(page_of(45)), reply(page_of(60))
        site.pages["/rss"] = reply(b"<rss><channel><item><link>/1</link></item></channel></rss>")
        *_, last = feeds_progress(desk, f" {site.address}/rss ")
        assert [item["status"] for item in last["items"]] == ["added"]
        links = "".join(f"<item><link>/{number}</link></item>" for number in (1, 2))
        site.pages["/rss"] = reply(f"<rss><channel>{links}</channel></rss>".encode())
        *_, last = feeds_progress(desk)
        assert [item["source"] for item in last["items"]] == [f"{site.address}/2"]
        assert [feed.articles for feed in desk.library.feeds.all()] == [2]

    def test_what_is_no_feed_is_not_remembered_and_said_in_the_readers_language(self, desk: Desk, site: Site) -> None:
        site.pages["/1"] = reply(page_of(45))
        *_, last = feeds_progress(desk, f"{site.address}/1")
        assert [item["words"] for item in last["items"]] == ["problem_no_feed"]
        *_, last = feeds_progress(desk, "/etc/passwd")
        assert [item["words"] for item in last["items"]] == ["not_a_web_address"]
        assert desk.library.feeds.all() == []


class TestProblems:
    def test_every_problem_has_its_sentence_in_both_languages_with_the_same_blanks(self) -> None:
        for kind, english in SENTENCES.items():
            korean = STRINGS["ko"][f"problem_{kind}"]
            assert re.search("[가-힣]", korean)
            assert set(re.findall(r"\{\w+\}", korean)) <= set(re.findall(r"\{\w+\}", english)), kind

    def test_every_problem_that_is_raised_has_a_sentence_with_those_blanks(self) -> None:
        raised = set()
        for file in Path(ingest.__file__).parent.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and first.value in SENTENCES:
                        blanks = set(re.findall(r"\{(\w+)\}", SENTENCES[str(first.value)]))
                        assert blanks == {keyword.arg for keyword in node.keywords}, first.value
                        raised.add(first.value)
        assert raised | {"unknown_suffix", "no_suffix"} == set(SENTENCES)


class TestShelf:
    def test_what_is_deleted_comes_back_once(self, desk: Desk) -> None:
        desk.library.add([make_article("쿠팡은 지원을 약속했다.", id="a", title="쿠팡")])
        removed = Removed(desk)
        undo = removed.take(["a"])
        assert len(desk.library) == 0
        assert removed.put_back(undo)
        assert desk.library.get("a").title == "쿠팡"
        assert not removed.put_back(undo)


class TestRefetch:
    def test_what_the_page_says_now_replaces_the_article_under_its_id(self, desk: Desk, site: Site) -> None:
        address = f"{site.address}/1"
        site.pages["/1"] = reply(page_of(45))
        *_, last = urls_progress(desk, address)
        (id,) = [item["id"] for item in last["items"]]
        assert refetch(desk.library, id, HERE).status == "unchanged"
        site.pages["/1"] = reply(page_of(60))
        assert refetch(desk.library, id, HERE).status == "updated"
        assert "60억원" in desk.library.get(id).text
        assert len(desk.library) == 1

    def test_an_id_that_was_given_and_what_the_page_leaves_open_stay(self, desk: Desk, site: Site) -> None:
        site.pages["/1"] = reply(page_of(60))
        known = make_article("옛 글이다.", id="given", url=f"{site.address}/1", publisher="누리통신")
        desk.library.add([known])
        assert refetch(desk.library, "given", HERE).status == "updated"
        article = desk.library.get("given")
        assert (article.publisher, "60억원" in article.text) == ("누리통신", True)

    def test_a_page_that_is_gone_leaves_the_article(self, desk: Desk, site: Site) -> None:
        known = make_article("옛 글이다.", id="given", url=f"{site.address}/gone")
        desk.library.add([known, replace(known, id="no address", url=None)])
        outcome = refetch(desk.library, "given", HERE)
        assert (outcome.status, outcome.kind) == ("failed", "status")
        assert desk.library.get("given") == known
        assert refetch(desk.library, "no address", HERE).kind == "no_address"
