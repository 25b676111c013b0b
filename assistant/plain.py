"""Answers and passages as text for a terminal."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Hit
from assistant.checker.reasons import told
from assistant.draft import CheckedSentence, Finding
from ingest.language import detect

_VERDICTS: dict[Finding, str] = {
    "supported": "supported",
    "contradicted": "CONTRADICTED",
    "nothing": "NOTHING IN THE ARTICLES",
}


def plain_answer(answer: Answer) -> str:
    """The answer with numbered citations, then where each is from; or why there is none, and what is nearest."""
    if answer.abstained:
        nearest = (f"~ {_source(citation)}\n    “{citation.quote}”" for citation in answer.nearest)
        return "\n".join([*answer.notices, answer.answer, "", *nearest])
    numbers: dict[tuple[str, int], int] = {}
    lines, notes = [], []
    for sentence in answer.sentences:
        marks = ""
        for citation in sentence.citations:
            place = (citation.article, citation.start)
            if place not in numbers:
                numbers[place] = len(numbers) + 1
                notes.append(f"[{numbers[place]}] {_source(citation)}\n    “{citation.quote}”")
            marks += f" [{numbers[place]}]"
        lines.append(sentence.text + marks)
        if sentence.gloss:
            lines.append(f"    ({sentence.gloss})")
    head = [*answer.notices, *([answer.intro] if answer.intro else [])]
    return "\n".join([*head, *lines, "", *notes])


def plain_hits(hits: Sequence[Hit]) -> str:
    """The passages, best first, each under its article's name."""
    return "\n\n".join(f"{rank}. {_hit(hit)}" for rank, hit in enumerate(hits, start=1))


def plain_finding(number: int, found: CheckedSentence) -> str:
    """A sentence of a draft with its verdict and its evidence; the reasons in the language of the sentence."""
    why = told(found.reasons, detect(found.sentence))
    lines = [f"{number}. {_VERDICTS[found.verdict]}: {found.sentence}", f"    {why}"]
    if found.evidence:
        lines.append(f"    “{found.evidence.quote}”\n    {_source(found.evidence)}")
    return "\n".join(lines)


def _hit(hit: Hit) -> str:
    facts = (hit.article.title or hit.article.id, hit.article.publisher, hit.article.published_at or "undated")
    head = ", ".join(fact for fact in facts if fact) + f" ({hit.score:.2f})"
    also = ", ".join(other.publisher or other.title or other.id for other in hit.also_in)
    return "\n   ".join([head, *([f"also in {also}"] if also else []), hit.chunk.text])


def _source(citation: Citation) -> str:
    sample = "sample" if citation.sample else None
    dated = citation.published_at or "undated"
    facts = (citation.title or citation.article, citation.publisher, dated, citation.url, sample)
    return ", ".join(fact for fact in facts if fact)
