"""What comes nearest to a question that the articles do not answer: a sentence of each of the best passages."""

from collections.abc import Iterator, Sequence

from assistant.answer import Citation, Hit
from assistant.candidates import Candidate, candidates
from assistant.citations import cite
from ingest.article import Language
from ingest.library import Library

PASSAGES = 3


def nearest(question: str, language: Language, passages: Sequence[Hit], library: Library) -> tuple[Citation, ...]:
    """The address of the likeliest sentence of each of the first passages, in their order."""
    return tuple(_nearest(list(candidates(library, question, language, passages[:PASSAGES])), passages))


def _nearest(found: Sequence[Candidate], passages: Sequence[Hit]) -> Iterator[Citation]:
    for number, hit in enumerate(passages[:PASSAGES]):
        best = max((one for one in found if one.passage == number), key=lambda one: (one.score, -one.sentence))
        citation = cite(passages, number + 1, best.sentence - hit.chunk.first + 1)
        assert citation is not None, "a candidate is a sentence of its passage"
        yield citation
