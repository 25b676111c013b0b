"""What a person does with an answer: watch it come, rate it, take it along."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.questions import load_questions
from tests.browser import Browser, ask, needs_browser, paste, serving
from tests.openai_server import ModelServer, streamed
from tests.test_page_browser import KOREAN

pytestmark = [pytest.mark.browser, needs_browser]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path) as address:
        yield address


def test_nothing_that_is_read_moves_while_an_answer_is_being_written(tmp_path: Path, browser: Browser) -> None:
    sentences = [f"쿠팡은 소상공인의 할인 비용을 대기로 했다 [1.{number}]. " for number in (1, 2, 3, 4)]
    with (
        ModelServer(streamed(*sentences)) as model,
        serving(tmp_path, ASSISTANT_CHAT_MODEL="tiny", OPENAI_BASE_URL=model.url) as app,
    ):
        page = browser.page(app, "ko-KR", width=390, height=780)
        page.locator(".note:visible").wait_for()
        page.evaluate(
            """() => { window.shifted = 0; new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
            }).observe({ type: "layout-shift" }); }"""
        )
        turn = ask(page, "쿠팡이 약속한 건 뭐야?")
        turn.locator(".source").first.wait_for()
        page.wait_for_timeout(600)  # input less than half a second ago would excuse a shift
        assert page.evaluate("window.shifted") < 0.02


def test_a_bad_answer_becomes_a_test_question(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR")
    paste(page, "", KOREAN)
    page.click("#tab-ask-button")
    turn = ask(page, "가람마트가 약속한 배송비는 얼마야?")
    turn.locator("button[title='나쁜 답변']").click()
    form = page.locator(".feedback")
    form.locator("textarea").first.fill("금액이 없다")
    form.locator("summary").click()
    form.locator("details button").click()
    assert "맞는 답을 적고" in page.locator(".toast").inner_text()
    form.locator("textarea").nth(1).fill("배송비 45억원")
    form.locator(".proof input").first.check()
    form.locator("details button").click()
    form.locator("code", has_text="assistant-eval run --gold").wait_for()
    command = shlex.split(form.locator("code").inner_text())
    gold, library = Path(command[3]), Path(command[5])
    assert library.is_dir()
    (question,) = load_questions(gold)
    assert (question.question, question.answerable) == ("가람마트가 약속한 배송비는 얼마야?", True)


def test_an_answer_is_saved_with_its_footnotes(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US", accept_downloads=True)
    turn = ask(page, "What did Coupang pledge?")
    quote = turn.locator(".words").first.inner_text()
    with page.expect_download() as saved:
        turn.locator("button[title='Save as Markdown']").click()
    text = Path(saved.value.path()).read_text()
    assert text.startswith("# What did Coupang pledge?\n")
    assert "[^1]: " in text
    assert quote in text
    with page.expect_download() as saved:
        turn.locator("button[title='Save as a page to print']").click()
    assert f"<p>{quote}" in Path(saved.value.path()).read_text()
