"""`assistant-eval` from the command line, on the real library, assistant and baselines."""

import json
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.settings import Settings
from assistant.web.conversations import Conversations
from eval.cli import main
from eval.configuration import configured
from eval.stage import open_library
from ingest.embed import load_embedder
from ingest.errors import UserError

pytestmark = pytest.mark.filterwarnings("ignore:.langchain-community. is being sunset:DeprecationWarning")

TEXTS = {
    "naver": "네이버는 소상공인 인공지능 교육에 600억원을 쓰기로 했다. 교육은 내년 봄에 시작한다.",
    "coupang": "쿠팡은 빠른정산을 로켓그로스 판매자에게 넓히기로 했다. 지금까지는 오픈마켓 판매자만 썼다.",
    "kakao": "카카오는 선물하기 교환권 정산을 월 10회로 늘린다. 지금은 월 4회다.",
}
ASKED = [
    ("naver", "네이버는 인공지능 교육에 얼마를 쓰나?", "600억원"),
    ("kakao", "카카오는 교환권 정산을 몇 회로 늘리나?", "월 10회"),
]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    articles = [{"id": key, "title": key, "language": "ko", "text": text} for key, text in TEXTS.items()]
    common = {"language": "ko", "answerable": True, "nuggets": [], "type": "number", "split": "dev"}
    common |= {"as_of": None, "history": []}
    questions = [
        {"id": key, "question": question, "answers": [answer]}
        | {"evidence": [{"article": key, "quote": TEXTS[key].split(". ")[0] + "."}]}
        | common
        for key, question, answer in ASKED
    ]
    for name, records in (("articles", articles), ("questions", questions)):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_run_asks_the_assistant_and_all_baselines(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "--dataset", str(dataset), "--out", str(tmp_path / "run"), "--set", "passages=3"]
    assert main(arguments) == 0
    table = capsys.readouterr().out
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert list(summary["systems"]) == ["assistant", "bm25", "dense", "langchain"]
    for name, system in summary["systems"].items():
        assert system["errors"] == 0, name
        assert system["metrics"]["hit@3"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2, "unscored": 0}, name
    assert summary["systems"]["assistant"]["metrics"]["verbatim"]["value"] == 1.0
    assert summary["about"]["settings"]["passages"] == "3"
    assert not any("key" in name for name in summary["about"]["settings"])
    assert "2 questions, 3 articles" in table

    assert main(arguments) == 0
    again = capsys.readouterr()
    assert "8 results are in" in again.err
    assert again.out == table

    assert main([*arguments[:-1], "passages=4"]) == 1
    assert "other settings" in capsys.readouterr().err


def test_a_run_with_a_language_model_knows_its_prompts(dataset: Path, tmp_path: Path) -> None:
    model = ["--set", "chat_model=tiny", "--set", "chat_base_url=http://127.0.0.1:9/v1"]
    out = tmp_path / "run"
    assert main(["run", "--dataset", str(dataset), "--out", str(out), "--systems", "bm25", *model]) == 0
    described = out / "run.json"
    about = json.loads(described.read_text(encoding="utf-8"))
    assert about["prompts"].keys() == {"answer", "rewrite"}
    about["prompts"]["answer"] = "another"
    described.write_text(json.dumps(about), encoding="utf-8")
    assert main(["run", "--dataset", str(dataset), "--out", str(out), "--systems", "bm25", *model]) == 1


def test_a_users_own_library_and_gold_are_measured(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", "--dataset", str(dataset), "--out", str(tmp_path / "first"), "--systems", "bm25"])
    library, gold = tmp_path / "first" / "library", dataset / "questions.jsonl"
    arguments = ["run", "--library", str(library), "--gold", str(gold), "--out", str(tmp_path / "second")]
    assert main([*arguments, "--systems", "assistant,bm25"]) == 0
    assert "assistant - bm25" in capsys.readouterr().out
    assert main(["validate", str(gold), "--library", str(library)]) == 0

    (tmp_path / "broken.jsonl").write_text(gold.read_text(encoding="utf-8").replace("600억원", "700억원"), "utf-8")
    arguments = ["run", "--library", str(library), "--gold", str(tmp_path / "broken.jsonl")]
    assert main([*arguments, "--out", str(tmp_path / "third")]) == 2
    assert "disagree" in capsys.readouterr().err


def test_a_fault_on_a_line_of_a_users_gold_is_told_with_the_line(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = (dataset / "questions.jsonl").read_text(encoding="utf-8").splitlines()[0]
    good = [line.replace('"naver"', f'"n{number}"', 1) for number in range(9)]
    faults = {
        good[6][:-9]: "not JSON: ",
        good[6].replace('"type"', '"tpye"'): "missing: type",
        good[6].replace('"article": "naver"', '"article": "never"'): "no article 'never'",
    }
    gold = tmp_path / "mine.jsonl"
    for line, complaint in faults.items():
        gold.write_text("\n".join([*good[:6], line, *good[7:]]), encoding="utf-8")
        assert main(["validate", str(gold), "--articles", str(dataset / "articles.jsonl")]) == 2
        assert f"mine.jsonl:7: {complaint}" in capsys.readouterr().out
    assert main(["run", "--gold", str(gold), "--out", str(tmp_path / "run")]) == 2
    assert "question n0: no article 'naver'" in (said := capsys.readouterr().err)
    assert "name their library with --library DIR" in said


def test_a_thumbs_down_of_the_page_is_a_question_of_a_run(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", "--dataset", str(dataset), "--out", str(tmp_path / "first"), "--systems", "bm25"])
    with open_library(tmp_path / "first" / "library", load_embedder()) as library:
        answer = Assistant(library, Settings(tmp_path)).ask("카카오 정산은?")
    kept = Conversations(tmp_path / "conversations.sqlite3", tmp_path / "gold.jsonl")
    kept.keep("", "one", 0, answer.to_json())
    gold = kept.save_gold("", "one", 0, "월 10회", [{"article": "kakao", "quote": TEXTS["kakao"].split(". ")[0] + "."}])
    arguments = ["--library", str(tmp_path / "first" / "library"), "--gold", str(gold), "--systems", "assistant"]
    assert main(["run", *arguments, "--out", str(tmp_path / "second")]) == 0
    assert "gold: 1 questions, 3 articles" in capsys.readouterr().out


def test_a_reranker_is_part_of_what_is_measured(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "--dataset", str(dataset), "--out", str(tmp_path / "run"), "--systems", "assistant"]
    assert main([*arguments, "--set", f"reranker={tmp_path / 'none'}"]) == 1
    assert "none" in capsys.readouterr().err


def test_a_model_that_never_answers_is_seen_in_the_table(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = ["--set", "chat_model=tiny", "--set", "chat_base_url=http://127.0.0.1:9/v1"]
    arguments = ["run", "--dataset", str(dataset), "--out", str(tmp_path / "run"), "--systems", "assistant,bm25"]
    assert main([*arguments, *model]) == 0
    capsys.readouterr()
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert [system["fell_back"] for system in summary["systems"].values()] == [2, 0]
    assert main(["report", str(tmp_path / "run")]) == 0
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "<td>quotes in the model&#x27;s stead</td><td>2</td><td>0</td>" in page


def test_places_that_cannot_be_used_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for arguments, complaint in [
        (["run", "--out", str(tmp_path / "file" / "run")], "give another --out"),
        (["run", "--out", str(tmp_path / "run"), "--library", str(tmp_path / "none")], "holds no library"),
        (["run", "--out", str(tmp_path / "run"), "--dataset", str(tmp_path / "none")], "that is there"),
        (["compare", str(tmp_path), str(tmp_path)], "assistant-eval run"),
    ]:
        assert main(arguments) in (1, 2)
        assert complaint in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_two_runs_are_compared(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        main(["run", "--dataset", str(dataset), "--out", str(tmp_path / name), "--systems", "assistant,bm25"])
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert "0 questions changed." in capsys.readouterr().out
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "nothing")]) == 1
    assert "assistant-eval run" in capsys.readouterr().err


def test_the_sample_gold_agrees_with_the_sample_articles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0, capsys.readouterr().out


def test_settings_are_set_by_name_and_type() -> None:
    settings = configured(["passages=5", "chat_timeout_s=2.5", "allow_hosts=a.example, b.example"]).settings
    assert (settings.passages, settings.chat_timeout_s) == (5, 2.5)
    assert settings.allow_hosts == ("a.example", "b.example")
    assert configured(["embedding_model=some/model"]).settings.embedding_model == "some/model"
    assert configured(["embedding_model=none"]).settings.embedding_model is None


@pytest.mark.parametrize(
    ("assignment", "complaint"),
    [
        ("passages", "give NAME=VALUE"),
        ("passage=5", "the names are"),
        ("own.word=1", "the names are"),
        ("own.words=-1", "0 or more"),
        ("chunk_characters=0", "1 or more"),
        ("passages=five", "a whole number"),
        ("chat_api_key=secret", "the names are"),
    ],
)
def test_a_setting_that_is_wrong_is_told(assignment: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        configured([assignment])
