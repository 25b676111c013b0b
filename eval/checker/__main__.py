"""Prints how the claim checker does on labelled pairs: `python -m eval.checker SET [--faults]`, SET a file here."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.checker.verify import check

_SETS = ("dev", "test", "fresh", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "hard")
_ALARMS = ("unsupported", "contradicted")


def main() -> None:
    """Read a half, check every pair, print the table and, on request, the pairs that went wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval.checker", description=__doc__)
    parser.add_argument("half", nargs="?", choices=_SETS, default="test")
    parser.add_argument("--faults", action="store_true", help="also list the missed errors and false alarms")
    options = parser.parse_args()
    path = Path(__file__).parent / f"{options.half}.jsonl"
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    scored = [(pair, check(pair["claim"], pair["cited"])) for pair in pairs]
    for field in ("kind", "direction"):
        print(_table(field, [(pair, verdict.support) for pair, verdict in scored]), end="\n\n")
    if options.faults:
        for pair, verdict in scored:
            if (pair["label"] in _ALARMS) != (verdict.support in _ALARMS):
                print(f"{pair['id']} {pair['kind']} {pair['direction']} {pair['label']} -> {verdict.support}")
                print(f"  claim: {pair['claim']}\n  cited: {' / '.join(pair['cited'])}\n  {'; '.join(verdict.reasons)}")


def _table(field: str, scored: Iterable[tuple[dict[str, Any], str]]) -> str:
    """Markdown: planted errors and those found, faithful claims and those wrongly flagged, precision and recall."""
    counts: Counter[tuple[str, str]] = Counter()
    for pair, support in scored:
        is_error, is_alarm = pair["label"] in _ALARMS, support in _ALARMS
        cell = ("found" if is_alarm else "missed") if is_error else ("false alarm" if is_alarm else "passed")
        counts[pair[field], cell] += 1
        counts["all", cell] += 1
    lines = [
        f"| {field} | errors | found | recall | faithful | false alarms | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    for key in [*sorted({key for key, _ in counts} - {"all"}), "all"]:
        found, missed, false, passed = (counts[key, cell] for cell in ("found", "missed", "false alarm", "passed"))
        recall = f"{found / (found + missed):.3f}" if found + missed else "–"
        precision = f"{found / (found + false):.3f}" if found + false else "–"
        lines.append(f"| {key} | {found + missed} | {found} | {recall} | {false + passed} | {false} | {precision} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
