"""From sources to the library: what becomes of each item, on a real library with a tiny embedder."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.clean import make_article
from ingest.export import export_lines
from ingest.library import Library
from ingest.pipeline import ItemOutcome, ingest_articles, ingest_sources
from ingest.problems import ItemProblem
from ingest.sources import SourceError
from tests.fakes import HashEmbedder

TEXT = "쿠팡이 상생안을 내놨다. 쿠팡은 할인 비용을 부담하겠다고 약속했다."
OTHER = "Naver will spend 60 billion won on education. The plan starts in March."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        yield library


def statuses(outcomes: Iterator[ItemOutcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def test_files_are_added_then_unchanged_then_updated(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    line = '{"id": "%s", "text": "%s"}\n'
    file.write_text(line % ("a", TEXT) + line % ("b", OTHER), encoding="utf-8")
    assert statuses(ingest_sources(library, [str(file)])) == ["added", "added"]
    assert statuses(ingest_sources(library, [str(file)])) == ["unchanged", "unchanged"]
    file.write_text(line % ("a", TEXT) + line % ("b", OTHER + " It ends in May."), encoding="utf-8")
    assert statuses(ingest_sources(library, [str(file)])) == ["unchanged", "updated"]
    assert len(library) == 2


def test_a_bad_item_is_reported_with_its_reason_and_the_others_go_in(library: Library, tmp_path: Path) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(TEXT, encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    outcomes = list(ingest_sources(library, [str(empty), str(tmp_path / "nowhere.txt"), str(good)]))
    assert sorted(outcome.status for outcome in outcomes) == ["added", "failed", "failed"]
    assert all(outcome.reason for outcome in outcomes if outcome.status == "failed")
    assert len(library) == 1


def test_an_article_that_cannot_be_stored_fails_alone(library: Library) -> None:
    broken = replace(make_article(OTHER, id="broken"), language=None)  # type: ignore[arg-type]
    articles = [make_article(TEXT, id="a"), broken, make_article(OTHER, id="b")]
    outcomes = {outcome.article_id: outcome for outcome in ingest_articles(library, articles)}
    assert [outcomes[id].status for id in ("a", "broken", "b")] == ["added", "failed", "added"]
    assert outcomes["broken"].reason
    assert library.verify().sound


def test_the_same_text_under_another_derived_id_is_not_added_again(library: Library) -> None:
    first, second = make_article(TEXT, key="/one.txt"), make_article(TEXT, key="/two.txt")
    outcomes = list(ingest_articles(library, [first, second]))
    assert sorted(outcome.status for outcome in outcomes) == ["added", "unchanged"]
    assert first.id in next(outcome.reason or "" for outcome in outcomes if outcome.status == "unchanged")
    assert statuses(ingest_articles(library, [second])) == ["unchanged"]
    assert [info.id for info in library.articles()] == [first.id]


def test_a_given_id_is_always_kept(library: Library) -> None:
    articles = [make_article(TEXT, key="/one.txt"), make_article(TEXT, id="given"), make_article(TEXT, id="also")]
    assert statuses(ingest_articles(library, articles)) == ["added"] * 3
    assert {info.id for info in library.articles()} == {article.id for article in articles}


def test_two_articles_of_one_text_come_back_from_an_export(library: Library, tmp_path: Path) -> None:
    twins = [make_article(TEXT, key="/one.txt"), make_article(TEXT, key="/two.txt")]
    library.add(twins)
    file = tmp_path / "export.jsonl"
    file.write_text("".join(f"{line}\n" for line in export_lines(library)), encoding="utf-8")
    with Library.open(tmp_path / "copy", HashEmbedder()) as copy:
        assert statuses(ingest_sources(copy, [str(file)])) == ["added", "added"]
        assert [copy.get(twin.id) for twin in twins] == twins


def test_an_outcome_names_where_its_article_came_from(library: Library, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "more.jsonl").write_text('\n{"text": "Naver plans."}\n', encoding="utf-8")
    outcomes = list(ingest_sources(library, ["news.txt", "more.jsonl"], folder=tmp_path))
    assert [(outcome.source, outcome.status) for outcome in outcomes] == [
        ("news.txt", "added"),
        ("more.jsonl, line 2", "added"),
    ]


def test_an_article_that_comes_to_equal_another_is_still_updated(library: Library) -> None:
    first, second = make_article(TEXT, key="/one.txt"), make_article(OTHER, key="/two.txt")
    assert statuses(ingest_articles(library, [first, second])) == ["added", "added"]
    assert statuses(ingest_articles(library, [make_article(TEXT, key="/two.txt")])) == ["updated"]
    assert library.get(second.id).text == TEXT


def test_outcomes_come_as_batches_are_stored(library: Library) -> None:
    def articles() -> Iterator[object]:
        for number in range(130):
            yield make_article(f"Report {number} is here.", id=f"a{number}")
        assert len(library) >= 64, "nothing is stored before all is read"

    assert statuses(ingest_articles(library, articles())) == ["added"] * 130  # type: ignore[arg-type]


def test_an_error_of_a_source_is_an_outcome(library: Library) -> None:
    (outcome,) = ingest_articles(library, [SourceError("x.pdf", ItemProblem("pdf_too_long", pages=7))])
    assert (outcome.source, outcome.status, outcome.kind, outcome.values) == (
        "x.pdf",
        "failed",
        "pdf_too_long",
        {"pages": 7},
    )
    assert outcome.reason == "The PDF has more than 7 pages. Split it."
