"""A sweep over real settings of the real assistant: resumed, tabled, drawn, and honest about what beats what."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import prompts
from eval.cli import main
from eval.configuration import configured
from eval.sweep import Trial, combinations, sweep_page, sweep_table, trials
from ingest.errors import UserError
from tests.openai_server import ModelServer, streamed
from tests.test_eval_run import Scripted, run

ARTICLES = {
    "naver": "네이버는 소상공인 인공지능 교육에 600억원을 쓰기로 했다. 교육은 내년 봄에 시작한다.",
    "kakao": "카카오는 선물하기 교환권 정산을 월 10회로 늘린다. 지금은 월 4회다.",
}
GOLD: dict[str, Any] = {"language": "ko", "answerable": True, "nuggets": [], "type": "number", "split": "dev"}
GOLD |= {"as_of": None, "history": [], "id": "n", "question": "네이버는 교육에 얼마를 쓰나?", "answers": ["600억원"]}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    articles = [{"id": key, "title": key, "language": "ko", "text": text} for key, text in ARTICLES.items()]
    question = GOLD | {"evidence": [{"article": "naver", "quote": ARTICLES["naver"].split(". ")[0] + "."}]}
    for name, records in (("articles", articles), ("questions", [question])):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_every_combination_is_run_once_and_shown(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    axes = ["--over", "passages=1,2", "--over", "answer_sentences=1,3"]
    arguments = ["sweep", "--dataset", str(dataset), "--out", str(tmp_path / "sweep"), *axes]
    assert main(arguments) == 0
    table = capsys.readouterr().out
    for name in ("passages=1 answer_sentences=1", "passages=2 answer_sentences=3"):
        assert name in table
    page = (tmp_path / "sweep" / "sweep.html").read_text(encoding="utf-8")
    assert page.count("<circle") == 4
    results = sorted((tmp_path / "sweep").glob("*/results.jsonl"))
    before = [(path, path.read_bytes()) for path in results]
    assert len(before) == 4

    before[0][0].unlink()  # as if it had been stopped there
    assert main(arguments) == 0
    assert [path.read_bytes() for path, _ in before[1:]] == [text for _, text in before[1:]]
    assert before[0][0].exists()


def test_passages_weights_and_prompts_are_axes_too(dataset: Path, tmp_path: Path) -> None:
    def sweep(name: str, *arguments: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """What each run was made with, and its first result."""
        assert main(["sweep", "--dataset", str(dataset), "--out", str(tmp_path / name), *arguments]) == 0
        folders = sorted(path.parent for path in (tmp_path / name).glob("*/run.json"))
        names = ("run.json", "results.jsonl")
        read = [[json.loads((folder / file).read_text("utf-8")) for file in names] for folder in folders]
        return [(about, result) for about, result in read]

    (_, short), (_, whole) = sweep("chunks", "--over", "chunk_characters=30,600")
    # The hit is the whole article both ways, as neighbours are joined; what was matched was one passage of two.
    assert short["hits"][0]["end"] == whole["hits"][0]["end"] == len(ARTICLES["naver"])
    assert short["hits"][0]["score"] != whole["hits"][0]["score"]

    (_, heavy), (_, light) = sweep("weights", "--over", "own.words=5,0")[::-1]
    assert heavy["hits"][0]["score"] > 1 + light["hits"][0]["score"]

    ours = tmp_path / "ours"
    shutil.copytree(Path(str(prompts.__file__)).parent, ours)
    (ours / "answer.user.txt").write_text("{passages} {question} {language} {silence}", encoding="utf-8")
    with ModelServer(streamed("600억원이다. [1.1]")) as server:
        model = ["--set", "chat_model=tiny", "--set", f"chat_base_url={server.url}"]
        made = [about["prompts"] for about, _ in sweep("prompts", "--over", f"prompts=none,{ours}", *model)]
        assert {"with a number such as" in request.prompt for request in server.requests} == {True, False}
    assert made[0]["rewrite"] == made[1]["rewrite"]
    assert made[0]["answer"] != made[1]["answer"]


def test_the_front_holds_what_nothing_beats_in_both(tmp_path: Path) -> None:
    good, poor = run(tmp_path / "good", Scripted().system()), run(tmp_path / "poor", Scripted(shift=1).system())
    found = {one.name: one for one in trials({"good": good, "poor": poor}, "right")}
    assert found["good"].best
    assert found["poor"].best is (found["poor"].ms < found["good"].ms)
    worst = trials({"good": good, "poor": poor}, "risk-coverage area")
    assert worst[0].best  # there, lower is better
    figure = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 9}
    drawn = [Trial("<a>", {"right": figure}, 10.0, 0, True), Trial("b", {"right": figure}, 20.0, 1)]
    assert "&lt;a&gt;" in sweep_page(drawn, "right")
    assert [line.endswith("*") for line in sweep_table(drawn, "right").splitlines()[2:]] == [True, False]


def test_axes_that_are_wrong_are_told(tmp_path: Path) -> None:
    assert combinations(["a=1,2,2", "b=x"]) == [("a=1", "b=x"), ("a=2", "b=x")]
    with pytest.raises(UserError, match="give NAME=VALUE,VALUE"):
        combinations(["passages"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="has no file"):
        configured(["chat_model=tiny", f"prompts={tmp_path / 'empty'}"]).prompt_fingerprints()
    with pytest.raises(UserError, match="chat_model"):
        configured([f"prompts={tmp_path}"])
    with pytest.raises(UserError, match="no question counts"):
        trials({"good": run(tmp_path / "good", Scripted().system())}, "nugget recall")


def test_a_figure_that_there_is_not_is_told_before_anything_is_run(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sweep"
    arguments = ["sweep", "--dataset", str(dataset), "--out", str(out), "--over", "passages=1,2"]
    assert main([*arguments, "--quality", "rightness"]) == 1
    assert "no such figure; there are hit@1" in capsys.readouterr().err
    assert not out.exists()
