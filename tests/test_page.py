"""What the page tells the browser: on a real library, without a browser."""

import re
import socket
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import _people
from assistant.answer import Answer, AnswerSentence, Citation, Finished, Hit, Retrieved, SentenceReady
from assistant.citations import cite
from assistant.settings import Settings
from assistant.web import page
from assistant.web.ask_tab import answer_turn
from assistant.web.check_tab import LONGEST_DRAFT, draft_steps
from assistant.web.desk import Desk
from assistant.web.library_tab import files_progress, paste_progress, urls_progress
from assistant.web.strings import STRINGS
from assistant.web.view import Turn, article_view, check_address, examples_view, facts_view, original_link, web_address
from ingest.article import Article
from ingest.chunk import chunk_article
from ingest.clean import make_article
from ingest.errors import UserError
from ingest.library import Library
from tests.fakes import HashEmbedder

TEXT = "쿠팡, 상생안 🎉 발표\n쿠팡은 할인 비용을 🎁 부담하겠다고 약속했다. 정산도 앞당긴다.\n\n다음 달부터 시행한다."
STATIC = Path(page.__file__).parent / "static"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = Settings(library=tmp_path / "library")
    with Library.open(settings.library, HashEmbedder()) as library, ExitStack() as opened:
        yield Desk(library, settings, opened)


def article(text: str = TEXT, **more: Any) -> Article:
    return make_article(text, id="a1", title="쿠팡, 상생안 🎉 발표", **more)


def hits(*articles: Article) -> tuple[Hit, ...]:
    return tuple(Hit(chunk, one, 1.0) for one in articles for chunk in chunk_article(one))


def citation(passages: tuple[Hit, ...], passage: int, sentence: int) -> Citation:
    found = cite(passages, passage, sentence)
    assert found is not None
    return found


def pieces_within(view: dict[str, Any], start: int, end: int) -> str:
    """What the page would highlight."""
    pieces = [piece for paragraph in view["paragraphs"] for piece in paragraph]
    return "".join(p["text"] for p in pieces if p["start"] >= start and p["end"] <= end)


class TestArticle:
    def test_every_sentence_can_be_highlighted_exactly_emoji_or_not(self) -> None:
        one = article()
        for span in one.sentences:
            assert pieces_within(article_view(one), span.start, span.end) == span.of(one.text)

    def test_nothing_of_the_text_is_left_out(self) -> None:
        view = article_view(article())
        shown = "".join(piece["text"] for paragraph in view["paragraphs"] for piece in paragraph)
        assert shown.split() == article().text.split()

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "http://[", None]
    )
    def test_only_web_addresses_become_links(self, url: str | None) -> None:
        assert web_address(url) is None
        assert original_link(url, "quote") is None

    def test_the_link_to_the_original_points_at_the_quote(self) -> None:
        link = original_link("https://news.example/a?b=1#top", "1-2위, “쿠팡” & 네이버")
        assert link is not None
        address, _, fragment = link.partition("#")
        assert address == "https://news.example/a?b=1"
        assert fragment.startswith(":~:text=")
        target = fragment.removeprefix(":~:text=")
        assert not set("-,&") & set(target)  # these have a meaning there
        assert urllib.parse.unquote(target) == "1-2위, “쿠팡” & 네이버"


class TestTurn:
    def test_one_address_has_one_number(self) -> None:
        passages = hits(article())
        first, second = citation(passages, 1, 2), citation(passages, 1, 3)
        turn = Turn(1, "?")
        turn.take(Retrieved(passages))
        turn.take(SentenceReady(AnswerSentence("가", (first, second), "supported")))
        turn.take(SentenceReady(AnswerSentence("나", (second,), "supported")))
        view = turn.view()
        assert [sentence["citations"] for sentence in view["sentences"]] == [[1, 2], [2]]
        assert [cited["quote"] for cited in view["citations"]] == [first.quote, second.quote]
        assert set(view["articles"]) == {"a1"}

    def test_the_finished_answer_replaces_what_streamed(self) -> None:
        passages = hits(article())
        sentence = AnswerSentence("가", (citation(passages, 1, 2),), "unsupported", ("no such number",))
        turn = Turn(1, "?")
        turn.take(Retrieved(passages))
        turn.take(SentenceReady(AnswerSentence("나", (), "unchecked")))
        turn.take(Finished(Answer("?", "ko", "가", False, "llm", (sentence,), passages)))
        assert [(s["text"], s["why"]["en"]) for s in turn.view()["sentences"]] == [("가", "no such number")]

    def test_wire_copies_are_folded_into_the_article_that_is_cited(self) -> None:
        copy = make_article(TEXT, id="a2", title="쿠팡, 상생안", publisher="나루신문")
        passages = tuple(replace(hit, also_in=(copy,)) for hit in hits(article()))
        turn = Turn(1, "?")
        turn.take(Retrieved(passages))
        turn.take(SentenceReady(AnswerSentence("가", (citation(passages, 1, 2),), "supported")))
        assert [one["publisher"] for one in turn.view()["articles"]["a1"]["also_in"]] == ["나루신문"]

    def test_silence_shows_passages_that_are_no_citations(self) -> None:
        passages = hits(article())
        near = citation(passages, 1, 2)
        turn = Turn(1, "?")
        turn.take(Finished(Answer("?", "ko", "", True, "extractive", (), passages, "없습니다.", (near,))))
        view = turn.view()
        assert (view["abstained"], view["reason"], view["citations"]) == (True, "없습니다.", [])
        assert [passage["quote"] for passage in view["passages"]] == [near.quote]
        assert set(view["articles"]) == {"a1"}


class TestDesk:
    def test_the_sample_stands_in_until_there_is_an_own_article(self, desk: Desk) -> None:
        assert facts_view(desk)["sample"] is True
        desk.library.add([article()])
        assert (facts_view(desk)["sample"], facts_view(desk)["articles"]) == (False, 1)
        assert examples_view(desk)["en"] == ["쿠팡, 상생안 🎉 발표"]
        desk.library.delete("a1")
        assert facts_view(desk)["sample"] is True

    def test_an_address_is_checked_against_the_library_as_it_is_now(self, desk: Desk) -> None:
        desk.library.add([article()])
        turn = Turn(1, "?")
        turn.take(SentenceReady(AnswerSentence("가", (citation(hits(article()), 1, 2),), "supported")))
        address = turn.view()["citations"][0]
        assert check_address(desk.article, address) == "same"
        desk.library.add([article("완전히 다른 기사가 되었다. 두 번째 문장이다.")])
        assert check_address(desk.article, address) == "changed"
        desk.library.delete("a1")
        assert check_address(desk.article, address) == "deleted"

    def test_a_citation_of_the_sample_stays_good_after_the_first_own_article(self, desk: Desk) -> None:
        sample = desk.assistant.library.get(desk.assistant.library.articles()[0].id)
        span = sample.sentences[0]
        address = {"article": sample.id, "start": span.start, "end": span.end, "quote": span.of(sample.text)}
        desk.library.add([article()])
        assert check_address(desk.article, address) == "same"

    def test_a_question_that_cannot_be_asked_says_why(self, desk: Desk) -> None:
        last = list(answer_turn(desk, {"number": 7, "question": "  "}))[-1]
        assert (last["number"], last["status"]) == (7, "failed")
        assert "empty" in last["error"]


class TestChecking:
    DRAFT = "# 초안\n\n쿠팡은 할인 비용을 부담하겠다고 약속했다. 정산도 앞당긴다.\n"

    def test_the_findings_come_in_with_the_articles_they_need(self, desk: Desk) -> None:
        desk.library.add([article()])
        first, *steps, last = draft_steps(desk, {"number": 3, "draft": self.DRAFT})
        assert (first["number"], first["total"], first["sentences"], first["status"]) == (3, 2, [], "running")
        counts = [len(step["sentences"]) for step in steps]
        assert counts[0] == 1
        assert counts == sorted(set(counts))
        assert (last["status"], last["error"]) == ("done", None)
        found = last["sentences"][1]
        assert (found["text"], found["verdict"]) == ("정산도 앞당긴다.", "supported")
        evidence = found["evidence"]
        shown = pieces_within(last["articles"][evidence["article"]], evidence["start"], evidence["end"])
        assert shown == evidence["quote"] == "정산도 앞당긴다."

    def test_a_draft_without_sentences_has_no_findings(self, desk: Desk) -> None:
        assert [step["total"] for step in draft_steps(desk, {"number": 1, "draft": "# 제목\n\n---\n"})] == [0, 0]

    def test_what_cannot_be_checked_says_why(self, desk: Desk) -> None:
        def not_now() -> None:
            raise UserError("not now")

        (step,) = draft_steps(desk, {"number": 1, "draft": self.DRAFT}, not_now)
        assert (step["status"], step["error"]) == ("failed", "not now")
        (step,) = draft_steps(desk, {"number": 1, "draft": "가" * (LONGEST_DRAFT + 1)})
        assert "50,000" in step["error"]


class TestAdding:
    def test_pasted_text_becomes_an_article(self, desk: Desk) -> None:
        *_, last = paste_progress(desk, "", TEXT)
        assert [item["status"] for item in last["items"]] == ["added"]
        assert [info.title for info in desk.library.articles()] == ["쿠팡, 상생안 🎉 발표"]

    def test_nothing_pasted_is_nothing_added(self, desk: Desk) -> None:
        assert list(paste_progress(desk, "title", "  \n"))[-1] == {"items": [], "waiting": [], "done": True}

    def test_files_are_named_as_the_user_named_them(self, desk: Desk, tmp_path: Path) -> None:
        good, bad = tmp_path / "기사.txt", tmp_path / "bad.jsonl"
        good.write_text(TEXT)
        bad.write_text("{broken")
        *_, last = files_progress(desk, [good, bad])
        assert last["done"]
        assert [(item["source"], item["status"]) for item in last["items"]] == [
            ("기사.txt", "added"),
            ("bad.jsonl, line 1", "failed"),
        ]
        assert str(tmp_path) not in str(last)
        assert not good.exists()  # the upload is in the library now, and nowhere else

    def test_a_path_on_the_server_is_no_web_address(self, desk: Desk, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text(TEXT)
        *_, last = urls_progress(desk, f"{secret}\nfile://{secret}\n/etc/passwd")
        assert {item["words"] for item in last["items"]} == {"not_a_web_address"}
        assert len(desk.library) == 0


class TestStrings:
    def test_both_languages_say_everything_with_the_same_blanks(self) -> None:
        blanks = re.compile(r"\{\w+\}")
        for key, korean in STRINGS["ko"].items():
            english = STRINGS["en"][key]
            assert korean, key
            assert english, key
            assert set(blanks.findall(korean)) == set(blanks.findall(english)), key

    def test_the_scripts_ask_for_no_string_that_is_missing(self) -> None:
        scripts = "".join(path.read_text() for path in STATIC.glob("*.js"))
        asked = set(re.findall(r"""\bt\("(\w+)\"""", scripts))
        assert asked
        assert asked <= set(STRINGS["ko"])

    def test_no_script_makes_markup_of_data(self) -> None:
        scripts = "".join(path.read_text() for path in STATIC.glob("*.js"))
        assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b", scripts)


class TestServing:
    def test_another_host_without_passwords_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UserError, match="--auth"):
            page.serve(page.build_page(desk), "0.0.0.0", 7860)

    def test_an_address_that_cannot_be_listened_on_says_why(self, desk: Desk) -> None:
        built = page.build_page(desk)
        with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UserError, match=r"in use.*--port"):
            page.serve(built, "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(UserError, match=r"Cannot listen on 192\.0\.2\.1:7860"):
            page.serve(built, "192.0.2.1", 7860, [("kim", "kim")])
        with pytest.raises(UserError, match="0-65535"):
            page.serve(built, "127.0.0.1", 70_000)

    def test_names_and_passwords_come_from_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "people"
        file.write_text("kim:a:b\n\nlee:c\n")
        assert _people(file) == [("kim", "a:b"), ("lee", "c")]

    @pytest.mark.parametrize("content", ["", "kim", "kim:", ":secret"])
    def test_a_file_without_passwords_is_refused(self, tmp_path: Path, content: str) -> None:
        file = tmp_path / "people"
        file.write_text(content)
        with pytest.raises(UserError, match="NAME:PASSWORD"):
            _people(file)

    def test_only_ask_search_and_add_are_public(self, desk: Desk) -> None:
        api = page.build_page(desk).blocks.get_api_info()
        assert set(api["named_endpoints"]) == {"/ask", "/search", "/add"}
        assert api["unnamed_endpoints"] == {}
