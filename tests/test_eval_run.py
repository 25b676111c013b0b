"""Runs and comparisons over scripted systems: what is recorded, resumed, counted, and seen as a change."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, AnswerSentence, Citation, Hit
from eval.compare import Comparison, compare
from eval.questions import Evidence, Question
from eval.report import comparison_table, run_table
from eval.run import Asked, Run, RunError, claim, fill, load_run
from eval.summary import summarise
from eval.systems import System
from ingest.article import chunk_of
from ingest.clean import make_article

ARTICLES = {
    f"a{n:02}": make_article(
        f"시장 {n}번 소식이다. 상인회는 {1000 + 7 * n}만원을 받았다. 다음 달에 다시 모인다.",
        id=f"a{n:02}",
        language="ko",
    )
    for n in range(60)
}
QUESTIONS = [
    Question(
        f"q{n:02}",
        "ko" if n % 2 else "en",
        f"시장 {n}번은 얼마를 받았나?",
        answers=(f"{1000 + 7 * n}만원",),
        evidence=(Evidence(f"a{n:02}", f"상인회는 {1000 + 7 * n}만원을 받았다."),),
        type="number",
    )
    if n % 5
    else Question(f"q{n:02}", "ko", f"시장 {n}번은 언제 닫았나?", answerable=False, type="near miss")
    for n in range(60)
]


class Scripted:
    """An assistant that is right but for every eleventh question, and can be made worse in known ways."""

    def __init__(self, shift: int = 0, retrieves: bool = True, abstains: bool = True) -> None:
        self.shift, self.retrieves, self.abstains = shift, retrieves, abstains
        self.asked: list[str] = []

    def search(self, question: Question, k: int) -> Sequence[Hit]:
        wanted = int(question.id[1:])
        others = [n for n in range(60) if n != wanted]
        order = [wanted, *others] if self.retrieves and wanted % 11 else others
        articles = [ARTICLES[f"a{n:02}"] for n in order[:k]]
        return [Hit(chunk_of(a, 0, 0, len(a.sentences)), a, 1 / rank) for rank, a in enumerate(articles, start=1)]

    def ask(self, question: Question) -> Answer:
        self.asked.append(question.id)
        passages = tuple(self.search(question, 8))
        nothing = Answer(question.question, "ko", "기사에는 없습니다.", True, "extractive", passages=passages)
        if self.abstains and not question.answerable:
            return nothing
        article = passages[0].article
        span = article.sentences[1 + self.shift]
        quote = span.of(article.text)
        cited = Citation("1.2", article.id, article.content_hash, None, None, None, None, span.start, span.end, quote)
        sentences = (AnswerSentence(quote, (cited,), "supported"),)
        return replace(nothing, abstained=False, answer=quote, sentences=sentences, timings_ms={"total": 1.0})

    def system(self, name: str = "assistant") -> System:
        return System(name, self.search, self.ask)


def run(folder: Path, *systems: System, questions: Sequence[Question] = QUESTIONS) -> Run:
    return fill(claim_for(folder, *systems, questions=questions), systems, ARTICLES.get)


def claim_for(folder: Path, *systems: System, questions: Sequence[Question] = QUESTIONS) -> Run:
    about = {"name": "scripted", "articles": 60, "systems": {s.name: s.ask is not None for s in systems}}
    return claim(folder, about, questions, ARTICLES.get)


def metrics(run: Run, system: str = "assistant") -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = summarise(run)["systems"][system]["metrics"]
    return found


def verdicts(comparison: Comparison) -> dict[str, str]:
    return {change.metric.name: change.verdict for change in comparison.changes}


def without_timings(folder: Path) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{name: value for name, value in record.items() if name != "timings_ms"} for record in records]


def test_figures_are_counted_over_the_right_questions(tmp_path: Path) -> None:
    found = metrics(run(tmp_path, Scripted().system()))
    answerable = [n for n in range(60) if n % 5]
    hits = sum(n % 11 != 0 for n in answerable) / len(answerable)
    assert found["hit@1"]["value"] == pytest.approx(hits, abs=1e-6)
    assert found["hit@1"]["low"] < hits < found["hit@1"]["high"]
    assert found["hit@1"]["n"] == found["answer in quotes"]["n"] == 48
    assert found["abstention recall"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 12, "unscored": 0}
    assert found["right"]["n"] == 60


def test_breakdowns_by_direction_and_type_split_the_questions(tmp_path: Path) -> None:
    system = summarise(run(tmp_path, Scripted().system()))["systems"]["assistant"]
    assert {key: group["right"]["n"] for key, group in system["by_type"].items()} == {"near miss": 12, "number": 48}
    assert {key: group["right"]["n"] for key, group in system["by_direction"].items()} == {
        "en>ko": 24,
        "ko>-": 12,
        "ko>ko": 24,
    }


def test_two_runs_are_the_same_but_for_their_timings(tmp_path: Path) -> None:
    summaries = [summarise(run(tmp_path / name, Scripted().system())) for name in "ab"]
    assert without_timings(tmp_path / "a") == without_timings(tmp_path / "b")
    assert (tmp_path / "a" / "questions.jsonl").read_bytes() == (tmp_path / "b" / "questions.jsonl").read_bytes()
    for summary in summaries:
        del summary["timings_ms"]
    assert json.dumps(summaries[0]) == json.dumps(summaries[1])


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    def stopping(asked: Iterable[Asked]) -> Iterable[Asked]:
        yield from islice(asked, 25)
        raise KeyboardInterrupt

    first, second = Scripted(), Scripted()
    with pytest.raises(KeyboardInterrupt):
        fill(claim_for(tmp_path / "stopped", first.system()), [first.system()], ARTICLES.get, stopping)
    with (tmp_path / "stopped" / "results.jsonl").open("ab") as results:
        results.write(b'{"question": "q25", "system": "assis')  # cut off by a crash
    run(tmp_path / "stopped", second.system())
    run(tmp_path / "whole", Scripted().system())
    assert len(first.asked) == 25
    assert second.asked == [question.id for question in QUESTIONS[25:]]
    assert without_timings(tmp_path / "stopped") == without_timings(tmp_path / "whole")


def test_a_folder_with_another_run_is_refused(tmp_path: Path) -> None:
    run(tmp_path, Scripted().system())
    with pytest.raises(RunError, match=r"another run \(other gold, questions\)"):
        claim_for(tmp_path, Scripted().system(), questions=QUESTIONS[:10])
    with pytest.raises(RunError, match=r"another run \(other systems\)"):
        claim_for(tmp_path, Scripted().system("other"))
    with pytest.raises(RunError, match="holds no run"):
        load_run(tmp_path / "nowhere")


def test_errors_are_counted_and_stay_in_every_denominator(tmp_path: Path) -> None:
    class Failing(Scripted):
        def ask(self, question: Question) -> Answer:
            if question.id < "q30":
                raise RuntimeError("the model is away")
            return super().ask(question)

    failing = run(tmp_path / "failing", Failing().system())
    healthy = run(tmp_path / "healthy", Scripted().system())
    summary = summarise(failing)
    assert summary["systems"]["assistant"]["errors"] == 30
    assert "The first error of assistant: RuntimeError: the model is away" in run_table(failing, summary)
    for name in ("right", "answer in quotes", "F1", "abstention recall", "evidence cited", "risk-coverage area"):
        assert metrics(failing)[name]["n"] == metrics(healthy)[name]["n"], name
    assert metrics(failing)["right"]["value"] < 0.51
    assert metrics(failing)["hit@1"] == metrics(healthy)["hit@1"]  # what was found before the error counts


def test_results_that_are_missing_count_as_wrong(tmp_path: Path) -> None:
    whole = run(tmp_path, Scripted().system())
    lines = (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "results.jsonl").write_text("".join(lines[:30]), encoding="utf-8")
    half = load_run(tmp_path)
    assert summarise(half)["systems"]["assistant"]["missing"] == 30
    for name in ("hit@1", "nDCG@10", "evidence recall@10", "right", "F1", "evidence cited", "abstention recall"):
        assert metrics(half)[name]["n"] == metrics(whole)[name]["n"], name
        assert metrics(half)[name]["value"] < 0.65, name


@pytest.mark.parametrize(
    ("worse", "seen", "unmoved"),
    [
        (
            Scripted(retrieves=False),
            {"hit@1", "MRR@10", "nDCG@10", "right", "answer in quotes", "evidence cited", "right article"},
            {"verbatim", "resolvable", "abstention recall"},
        ),
        (
            Scripted(shift=1),
            {"right", "answer in quotes", "evidence precision", "evidence cited", "risk-coverage area"},
            {"hit@1", "nDCG@10", "verbatim", "right article", "abstention recall"},
        ),
        (
            Scripted(abstains=False),
            {"right", "abstention recall", "abstention F1"},
            {"hit@1", "verbatim", "evidence cited", "answer in quotes"},
        ),
    ],
    ids=["retriever off", "citations shifted by one sentence", "abstention off"],
)
def test_a_planted_regression_is_seen_where_it_is(
    worse: Scripted, seen: set[str], unmoved: set[str], tmp_path: Path
) -> None:
    before, after = run(tmp_path / "a", Scripted().system()), run(tmp_path / "b", worse.system())
    found = compare(before, after)
    assert {name for name, verdict in verdicts(found).items() if verdict == "worse"} >= seen
    assert {name: verdicts(found)[name] for name in unmoved} == dict.fromkeys(unmoved, "same")
    assert {name for name, verdict in verdicts(found).items() if verdict == "better"} <= {"quoted characters"}
    back = verdicts(compare(after, before))
    assert {name for name, verdict in back.items() if verdict == "better"} >= seen
    right = next(change for change in found.changes if change.metric.name == "right")
    assert right.mcnemar is not None
    assert right.mcnemar[1] == 0
    assert right.mcnemar[2] < 0.01


def test_the_same_system_again_is_no_change(tmp_path: Path) -> None:
    found = compare(run(tmp_path / "a", Scripted().system()), run(tmp_path / "b", Scripted().system()))
    assert set(verdicts(found).values()) == {"same"}
    assert found.changed == ()


def test_the_questions_that_changed_are_shown_with_what_was_done(tmp_path: Path) -> None:
    before, after = run(tmp_path / "a", Scripted().system()), run(tmp_path / "b", Scripted(abstains=False).system())
    text = comparison_table(compare(before, after), shown=1)
    assert "12 questions changed" in text
    (row,) = [line for line in text.splitlines() if line.startswith("quoted characters")]
    assert row.split()[-2:] == ["48,", "60"]  # an abstention quotes nothing
    assert "q00 [ko>-, near miss] 시장 0번은 언제 닫았나?" in text
    assert "right 1 -> 0" in text
    assert "A abstained" in text
    assert "B answered: 상인회는" in text
    assert "and 11 more" in text


def test_only_questions_in_both_runs_are_compared(tmp_path: Path) -> None:
    a = run(tmp_path / "a", Scripted().system(), questions=QUESTIONS[:40])
    b = run(tmp_path / "b", Scripted().system(), questions=QUESTIONS[20:])
    found = compare(a, b)
    assert (found.questions, found.left_out) == (20, 40)
    with pytest.raises(RunError, match="no question in common"):
        compare(a, run(tmp_path / "c", Scripted().system(), questions=QUESTIONS[40:]))
    with pytest.raises(RunError, match="no system 'bm25'"):
        compare(a, b, system_b="bm25")


def test_the_table_says_what_ours_adds_to_the_baseline(tmp_path: Path) -> None:
    baseline = System("langchain", Scripted(retrieves=False).search)
    both = run(tmp_path, Scripted().system(), baseline)
    table = run_table(both, summarise(both))
    (row,) = [line for line in table.splitlines() if line.startswith("hit@1 ")]
    assert "assistant - langchain" in table
    assert "+0.917" in row
    assert row.count("*") == 1
    (row,) = [line for line in table.splitlines() if line.startswith("right  ")]
    assert row.split()[4:] == ["-", "-", "60"]


def test_the_confident_come_first_and_abstentions_last_in_risk_coverage(tmp_path: Path) -> None:
    curve = summarise(run(tmp_path, Scripted().system()))["systems"]["assistant"]["risk_coverage"]
    assert len(curve) == 60
    assert curve[46] == pytest.approx([47 / 60, 4 / 47], abs=1e-6)
    assert curve[-1] == pytest.approx([1.0, 16 / 60], abs=1e-6)


def test_the_confidence_that_the_assistant_states_orders_its_answers(tmp_path: Path) -> None:
    class Knowing(Scripted):
        def ask(self, question: Question) -> Answer:
            return replace(super().ask(question), confidence=0.1 if not int(question.id[1:]) % 11 else 0.9)

    def curve(folder: str, system: Scripted) -> list[list[float]]:
        found: list[list[float]] = summarise(run(tmp_path / folder, system.system()))["systems"]["assistant"][
            "risk_coverage"
        ]
        return found

    answered = 48  # q11, q22, q33 and q44 are wrong, as no passage holds them
    assert curve("knowing", Knowing())[answered - 5] == pytest.approx([(answered - 4) / 60, 0.0])
    assert curve("not", Scripted())[answered - 5][1] > 0
