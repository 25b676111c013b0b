"""What is kept of conversations, and for whom."""

from pathlib import Path
from typing import Any

import pytest

from assistant.web.conversations import Conversations, UnknownConversation
from assistant.web.people import Pace, TooFast
from assistant.web.view import kept_view
from eval.questions import load_questions
from ingest.article import Article
from ingest.clean import make_article
from ingest.errors import UserError

ARTICLE = make_article("가람마트는 배송비 45억원을 낸다. 다음 달부터다.", id="a1", title="가람마트")
QUOTE = "가람마트는 배송비 45억원을 낸다."


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "kept.sqlite3", tmp_path / "gold.jsonl")


def view(question: str) -> dict[str, Any]:
    cited = {"article": "a1", "start": 0, "end": 19, "quote": QUOTE, "title": "가람마트", "publisher": None}
    cited |= {"published_at": None, "sample": False}
    return {"question": question, "citations": [cited], "passages": [], "articles": {"a1": "its whole text"}}


def questions(kept: Conversations, user: str, conversation: str) -> list[str]:
    return [turn["question"] for turn in kept.turns(user, conversation)]


def test_each_user_sees_and_changes_only_their_own(kept: Conversations) -> None:
    kept.keep("kim", "c1", 0, view("얼마?"))
    kept.keep("lee", "c1", 0, view("when?"))
    assert [one["title"] for one in kept.titles("kim")] == ["얼마?"]
    assert questions(kept, "lee", "c1") == ["when?"]
    kept.delete("lee", "c1")
    assert kept.titles("lee") == kept.turns("lee", "c1") == []
    assert questions(kept, "kim", "c1") == ["얼마?"]
    for change in (
        lambda: kept.rename("lee", "c1", "mine now"),
        lambda: kept.delete("lee", "c1"),
        lambda: kept.rate("lee", "c1", 0, {"good": True}),
        lambda: kept.save_gold("lee", "c1", 0, "", []),
    ):
        with pytest.raises(UnknownConversation):
            change()


def test_a_question_asked_again_replaces_what_came_after(kept: Conversations) -> None:
    for position, question in enumerate(["one", "two", "three"]):
        kept.keep("", "c1", position, view(question))
    kept.keep("", "c1", 1, view("two, edited"))
    assert questions(kept, "", "c1") == ["one", "two, edited"]
    kept.rename("", "c1", "  배송비  취재 ")
    assert [one["title"] for one in kept.titles("")] == ["배송비 취재"]


def test_the_text_of_a_deleted_article_is_not_kept(kept: Conversations) -> None:
    def gone(_: str) -> Article:
        raise UserError("gone")

    kept.keep("", "c1", 0, view("얼마?"))
    (turn,) = kept.turns("", "c1")
    assert b"its whole text" not in kept.file.read_bytes()
    assert kept_view(turn, lambda _: ARTICLE)["articles"]["a1"]["paragraphs"]
    shown = kept_view(turn, gone)
    assert (shown["articles"]["a1"]["title"], shown["articles"]["a1"]["paragraphs"]) == ("가람마트", [])


def test_a_bad_answer_becomes_a_question_that_the_eval_suite_reads(kept: Conversations) -> None:
    kept.keep("", "c1", 0, view("가람마트는 뭘 약속했어?"))
    kept.keep("", "c1", 1, view("얼마나?"))
    kept.rate("", "c1", 1, {"good": False, "reason": "too vague"})
    assert kept.turns("", "c1")[1]["rating"] == {"good": False, "reason": "too vague"}
    file = kept.save_gold("", "c1", 1, "45억원", [{"article": "a1", "quote": QUOTE}])
    kept.save_gold("", "c1", 1, "배송비 45억원", [{"article": "a1", "quote": QUOTE}])  # thought better of
    kept.save_gold("", "c1", 0, "", [])
    saved, silent = load_questions(file)
    assert (saved.question, saved.history, saved.nuggets[0].text) == (
        "얼마나?",
        ("가람마트는 뭘 약속했어?",),
        "배송비 45억원",
    )
    assert not silent.answerable
    with pytest.raises(UserError, match="where it stands"):
        kept.save_gold("", "c1", 0, "45억원", [])


def test_a_named_user_is_slowed_down_and_the_others_are_not() -> None:
    now = 0.0
    pace = Pace(2, clock=lambda: now)
    for _ in range(5):
        pace.step("")  # alone at the page
    pace.step("kim")
    pace.step("kim")
    with pytest.raises(TooFast):
        pace.step("kim")
    pace.step("lee")
    now = 61.0
    pace.step("kim")
