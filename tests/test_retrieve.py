"""Retrieval over small real libraries, with the shipped embedder: it is what the weights were chosen for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.retrieve import HybridRetriever
from assistant.times import moment
from ingest.article import Article
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library

Make = Callable[..., HybridRetriever]


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Make]:
    """Makes a retriever over articles given as `make_article` arguments."""
    opened: list[Library] = []

    def make(*articles: Article) -> HybridRetriever:
        library = Library.open(tmp_path / "library", load_embedder())
        opened.append(library)
        library.add(articles)
        return HybridRetriever(library=library)

    yield make
    for library in opened:
        library.close()


def article(id: str, text: str, day: str | None = None, title: str | None = None) -> Article:
    return make_article(text, id=id, published_at=day, title=title)


def found(hits: object) -> list[str]:
    assert isinstance(hits, list)
    return [hit.article.id for hit in hits]


KOREAN_OTHERS = [
    article("rain", "기상청은 주말에 남부 지방에 많은 비가 내리겠다고 예보했다. 우산을 챙기라고 당부했다."),
    article("game", "축구 대표팀이 어젯밤 경기에서 두 골을 넣어 이겼다. 관중 4만 명이 지켜봤다."),
    article("bank", "중앙은행은 기준금리를 그대로 두기로 했다. 물가가 안정됐다는 이유다."),
]


def test_a_foreign_article_comes_before_others_in_the_language_of_the_question(retriever: Make) -> None:
    english = article("strike", "Bus drivers in the city went on strike on Tuesday, demanding higher pay.")
    assert found(retriever(english, *KOREAN_OTHERS).search("버스 기사들이 왜 파업했어?"))[0] == "strike"


def test_a_name_is_found_in_the_other_script_and_said_to_be(retriever: Make) -> None:
    english = article("coupang", "Coupang pledged to pay merchants sooner.")
    best = retriever(english, *KOREAN_OTHERS).search("쿠팡은 상인들에게 무엇을 약속했나?")[0]
    assert best.article.id == "coupang"
    assert best.to_json()["matched"] == [{"term": "쿠팡", "as": "coupang", "via": "name"}]


def test_a_name_with_a_possessive_ending_is_found_in_the_other_script(retriever: Make) -> None:
    finds = retriever(*KOREAN_OTHERS, article("club", "프로축구 마루FC가 공격수 제갈빈을 올겨울에는 팔지 않기로 했다."))
    best = finds.search("Will Maru's striker leave?")[0]
    assert best.article.id == "club"
    assert [(match.found_as, match.via) for match in best.matched] == [("마루", "sound")]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("대솔케미칼은 편지에 언제 답하나?", "Daesol Chemical"),
        ("도키와자동차는 편지에 언제 답한대?", "Tokiwa Motor"),
        ("이슬라베라노는 편지에 언제 답하나요?", "Isla Verano"),
        ("온빛저축은행은 언제 답한다고 했나?", "Onbit Savings Bank"),
    ],
)
def test_a_name_written_as_one_word_is_found_as_two_in_latin_letters(retriever: Make, question: str, name: str) -> None:
    english = article("named", f"{name} declined to say on Tuesday when it would reply to the letter.")
    other = article("other", "The regulator said on Tuesday when it would reply to the letter from the harbour.")
    best = retriever(other, english, *KOREAN_OTHERS).search(question)[0]
    assert best.article.id == "named"
    assert [match.via for match in best.matched] == ["sound"]
    assert name.lower().startswith(best.matched[0].found_as.split()[0])


def test_a_name_typed_without_a_capital_is_found_in_the_other_script(retriever: Make) -> None:
    finds = retriever(*KOREAN_OTHERS, article("sea", "솔가람은 화요일 편지에 언제 답할지 말하지 않았다."))
    assert found(finds.search("how many restaurants does solgaram have on its books?"))[0] == "sea"


def test_a_word_made_of_everyday_words_is_no_name(retriever: Make) -> None:
    english = article("beom", "Beom Sa-ho and Jiwon Geum opened a bakery near the station on Tuesday.")
    hits = retriever(english, *KOREAN_OTHERS).search("보험사 지원금은 얼마나 되나?")
    assert not any(hit.matched for hit in hits)


def test_the_title_tells_what_a_passage_is_about(retriever: Make) -> None:
    about = article("a", "회사는 내년까지 공장을 짓는다고 밝혔다.", title="가람전자 투자 계획")
    other = article("b", "회사는 내년까지 공장을 짓는다고 밝혔다.", title="나루제철 투자 계획")
    assert found(retriever(other, about).search("가람전자는 공장을 언제까지 짓나?"))[0] == "a"


def test_words_for_time_choose_among_articles(retriever: Make) -> None:
    some = retriever(
        article("october", "시장은 물가가 올랐다고 말했다.", "2024-10-10"),
        article("june", "시장은 물가가 올랐다고 말했다. 시민들은 걱정했다.", "2024-06-10"),
        article("undated", "시장이 물가를 이야기했다."),
    )
    ids = found(some.search("지난달 물가가 올랐나?", as_of=moment("2024-11-22")))
    assert ids[0] == "october"
    assert "june" not in ids
    assert "undated" in ids


def test_another_time_is_better_than_nothing(retriever: Make) -> None:
    some = retriever(article("june", "시장은 물가가 올랐다고 말했다.", "2024-06-10"), *KOREAN_OTHERS)
    assert found(some.search("어제 물가가 올랐나?", as_of=moment("2024-11-22")))[0] == "june"


def test_nothing_is_known_that_came_out_later(retriever: Make) -> None:
    some = retriever(
        article("first", "유출된 고객 정보는 3만 명분이다.", "2025-04-10"),
        article("second", "유출된 고객 정보는 9만 명분으로 늘었다.", "2025-04-25"),
    )
    question = "지금까지 유출된 고객 정보는 몇 명분이야?"
    assert found(some.search(question, as_of=moment("2025-04-12"))) == ["first"]
    assert found(some.search(question))[0] == "second"


def test_copies_of_a_story_are_one_hit(retriever: Make) -> None:
    story = "A storm killed 4 people on the coast on Friday. Rescue teams searched through the night for 9 others."
    some = retriever(
        article("wire", story),
        article("paper", story + " Photo by the agency."),
        article("update", story.replace("4", "11").replace("9", "2"), "2024-12-29"),
        article("other", "The central bank kept its rate unchanged on Friday."),
    )
    hits = some.search("How many people did the storm kill?")
    storm = [hit for hit in hits if hit.article.id in ("wire", "paper")]
    assert len(storm) == 1
    assert {storm[0].article.id, storm[0].to_json()["also_in"][0]["article"]} == {"wire", "paper"}
    assert "update" in found(hits)


def test_each_name_in_a_question_has_its_evidence(retriever: Make) -> None:
    naver = [
        article(f"naver{n}", f"네이버는 상인 {n}만 명에게 수수료를 돌려주겠다고 약속했다. 지원은 {n}년 동안 이어진다.")
        for n in range(2, 9)
    ]
    kakao = article("kakao", "카카오 측은 교육 과정을 열기로 했다.")
    hits = retriever(*naver, kakao).search("네이버와 카카오는 각각 상인에게 무엇을 약속했나?", 5)
    assert "kakao" in found(hits)


def test_passages_of_one_article_leave_room_for_others(retriever: Make) -> None:
    long = "\n\n".join(f"가람마트는 배송비 지원을 늘린다. {'지원 대상은 매장이다. ' * 30}{n}번 매장." for n in range(8))
    short = article("short", "배송비 문제로 상인들이 모였다.")
    hits = retriever(article("long", long), short, *KOREAN_OTHERS).search("가람마트 배송비 지원", 5)
    assert found(hits).count("long") == 3
    assert "short" in found(hits)


@pytest.mark.parametrize("question", ["!?", "🙂🙂", "가" * 3000, "쿠팡 " * 500, "ⓒoupang 쿠팡", "2024-99-99", "the"])
def test_odd_questions_are_survived(retriever: Make, question: str) -> None:
    assert isinstance(retriever(*KOREAN_OTHERS).search(question), list)
