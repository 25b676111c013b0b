"""When to say that the articles do not say: what a question is about must be in the passages found for it."""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answer import Hit
from assistant.retrieve import WordScorer, expected_count
from assistant.terms import Term
from ingest.article import Language
from ingest.library import Library
from ingest.tokens import is_hangul, search_tokens

# The share of the question's words, by their weight, that the best passage must hold.
# Chosen on the development sets (docs/answers.md says how).
LEAST_COVERAGE: dict[Language, float] = {"ko": 0.3, "en": 0.3}
# A term counts as present in a text from this expected frequency on: an own spelling or a clear translation.
PRESENT = 0.2

_TEXT: dict[Language, tuple[str, str]] = {
    "ko": ("기사에는 ‘{subject}’에 관한 내용이 없습니다.", "기사에는 이 질문에 답하는 내용이 없습니다."),
    "en": ("The articles say nothing about “{subject}”.", "The articles do not say."),
}


def reason_for_silence(question: str, language: Language, passages: Sequence[Hit], library: Library) -> str | None:
    """Why the passages cannot answer, as a sentence in `language`; None when they may."""
    scorer = WordScorer(library, question)
    about_subject, nothing = _TEXT[language]
    if not passages or not scorer.terms:
        return nothing
    texts = [Counter(search_tokens(f"{hit.article.title or ''}\n{hit.chunk.text}")) for hit in passages]
    for weighed in scorer.terms:
        if weighed.term.is_name and not any(_present(weighed.term, counts) for counts in texts):
            return about_subject.format(subject=_as_written(weighed.term, question))
    total = sum(weighed.idf for weighed in scorer.terms)
    best = max(sum(w.idf for w in scorer.terms if _present(w.term, counts)) for counts in texts)
    return nothing if best < LEAST_COVERAGE[language] * total else None


def _present(term: Term, counts: Counter[str]) -> bool:
    if expected_count(term, counts) >= PRESENT:
        return True
    # A compound may be written apart: most of its syllable pairs must be there.
    pairs = term.alternatives[0].tokens
    return is_hangul(term.text) and len(pairs) > 1 and sum(p in counts for p in pairs) >= 0.6 * len(pairs)


def _as_written(term: Term, question: str) -> str:
    first = term.alternatives[0].phrase[0]
    found = re.search(re.escape(first[:4]) + r"[^\W_]*", question, re.IGNORECASE)
    return term.text if is_hangul(first) or not found else found.group()
