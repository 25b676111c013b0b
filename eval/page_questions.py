"""One question of a report: what was asked and wanted, and what each system said, cited, and was worth."""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.markup import Markup, join, tag
from eval.metrics import METRICS
from eval.questions import Question
from eval.run import CONTEXT, Asked

Deed = tuple[str, Mapping[str, Any] | None, Mapping[str, Any]]
"""Who (a label), the recorded result (None: missing), and the scores."""

_SUMMED = ("right", "hit@1")
_BINARY = frozenset(metric.name for metric in METRICS if metric.binary)
_HIDDEN = frozenset({"risk-coverage area"})  # a question's part of it says nothing
_VERDICTS = {"supported": "good", "unsupported": "bad", "contradicted": "bad"}


def question_details(asked: Asked, deeds: Sequence[Deed], changed: bool) -> Markup:
    """A closed box with the question on its lid; `changed` marks one whose result differs between the runs."""
    question = asked.question
    values = [_value(scores, name) for _, _, scores in deeds for name in _SUMMED[:1]]
    lid = tag(
        "summary",
        tag("span", question.id, class_="soft small"),
        " ",
        tag("b", question.question),
        " ",
        tag("span", f"{asked.direction}, {question.type}, {question.split}", class_="chip"),
        *(
            _chip(f"{label}: {name}" if len(deeds) > 1 else name, value, name in _BINARY)
            for label, _, scores in deeds
            for name in _SUMMED[: 1 if len(deeds) > 1 else None]
            if (value := _value(scores, name)) is not None
        ),
        tag("span", "changed", class_="chip") if changed else None,
    )
    return tag(
        "details",
        lid,
        tag("div", _wanted(question), *(_deed(question, *deed) for deed in deeds), class_="told"),
        class_="question",
        data_wrong=str(int(any(value is not None and value < 1 for value in values))),
        data_changed=str(int(changed)),
    )


def _wanted(question: Question) -> Markup:
    """What the gold says."""
    told = [" / ".join(question.answers)] if question.answers else []
    told += [
        " = ".join(nugget.wordings) + ("" if nugget.vital else " (not vital)")
        for nugget in question.nuggets
        if nugget.text not in question.answers
    ]
    return join(
        tag("p", "Asked before: " + " → ".join(question.history), class_="soft") if question.history else None,
        tag("p", f"Asked as of {question.as_of}", class_="soft") if question.as_of else None,
        tag("p", "Wanted: " + ("; ".join(told) if question.answerable else "the articles do not say.")),
        *(
            tag("blockquote", item.quote or "(the whole article)", tag("div", item.article, class_="soft small"))
            for item in question.evidence
        ),
    )


def _deed(question: Question, label: str, result: Mapping[str, Any] | None, scores: Mapping[str, Any]) -> Markup:
    chips = [_chip(name, _value(scores, name), name in _BINARY) for name in scores if name not in _HIDDEN]
    return tag(
        "div",
        tag("h3", label),
        *(_said(question, result) if result else [tag("p", "No result was recorded.", class_="bad")]),
        tag("p", *chips),
    )


def _said(question: Question, result: Mapping[str, Any]) -> list[Markup]:
    found = ", ".join(dict.fromkeys(hit["article"] for hit in result["hits"][:10])) or "nothing"
    said = [tag("p", f"Found: {found}", class_="soft small")]
    if result["error"]:
        return [*said, tag("p", f"Error: {result['error']}", class_="bad")]
    answer = result["answer"]
    if answer is None:
        return said
    if answer.get("understood_as"):
        said.append(tag("p", f"Understood as: {answer['understood_as']}", class_="soft"))
    said += [tag("p", notice, class_="soft") for notice in answer["notices"]]
    if answer["abstained"]:
        return [*said, tag("p", tag("span", "abstained", class_="chip"), " ", answer["answer"])]
    if answer["intro"]:
        said.append(tag("p", answer["intro"]))
    return said + [_sentence(question, sentence) for sentence in answer["sentences"]]


def _sentence(question: Question, sentence: Mapping[str, Any]) -> Markup:
    support = sentence["support"]
    reasons = "; ".join(sentence["reasons"])
    return tag(
        "div",
        tag("span", support + (f": {reasons}" if reasons else ""), class_=f"chip {_VERDICTS.get(support, '')}"),
        sentence["text"],
        tag("div", sentence["gloss"], class_="soft") if sentence.get("gloss") else None,
        *(_citation(question, citation) for citation in sentence["citations"]),
        class_="sentence",
    )


def _citation(question: Question, citation: Mapping[str, Any]) -> Markup:
    """The cited sentence, marked within what stands around it, and whether the gold has it as evidence."""
    quote, before, after = citation["quote"], citation.get("before", ""), citation.get("after", "")
    is_evidence = any(
        item.article == citation["article"] and item.quote and (quote in item.quote or item.quote in quote)
        for item in question.evidence
    )
    facts = " · ".join(filter(None, (citation["title"], citation["publisher"], citation["published_at"])))
    return tag(
        "blockquote",
        "…" if len(before) == CONTEXT else None,
        before,
        tag("mark", quote),
        after,
        "…" if len(after) == CONTEXT else None,
        tag(
            "div",
            f"[{citation['marker']}] {citation['article']} · {facts} ",
            tag("span", "evidence", class_="chip good") if is_evidence else None,
            class_="soft small",
        ),
    )


def _value(scores: Mapping[str, Any], name: str) -> float | None:
    score = scores.get(name)
    return score[0] / score[1] if score and score[1] else None


def _chip(name: str, value: float | None, binary: bool) -> Markup:
    if value is None:
        return tag("span", f"{name}: unscored", class_="chip")
    kind = {0.0: "bad", 1.0: "good"}.get(value, "") if binary else ""
    return tag("span", f"{name} {value:.3g}", class_=f"chip {kind}")
