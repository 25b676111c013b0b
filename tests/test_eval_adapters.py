"""Question sets in other people's formats."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.adapters import load_dataset, sample_of
from eval.questions import GoldError, Question


def write_lines(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def squad(answer: str, start: int) -> dict[str, Any]:
    context = "임종석은 1989년에 지명수배되었다. 그 뒤 임수경을 평양에 보냈다."
    asked = {"id": "k1", "question": "누구를 평양에 보냈나?", "answers": [{"text": answer, "answer_start": start}] * 2}
    impossible = {"id": "k2", "question": "누구를 서울에 보냈나?", "answers": [], "is_impossible": True}
    return {"data": [{"title": "임종석", "paragraphs": [{"context": context, "qas": [asked, impossible]}]}]}


def test_korquad_json_gives_the_sentence_of_the_answer_as_evidence(tmp_path: Path) -> None:
    path = tmp_path / "KorQuAD.json"
    path.write_text(json.dumps(squad("임수경", 25)), encoding="utf-8")
    dataset = load_dataset(path)
    (article,) = dataset.articles
    asked, impossible = dataset.questions
    assert article.title == "임종석"
    assert asked.answers == ("임수경",)
    assert [(e.article, e.quote) for e in asked.evidence] == [(article.id, "그 뒤 임수경을 평양에 보냈다.")]
    assert not impossible.answerable
    assert impossible.evidence == ()


def test_an_answer_whose_offset_is_off_is_still_placed(tmp_path: Path) -> None:
    path = tmp_path / "KorQuAD.json"
    path.write_text(json.dumps(squad("임수경", 3)), encoding="utf-8")
    assert load_dataset(path).questions[0].evidence[0].quote == "그 뒤 임수경을 평양에 보냈다."


def test_beir_keeps_grades_and_the_queries_of_its_split(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "corpus.jsonl",
        [
            {"_id": "d1", "title": "Coupang", "text": "It pledged."},
            {"_id": "d2", "title": "", "text": "네이버다."},
        ],
    )
    write_lines(tmp_path / "queries.jsonl", [{"_id": "1", "text": "what was pledged"}, {"_id": "2", "text": "unused"}])
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\td1\t2\n1\td2\t1\n2\td2\t0\n")
    (tmp_path / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\n2\td2\t1\n")
    dataset = load_dataset(tmp_path)
    assert [article.text for article in dataset.articles] == ["Coupang\nIt pledged.", "네이버다."]
    assert [question.id for question in dataset.questions] == ["1"]
    assert [(e.article, e.relevance) for e in dataset.questions[0].evidence] == [("d1", 2), ("d2", 1)]
    assert [question.id for question in load_dataset(tmp_path, split="dev").questions] == ["2"]


def passages(folder: Path, bilingual: bool) -> Path:
    texts, asked = {"text": "쿠팡은 약속했다."}, {"question": "누가 Coupang?", "lang": "ko"}
    if bilingual:
        texts = {"text_ko": "쿠팡은 12일 약속했다.", "text_en": "Coupang pledged."}
        asked = {"question_ko": "누가 약속했나?", "question_en": "Who pledged?"}
    answers = [{"text": "쿠팡", "answer_start": 0}]
    write_lines(folder / "passages.jsonl.gz", [{"id": "p1"} | texts])
    write_lines(folder / "questions.jsonl.gz", [{"id": "q1", "passage_id": "p1", "answers": answers} | asked])
    return folder


@pytest.mark.parametrize(
    ("direction", "asked", "text"),
    [
        ("ko-en", "누가 약속했나?", "Coupang pledged."),
        ("en-ko", "Who pledged?", "쿠팡은 12일 약속했다."),
        ("en-en", "Who pledged?", "Coupang pledged."),
    ],
)
def test_a_bilingual_set_is_read_in_the_direction_asked(direction: str, asked: str, text: str, tmp_path: Path) -> None:
    dataset = load_dataset(passages(tmp_path, bilingual=True), direction)
    assert [article.text for article in dataset.articles] == [text]
    assert [(q.question, q.language, q.evidence[0].article) for q in dataset.questions] == [
        (asked, direction[:2], "p1")
    ]


def test_a_set_in_one_language_has_answers_and_evidence(tmp_path: Path) -> None:
    (question,) = load_dataset(passages(tmp_path, bilingual=False)).questions
    assert question.language == "ko"
    assert question.answers == ("쿠팡",)
    assert question.evidence[0].quote == "쿠팡은 약속했다."


def test_a_direction_too_few_or_too_many_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="Give it a --direction: ko-ko"):
        load_dataset(passages(tmp_path / "two", bilingual=True))
    with pytest.raises(GoldError, match="Give it a --direction"):
        load_dataset(tmp_path / "two", "ko-fr")
    with pytest.raises(GoldError, match="Leave out --direction"):
        load_dataset(passages(tmp_path / "one", bilingual=False), "ko-en")


def test_what_is_no_set_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no question set that we know"):
        load_dataset(tmp_path)
    with pytest.raises(GoldError, match="a folder or file that is there"):
        load_dataset(tmp_path / "nothing")
    (tmp_path / "odd.json").write_text('{"rows": []}')
    with pytest.raises(GoldError, match="Cannot read the question set"):
        load_dataset(tmp_path / "odd.json")


def test_a_sample_is_the_same_whatever_the_order_of_the_set() -> None:
    questions = [Question(str(number), "ko", "?") for number in range(100)]
    chosen = sample_of(questions, 10)
    assert len(chosen) == 10
    assert {q.id for q in chosen} == {q.id for q in sample_of(questions[::-1], 10)}
    assert [int(q.id) for q in chosen] == sorted(int(q.id) for q in chosen)


def test_sentences_in_both_languages_are_asked_for_their_translations(tmp_path: Path) -> None:
    pairs = [
        {"id": "1", "ko": "눈이 온다.", "en": "It snows."},
        {"id": "2", "ko": "배가 고프다.", "en": "I am hungry."},
    ]
    write_lines(tmp_path / "pairs.jsonl.gz", pairs)
    dataset = load_dataset(tmp_path, "en-ko")
    assert [(q.language, q.question, q.evidence[0].article) for q in dataset.questions] == [
        ("en", "It snows.", "1"),
        ("en", "I am hungry.", "2"),
    ]
    assert [(article.id, article.language, article.text) for article in dataset.articles] == [
        ("1", "ko", "눈이 온다."),
        ("2", "ko", "배가 고프다."),
    ]
    for direction in (None, "ko-ko", "ko-fr"):
        with pytest.raises(GoldError, match="--direction ko-en or en-ko"):
            load_dataset(tmp_path, direction)
