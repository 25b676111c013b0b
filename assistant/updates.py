"""Two articles that give different figures for the same thing: which sentences they are, and how the reader is told."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.checker.dates import find_dates
from assistant.checker.quantities import Quantity, find_quantities
from assistant.questions import amount_asked
from ingest.article import Language
from ingest.embed import Embedder

# The other sentence answers nearly as well (log odds) and says much the same (cosine).
NEARLY = 2.5
ALIKE = 0.5

_DIFFERS: dict[Language, str] = {
    "ko": "기사마다 수치가 다릅니다(새 기사부터): {figures}.",
    "en": "The articles give different figures (newest first): {figures}.",
}
_THEN = re.compile(
    r"처음|애초|당초|원래|당시|지난|작년|\b(?:first|initially|originally|at first|then|last|earlier)\b", re.IGNORECASE
)


def rival_of(best: Candidate, ranked: Sequence[Candidate], question: str, embedder: Embedder) -> Candidate | None:
    """The best sentence of another article that answers the same with another figure; None when there is none."""
    amount = amount_asked(question)
    if amount is None:
        return None
    told = _figures_of(amount, best.text)
    near = [c for c in ranked if c.article.id != best.article.id and c.score >= best.score - NEARLY]
    near = [c for c in near if _differ(told, _figures_of(amount, c.text))]
    if not near:
        return None
    vectors = embedder.encode_passages([c.text for c in (best, *near)])
    likeness = vectors[1:] @ vectors[0]
    return next((c for c, alike in zip(near, likeness, strict=True) if alike >= ALIKE), None)


def asks_of_then(question: str) -> bool:
    """Whether a question is about an earlier time, so that the newest article does not come first."""
    return bool(_THEN.search(question) or find_dates(question))


def published(candidate: Candidate) -> str:
    """The day of a sentence's article; empty where it is not known."""
    return (candidate.article.published_at or "")[:10]


def notice_of(first: Candidate, other: Candidate, question: str, language: Language) -> str:
    """What the reader is told: each figure with its publisher and day, the newest first."""
    newest_first = sorted((first, other), key=published, reverse=True)
    amount = amount_asked(question)
    assert amount is not None, "only figures differ"
    figures = "; ".join(f"{_figures_of(amount, c.text)[0].text.strip()} ({_source(c)})" for c in newest_first)
    return _DIFFERS[language].format(figures=figures)


def _source(candidate: Candidate) -> str:
    return ", ".join(filter(None, (candidate.article.publisher, published(candidate)))) or candidate.article.id


def _figures_of(amount: re.Pattern[str], text: str) -> list[Quantity]:
    """The quantities of the kind that is asked for."""
    return [quantity for quantity in find_quantities(text) if not quantity.weak and amount.search(quantity.text)]


def _differ(one: Sequence[Quantity], other: Sequence[Quantity]) -> bool:
    """Whether each side has one figure, of the same unit, and they do not agree; more figures are not told apart."""
    if len(one) != 1 or len(other) != 1 or one[0].unit != other[0].unit:
        return False
    return abs(one[0].value - other[0].value) > 0.005 * abs(one[0].value)
