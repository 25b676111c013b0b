"""The sample library and its gold questions: they parse, agree with each other, and say what is invented."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

import pytest

ROOT = Path(__file__).parents[1]
REAL = {"platform-meeting-ko", "platform-meeting-en"}
INVENTED = ("지어낸 이야기", "invented story")
ABSTAIN = {"foreign", "near-miss"}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


ARTICLES = {article["id"]: article for article in _lines(ROOT / "ingest/sample/articles.jsonl")}
GOLD = _lines(ROOT / "eval/gold/sample.jsonl")


def test_there_are_enough_articles_and_none_hides_another() -> None:
    assert len(ARTICLES) == len(_lines(ROOT / "ingest/sample/articles.jsonl"))
    languages = Counter(article["language"] for article in ARTICLES.values())
    assert languages["ko"] >= 40
    assert languages["en"] >= 22


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES.keys())
def test_article_is_well_formed_and_says_whether_it_is_invented(article: dict[str, Any]) -> None:
    text, title = article["text"], article["title"]
    assert 500 <= len(text) <= 1600
    assert is_normalized("NFC", title + text)
    assert title not in text
    if article["published_at"] is not None:
        datetime.fromisoformat(article["published_at"])
    label = text.split("\n\n")[-1]
    assert any(words in label for words in INVENTED) == (article["id"] not in REAL)


def test_the_real_meeting_keeps_its_facts_in_both_languages() -> None:
    korean, english = ARTICLES["platform-meeting-ko"]["text"], ARTICLES["platform-meeting-en"]["text"]
    for fact in ("2024년 11월 6일", "600억원", "1000만명", "월 4회에서 월 10회", "1인당 30만원", "이봉의", "유상임"):
        assert fact in korean
    for fact in ("Nov. 6, 2024", "60 billion won", "10 million", "ten times a month instead of four", "Yoo Sang-im"):
        assert fact in english


def test_question_ids_and_wordings_are_unique() -> None:
    assert len({question["id"] for question in GOLD}) == len(GOLD)
    asked = Counter((question["question"], tuple(question["history"])) for question in GOLD)
    assert asked.most_common(1)[0][1] == 1


@pytest.mark.parametrize("question", GOLD, ids=[question["id"] for question in GOLD])
def test_gold_question_stands_on_its_articles(question: dict[str, Any]) -> None:
    quotes = [item["quote"] for item in question["evidence"]]
    if not question["answerable"]:
        assert question["type"] in ABSTAIN
        assert quotes == question["answers"] == question["nuggets"] == []
        return
    assert question["type"] not in ABSTAIN
    assert quotes
    for item in question["evidence"]:
        assert ARTICLES[item["article"]]["text"].count(item["quote"]) == 1
    facts = [nugget["text"] for nugget in question["nuggets"]]
    assert any(nugget["vital"] for nugget in question["nuggets"])
    for fact in (*question["answers"], *facts):
        assert any(fact in quote for quote in quotes), fact


@pytest.mark.parametrize("question", [q for q in GOLD if q["as_of"]], ids=lambda question: question["id"])
def test_what_a_dated_question_rests_on_was_published_by_then(question: dict[str, Any]) -> None:
    for item in question["evidence"]:
        published = ARTICLES[item["article"]]["published_at"]
        assert published is not None
        assert published[:10] <= question["as_of"]


def test_gold_covers_types_directions_and_both_splits() -> None:
    types = Counter(question["type"] for question in GOLD)
    for kind in ("name", "number", "date", "list", "reason", "statement", "comparison", "multi-part", "follow-up"):
        assert types[kind] >= 10, kind
    assert types["time-relative"] >= 10
    assert types["foreign"] >= 25
    assert types["near-miss"] >= 100
    for split in ("dev", "test"):
        part = [question for question in GOLD if question["split"] == split]
        assert 0.45 <= len(part) / len(GOLD) <= 0.55
        assert {question["type"] for question in part} == set(types)
        for asked in ("ko", "en"):
            for told in ("ko", "en"):
                assert sum(question["language"] == asked and _told_in(question) == {told} for question in part) >= 15
    assert all(bool(question["history"]) == (question["type"] == "follow-up") for question in GOLD)
    assert all(bool(question["as_of"]) == (question["type"] == "time-relative") for question in GOLD)


def _told_in(question: dict[str, Any]) -> set[str]:
    return {ARTICLES[item["article"]]["language"] for item in question["evidence"]}
