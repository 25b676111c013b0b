"""The Check tab as a person uses it: the real app over the sample articles, a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser, needs_browser, serving
from tests.test_page_browser import TRAP

pytestmark = [pytest.mark.browser, needs_browser]

DRAFT = """# 가람시 소식

가람시 시내버스 요금이 3월 1일 첫차부터 1650원으로 오른다. 박지성은 2005년 맨체스터 유나이티드에 입단했다.

- Naver will spend **60 billion won** over five years teaching merchants to use AI.
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("sample")) as address:
        yield address


def checked(page: Any, draft: str) -> Any:
    """Check the draft in the page, wait for the end, and give the rows of what was found."""
    page.click("#tab-check-button")
    page.fill(".draft", draft)
    page.click(".primary-button")
    page.locator(".checking .tools button").first.wait_for()
    return page.locator(".finding")


def test_a_draft_is_held_against_the_articles_sentence_by_sentence(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR")
    rows = checked(page, DRAFT)
    assert [row.get_attribute("data-verdict") for row in rows.all()] == ["contradicted", "nothing", "supported"]
    assert "이 문장: ‘1650원’ / 기사: ‘1550원’" in rows.nth(0).inner_text()
    assert "비슷한 내용을 쓴 기사가 없습니다." in rows.nth(1).inner_text()
    assert page.locator(".check-state").inner_text() == "3문장을 모두 대조했습니다."
    rows.nth(0).locator(".chip").click()
    assert "1550원" in highlighted_here(page)
    page.keyboard.press("n")
    assert "60" in highlighted_here(page)
    assert page.locator(".current-finding").get_attribute("data-verdict") == "supported"
    page.locator(".verdicts button", has_text="기사에 없음").click()
    assert [row.is_visible() for row in rows.all()] == [False, True, False]
    assert browser.complaints == []


def highlighted_here(page: Any) -> str:
    return "".join(page.locator("#tab-check .reader .current").all_text_contents())


def test_with_the_keyboard_alone_on_a_phone(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US", width=360, height=740)
    page.locator("#tab-check-button").focus()
    page.keyboard.press("Enter")
    page.locator(".draft").focus()
    page.keyboard.insert_text("Bus fares in Garam rise to 1,550 won from April 1.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    chip = page.get_by_role("button", name="Source 1: ")
    chip.wait_for()
    page.locator(".checking .tools button").first.wait_for()
    chip.focus()
    page.keyboard.press("Enter")
    page.locator("#tab-check .reader.raised .current").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#tab-check .reader").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "1"
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_was_found_is_saved_with_its_sources(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US", accept_downloads=True)
    checked(page, DRAFT)
    with page.expect_download() as saved:
        page.click(".checking .tools button[title='Save as Markdown']")
    text = Path(saved.value.path()).read_text()
    assert "- **Contradicted** 가람시 시내버스 요금이 3월 1일 첫차부터 1650원으로 오른다.[^1]\n" in text
    assert "- **Not in the articles** 박지성은" in text
    assert "[^2]: " in text
    with page.expect_download() as saved:
        page.click(".checking .tools button[title='Save as a page to print']")
    assert "<b>Contradicted</b>" in Path(saved.value.path()).read_text()


def test_a_long_check_can_be_stopped(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US")
    page.click("#tab-check-button")
    page.fill(".draft", "\n\n".join(f"Bus fares in Garam rise to {won} won from March 1." for won in range(1000, 1400)))
    page.click(".primary-button")
    page.locator(".finding").nth(1).wait_for()
    page.locator(".check-state", has_text="of 400 sentences checked").wait_for()
    page.click(".primary-button")
    assert page.locator(".check-state").inner_text().startswith("Stopped after ")
    page.fill(".draft", DRAFT)
    page.click(".primary-button")
    page.locator(".check-state", has_text="Sentences checked: 3.").wait_for()
    assert page.locator(".finding").count() == 3


def test_a_hostile_draft_is_text(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR")
    hostile = (
        f"<img src=https://evil.invalid/d.png onerror={TRAP}> 쿠팡은 <script>{TRAP}</script> 1조원을 약속했다. "
        f"![그림](https://evil.invalid/m.png) 네이버는 <svg onload={TRAP}> ${{{TRAP}}} {{{{{TRAP}}}}} 5억원을 낸다."
    )
    rows = checked(page, hostile)
    assert rows.count() > 0
    assert "<script>" in page.locator(".findings").inner_text()
    assert page.locator(".findings :is(img, script, iframe, a)").count() == 0
    assert page.evaluate("window.trapped") is None
    assert browser.outside() == []
    assert browser.complaints == []
