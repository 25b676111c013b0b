"""Runs as one HTML file that asks nothing of anybody: figures, plots, every question, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from assistant.settings import Settings
from eval.compare import Change, Comparison, compare
from eval.configuration import Configuration
from eval.judge import Price, cost
from eval.markup import Markup, join, tag
from eval.metrics import METRICS, RETRIEVAL
from eval.page_questions import Deed, question_details
from eval.plots import interval_plot, latency_plot, line_plot
from eval.questions import Question
from eval.report import BREAKDOWN, change_cells, figure_cells
from eval.run import Asked, Run, RunError
from eval.summary import summarise

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_PLOTTED = ("right", "nDCG@10")
_CAPTION = "With 95% bootstrap intervals over questions; n is the questions that count; ↓ lower is better."


@dataclass(frozen=True)
class Series:
    """One system of one run, as the plots and tables name it, with its figures."""

    label: str
    run: Run
    system: str
    figures: Mapping[str, Any]
    timings: Mapping[str, Mapping[str, float]]

    @property
    def answers(self) -> bool:
        """Whether the system answers, or only searches."""
        return bool(self.run.about["systems"][self.system])


def report_page(runs: Sequence[Run], price: Price | None = None) -> str:
    """The HTML of a report on runs; the differences are to the first of them. With a price, tokens have a cost."""
    series = _series(runs)
    differences = [(run, found) for run in runs[1:] if (found := _compared(runs[0], run)) is not None]
    return html_page(
        "assistant-eval: " + ", ".join(run.folder.name for run in runs),
        tag("h1", "assistant-eval"),
        *(_about(run) for run in runs),
        *_headline(series, price),
        *_plots(series),
        *_differences(runs, differences),
        *_questions(series, differences),
        tag("script", _own("report.js")),
    )


def _series(runs: Sequence[Run]) -> list[Series]:
    found = []
    for run in runs:
        summary = summarise(run)
        for system in run.systems:
            names = [run.folder.name] if len(runs) > 1 else []
            names += [system] if len(runs) == 1 or len(run.systems) > 1 else []
            label = " / ".join(names)
            found.append(Series(label, run, system, summary["systems"][system], summary["timings_ms"][system]))
    return sorted(found, key=lambda one: not one.answers)  # so that a system has one colour in every plot


def _about(run: Run) -> Markup:
    """What was run: on the lid what is not as it is shipped, and inside all of it."""
    about = run.about
    shipped, settings = Configuration(Settings(run.folder)).told(), about.get("settings", {})
    changed = [f"{name}={value}" for name, value in settings.items() if value != shipped.get(name)]
    prompts = {f"prompt {name}": fingerprint for name, fingerprint in about.get("prompts", {}).items()}
    made_with = {"embedder": about.get("embedder", "?")} | prompts
    facts = f": {about['name']}, {len(run.asked)} questions, {about.get('articles', '?')} articles; "
    lid = tag("summary", tag("b", run.folder.name), facts, ", ".join(changed) or "settings as shipped")
    listed = ", ".join(f"{name}={value}" for name, value in (made_with | settings).items())
    return tag("details", lid, tag("p", listed, class_="soft small"))


def _headline(series: Sequence[Series], price: Price | None) -> list[Markup]:
    rows = []
    for metric in METRICS:
        figures = [one.figures["metrics"].get(metric.name) for one in series]
        if known := [figure["n"] for figure in figures if figure]:
            name = metric.name + (" ↓" if metric.better == "lower" else "")
            rows.append(tag("tr", tag("td", name), *map(_figure_cell, figures), tag("td", str(max(known)))))
    for count, name in (("errors", "errors"), ("missing", "missing"), ("fell_back", "quotes in the model's stead")):
        cells = (tag("td", str(one.figures[count])) for one in series)
        rows.append(tag("tr", tag("td", name), *cells, tag("td")))
    unscored = (sum(figure["unscored"] for figure in one.figures["metrics"].values()) for one in series)
    rows.append(tag("tr", tag("td", "unscored"), *(tag("td", str(count)) for count in unscored), tag("td")))
    tokens = (f"{one.figures['tokens']['in']:,} / {one.figures['tokens']['out']:,}" for one in series)
    rows.append(tag("tr", tag("td", "tokens in / out"), *(tag("td", count) for count in tokens), tag("td")))
    if price:
        spent = (cost((one.figures["tokens"]["in"], one.figures["tokens"]["out"]), price) for one in series)
        rows.append(tag("tr", tag("td", "cost"), *(tag("td", f"{money:.4f}") for money in spent), tag("td")))
    return [
        tag("h2", "Figures"),
        tag("p", _CAPTION, class_="soft small"),
        html_table(["", *(one.label for one in series), "n"], rows),
    ]


def _plots(series: Sequence[Series]) -> list[Markup]:
    cards = []
    for name in _PLOTTED:
        shown = [one for one in series if name in RETRIEVAL or one.answers]
        groups = sorted({key for one in shown for key in one.figures["by_direction"]})
        rows = [(key, [one.figures["by_direction"].get(key, {}).get(name) for one in shown]) for key in groups]
        rows = [(key, figures) for key, figures in rows if any(figures)]
        cards.append(_card(f"{name} by direction (n)", interval_plot(rows, f"{name} by direction"), shown))
    answering = [one for one in series if one.answers]
    curves = [[(across, up) for across, up in one.figures["risk_coverage"]] for one in answering]
    title = "Risk and coverage: errors among the most confident answers"
    cards.append(_card(title, line_plot(curves, title, "share of the questions answered", "share wrong"), answering))
    times = [
        (f"{one.label} {stage}", number, took["p50"], took["p95"])
        for number, one in enumerate(series)
        for stage, took in one.timings.items()
    ]
    cards.append(_card("Time: median to 95th percentile", latency_plot(times, "Time by stage")))
    heat = [join(tag("h3", f"By type: {one.label}"), _heat_map(one)) for one in answering]
    return [tag("h2", "Plots"), tag("div", *cards, class_="plots"), tag("h2", "By type"), *heat]


def _heat_map(series: Series) -> Markup:
    groups: Mapping[str, Mapping[str, Any]] = series.figures["by_type"]
    names = [name for name in BREAKDOWN if any(name in group for group in groups.values())]
    rows = []
    for kind, figures in groups.items():
        most = max((figure["n"] for figure in figures.values()), default=0)
        rows.append(tag("tr", tag("td", f"{kind} ({most})"), *(_heat_cell(figures.get(name)) for name in names)))
    return html_table(["", *names], rows, "heat")


def _heat_cell(figure: Mapping[str, Any] | None) -> Markup:
    if figure is None or figure["value"] is None:
        return tag("td", "-", class_="soft")
    shade = f"background: rgb(var(--heat) / {0.55 * figure['value']:.3f})"
    return tag("td", f"{figure['value']:.2f}", style=shade, title=f"{' '.join(figure_cells(figure))}, n={figure['n']}")


def _differences(runs: Sequence[Run], found: Sequence[tuple[Run, Comparison]]) -> list[Markup]:
    parts = []
    for run, comparison in found:
        rows = [_change_row(change) for change in comparison.changes]
        left_out = f" {comparison.left_out} in one of them only are left out." if comparison.left_out else ""
        parts += [
            tag("h2", f"{run.folder.name} against {runs[0].folder.name}"),
            tag("p", f"{comparison.questions} questions in both.{left_out}", class_="soft small"),
            html_table(["", runs[0].folder.name, run.folder.name, "difference", "p", "n", ""], rows),
        ]
    if len(found) < len(runs) - 1:
        parts.append(tag("p", "Runs that share no question or system with the first are not compared.", class_="soft"))
    return parts


def _change_row(change: Change) -> Markup:
    before, after, difference, p = change_cells(change)
    verdict = "" if change.verdict == "same" else change.verdict
    count = str(change.n_a) if change.n_a == change.n_b else f"{change.n_a}, {change.n_b}"
    cells = (tag("td", text) for text in (before, after, difference, p, count))
    return tag("tr", tag("td", change.metric.name), *cells, tag("td", verdict, class_=verdict))


def _questions(series: Sequence[Series], differences: Sequence[tuple[Run, Comparison]]) -> list[Markup]:
    """Every question of the runs, once, with what each series did with it."""
    changed = {item.asked.question for _, comparison in differences for item in comparison.changed}
    asked: dict[Question, Asked] = {}
    deeds: dict[Question, list[Deed]] = {}
    for one in series:
        for item in one.run.asked:
            asked[item.question] = item
            if one.answers or len(series) == 1:
                result = one.run.results.get((one.system, item.question.id))
                deed = (one.label, result, one.run.scores(one.system, item))
                deeds.setdefault(item.question, []).append(deed)
    details = [question_details(item, deeds.get(key, []), key in changed) for key, item in asked.items()]
    controls = tag(
        "div",
        tag("input", type="search", id="words", placeholder="Find in questions and answers", aria_label="Find"),
        tag("label", tag("input", type="checkbox", id="wrong"), " not right"),
        tag("label", tag("input", type="checkbox", id="changed"), " changed"),
        tag("span", id="shown", class_="soft"),
        class_="filters",
    )
    return [tag("h2", "Questions"), controls, *details]


def _compared(first: Run, other: Run) -> Comparison | None:
    shared = [name for name in first.systems if name in other.systems]
    try:
        return compare(first, other, shared[0], shared[0]) if shared else None
    except RunError:
        return None


def _card(title: str, plot: Markup, series: Sequence[Series] = ()) -> Markup:
    def key(number: int) -> Markup:
        dot = tag("circle", cx=6, cy=6, r=5, class_=f"key s{number % 6}")
        return tag("svg", dot, viewBox="0 0 12 12", aria_hidden="true")

    legend = [tag("li", key(number), one.label) for number, one in enumerate(series)]
    return tag("div", tag("h3", title), tag("ul", *legend, class_="legend") if legend else None, plot, class_="card")


def _figure_cell(figure: Mapping[str, Any] | None) -> Markup:
    value, interval = figure_cells(figure)
    return tag("td", value, tag("small", interval))


def html_page(title: str, *body: Markup) -> str:
    """A whole HTML file that may load nothing."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", _own("report.css")),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', *body), lang='en')}\n"


def html_table(header: Sequence[str], rows: Sequence[Markup], kind: str | None = None) -> Markup:
    """A table that scrolls within itself where it is too wide."""
    head = tag("thead", tag("tr", *(tag("th", text) for text in header)))
    table = tag("table", head, tag("tbody", *rows), class_=kind)
    return tag("div", table, class_="wide")


def _own(name: str) -> Markup:
    """A file of ours, as it is."""
    return Markup((resources.files("eval") / name).read_text("utf-8"))
