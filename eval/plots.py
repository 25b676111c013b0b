"""Plots as inline SVG: no script, no library, nothing fetched. Colours are the page's (`report.css`: s0, s1, ...)."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.markup import Markup, join, tag

Figure = Mapping[str, Any]
"""`value`, `low` and `high` (None where undefined) and `n`, as in a run's summary."""
Point = tuple[float, float]
Scale = Callable[[float], float]

_WIDTH = 620.0
_LABELS = 150.0
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def interval_plot(rows: Sequence[tuple[str, Sequence[Figure | None]]], title: str) -> Markup:
    """Scores from 0 to 1 with their intervals: a row a group, and in it a dot a series."""
    step = 9.0 * max((len(figures) for _, figures in rows), default=1) + 13
    height = step * len(rows)
    x = _linear(0, 1, _LABELS, _WIDTH - 15)
    marks = [_vertical(x(tick), height, f"{tick:g}") for tick in _TICKS]
    for row, (label, figures) in enumerate(rows):
        top = row * step
        counts = [figure["n"] for figure in figures if figure]
        marks.append(_text(_LABELS - 8, top + step / 2 + 4, f"{label} ({max(counts, default=0)})", "end"))
        for series, figure in enumerate(figures):
            if figure is not None and figure["value"] is not None:
                marks.append(_dot_with_interval(x, top + 11 + 9 * series, series, figure))
    return _plot(marks, height + 24, title)


def line_plot(curves: Sequence[Sequence[Point]], title: str, x_name: str, y_name: str) -> Markup:
    """Curves from 0 to 1 on both axes, one a series."""
    height = 260.0
    x, y = _linear(0, 1, 50, _WIDTH - 15), _linear(0, 1, height, 8)
    marks = [_vertical(x(tick), height, f"{tick:g}") for tick in _TICKS]
    marks += [_horizontal(y(tick), f"{tick:g}") for tick in _TICKS]
    for series, curve in enumerate(curves):
        points = " ".join(f"{x(across):.1f},{y(up):.1f}" for across, up in curve)
        marks.append(tag("polyline", points=points, class_=f"curve s{series % 6}"))
    marks += [_text(_WIDTH - 15, height + 34, x_name, "end"), _text(54, 20, y_name, "start")]
    return _plot(marks, height + 42, title)


def latency_plot(rows: Sequence[tuple[str, int, float, float]], title: str) -> Markup:
    """Milliseconds on a logarithmic axis: (label, series, median, 95th percentile)."""
    height = 22.0 * len(rows)
    times = [time for *_, middle, late in rows for time in (middle, late) if time > 0] or [1.0]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)) + 1e-9)
    scale = _linear(low, max(high, low + 1), _LABELS + 60, _WIDTH - 25)
    marks = [_vertical(scale(power), height, f"{10.0**power:g} ms") for power in range(low, max(high, low + 1) + 1)]
    for row, (label, series, middle, late) in enumerate(rows):
        y = 22.0 * row + 11
        start, end = (scale(math.log10(max(time, 10.0**low))) for time in (middle, late))
        tip = tag("title", f"{label}: median {middle:g} ms, 95th percentile {late:g} ms")
        marks += [
            _text(_LABELS + 52, y + 4, label, "end"),
            tag("line", x1=start, x2=end, y1=y, y2=y, class_=f"range s{series % 6}"),
            tag("circle", tip, cx=start, cy=y, r=4, class_=f"dot s{series % 6}"),
        ]
    return _plot(marks, height + 24, title)


def pareto_plot(points: Sequence[tuple[str, float, Figure, bool]], title: str, x_name: str, y_name: str) -> Markup:
    """Quality (0 to 1, with its interval) over cost: (label, cost, quality, whether none is better in both).

    Each point has its number, from 1; its label shows under the pointer.
    """
    height = 280.0
    most = 4 * _round_step(max((cost for _, cost, _, _ in points), default=1.0) / 3.7)
    known = [bound for _, _, quality, _ in points for bound in (quality["low"], quality["high"]) if bound is not None]
    low, high = math.floor(min(known, default=0.0) * 20) / 20, math.ceil(max(known, default=1.0) * 20) / 20
    x, y = _linear(0, most, 50, _WIDTH - 15), _linear(low, max(high, low + 0.05), height, 8)
    marks = [_vertical(x(most * part), height, f"{most * part:g}") for part in _TICKS]
    marks += [_horizontal(y(low + (high - low) * part), f"{low + (high - low) * part:.2f}") for part in _TICKS]
    front = sorted((cost, quality["value"]) for _, cost, quality, best in points if best)
    line = " ".join(f"{x(cost):.1f},{y(value):.1f}" for cost, value in front)
    marks.append(tag("polyline", points=line, class_="curve s0 dashed"))
    for number, (label, cost, quality, best) in enumerate(points, start=1):
        series = 0 if best else 5
        marks += [
            tag("line", x1=x(cost), x2=x(cost), y1=y(quality["low"]), y2=y(quality["high"]), class_=f"range s{series}"),
            tag("circle", tag("title", label), cx=x(cost), cy=y(quality["value"]), r=5, class_=f"dot s{series}"),
            _text(x(cost) + 8, y(quality["value"]) + 4, str(number), "start"),
        ]
    marks += [_text(_WIDTH - 15, height + 34, x_name, "end"), _text(54, 20, y_name, "start")]
    return _plot(marks, height + 42, title)


def _dot_with_interval(x: Scale, y: float, series: int, figure: Figure) -> Markup:
    value, low, high = figure["value"], figure["low"], figure["high"]
    tip = tag("title", f"{value:.3f} [{low:.3f}, {high:.3f}], n = {figure['n']}")
    return join(
        tag("line", x1=x(low), x2=x(high), y1=y, y2=y, class_=f"range s{series % 6}"),
        tag("circle", tip, cx=x(value), cy=y, r=4, class_=f"dot s{series % 6}"),
    )


def _plot(marks: Sequence[Markup], height: float, title: str) -> Markup:
    box = f"0 0 {_WIDTH:.0f} {height:.0f}"
    return tag("svg", tag("title", title), *marks, viewBox=box, role="img", aria_label=title)


def _linear(low: float, high: float, start: float, end: float) -> Scale:
    return lambda value: start + (value - low) / (high - low) * (end - start)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not under `least`."""
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least)


def _vertical(x: float, height: float, label: str) -> Markup:
    return join(tag("line", x1=x, x2=x, y1=0, y2=height, class_="grid"), _text(x, height + 16, label, "middle"))


def _horizontal(y: float, label: str) -> Markup:
    return join(tag("line", x1=50, x2=_WIDTH - 15, y1=y, y2=y, class_="grid"), _text(44, y + 4, label, "end"))


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return tag("text", text, x=x, y=y, text_anchor=anchor)
