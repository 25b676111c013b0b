"""The claim checker: does a sentence agree with the sentences that it cites?

Deterministic, for Korean and English in any crossing. It compares what can be compared for certain: quantities
with their units, dates, names, ups and downs, yes and no. It does not judge whether the text supports the rest.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Support
from assistant.checker.checks import date_findings, name_findings, quantity_findings
from assistant.checker.denials import negation_findings
from assistant.checker.facts import Finding, facts_of
from assistant.checker.ownership import owner_findings
from assistant.checker.reversals import direction_findings
from assistant.names import Names
from ingest.errors import UserError

_CHECKS = (
    quantity_findings,
    date_findings,
    name_findings,
    owner_findings,
    direction_findings,
    negation_findings,
)
_EDGES = " \t\n.,!?\"'“”‘’…"


@dataclass(frozen=True)
class Verdict:
    """How a claim stands against what it cites, with the reasons in words.

    `support`: `supported` (everything checkable agrees), `unchecked` (nothing checkable), `unsupported` (nothing
    cited, or a checkable fact is not in the cited text), `contradicted`.
    """

    support: Support
    reasons: tuple[str, ...]


def check(claim: str, cited: Sequence[str], names: Names | None = None) -> Verdict:
    """Check one sentence against the sentences it cites; a claim that is part of a cited sentence always passes.

    `names` are those of a library: another spelling of one of them is the same name.
    """
    evidence = "\n".join(sentence for sentence in cited if sentence.strip())
    if not evidence:
        return Verdict("unsupported", ("no citation",))
    if names:
        evidence = names.as_in(evidence, claim)
    said, given = facts_of(claim), facts_of(evidence)
    if _is_quote(claim, evidence):
        found = tuple(dict.fromkeys([q.text for q in said.quantities] + [claim[d.start : d.end] for d in said.dates]))
        return Verdict("supported", ("the cited words themselves",)) if found else _nothing_to_check()
    findings = [finding for one_check in _CHECKS for finding in one_check(said, given)]
    return _verdict(findings)


def check_pairs(source: Path, target: Path) -> None:
    """Check a JSON Lines file of `{"id", "claim", "cited": [...]}` and write `{"id", "support", "reasons"}` lines.

    A line that cannot be read gives `{"id", "error"}` in its place (`id` is null where it has none). Raises
    `UserError` when both names are one file, which would be lost.
    """
    if target.exists() and target.samefile(source):
        raise UserError(f"The results would overwrite the pairs in {source}. Give --out another name.")
    with source.open(encoding="utf-8-sig") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            if line.strip():
                out.write(json.dumps(_checked_line(line), ensure_ascii=False) + "\n")


def _checked_line(line: str) -> dict[str, Any]:
    try:
        pair = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    if not isinstance(pair, dict):
        return {"id": None, "error": "not a JSON object"}
    claim, cited = pair.get("claim"), pair.get("cited")
    if isinstance(cited, str):
        cited = [cited]
    if not isinstance(claim, str) or not isinstance(cited, list) or not all(isinstance(c, str) for c in cited):
        return {"id": pair.get("id"), "error": 'needs "claim" (text) and "cited" (a list of texts)'}
    verdict = check(claim, cited)
    return {"id": pair.get("id"), "support": verdict.support, "reasons": list(verdict.reasons)}


def _is_quote(claim: str, evidence: str) -> bool:
    bare = re.sub(r"\s+", " ", claim).strip(_EDGES)
    return bare in re.sub(r"\s+", " ", evidence)


def _verdict(findings: Sequence[Finding]) -> Verdict:
    for outcome, support in (("contradicts", "contradicted"), ("missing", "unsupported")):
        if any(finding.outcome == outcome for finding in findings):
            problems = [str(finding) for finding in findings if finding.outcome != "agrees"]
            return Verdict(support, tuple(dict.fromkeys(problems)))  # type: ignore[arg-type]
    if findings:
        return Verdict("supported", ("agrees: " + ", ".join(dict.fromkeys(finding.said for finding in findings)),))
    return _nothing_to_check()


def _nothing_to_check() -> Verdict:
    return Verdict("unchecked", ("nothing to check",))
