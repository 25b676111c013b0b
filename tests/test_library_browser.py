"""The Library tab as a person uses it: the real app, a real browser, a site of our own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser, needs_browser, serving
from tests.newsroom import SHAPES
from tests.test_fetch import Site, reply

pytestmark = [pytest.mark.browser, needs_browser]

STORIES = ("ko-daily.html", "en-daily.html")


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    for name in (*STORIES, "ko-section-front.html"):
        site.pages[f"/{name}"] = reply((SHAPES / name).read_bytes())
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path, ASSISTANT_ALLOW_HOSTS="localhost") as address:
        yield address


def add(page: Any, *addresses: str) -> None:
    page.click("#tab-library-button")
    page.locator(".adding button[role=tab]:visible").nth(1).click()
    page.fill("#add-urls textarea", "\n".join(addresses))
    page.click("#add-urls-button")
    page.wait_for_selector(".progress .summary:not(.waiting)")


def titles(page: Any) -> list[str]:
    return list(page.locator(".shelf td.title").all_inner_texts())


def test_addresses_go_in_are_looked_at_sorted_and_fetched_again(app: str, browser: Browser, site: Site) -> None:
    page = browser.page(app, "ko-KR")
    addresses = [f"{site.address}/{name}" for name in (*STORIES, "ko-section-front.html", "gone")]
    add(page, *addresses)
    failures = page.locator(".progress li.failed .reason").all_inner_texts()
    assert ["기사 목록입니다" in failures[0], "404 오류" in failures[1]] == [True, True]
    assert page.locator("#add-urls textarea").input_value().split() == addresses[2:]

    page.locator(".progress .link", has_text="Harbor ferries").click()
    preview = page.locator("dialog .reader article")
    preview.wait_for()
    assert "Each boat will charge for six minutes" in preview.inner_text()
    assert "Advertisement" not in preview.inner_text()
    page.keyboard.press("Escape")

    page.locator(".shelf tbody tr").nth(1).wait_for()
    korean, english = "달토끼마켓, 동네 가게 수수료 7.8%로 내린다", "Harbor ferries go electric, three years early"
    assert titles(page) == [english, korean]  # the newest added first
    page.select_option(".find select", "publisher")
    assert titles(page) == [korean, english]
    page.select_option(".find select", "date")
    assert titles(page) == [english, korean]

    daily = (SHAPES / "ko-daily.html").read_text(encoding="utf-8").replace("420억원", "510억원")
    site.pages["/ko-daily.html"] = reply(daily.encode())
    page.locator(f"button[title='다시 가져오기: {korean}']").click()
    page.locator(".toast", has_text="바뀐 내용으로 교체했습니다").wait_for()
    page.locator(".shelf .link", has_text=korean).click()
    page.locator("dialog .reader article", has_text="510억원").wait_for()
    assert browser.complaints == []
    assert browser.outside() == []


def test_a_feed_is_remembered_listed_and_forgotten(app: str, browser: Browser, site: Site) -> None:
    links = "".join(f"<item><link>/{name}</link></item>" for name in STORIES)
    site.pages["/rss"] = reply(f"<rss><channel><title>소식</title>{links}</channel></rss>".encode())
    page = browser.page(app, "ko-KR")
    page.click("#tab-library-button")
    page.locator(".adding button[role=tab]:visible").nth(3).click()
    page.fill("#add-feed textarea, #add-feed input", f"{site.address}/rss")
    page.click("#add-feed-button")
    page.locator(".feeds li", has_text="기사 2건").wait_for()
    assert page.locator(".shelf tbody tr").count() == 2
    page.click("#read-feeds-button")
    page.locator(".progress .summary", has_text="넣을 것이 없습니다").wait_for()
    page.locator(".feeds .icon-button").click()
    page.locator(".feeds .hint", has_text="기억한 피드가 없습니다").wait_for()
    assert page.locator(".shelf tbody tr").count() == 2
    assert browser.complaints == []


def test_files_that_cannot_be_read_say_so_in_the_readers_language(app: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.page(app, "ko-KR", width=360, height=740)
    page.click("#tab-library-button")
    large, old = tmp_path / "large.txt", tmp_path / "old.hwp"
    old.write_bytes(b"\xd0\xcf")
    with large.open("wb") as file:
        file.truncate(21_000_000)
    page.set_input_files("#add-files input[type=file]", [old, large])
    page.locator(".progress li.failed").nth(1).wait_for()
    assert page.locator(".progress .reason").all_inner_texts() == [
        ".hwp 파일은 읽을 수 없습니다. .hwpx 형식으로 저장해 주세요.",
        "파일이 20MB보다 큽니다. 나누어 주세요.",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
