"""The gold format, and what `validate` finds wrong with a file of it."""

import gzip
import json
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from eval.cli import main
from eval.questions import GoldError, load_questions, question_of
from eval.stage import load_gold

ARTICLE = {
    "id": "coupang",
    "title": "간담회",
    "publisher": None,
    "author": None,
    "published_at": "2024-11-06",
    "url": None,
    "language": "ko",
    "text": "쿠팡은 빠른정산을 넓히기로 했다. 네이버는 600억원을 쓴다. 카카오는 듣기만 했다. 카카오는 듣기만 했다.",
}
QUESTION: dict[str, Any] = {
    "id": "q1",
    "language": "ko",
    "question": "네이버는 얼마를 쓰나?",
    "answerable": True,
    "answers": ["600억원"],
    "nuggets": [{"text": "600억원", "vital": True}],
    "evidence": [{"article": "coupang", "quote": "네이버는 600억원을 쓴다."}],
    "type": "number",
    "split": "dev",
    "as_of": None,
    "history": [],
}


def validate(folder: Path, *lines: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    (folder / "articles.jsonl").write_text(json.dumps(ARTICLE, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    status = main(["validate", str(folder / "gold.jsonl"), "--articles", str(folder / "articles.jsonl")])
    return status, capsys.readouterr().out


def line(**changes: Any) -> str:
    return json.dumps(QUESTION | changes, ensure_ascii=False)


def test_a_sound_file_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unanswerable = line(id="q2", answerable=False, answers=[], nuggets=[], evidence=[], as_of="2024-11-07")
    status, out = validate(tmp_path, line(), "", unanswerable, capsys=capsys)
    assert status == 0
    assert "2 questions" in out


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        ("{not json", "property name"),
        ('["a list"]', "not a JSON object"),
        (line(), "id 'q1' is already on line 1"),
        (json.dumps({k: v for k, v in QUESTION.items() if k != "split"}), "missing: split"),
        (line(id="q2", note="x"), "unknown: note"),
        (line(id="q2", language="jp"), "language must be ko or en"),
        (line(id="q2", split="train"), "split must be dev or test"),
        (line(id="q2", answers="600억원"), "answers must be a list"),
        (line(id="q2", answers=[""]), "not empty"),
        (line(id="q2", nuggets=[{"words": "x"}]), "nuggets or evidence"),
        (line(id="q2", nuggets=[{"text": "x", "same": [" "]}]), "nuggets must be texts"),
        (line(id="q2", as_of="yesterday"), "as_of must be an ISO 8601"),
        (line(id="q2", evidence=[]), "an answerable question needs evidence"),
        (line(id="q2", answerable=False), "an unanswerable question has no evidence"),
        (line(id="q2", evidence=[{"article": "naver", "quote": "x"}]), "no article 'naver'"),
        (line(id="q2", evidence=[{"article": "coupang", "quote": "네이버는 600억 원을 쓴다."}]), "is not in coupang"),
        (line(id="q2", evidence=[{"article": "coupang", "quote": "카카오는 듣기만 했다."}]), "is 2 times in coupang"),
        (line(id="q2", answers=["700억원"]), "'700억원' is in none of the quotes"),
    ],
)
def test_every_fault_is_named_with_its_line(
    second: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = validate(tmp_path, line(), second, capsys=capsys)
    assert status == 2
    assert "gold.jsonl:2: " in out
    assert complaint in out
    assert "gold.jsonl:1:" not in out


def test_all_faults_are_listed_in_order_of_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = validate(tmp_path, line(answers=["없는 답"]), "{", line(id="q3", split="x"), capsys=capsys)
    assert [text.split(":")[1] for text in out.replace(str(tmp_path), "").splitlines()] == ["1", "2", "3"]


def test_gold_in_decomposed_unicode_and_gzip_reads_as_the_articles_do(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(normalize("NFD", line()).encode()))
    (question,) = load_questions(path)
    assert question.answers == ("600억원",)


def test_other_wordings_of_a_nugget_are_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line(nuggets=[{"text": "600억원", "same": ["60 billion won"]}]), encoding="utf-8")
    (question,) = load_questions(path)
    assert question.nuggets[0].wordings == ("600억원", "60 billion won")
    assert question_of(json.loads(json.dumps(question.to_json()))) == question


def test_an_id_in_two_files_is_told(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(line(), encoding="utf-8")
    with pytest.raises(GoldError, match="the id 'q1' is in more than one"):
        load_gold([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], None, ())


def test_a_file_that_is_missing_or_empty_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="Cannot read the gold file"):
        load_questions(tmp_path / "nothing.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(GoldError, match="No questions"):
        load_questions(tmp_path / "empty.jsonl")
