"""A draft held against a few articles, on real components."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.checker.verify import check
from assistant.cli import main
from assistant.draft import check_draft
from assistant.extract import Extractor
from assistant.retrieve import HybridRetriever
from assistant.sample import sample_articles
from assistant.settings import Settings
from ingest.embed import load_embedder
from ingest.library import Library

QUESTIONS = (
    "쿠팡이 약속한 건 뭐야?",
    "How much will Naver spend?",
    "가람시 버스 요금은 언제 올라?",
    "What did the coral expedition cost, and who paid for most of it?",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("library")
    with Library.open(folder, load_embedder()) as opened:
        opened.add(sample_articles())
        yield opened


@pytest.mark.parametrize(
    ("sentence", "verdict", "evidence"),
    [
        (
            "Naver will spend 60 billion won over five years teaching merchants to use AI.",
            "supported",
            "60 billion won",
        ),
        ("Naver will spend 70 billion won over five years teaching merchants to use AI.", "contradicted", "60 billion"),
        ("Bus fares in Garam rise to 1,550 won from March 1.", "supported", "1550원"),
        ("가람시 버스 요금은 3월 1일부터 1650원으로 오른다.", "contradicted", "1550원"),
        ("쿠팡은 할인 프로모션 비용을 지원하지 않기로 했다.", "contradicted", "할인 프로모션"),
    ],
)
def test_a_sentence_of_a_draft(library: Library, sentence: str, verdict: str, evidence: str) -> None:
    (found,) = check_draft(sentence, library)
    assert found.verdict == verdict
    assert found.evidence is not None
    assert evidence in found.evidence.quote
    assert found.reasons
    article = library.get(found.evidence.article)
    assert article.text[found.evidence.start : found.evidence.end] == found.evidence.quote


def test_what_no_article_says(library: Library) -> None:
    (found,) = check_draft("박지성은 2005년 맨체스터 유나이티드에 입단했다.", library)
    assert found.verdict == "nothing"
    assert found.to_json()["verdict"] == "nothing"
    assert all(reason[0] >= "가" for reason in found.to_json()["reasons_ko"])


def test_headings_and_markup_are_no_claims(library: Library) -> None:
    draft = "# 버스 요금 1650원\n\n김철수 기자\n\nBy Jane Doe\n\n얼마나 오를까?\n\n"
    draft += "- 가람시 시내버스 요금이 **3월 1일** 첫차부터 1550원으로 오른다.\n\n---\n"
    (found,) = check_draft(draft, library)
    assert found.sentence == "가람시 시내버스 요금이 3월 1일 첫차부터 1550원으로 오른다."
    assert found.verdict == "supported"


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_raise_no_alarm(library: Library, question: str) -> None:
    passages = HybridRetriever(library=library).search(question)
    quotes, _ = Extractor(library, Settings(library=Path())).choose(question, "ko", passages)
    assert quotes
    for quote in quotes:
        assert check(quote.text, [quote.text]).support in ("supported", "unchecked")
        (found,) = check_draft(quote.text, library)
        assert found.verdict == "supported"


def test_the_check_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"id": "1", "claim": "5% rose", "cited": ["6% rose"]}\n', encoding="utf-8")
    (tmp_path / "draft.md").write_text("Nobody wrote of this.", encoding="utf-8")
    library = ["--library", str(tmp_path / "library")]
    out = tmp_path / "out.jsonl"
    with pytest.raises(SystemExit) as left:
        main(["check", "--pairs", str(tmp_path / "pairs.jsonl"), "--out", str(out), *library])
    assert left.value.code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["support"] == "contradicted"
    with pytest.raises(SystemExit) as left:
        main(["check", str(tmp_path / "draft.md"), "--json", *library])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "nothing"
    with pytest.raises(SystemExit) as left:
        main(["check", str(tmp_path / "none.md"), *library])
    assert left.value.code == 1
