"""Runs and comparisons as text tables."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from eval.compare import Change, Comparison, compare
from eval.gate import Held
from eval.judge import Judgement, Price, cost
from eval.metrics import METRICS
from eval.run import Run

BREAKDOWN = ("hit@1", "nDCG@10", "evidence recall@10", "right", "answer in quotes", "nugget recall", "evidence cited")
"""The metrics shown by direction and by type."""

Row = Sequence[str]
Figure = Mapping[str, Any]


def run_table(run: Run, summary: Mapping[str, Any]) -> str:
    """The figures of a run: a row a metric, a column a system, and what the first adds to the last."""
    systems: Mapping[str, Any] = summary["systems"]
    names = list(systems)
    first, last = names[0], names[-1]
    heading = f"{run.about['name']}: {len(run.asked)} questions, {run.about['articles']} articles"
    added = {change.metric.name: change for change in compare(run, run, last, first).changes} if first != last else {}
    tables = [
        f"{heading}. 95% bootstrap intervals over questions; * the interval of the difference leaves out zero.",
        table(
            ["", *systems, *([f"{first} - {last}"] if added else []), "n"],
            _metric_rows([system["metrics"] for system in systems.values()], added),
        ),
        *(
            _breakdown(first, groups, grouping)
            for grouping in ("direction", "type")
            if len(groups := systems[first][f"by_{grouping}"]) > 1
        ),
        table(
            ["", "questions", "errors", "missing", "unscored", "fell back", "tokens in", "tokens out"],
            [_counts(name, system) for name, system in systems.items()],
        ),
        *(f"The first error of {name}: {error}" for name in systems if (error := first_error(run, name))),
        table(
            ["milliseconds", "", "p50", "p95"],
            [
                [name, stage, f"{times['p50']:.1f}", f"{times['p95']:.1f}"]
                for name, stages in summary["timings_ms"].items()
                for stage, times in stages.items()
            ],
        ),
    ]
    return "\n\n".join(tables)


def comparison_table(comparison: Comparison, shown: int) -> str:
    """Every metric of both runs with the difference, and the first `shown` of the questions that changed."""
    lines = [f"{comparison.questions} questions in both runs" + _left_out(comparison)]
    header = ["", "A", "B", "B - A", "p", "only A", "only B", "McNemar p", "n", ""]
    lines.append(table(header, [_change_row(change) for change in comparison.changes]))
    changed = comparison.changed
    lines.append(f"{len({item.asked.question.id for item in changed})} questions changed" + (":" if changed else "."))
    for item in changed[:shown]:
        question = item.asked.question
        lines.append(
            f"{question.id} [{item.asked.direction}, {question.type}] {question.question}\n"
            f"  {item.metric} {item.a:g} -> {item.b:g}\n  A {_one_line(item.did_a)}\n  B {_one_line(item.did_b)}"
        )
    if len(changed) > shown:
        lines.append(f"... and {len(changed) - shown} more: --changes {len(changed)} shows them all.")
    return "\n\n".join(lines)


def _metric_rows(systems: Sequence[Mapping[str, Figure]], added: Mapping[str, Change]) -> list[Row]:
    rows: list[Row] = []
    for metric in METRICS:
        known = [system[metric.name] for system in systems if metric.name in system]
        if known:
            cells = [_figure(system.get(metric.name)) for system in systems]
            gain = [_difference(added.get(metric.name))] if added else []
            rows.append([metric.name, *cells, *gain, str(known[0]["n"])])
    return rows


def _breakdown(system: str, groups: Mapping[str, Mapping[str, Figure]], by: str) -> str:
    shown = [name for name in BREAKDOWN if any(name in group for group in groups.values())]
    sizes = {key: str(max((figure["n"] for figure in group.values()), default=0)) for key, group in groups.items()}
    rows: list[Row] = [
        [key, *(_figure(group.get(name)) for name in shown), sizes[key]] for key, group in groups.items()
    ]
    return table([f"{system} by {by}", *shown, "n"], rows)


def _counts(name: str, system: Mapping[str, Any]) -> Row:
    unscored = sum(figure["unscored"] for figure in system["metrics"].values())
    counts = (
        system["questions"],
        system["errors"],
        system["missing"],
        unscored,
        system["fell_back"],
        *system["tokens"].values(),
    )
    return [name, *map(str, counts)]


def first_error(run: Run, system: str) -> str | None:
    """What the first question said on which the system failed, in one line."""
    results = (run.results.get((system, item.question.id)) for item in run.asked)
    return next((_one_line(result["error"]) for result in results if result and result["error"]), None)


def _change_row(change: Change) -> Row:
    flips = ["", "", ""]
    if change.mcnemar:
        only_a, only_b, p = change.mcnemar
        flips = [str(only_a), str(only_b), f"{p:.4f}"]
    verdict = "" if change.verdict == "same" else change.verdict
    count = str(change.n_a) if change.n_a == change.n_b else f"{change.n_a}, {change.n_b}"
    return [change.metric.name, *change_cells(change), *flips, count, verdict]


def change_cells(change: Change) -> tuple[str, str, str, str]:
    """A metric before and after, the difference with its interval, and its p, as they are shown."""
    return _number(change.a), _number(change.b), _difference(change), f"{change.difference.p:.4f}"


def figure_cells(figure: Figure | None) -> tuple[str, str]:
    """A figure and its interval, as they are shown."""
    if figure is None or figure["value"] is None:
        return "-", ""
    return _number(figure["value"]), f"[{_number(figure['low'])}, {_number(figure['high'])}]"


def _figure(figure: Figure | None) -> str:
    return " ".join(filter(None, figure_cells(figure)))


def _difference(change: Change | None) -> str:
    if change is None:
        return "-"
    found = change.difference
    mark = "*" if found.significant else " "
    return f"{_signed(found.value)} [{_signed(found.low)}, {_signed(found.high)}]{mark}"


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.0f}"


def _signed(value: float) -> str:
    return ("+" if value >= 0 else "-") + _number(abs(value))


def _left_out(comparison: Comparison) -> str:
    return f"; {comparison.left_out} in one of them only are left out." if comparison.left_out else "."


def _one_line(text: str, length: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 3] + "..."


def gate_table(held: Sequence[Held]) -> str:
    """Every gated metric with its floor, its value now, the p of the difference, and whether it fell."""
    rows = [
        [one.metric, f"{one.floor:.3f}", f"{one.value:.3f}", f"{one.p:.4f}", "FELL" if one.fell else ""] for one in held
    ]
    return table(["", "floor", "now", "p", ""], rows)


def judge_table(judged: Judgement, price: Price | None) -> str:
    """What a judge made of a run, who it was, what it failed on, and what it took."""
    rows = []
    for one in judged.figures:
        figure = {"value": one.estimate.value, "low": one.estimate.low, "high": one.estimate.high}
        rows.append([one.name, _figure(figure), str(one.n), str(one.unscored)])
    taken = f"{judged.tokens[0]:,} tokens in, {judged.tokens[1]:,} out"
    lines = [
        f"Judge: {judged.judge}; prompts {', '.join(f'{kind} {mark}' for kind, mark in judged.prompts.items())}",
        table(["", "", "n", "unscored"], rows),
        *(f"Failed {count} times: {_one_line(reason)}" for reason, count in judged.failures.items()),
        taken + (f": {cost(judged.tokens, price):.4f}" if price else ""),
    ]
    return "\n\n".join(lines)


def table(header: Row, rows: Sequence[Row]) -> str:
    """Columns as wide as their widest cell, Korean letters counting two."""
    widths = [max(map(_width, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join("  ".join(map(_padded, line, widths)).rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
