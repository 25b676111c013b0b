"""The report as a reader gets it: one file that is whole, safe, and asks nothing of any other machine."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from eval.cli import main
from eval.markup import join, tag
from eval.page import report_page
from eval.questions import Question
from eval.run import claim, fill, load_run
from eval.systems import System
from tests.browser import CHROMIUM, needs_browser
from tests.test_eval_run import ARTICLES, QUESTIONS, Scripted, run

ATTACK = "<script>document.title = 'taken'</script><img src=http://example.com/x onerror=alert(1)>\"'&"


class Hostile(Scripted):
    """Says what a page must not take for markup, in every text that it gives."""

    def ask(self, question: Question) -> Answer:
        answer = super().ask(question)
        sentences = tuple(replace(sentence, text=ATTACK, reasons=(ATTACK,)) for sentence in answer.sentences)
        return replace(answer, answer=ATTACK, intro=ATTACK, notices=(ATTACK,), sentences=sentences)


@contextmanager
def opened(page: Path) -> Iterator[tuple[Any, list[str]]]:
    """The page in Chromium, and what went wrong in it or was asked of others."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        complaints: list[str] = []
        view: Any = browser.new_page(viewport={"width": 1280, "height": 900})
        view.on("request", lambda request: complaints.append(request.url))
        view.on("pageerror", lambda error: complaints.append(str(error)))
        view.on("dialog", lambda dialog: complaints.append(dialog.message))
        view.goto(page.as_uri())
        complaints.remove(page.as_uri())
        yield view, complaints
        browser.close()


@pytest.fixture
def runs(tmp_path: Path) -> list[Path]:
    bm25 = System("bm25", Scripted(retrieves=False).search)
    run(tmp_path / "good", Scripted().system(), bm25)
    run(tmp_path / "poor", Scripted(abstains=False).system(), bm25)
    return [tmp_path / "good", tmp_path / "poor"]


def test_every_question_is_there_with_its_answer_and_the_citation_in_its_context(runs: list[Path]) -> None:
    assert main(["report", *map(str, runs)]) == 0
    page = (runs[0] / "report.html").read_text(encoding="utf-8")
    for question in QUESTIONS:
        assert question.question in page
    assert page.count('<details class="question"') == len(QUESTIONS)
    assert "<blockquote>시장 1번 소식이다. <mark>상인회는 1007만원을 받았다.</mark> 다음 달에 다시 모인다." in page
    assert "기사에는 없습니다." in page


def test_the_figures_and_what_changed_are_those_of_the_tables(runs: list[Path], tmp_path: Path) -> None:
    assert main(["report", *map(str, runs), "--out", str(tmp_path / "both.html")]) == 0
    text = unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "both.html").read_text(encoding="utf-8")))
    words = " ".join(text.split())
    assert "good / assistant poor / assistant good / bm25 poor / bm25" in words
    assert "abstention recall 1.000 [1.000, 1.000] 0.000 [0.000, 0.000] - -" in words
    assert re.search(r"poor against good .* right 0\.933 0\.733 -0\.200 .*worse", words)


def test_what_a_run_changed_is_told_at_its_head(tmp_path: Path) -> None:
    for name, passages in (("shipped", "8"), ("fewer", "4")):
        about: dict[str, Any] = {"name": "scripted", "systems": {"assistant": True}}
        about["settings"] = {"passages": passages, "answer_sentences": "3"}
        fill(claim(tmp_path / name, about, QUESTIONS, ARTICLES.get), [Scripted().system()], ARTICLES.get)
    text = unescape(re.sub(r"<[^>]+>", "", report_page([load_run(tmp_path / name) for name in ("shipped", "fewer")])))
    assert "shipped: scripted, 60 questions, ? articles; settings as shipped" in text
    assert "fewer: scripted, 60 questions, ? articles; passages=4" in text


def test_a_run_that_is_not_finished_or_shares_nothing_is_shown_all_the_same(runs: list[Path], tmp_path: Path) -> None:
    lines = (runs[0] / "results.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (runs[0] / "results.jsonl").write_text("".join(lines[:10]), encoding="utf-8")
    other = run(tmp_path / "other", Scripted().system("other"), questions=[replace(QUESTIONS[1], id="else")])
    assert main(["report", str(runs[0]), str(other.folder)]) == 0
    page = (runs[0] / "report.html").read_text(encoding="utf-8")
    assert "No result was recorded." in page
    assert "are not compared" in page


def test_a_place_that_cannot_be_written_is_told(runs: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(runs[0]), "--out", str(runs[0] / "no" / "page.html")]) == 1
    assert "--out FILE.html" in capsys.readouterr().err


def test_text_becomes_markup_nowhere() -> None:
    assert tag("p", ATTACK, title=ATTACK).count("<") == 2
    assert join("<b>", tag("b", "&")) == "&lt;b&gt;<b>&amp;</b>"


@pytest.mark.browser
@needs_browser
def test_hostile_texts_do_nothing_and_nothing_is_fetched(tmp_path: Path) -> None:
    questions = [replace(question, question=ATTACK, type=ATTACK) for question in QUESTIONS]
    hostile = run(tmp_path / "hostile", Hostile().system(), questions=questions)
    page = tmp_path / "report.html"
    page.write_text(report_page([hostile]), encoding="utf-8")
    with opened(page) as (view, complaints):
        view.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert view.title() == "assistant-eval: hostile"
        view.locator("details.question >> nth=1").scroll_into_view_if_needed()  # what is far off is not drawn
        assert ATTACK in view.text_content("details.question >> nth=1")
        assert view.locator("img").count() == 0
        assert complaints == []


@pytest.mark.browser
@needs_browser
def test_questions_are_filtered_and_korean_is_drawn(runs: list[Path]) -> None:
    main(["report", *map(str, runs)])
    with opened(runs[0] / "report.html") as (view, complaints):
        assert view.inner_text("#shown") == "60 / 60"
        view.check("#changed")
        assert view.inner_text("#shown") == "12 / 60"
        view.fill("#words", "시장 5번")
        assert view.inner_text("#shown") == "1 / 60"
        drawn = view.evaluate(
            """() => ["가", "힣"].map((letter) => {
                const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
                pen.font = getComputedStyle(document.body).font;
                pen.fillText(letter, 10, 30);
                return canvas.toDataURL();
            })"""
        )
        assert drawn[0] != drawn[1]  # a font without Hangul draws the same box for both
        assert view.locator("svg circle.dot").count() > 10
        view.set_viewport_size({"width": 390, "height": 800})
        assert view.evaluate("document.documentElement.scrollWidth") <= 390
        assert complaints == []
