"""The Eval tab's run on real questions and the real sample."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from eval.tab import measured
from tests.openai_server import ModelServer, streamed


def test_a_run_tells_how_far_it_is_and_ends_with_the_figures(tmp_path: Path) -> None:
    *steps, last = measured(Settings(library=tmp_path), limit=3)
    assert [(step["done"], step["total"]) for step in steps] == [(0, 3), (1, 3), (2, 3)]
    assert last["state"] == "done", last
    assert last["systems"] == ["assistant", "bm25", "dense"]
    rows = {row["name"]: row for row in last["rows"]}
    assert rows["hit@1"]["n"] <= 3
    assert 0 <= rows["hit@1"]["cells"][0]["value"] <= 1
    assert rows["resolvable"]["cells"][1] is None  # bm25 only searches
    assert last["faults"]["assistant"] == {"errors": 0, "missing": 0}
    assert last["report"].startswith("<!doctype html>")
    assert last["report"].count('<details class="question"') == 3


def test_no_language_model_is_asked(tmp_path: Path) -> None:
    with ModelServer(streamed("Anything [1.1].")) as model:
        settings = Settings(library=tmp_path, chat_model="tiny", chat_base_url=model.url)
        *_, last = measured(settings, limit=1)
    assert last["state"] == "done"
    assert model.requests == []


def test_a_run_that_cannot_be_made_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.stage.sample_gold", lambda: (tmp_path / "none.jsonl",))
    *_, last = measured(Settings(library=tmp_path), limit=1)
    assert last["state"] == "failed"
    assert "none.jsonl" in last["error"]
