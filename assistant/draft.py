"""Checks a draft against the library: each of its sentences, its best evidence, and whether that bears it out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.answer import Citation, Hit
from assistant.candidates import Candidate, candidates
from assistant.checker.reasons import in_words
from assistant.checker.verify import check
from assistant.citations import cite
from assistant.names import names_of
from assistant.retrieve import HybridRetriever
from ingest.language import detect, sentence_spans
from ingest.library import Library

Finding = Literal["supported", "contradicted", "nothing"]

# How near in meaning the evidence must come to the sentence (0 to 1): to say the same when there are facts in it that
# agree or contradict, and when there is nothing to check but the words.
ABOUT_THE_SAME = 0.5
SAME_WORDS = 0.75
PASSAGES = 5
LOOKED_AT = 5  # sentences of the passages

_MARKUP = re.compile(r"^\s*(?:#{1,6}\s.*|[-*_]{3,}|```.*|\|.*\|)\s*$|^\s*(?:[-*+>]|\d+[.)])\s+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")

# A question claims nothing, and neither does who wrote it: 김철수 기자, "By Jane Doe".
_NO_CLAIM = re.compile(
    r".*[?？][\"'”’)]*|(?:[가-힣]{2,4}\s){1,2}(?:기자|특파원|선임기자)(?:\s\S+@\S+)?|By(?:\s[A-Z][\w.'’-]+){1,4}"
)


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence of a draft. `evidence` is the sentence of the articles nearest to it, None where none is near.

    `verdict`: `supported` (the evidence says it), `contradicted` (the evidence says otherwise), `nothing` (the
    articles do not say it; the evidence, if any, is about the same).
    """

    sentence: str
    verdict: Finding
    reasons: tuple[str, ...]
    evidence: Citation | None

    def to_json(self) -> dict[str, Any]:
        """The public form; the reasons in Korean as well."""
        return asdict(self) | {"reasons_ko": tuple(in_words(reason, "ko") for reason in self.reasons)}


def check_draft(draft: str, library: Library) -> Iterator[CheckedSentence]:
    """Each sentence of a draft in order.

    The draft is plain text or Markdown; headings, tables, code fences, bylines and questions are left out.
    """
    retriever = HybridRetriever(library=library, k=PASSAGES)
    for sentence in draft_sentences(draft):
        yield _checked(sentence, retriever.search(sentence), library)


def draft_sentences(draft: str) -> list[str]:
    """The sentences of a draft that can be checked, in order, without its markup."""
    return list(_sentences(draft))


def _sentences(draft: str) -> Iterator[str]:
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _MARKUP.sub("", draft)))
    for paragraph in text.split("\n\n"):
        for span in sentence_spans(paragraph, detect(paragraph)):
            sentence = " ".join(span.of(paragraph).split())
            if any(char.isalnum() for char in sentence) and not _NO_CLAIM.fullmatch(sentence):
                yield sentence


def _checked(sentence: str, passages: Sequence[Hit], library: Library) -> CheckedSentence:
    """The first sentence found that bears it out; else one that contradicts it; else nothing."""
    names = names_of(library)
    found = candidates(library, sentence, detect(sentence), passages)
    nearest = sorted(found, key=lambda c: (-_nearness(c), c.passage, c.sentence))[:LOOKED_AT]
    nearest = [c for c in nearest if _nearness(c) >= ABOUT_THE_SAME]
    contradicted: CheckedSentence | None = None
    for candidate in nearest:
        evidence = cite(
            passages, candidate.passage + 1, candidate.sentence - passages[candidate.passage].chunk.first + 1
        )
        verdict = check(sentence, [candidate.text], names)
        if sentence in candidate.text:
            return CheckedSentence(sentence, "supported", ("the cited words themselves",), evidence)
        if verdict.support == "supported" or (verdict.support == "unchecked" and _nearness(candidate) >= SAME_WORDS):
            return CheckedSentence(sentence, "supported", verdict.reasons, evidence)
        if verdict.support == "contradicted" and contradicted is None:
            contradicted = CheckedSentence(sentence, "contradicted", verdict.reasons, evidence)
    if contradicted:
        return contradicted
    if not nearest:
        return CheckedSentence(sentence, "nothing", ("no article says anything like it",), None)
    best = nearest[0]
    evidence = cite(passages, best.passage + 1, best.sentence - passages[best.passage].chunk.first + 1)
    return CheckedSentence(sentence, "nothing", check(sentence, [best.text], names).reasons, evidence)


def _nearness(candidate: Candidate) -> float:
    """How much of the sentence the evidence says, in its own words or in others of the same meaning (0 to 1)."""
    return max(candidate.signs["words"], candidate.signs["likeness"])
