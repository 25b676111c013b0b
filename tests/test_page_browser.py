"""The page as a person uses it: the real app, a real browser, nothing beyond this machine."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser, ask, needs_browser, paste, serving
from tests.openai_server import ModelServer, hanging, streamed

pytestmark = [pytest.mark.browser, needs_browser]

KOREAN_TITLE = "가람마트, 입점 상인 지원책 내놔"
KOREAN_PLEDGE = "가람마트는 신선식품 상인의 배송비 45억원을 대신 내겠다고 약속했다."
KOREAN = f"""{KOREAN_TITLE}
가람마트가 3일 서울에서 입점 상인 지원책을 발표했다. 🎉 상인 200여 명이 자리를 채웠다.
{KOREAN_PLEDGE}
상인 단체는 약속이 지켜지는지 지켜보겠다고 밝혔다."""

ENGLISH_TITLE = "Harbor Freight Union ends nine-day strike"
ENGLISH_ANSWER = "Dock workers will get a 6.5 percent raise over two years under the deal."
ENGLISH = f"""{ENGLISH_TITLE}
The Harbor Freight Union ended its strike on Tuesday after talks with the port authority.
{ENGLISH_ANSWER}
Ships were expected to move again by Thursday morning."""

TRAP = "window.trapped=1"
HOSTILE_TITLE = (
    f"위험상사 <img src=https://evil.invalid/t.png onerror={TRAP}> 설비 투자 공시 ${{{TRAP}}} {{{{{TRAP}}}}}"
)
HOSTILE_PLEDGE = (
    f"위험상사는 내년까지 군산 공장 설비에 77억원을 투자하겠다고 <script>{TRAP}</script><svg onload={TRAP}> 밝혔다 "
    f"![그림](https://evil.invalid/m.png) [공시](javascript:{TRAP}) ${{{TRAP}}}."
)
HOSTILE = f"""{HOSTILE_PLEDGE}
<iframe src=https://evil.invalid/></iframe>회사는 투자 재원을 회사채로 마련하겠다고 덧붙였다.
주주들은 투자 규모가 지난해 영업이익보다 크다는 점을 걱정하고 있다."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the sample library: these tests only read."""
    with serving(tmp_path_factory.mktemp("sample")) as address:
        yield address


@pytest.fixture
def own(tmp_path: Path) -> Iterator[str]:
    """The app over a library of the test's own, empty at first."""
    with serving(tmp_path) as address:
        yield address


def highlighted(page: Any) -> str:
    """The text that stands out in the reading pane."""
    return "".join(page.locator(".desk .reader .current").all_text_contents()).strip()


def cite(page: Any, turn: Any, sentence: str) -> None:
    """Click the first citation of the sentence of the answer that has these words."""
    turn.locator(".sentence", has_text=sentence).locator(".chip").first.click()


def test_an_article_goes_in_and_each_answer_opens_its_sentence(own: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.page(own, "ko-KR")
    paste(page, "", KOREAN)
    assert page.locator(".progress li.added").inner_text().split("\n") == ["추가됨", KOREAN_TITLE]

    file = tmp_path / "strike.txt"
    file.write_text(ENGLISH)
    page.locator(".adding button[role=tab]:visible").first.click()
    page.set_input_files("#add-files input[type=file]", file)
    page.locator(".progress li.added", has_text=ENGLISH_TITLE).wait_for()
    page.locator(".shelf tbody tr").nth(1).wait_for()
    assert set(page.locator(".shelf .title").all_inner_texts()) == {KOREAN_TITLE, ENGLISH_TITLE}

    page.click("#tab-ask-button")
    turn = ask(page, "가람마트가 약속한 배송비는 얼마야?")
    cite(page, turn, KOREAN_PLEDGE)
    assert highlighted(page) == KOREAN_PLEDGE
    turn = ask(page, "How much of a raise will dock workers get?")
    cite(page, turn, ENGLISH_ANSWER)
    assert highlighted(page) == ENGLISH_ANSWER
    assert page.locator(".reader .current").first.is_visible()
    assert browser.complaints == []


def test_a_follow_up_is_understood_with_what_was_asked_before(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR")
    turn = ask(page, "네이버는 AI 교육에 얼마를 투자하나?")
    assert turn.locator(".understood").inner_text() == ""
    turn = ask(page, "그럼 쿠팡은?")
    assert "쿠팡" in turn.locator(".understood").inner_text()
    assert "투자" in turn.locator(".understood").inner_text()


def test_a_question_in_the_other_language_finds_the_sentence(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US")
    turn = ask(page, "쿠팡이 약속한 건 뭐야?")
    turn.locator(".chip").first.click()
    assert "쿠팡" in highlighted(page) or "Coupang" in highlighted(page)
    turn = ask(page, "What did Coupang pledge?")
    turn.locator(".chip").first.click()
    assert "쿠팡" in highlighted(page) or "Coupang" in highlighted(page)


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        ("ko-KR", ["질문", "초안 대조", "기사 서고", "기사에 대해 물어보세요"]),
        ("en-GB", ["Ask", "Check", "Library", "Ask about your articles"]),
    ],
)
def test_the_page_speaks_the_browsers_language_and_calls_no_other_host(
    app: str, browser: Browser, locale: str, labels: list[str]
) -> None:
    page = browser.page(app, locale)
    shown = page.locator("#rooms button[role=tab]:visible").all_inner_texts()[:3]
    assert [*shown, page.get_attribute(".composer textarea", "placeholder")] == labels
    page.locator(".example").first.click()
    page.locator(".turn.last .chip").first.wait_for()
    page.click("#tab-library-button")
    page.locator(".shelf tbody tr .badge").first.wait_for()
    assert browser.outside() == []


def test_hostile_text_stays_text(own: str, browser: Browser) -> None:
    page = browser.page(own, "ko-KR")
    paste(page, HOSTILE_TITLE, HOSTILE)
    page.locator(".shelf .title button", has_text="위험상사").click()
    page.locator("dialog .reader article").wait_for()
    page.locator("dialog .sheet-close").click()
    page.click("#tab-ask-button")
    turn = ask(page, "위험상사는 군산 공장 설비에 얼마를 투자하나?")
    cite(page, turn, "77억원")
    assert highlighted(page) == HOSTILE_PLEDGE
    ask(page, f"<img src=https://evil.invalid/q.png onerror='{TRAP}'> ${{{TRAP}}} 위험상사 투자")
    page.wait_for_timeout(500)
    assert HOSTILE_TITLE in page.locator(".desk .reader article").inner_text()
    assert page.evaluate("window.trapped") is None
    assert page.locator(".desk :is(script, img, iframe, [onerror], [onload], a[href^='javascript'])").count() == 0
    assert browser.outside() == []
    assert browser.complaints == []


def test_a_question_nobody_wrote_about_gets_passages_and_no_citation(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR")
    turn = ask(page, "삼성전자는 무엇을 약속했나?")
    assert "삼성전자" in turn.locator(".abstained").inner_text()
    assert turn.locator(".chip").count() == 0
    turn.locator(".passage").first.click()
    assert page.locator(".desk .reader .near").count() > 0
    assert highlighted(page) == ""


def test_keys_walk_through_the_citations(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US")
    turn = ask(page, "What did Coupang pledge?")
    assert turn.locator(".chip").count() > 1
    turn.locator(".chip").first.click()
    first = highlighted(page)
    page.keyboard.press("n")
    assert highlighted(page) not in ("", first)
    page.keyboard.press("p")
    assert highlighted(page) == first


def test_enter_that_ends_a_hangul_syllable_does_not_send(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR")
    page.fill(".composer textarea", "쿠팡이 약속한 건 뭐")
    page.evaluate(
        """document.querySelector(".composer textarea").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }))"""
    )
    assert page.locator(".turn").count() == 0
    page.keyboard.press("Enter")
    assert page.locator(".turn").count() == 1


def test_a_citation_of_a_deleted_article_says_so_and_keeps_the_quote(own: str, browser: Browser) -> None:
    page = browser.page(own, "en-US")
    paste(page, "", KOREAN)
    page.click("#tab-ask-button")
    turn = ask(page, "가람마트가 약속한 배송비는 얼마야?")
    page.click("#tab-library-button")
    mine = page.locator(".shelf td.title", has_text=KOREAN_TITLE)
    mine.wait_for()
    page.click(".shelf .actions button")
    mine.wait_for(state="detached")
    page.locator(".toast button").last.click()  # undo
    mine.wait_for()
    page.click(".shelf .actions button")
    mine.wait_for(state="detached")
    page.click("#tab-ask-button")
    cite(page, turn, KOREAN_PLEDGE)
    page.locator(".reader .notice", has_text="deleted").wait_for()
    assert page.locator(".reader blockquote").inner_text() == KOREAN_PLEDGE


def test_on_a_phone_the_article_is_a_sheet(app: str, browser: Browser) -> None:
    page = browser.page(app, "ko-KR", width=360, height=740)
    turn = ask(page, "쿠팡이 약속한 건 뭐야?")
    assert not page.locator(".desk .reader").is_visible()
    turn.locator(".chip").first.click()
    page.locator(".desk .reader.raised .current").first.wait_for()
    for tab in ("#tab-ask-button", "#tab-library-button"):
        page.keyboard.press("Escape")
        page.locator(".desk .reader").wait_for(state="hidden")
        page.click(tab)
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_with_a_language_model_the_page_names_its_host_and_can_stop_it(tmp_path: Path, browser: Browser) -> None:
    hung_up = threading.Event()
    with (
        ModelServer(
            hanging(hung_up, "쿠팡은 비용을 대겠다고 했다 [1.1]. 그리고"),
            streamed("쿠팡 대표가 장관을 만났다고 다시 답한다 [1.1]."),
        ) as model,
        serving(tmp_path, ASSISTANT_CHAT_MODEL="tiny", OPENAI_BASE_URL=model.url) as app,
    ):
        page = browser.page(app, "ko-KR")
        page.locator(".note:visible").wait_for()
        assert model.host in page.locator(".note").inner_text()
        page.fill(".composer textarea", "쿠팡이 약속한 건 뭐야?")
        page.keyboard.press("Enter")
        page.locator(".turn.last .sentence").wait_for()  # shown while the model is still at it
        page.click(".composer .send")
        assert page.locator(".turn.last .state").inner_text() == "멈췄습니다."
        assert hung_up.wait(15)
        page.click(".turn.last .tools button[title='다시 묻기']")
        page.locator(".turn.last .sentence", has_text="다시 답한다").wait_for()
        assert page.locator(".turn").count() == 1


def test_programs_ask_search_and_add_over_the_api(own: str) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(own, verbose=False)
    answer = client.predict("쿠팡이 약속한 건 뭐야?", api_name="/ask")
    assert answer["sentences"][0]["citations"][0]["quote"]
    assert len(client.predict("쿠팡", 2, api_name="/search")) == 2
    with pytest.raises(AppError, match="empty"):
        client.predict(" ", api_name="/ask")
    added = client.predict(KOREAN, api_name="/add")
    assert (added["status"], added["title"]) == ("added", KOREAN_TITLE)
    assert client.predict("배송비", api_name="/search")[0]["article"] == added["article_id"]
    with pytest.raises(AppError, match="no text"):
        client.predict("  ", api_name="/add")


def test_a_conversation_comes_back_to_whoever_held_it_and_to_no_one_else(tmp_path: Path, browser: Browser) -> None:
    people = tmp_path / "people"
    people.write_text("kim:kim\nlee:lee\n")
    with serving(tmp_path, "--auth", str(people)) as app:
        page = browser.page(app, "ko-KR", login="kim")
        ask(page, "쿠팡이 약속한 건 뭐야?")
        answered = page.locator(".turn .sentences").inner_text()
        page.locator(".turn.last .tools button").nth(1).click()  # a bad answer
        page.locator(".feedback textarea").first.wait_for()
        page.reload()
        page.locator(".talk-bar button").first.click()
        page.locator(".conversation", has_text="쿠팡이 약속한").click()
        page.locator(".turn.last .tools [aria-pressed=true]").wait_for()
        assert page.locator(".turn .sentences").inner_text() == answered
        assert highlighted(page) in answered
        other = browser.page(app, "en-US", login="lee")
        other.locator(".talk-bar button").first.click()
        other.locator(".conversations .hint").wait_for()
        assert other.locator(".conversations").inner_text() == "No conversations yet."
        page.locator(".talk-bar button").first.click()
        page.locator(".conversations .icon-button").nth(1).click()
        page.locator(".conversations .hint").wait_for()
        assert browser.complaints == []


def test_only_the_articles_that_are_filtered_for_are_asked(app: str, browser: Browser) -> None:
    page = browser.page(app, "en-US")
    samples = {"English": "Newsroom Sample", "Korean": "뉴스룸 샘플"}
    for language, publisher in samples.items():
        page.locator(".filters summary").click()
        for name in samples:
            page.locator(".filters label", has_text=name).locator("input").set_checked(name == language)
        page.keyboard.press("Escape")
        turn = ask(page, "What did Coupang pledge?")
        shown = turn.locator(".tail").inner_text()
        assert [name for name in samples.values() if name in shown] == [publisher]

    page.locator(".filters summary").click()
    page.locator(".filters .card > button").click()  # clear all
    page.keyboard.press("Escape")
    page.click("#tab-library-button")
    page.locator(".shelf tbody tr", has_text="플랫폼 4사").locator("input").check()
    page.locator(".picks button").first.click()
    turn = ask(page, "What did Coupang pledge?")
    assert turn.locator(".source").count() == 1
    assert "플랫폼 4사" in turn.locator(".source").inner_text()
