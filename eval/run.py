"""A run: every question to every system, each outcome scored and appended to a file, so that a run can be resumed.

A run's folder holds `run.json` (what was run), `questions.jsonl` (the gold questions, as they were), `results.jsonl`
(one line a question and system: what was found, said and scored) and `summary.json` (the figures). Without a
language model all of it is the same in every run, but for what is under `timings_ms`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from assistant.answer import Answer, Hit
from eval.case import Case
from eval.intervals import Floats
from eval.metrics import DEPTH, RETRIEVAL, Metric, score_case
from eval.questions import Question, question_of
from eval.systems import System
from ingest.article import Article
from ingest.errors import UserError

Find = Callable[[str], Article | None]
Progress = Callable[[Iterable["Asked"]], Iterable["Asked"]]
CONTEXT = 200
"""How many characters around a citation a run keeps."""


class RunError(UserError):
    """A run's folder cannot be used."""


@dataclass(frozen=True)
class Asked:
    """A question of a run, its direction, and the scores of a system that does nothing with it.

    The direction is the question's language > the language of its evidence (`-`: none).
    """

    question: Question
    direction: str
    failed: Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Run:
    """A run as it lies in its folder. A result that is missing scores as an error: see `parts`."""

    folder: Path
    about: Mapping[str, Any]
    asked: tuple[Asked, ...]
    results: Mapping[tuple[str, str], Mapping[str, Any]]
    """By (system, question id)."""

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of the systems, in the order of the table."""
        return tuple(self.about["systems"])

    def scores(self, system: str, asked: Asked) -> Mapping[str, Any]:
        """The scores of one question: those recorded, or those of a system that gave nothing."""
        result = self.results.get((system, asked.question.id))
        if result is not None:
            return dict(result["scores"])
        answers = self.about["systems"][system]
        return {name: score for name, score in asked.failed.items() if answers or name in RETRIEVAL}

    def parts(self, system: str, metric: Metric, asked: Sequence[Asked] | None = None) -> Floats:
        """A metric's score pairs, (questions, 2), in the order of the questions; NaN where one does not count."""
        rows = [self.scores(system, item).get(metric.name) for item in (self.asked if asked is None else asked)]
        return np.array([row or (np.nan, np.nan) for row in rows], dtype=np.float64).reshape(-1, 2)


def claim(folder: Path, about: Mapping[str, Any], questions: Sequence[Question], find: Find) -> Run:
    """Make the folder this run's own, or see that it already is, and give what it holds.

    `about` is what distinguishes this run from another, in plain JSON; its `systems` map each name to whether that
    system answers. `find` gives an article by its id. Raises RunError when the folder holds another run.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"{folder} cannot hold a run ({error.strerror}): give another --out.") from error
    lines = [
        _line({"direction": direction(q, find), "failed": _scores(Case(q, find, True)), "question": q.to_json()})
        for q in questions
    ]
    about = {**about, "questions": len(lines), "gold": fingerprint(lines)}
    described = folder / "run.json"
    if not described.exists():
        (folder / "questions.jsonl").write_text("".join(lines), encoding="utf-8")
        described.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    found = load_run(folder)
    before = found.about
    if differing := sorted(key for key in before.keys() | about.keys() if before.get(key) != about.get(key)):
        raise RunError(f"{folder} holds another run (other {', '.join(differing)}): give another --out.")
    return found


def fill(run: Run, systems: Sequence[System], find: Find, progress: Progress = lambda asked: asked) -> Run:
    """Put every question to every system, but for what the run already holds. `progress` may watch the questions."""
    done = run.results.keys()
    path = run.folder / "results.jsonl"
    _drop_cut_line(path)
    with path.open("a", encoding="utf-8") as results:
        for item in progress(run.asked):
            for system in systems:
                if (system.name, item.question.id) not in done:
                    results.write(_line(outcome(system, item.question, find)))
                    results.flush()
    return load_run(run.folder)


def outcome(system: System, question: Question, find: Find) -> dict[str, Any]:
    """What one system does with one question, scored: one line of `results.jsonl`."""
    hits: Sequence[Hit] = ()
    answer, error, timings = None, None, {}
    try:
        started = perf_counter()
        hits = system.search(question, DEPTH)
        timings["search"] = (perf_counter() - started) * 1000
        if system.ask:
            started = perf_counter()
            answer = system.ask(question)
            timings["ask"] = (perf_counter() - started) * 1000
            timings |= {f"ask: {stage}": ms for stage, ms in answer.timings_ms.items()}
    except Exception as failure:  # a system's fault is a result: it scores 0 and is counted
        error = f"{type(failure).__name__}: {failure}"
    tokens = answer.tokens if answer and answer.tokens else {"input": 0, "output": 0}
    return {
        "question": question.id,
        "system": system.name,
        "hits": [_place(hit) for hit in hits],
        "answer": _answer(answer, find) if answer else None,
        "error": error,
        "scores": _scores(Case(question, find, system.ask is not None, hits, answer)),
        "tokens": {"in": tokens["input"], "out": tokens["output"]},
        "timings_ms": {stage: round(ms, 2) for stage, ms in timings.items()},
    }


def direction(question: Question, find: Find) -> str:
    """The question's language > the languages of its evidence, such as `ko>en`; `ko>-` where there is none."""
    articles = [find(evidence.article) for evidence in question.evidence]
    return f"{question.language}>{'+'.join(sorted({article.language for article in articles if article})) or '-'}"


def load_run(folder: Path) -> Run:
    """The run in a folder. Raises RunError when there is none."""
    try:
        about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        lines = (folder / "questions.jsonl").read_bytes().splitlines()  # str.splitlines would split at more
    except (OSError, ValueError) as error:
        raise RunError(f"{folder} holds no run: make one with assistant-eval run --out {folder}") from error
    records = [json.loads(line) for line in lines]
    asked = tuple(Asked(question_of(record["question"]), record["direction"], record["failed"]) for record in records)
    return Run(folder, about, asked, _kept(folder / "results.jsonl"))


def fingerprint(items: Iterable[str]) -> str:
    """A short hash of texts, whatever their order."""
    return hashlib.sha256("\n".join(sorted(items)).encode()).hexdigest()[:16]


def _kept(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The results in a file by system and question; a last line that is not whole is none."""
    *lines, _ = path.read_bytes().split(b"\n") if path.exists() else [b""]
    records = [json.loads(line) for line in lines]
    return {(record["system"], record["question"]): record for record in records}


def _drop_cut_line(path: Path) -> None:
    """Take off a last line that was not written to its end, so that the next one is not glued to it."""
    if path.exists():
        with path.open("r+b") as file:
            file.truncate(file.read().rfind(b"\n") + 1)


def _scores(case: Case) -> dict[str, list[float] | None]:
    return {name: score and [round(part, 6) for part in score] for name, score in score_case(case).items()}


def _place(hit: Hit) -> dict[str, Any]:
    return {
        "article": hit.article.id,
        "start": hit.chunk.start,
        "end": hit.chunk.end,
        "score": round(float(hit.score), 6),
    }


def _answer(answer: Answer, find: Find) -> dict[str, Any]:
    """The answer without what changes from run to run (`id`, times), its passages by their place alone.

    Each citation comes with the characters `before` and `after` it, for whoever reads the run without the articles.
    """
    record = answer.to_json() | {"passages": [_place(hit) for hit in answer.passages]}
    for citation in (citation for sentence in record["sentences"] for citation in sentence["citations"]):
        article = find(citation["article"])
        text = article.text if article else ""
        citation["before"] = text[max(0, citation["start"] - CONTEXT) : citation["start"]]
        citation["after"] = text[citation["end"] : citation["end"] + CONTEXT]
    return {name: value for name, value in record.items() if name not in ("id", "timings_ms")}


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
