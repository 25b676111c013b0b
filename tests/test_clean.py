import unicodedata

import pytest

from ingest.clean import EmptyArticle, RawPage, article_from_page, make_article
from ingest.decode import UnreadableText, decode
from tests.pages import CLEAN, ENGLISH_HTML, KOREAN_HTML, TEXT_PAGES, Page


@pytest.mark.parametrize("page", TEXT_PAGES, ids=lambda page: page.name)
def test_a_saved_page_gives_its_article_and_fields(page: Page) -> None:
    article = article_from_page(RawPage(page.text, "text"))
    assert article.text == page.article
    fields = (article.title, article.publisher, article.author, article.published_at)
    assert fields == (page.title, page.publisher, page.author, page.published_at)


@pytest.mark.parametrize("page", TEXT_PAGES, ids=lambda page: page.name)
def test_cleaning_again_changes_nothing(page: Page) -> None:
    assert article_from_page(RawPage(page.article, "text")).text == page.article


@pytest.mark.parametrize("page", TEXT_PAGES, ids=lambda page: page.name)
def test_line_ends_and_empty_lines_do_not_matter(page: Page) -> None:
    spaced = "\r\n\r\n".join(page.text.splitlines())
    lines = [line for line in article_from_page(RawPage(spaced, "text")).text.splitlines() if line]
    assert lines == [line for line in page.article.splitlines() if line]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_loses_nothing(text: str) -> None:
    assert article_from_page(RawPage(text, "text")).text == text


def test_a_korean_html_page() -> None:
    article = article_from_page(RawPage(KOREAN_HTML.encode("cp949"), "html", key="/x.html"))
    assert article.text.splitlines() == [
        "구름배달, 포장 수수료 없앤다",
        "",
        "내년부터 전국 12만 가게에",
        "",
        "구름배달 본사 전경. [사진=구름배달]",
        "",
        "(서울=누리통신) 강도윤 기자 = 구름배달이 포장 주문에 받던 수수료를 없앤다고 12일 밝혔다."
        " 대상은 전국 12만 가게다.",
        "",
        "적용 시점은 2025. 1. 1.이다.",
        "",
        '구름배달 관계자는 "가게가 살아야 배달도 산다"며 "내년에는 광고비도 낮추겠다"고 말했다.',
        "",
        "- 포장 수수료 폐지",
        "- 광고비 인하",
        "",
        "상생은 약속이다.",
        "",
        "강도윤 기자 dyk@nuri.example",
    ]
    assert (article.title, article.publisher, article.author) == ("구름배달, 포장 수수료 없앤다", "누리통신", "강도윤")
    assert article.published_at == "2024-11-12T17:23:00+09:00"
    assert article.url == "https://nuri.example/news/20241112-1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_a_page_reads_the_same_in_every_encoding_whatever_it_says_of_itself(encoding: str) -> None:
    plain = article_from_page(RawPage(KOREAN_HTML, "html"))
    assert article_from_page(RawPage(KOREAN_HTML.encode(encoding), "html", charset="iso-8859-1")) == plain


def test_an_english_html_page() -> None:
    article = article_from_page(RawPage(ENGLISH_HTML.encode(), "html"))
    assert article.text.startswith("Moonrabbit Market to cut fees\n\nBy Harper Quinn\n\nMoonrabbit Market will lower")
    assert article.text.endswith(
        "It is the first cut since 2019, when the market opened its doors to shops outside the capital."
    )
    assert "three days instead of 15" in article.text
    for gone in ("cookies", "Facebook", "Cloud Delivery", "newsletter", "rights reserved"):
        assert gone not in article.text
    fields = (article.title, article.publisher, article.author, article.published_at)
    assert fields == ("Moonrabbit Market to cut fees", "Harbor Wire", "Harper Quinn", "2024-11-12T08:23:00+00:00")


def test_a_very_short_page_keeps_its_text_and_not_its_menu() -> None:
    menu, footer = "<nav><a>정치</a><a>경제</a></nav>", "<footer>이용약관</footer>"
    page = f"<title>공지</title>{menu}<p>쿠팡은 6일 지원을 약속했다.</p>{footer}"
    article = article_from_page(RawPage(page, "html"))
    assert (article.title, article.text) == ("공지", "공지\n\n쿠팡은 6일 지원을 약속했다.")


def test_a_time_without_a_zone_is_korean_time_on_a_korean_page_only() -> None:
    meta = '<meta property="article:published_time" content="2024-11-12T17:23:00">'
    korean = article_from_page(RawPage(f"<title>구름배달 소식</title>{meta}<p>수수료를 없앤다.</p>", "html"))
    english = article_from_page(RawPage(f"<title>Delivery news today</title>{meta}<p>It drops the fee.</p>", "html"))
    assert (korean.published_at, english.published_at) == ("2024-11-12T17:23:00+09:00", "2024-11-12")


def test_what_stands_outside_the_article_still_fills_the_fields() -> None:
    story = "<p>구름배달이 포장 주문에 받던 수수료를 없앤다고 12일 밝혔다. 대상은 전국 12만 가게다.</p>" * 8
    head = '<title>구름배달 소식</title><div class="date">입력 2024.11.12 17:23</div>'
    rights = "<div>저작권자 © 온누리일보 무단전재 및 재배포 금지</div>"
    article = article_from_page(RawPage(f"{head}<article>{story}</article>{rights}", "html"))
    assert (article.publisher, article.published_at) == ("온누리일보", "2024-11-12T17:23:00+09:00")
    assert "입력" not in article.text
    assert "무단전재" not in article.text


def test_markdown_front_matter_fills_the_fields() -> None:
    text = (
        '---\ntitle: "구름배달 소식"\ndate: 2024-11-12\nauthor: 강도윤\nsource: 누리통신\n---\n\n수수료를 **없앤다**.'
    )
    article = article_from_page(RawPage(text, "text"))
    assert article.text == "수수료를 **없앤다**."
    assert (article.title, article.author, article.publisher) == ("구름배달 소식", "강도윤", "누리통신")
    assert article.published_at == "2024-11-12"


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "...", "<p></p>", "\u200b\ufeff"])
def test_nothing_is_not_an_article(text: str) -> None:
    for kind in ("html", "text"):
        if kind == "html" or not text.startswith("<"):
            with pytest.raises(EmptyArticle):
                article_from_page(RawPage(text, "html" if kind == "html" else "text"))


def test_invisible_characters_go_and_joined_emoji_stay() -> None:
    article = article_from_page(RawPage("\ufeff쿠\u200b팡은 \u202e지원\u202c을 약\x00속했\x08다. 👩‍👩‍👧", "text"))
    assert article.text == "쿠팡은 지원을 약속했다. 👩‍👩‍👧"


def test_text_is_nfc_before_the_first_offset() -> None:
    article = make_article(unicodedata.normalize("NFD", "쿠팡은 지원을 약속했다. 끝."))
    assert [span.of(article.text) for span in article.sentences] == ["쿠팡은 지원을 약속했다.", "끝."]


@pytest.mark.parametrize(
    "piece",
    [
        "쿠팡\n",
        "댓글 3개\n공유하기\n",
        "네이버 카카오 쿠팡 당근\n",
        "김철수 기자\n",
        "By Jane Doe Jane Doe ",
        "[(",
        "\n \n",
        "ⓒ ",
    ],
)
def test_long_odd_pages_come_back(piece: str) -> None:
    text = "쿠팡은 6일 지원을 약속했다고 밝히고 자리를 떠났다.\n" + piece * 20_000
    assert article_from_page(RawPage(text, "text")).text.startswith("쿠팡은 6일 지원을 약속했다고")


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td"])
def test_deeply_nested_pages_come_back(tag: str) -> None:
    try:
        article = article_from_page(RawPage(f"<{tag}>" * 100_000 + "쿠팡은 지원을 약속했다.", "html"))
    except EmptyArticle:
        return
    assert article.text == "쿠팡은 지원을 약속했다."


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnreadableText):
        make_article("쿠팡\ud83d")


def test_the_id_is_the_given_one_or_made_from_what_lasts() -> None:
    assert make_article("쿠팡", id="a/1", url="https://a.example").id == "a/1"
    assert make_article("쿠팡", url="https://a.example").id == make_article("네이버", url="https://a.example").id
    assert make_article("쿠팡", key="/a").id == make_article("네이버", key="/a").id != make_article("쿠팡", key="/b").id
    assert make_article("쿠팡").id == make_article("쿠팡").id != make_article("네이버").id


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-11-06", "2024-11-06"),
        ("2024-11-06T17:23", "2024-11-06T17:23:00+09:00"),
        ("2024-11-06 17:23:05+00:00", "2024-11-06T17:23:05+00:00"),
        ("2024-11-06T08:23:00Z", "2024-11-06T08:23:00+00:00"),
    ],
)
def test_times_take_one_form(given: str, kept: str) -> None:
    assert make_article("쿠팡은 지원을 약속했다.", published_at=given).published_at == kept
    assert make_article("쿠팡은 지원을 약속했다.", published_at=kept).published_at == kept


@pytest.mark.parametrize("text", ["쿠팡", "똠방각하 쿠팡", "쿠팡은 6일 “지원”을 약속했다.", "가"])
def test_korean_text_is_read_in_either_encoding(text: str) -> None:
    assert decode(text.encode("cp949")) == decode(text.encode()) == text


@pytest.mark.parametrize(
    "content",
    [b"caf\xe9 au lait", b"\x93Hello\x94 he said", b"\xff\xfeA", b"PK\x03\x04\0\0\0\0\0\0", b"\xef\xbb\xbf\xff"],
)
def test_what_is_not_certain_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableText):
        decode(content)


def test_a_named_western_encoding_is_believed_when_nothing_better_fits() -> None:
    assert decode(b"\x93Hello\x94 he said", "windows-1252") == "“Hello” he said"
