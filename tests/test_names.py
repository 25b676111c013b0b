"""Names across scripts: the user's own list, and what the articles themselves give in both scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.checker.verify import check
from assistant.draft import check_draft
from assistant.names import BadNames, add_name, names_of
from assistant.pairs import pairs_in
from assistant.request import Request
from assistant.retrieve import HybridRetriever
from assistant.settings import Settings
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library

OTHERS = [
    make_article("기상청은 주말에 남부 지방에 많은 비가 내리겠다고 예보했다.", id="rain"),
    make_article("축구 대표팀이 어젯밤 경기에서 두 골을 넣어 이겼다. 관중 4만 명이 지켜봤다.", id="game"),
    make_article("The central bank left its key rate unchanged on Friday, citing weak exports.", id="bank"),
    make_article("A ferry with forty passengers ran aground in fog on Tuesday; nobody was hurt.", id="ferry"),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", load_embedder()) as library:
        library.add(OTHERS)
        yield library


def matched(library: Library, question: str) -> tuple[str, list[dict[str, str]]]:
    """The first article found, and the names it was found by under another spelling."""
    best = HybridRetriever(library=library).search(question)[0]
    return best.article.id, best.to_json()["matched"]


def test_a_name_of_the_users_own_is_found_in_the_other_script(library: Library) -> None:
    library.add([make_article("Bluewhale Foods opened a third plant in the harbour district.", id="plant")])
    add_name(library, ["바다고래식품", "Bluewhale Foods"])
    found = matched(library, "바다고래식품은 무엇을 열었나?")
    assert found == ("plant", [{"term": "바다고래식품", "as": "bluewhal food", "via": "name"}])


def test_the_list_may_be_changed_while_the_library_is_open(library: Library) -> None:
    library.add([make_article("Bluewhale Foods opened a third plant in the harbour district.", id="plant")])
    assert matched(library, "바다고래식품은 무엇을 열었나?")[1] == []
    file = library.folder / "names.tsv"
    file.write_text("\ufeff# ours\r\n\r\n바다고래식품\tBluewhale Foods\tBWF\r\n", encoding="utf-8")
    assert matched(library, "바다고래식품은 무엇을 열었나?")[0] == "plant"
    file.unlink()
    assert matched(library, "바다고래식품은 무엇을 열었나?")[1] == []


def test_a_draft_may_spell_a_name_of_the_users_own_otherwise_than_the_articles(library: Library) -> None:
    library.add([make_article("Bluewhale Foods will hire 30 people at its third plant.", id="plant")])
    draft = "BWF will hire 30 people at its third plant."
    assert [found.verdict for found in check_draft(draft, library)] == ["nothing"]
    add_name(library, ["바다고래식품", "Bluewhale Foods", "BWF"])
    assert [found.verdict for found in check_draft(draft, library)] == ["supported"]
    another = "Coralreef will hire 30 people at its third plant."
    assert [found.verdict for found in check_draft(another, library)] == ["nothing"]


def test_a_claim_agrees_with_cited_text_that_has_the_name_in_the_other_script(library: Library) -> None:
    claim, cited = "Halvorsen opened a third plant in May.", ["바다고래식품은 5월 세 번째 공장을 열었다."]
    assert check(claim, cited, names_of(library)).support == "unsupported"
    add_name(library, ["바다고래식품", "Halvorsen"])
    assert check(claim, cited, names_of(library)).support == "supported"
    assert check("Ostrava opened a third plant in May.", cited, names_of(library)).support == "unsupported"


def test_a_follow_up_and_a_gloss_know_the_users_own_names(library: Library) -> None:
    library.add([make_article("Treeline Labs pledged 4 billion won for its sellers on Tuesday.", id="pledge")])
    assistant = Assistant(library, Settings(library=library.folder))
    asked = Request("나무는?", history=("쿠팡이 약속한 건 뭐야?",))
    assert assistant.ask(asked).understood_as != "나무가 약속한 건 뭐야?"
    add_name(library, ["나무", "Treeline Labs"])
    answer = assistant.ask(asked)
    assert answer.understood_as == "나무가 약속한 건 뭐야?"
    assert [sentence.citations[0].article for sentence in answer.sentences] == ["pledge"]
    assert answer.sentences[0].gloss is not None
    assert answer.sentences[0].gloss.startswith("자동 풀이: 나무 · ")


@pytest.mark.parametrize(
    ("text", "other", "respelled"),
    [
        ("바다고래식품은 공장을 열었다.", "Bluewhale Foods opened.", "Bluewhale Foods은 공장을 열었다."),
        ("Bluewhale Foods' plant", "바다고래식품의 공장", "바다고래식품의 plant"),
        ("BWF’s plant", "바다고래식품 공장", "바다고래식품의 plant"),
        ("bluewhale  foods opened", "BWF opened", "BWF opened"),
        ("바다고래식품관이 문을 열었다.", "Bluewhale Foods opened.", "바다고래식품관이 문을 열었다."),
        ("Coupang opened.", "쿠팡은 열었다.", "Coupang opened."),
    ],
)
def test_a_text_with_its_names_as_another_has_them(library: Library, text: str, other: str, respelled: str) -> None:
    add_name(library, ["바다고래식품", "Bluewhale Foods", "BWF"])
    assert names_of(library).as_in(text, other) == respelled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("쿠팡\tCoupang\n당근마켓, Karrot Market\n", "line 2: a name needs two spellings"),
        ("# names\n\n쿠팡\t\n", "line 3: a name needs two spellings"),
        ("쿠팡\t!?\n", "line 1: '!\\?' has neither letters nor digits"),
    ],
)
def test_a_bad_list_is_refused_and_the_line_named(library: Library, text: str, said: str) -> None:
    (library.folder / "names.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(BadNames, match=rf"names\.tsv, {said}"):
        HybridRetriever(library=library).search("쿠팡은?")
    with pytest.raises(BadNames, match=said):
        add_name(library, ["라솜", "Rasom"])
    assert (library.folder / "names.tsv").read_text(encoding="utf-8") == text


def test_a_list_in_another_encoding_is_refused(library: Library) -> None:
    (library.folder / "names.tsv").write_bytes("쿠팡\tCoupang\n".encode("cp949"))
    with pytest.raises(BadNames, match="UTF-8"):
        HybridRetriever(library=library).search("쿠팡은?")


def test_a_name_of_one_spelling_is_not_added(library: Library) -> None:
    with pytest.raises(BadNames, match="two spellings"):
        add_name(library, ["쿠팡"])
    assert not (library.folder / "names.tsv").exists()


def test_a_backup_has_the_list_of_names(library: Library, tmp_path: Path) -> None:
    add_name(library, ["바다고래식품", "Bluewhale Foods"])
    library.back_up(tmp_path / "copy")
    with Library.open(tmp_path / "copy", load_embedder()) as copy:
        assert ("bluewhal", "food") in names_of(copy).others(("바다고래식품",))


def test_a_name_that_an_article_gives_in_both_scripts_finds_other_articles(library: Library) -> None:
    library.add(
        [
            make_article("해양수산연구원(OFRI)은 김 양식장 수온을 잰다고 밝혔다.", id="both"),
            make_article("OFRI said seaweed farms lost a fifth of their harvest.", id="english"),
        ]
    )
    hits = HybridRetriever(library=library).search("해양수산연구원은 무엇을 말했나?")
    english = next(hit for hit in hits if hit.article.id == "english")
    assert english.to_json()["matched"] == [{"term": "해양수산연구원", "as": "ofri", "via": "article"}]
    library.delete("both")
    assert matched(library, "해양수산연구원은 무엇을 말했나?")[1] == []


def test_a_pair_that_nothing_but_its_place_shows_must_stand_in_two_articles(library: Library) -> None:
    first = make_article("바다고래식품(Bluewhale)은 세 번째 공장을 열었다.", id="first")
    again = make_article("항구에 있는 바다고래식품(Bluewhale) 공장이 문을 열었다.", id="again")
    library.add([first])
    assert names_of(library).others(("bluewhal",)) == ()
    library.add([again])
    assert names_of(library).others(("bluewhal",)) == (("바다고래식품",),)


@pytest.mark.parametrize(
    ("text", "korean", "latin"),
    [
        ("검색 기업 네이버(Naver)는 이렇게 밝혔다.", "네이버", "Naver"),
        ("In Seoul, Naver (네이버) said so.", "네이버", "Naver"),
        ("카탈루냐 공화좌파의 오리올 훈케라스(Oriol Junqueras) 대표는 부인했다.", "오리올 훈케라스", "Oriol Junqueras"),
        ("카탈루냐 지도자 Oriol Junqueras(오리올 훈케라스)가 말했다.", "오리올 훈케라스", "Oriol Junqueras"),
        ("우르줄라 폰데어라이엔(Ursula von der Leyen) 위원장", "우르줄라 폰데어라이엔", "Ursula von der Leyen"),
        ("한국과학기술원(KAIST)은 연구소를 연다.", "한국과학기술원", "KAIST"),
        ("주민 2만 명에게 인공지능(AI)을 가르친다.", "인공지능", "AI"),
        ("국제 통화 기금(IMF)은 전망을 낮췄다.", "국제 통화 기금", "IMF"),
        ("서울(Seoul)에서 열린 회의", "서울", "Seoul"),
    ],
)
def test_names_in_both_scripts_are_seen_whole(text: str, korean: str, latin: str) -> None:
    assert [(pair.korean, pair.latin) for pair in pairs_in(text) if pair.is_sure] == [(korean, latin)]


@pytest.mark.parametrize(
    "text",
    [
        "지난해(2023) 매출은 줄었다.",
        "김 기자(CBS)는 이날 법정에 나왔다.",
        "영업이익(EBITDA)은 늘었다.",
        "이날 오전(KST) 발사됐다.",
        "그는 웃었다(laughs).",
        "문의(press@example.com)",
    ],
)
def test_what_stands_in_brackets_otherwise_is_no_name(text: str) -> None:
    assert list(pairs_in(text)) == []
