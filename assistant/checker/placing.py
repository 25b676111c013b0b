"""Where the cited text says what a clause of the claim says: the clause with most of its words, figures, dates."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.checker.agreement import agree, date_in
from assistant.checker.alignment import Word, shared_sense, weight_of
from assistant.checker.clauses import Clause
from assistant.checker.dates import DateMention
from assistant.checker.facts import Facts
from assistant.checker.pointing import alike
from assistant.checker.quantities import Quantity

# From here on two words mean the same; below, a word is missing.
HERE, ABSENT = 0.6, 0.35
_FIGURE, _DATE = 1.5, 1.0
_LEAST_FIT = 0.3


def nearness(one: Word, other: Word) -> float:
    """How surely two words mean the same, synonyms that share their translations included (0 to 1)."""
    return _nearness(one.text, one.stem, other.text, other.stem)


@lru_cache(maxsize=1 << 16)
def _nearness(one: str, stem: str, other: str, other_stem: str) -> float:
    first, second = Word(0, len(one), one, stem), Word(0, len(other), other, other_stem)
    near = alike(first, second)
    return near if near >= HERE else max(near, shared_sense(first, second))


def nearest(word: Word, others: Sequence[Word]) -> float:
    """How surely some of `others` means the same as `word` (0 to 1)."""
    return max((nearness(word, other) for other in others), default=0.0)


def fits(
    clause: Clause, words: Sequence[Word], claim: Facts, cited: Facts, *, with_figures: bool = True
) -> list[float]:
    """How each cited clause fits one of the claim (0 to 1): by those of its words that are given, figures and dates."""
    rest = [word for word in words if not in_value(word, claim)]
    figures = figures_in(clause, claim) if with_figures else []
    dates = [d for d in claim.dates if clause.start <= d.start < clause.end]
    total = sum(map(weight_of, rest)) + _FIGURE * len(figures) + _DATE * len(dates)
    found = []
    for other in cited.clauses:
        met = ((word, nearest(word, other.all_words())) for word in rest)
        score = sum(weight_of(word) * near for word, near in met if near > ABSENT)
        score += _FIGURE * sum(has_figure(figure, other, cited) for figure in figures)
        when = [d for d in cited.dates if other.start <= d.start < other.end]
        score += _DATE * sum(date_in(date, when, ()) for date in dates)
        found.append(score / total if total else 0.0)
    return found


def figures_in(clause: Clause, facts: Facts) -> list[Quantity]:
    """The figures of a clause, those left out that may be mere words."""
    return [q for q in facts.quantities if clause.start <= q.start < clause.end and not q.weak]


def has_figure(figure: Quantity, clause: Clause, cited: Facts) -> bool:
    """Whether a cited clause has a figure of the claim."""
    return any(agree(figure, q) for q in cited.quantities if clause.start <= q.start < clause.end)


def clause_at(facts: Facts, place: int) -> Clause | None:
    """The clause that holds a place of the text."""
    return next((clause for clause in facts.clauses if clause.start <= place < clause.end), None)


def clauses_like(clause: Clause, words: Sequence[Word], claim: Facts, cited: Facts, slack: float) -> list[Clause]:
    """The cited clauses that fit as well as the best, less the slack; none when no clause has much of the claim's."""
    scores = fits(clause, words, claim, cited)
    best = max(scores, default=0.0)
    if best < _LEAST_FIT:
        return []
    return [other for score, other in zip(scores, cited.clauses, strict=True) if score >= best - slack]


def in_value(word: Word, facts: Facts) -> bool:
    """Whether a word stands in a figure or a date."""
    values: list[Quantity | DateMention] = [*facts.quantities, *facts.dates]
    return any(value.start <= word.start < value.end for value in values)
