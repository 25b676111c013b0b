"""Who a clause is about: what the cited text says of one must not be said of another that it also names.

"Airbus delivered 48 jets", of "Boeing delivered 48 jets, against 62 for Airbus". Each clause of the claim is laid on
the cited clause that its other words and figures come nearest to. Where its subject stands only elsewhere, and that
clause has one of its own which the claim leaves out, the claim has the wrong one.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.checker.agreement import agree, same_unit
from assistant.checker.alignment import Word
from assistant.checker.clauses import Clause
from assistant.checker.facts import Facts, Finding
from assistant.checker.mentions import is_rare, name_in
from assistant.checker.placing import ABSENT, HERE, figures_in, fits, has_figure, in_value, nearest
from ingest.tokens import is_hangul

# How much better the other clause must fit: where both are names, and where they are not.
_MARGIN, _WIDE_MARGIN = 0.15, 0.3
_LEAST_FIT = 0.45
_ANYBODY = re.compile(
    r"(?:everyone|everybody|all|both|others?|people|officials?|company|firm|agency|ministry|government|group|"
    r"organi[sz]ers?|authorities|"
    r"police|plan|measure|move|decision|deal|result|total|number|figure|half|most|many|some|회사|업체|당국|관계자|"
    r"정부|측|대책|"
    r"조치|결과|"
    r"사람|이들|양측|모두|시|군|도|규모|금액|수|점|것|문제|이유|전체|나머지|대부분|절반)",
    re.IGNORECASE,
)


def misplaced_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """The names and the subject of a clause must be those of the cited clause which says the same."""
    for clause in claim.clauses:
        wrong = (
            _name_of_another(clause, claim, cited)
            or _said_of_another(clause, claim, cited)
            or _figure_of_another(clause, claim, cited)
        )
        if wrong:
            yield Finding("contradicts", *wrong)
            return


def _name_of_another(clause: Clause, claim: Facts, cited: Facts) -> tuple[str, str] | None:
    """A name that stands elsewhere in the cited text, and the one that stands in its place and is left out."""
    words = clause.all_words()
    for name in claim.names:
        its = [word for word in words if name.start <= word.start < name.end]
        its = its if is_hangul(name.text) else its[-1:]  # the family name of "Novelist Peter Lund"
        if not its or clause.is_saying:
            continue
        rest = [word for word in words if not name.start <= word.start < name.end]
        place = _elsewhere(clause, rest, its, _MARGIN, claim, cited)
        if place is None or place.is_saying:
            continue
        for rival in cited.names:
            is_there = any(rival.start <= word.start < rival.end for word in place.all_words())
            if not is_there or not is_rare(rival):
                continue
            if not name_in(rival, claim.text, claim.words):
                return name.text, rival.text
    return None


def _said_of_another(clause: Clause, claim: Facts, cited: Facts) -> tuple[str, str] | None:
    """A subject that stands elsewhere in the cited text, and that of the clause which says the same, left out."""
    if not clause.subject or clause.verb is None:
        return None
    subject = {word.start for word in clause.subject}
    rest = [word for word in clause.words if word.start not in subject]
    place = _elsewhere(clause, rest, clause.subject, _WIDE_MARGIN, claim, cited)
    if place is None or not place.own or place.is_saying != clause.is_saying:
        return None
    if not _is_named(place.subject, cited):
        return None
    if clause.is_saying and not _has_figure_of_its_own(clause, claim, cited):
        return None
    if not _is_left_out(place.subject, claim, cited, anybody=clause.is_saying):
        return None
    return _phrase(claim, clause.subject), _phrase(cited, place.subject)


def _has_figure_of_its_own(clause: Clause, claim: Facts, cited: Facts) -> bool:
    """Whether the cited text gives the subject of a clause another figure of the kind that the claim gives it."""
    figures = figures_in(clause, claim)
    homes = [c for c in cited.clauses if c.own and any(nearest(word, c.subject) >= HERE for word in clause.subject)]
    others = [q for home in homes for q in figures_in(home, cited)]
    return any(
        same_unit(mine, other) and not any(agree(m, other) for m in claim.quantities)
        for mine in figures
        for other in others
    )


def _figure_of_another(clause: Clause, claim: Facts, cited: Facts) -> tuple[str, str] | None:
    """A figure that stands elsewhere, and one of its kind that the clause which says the same has in its place."""
    figures = figures_in(clause, claim)
    if len(figures) != 1:
        return None
    scores = fits(clause, clause.all_words(), claim, cited, with_figures=False)
    table = list(zip(scores, cited.clauses, strict=True))
    score, best = max(table, key=lambda row: row[0])
    others = [fit for fit, other in table if has_figure(figures[0], other, cited)]
    if not others or score < _LEAST_FIT or score - max(others) <= _WIDE_MARGIN:
        return None
    for rival in figures_in(best, cited):
        if same_unit(rival, figures[0]) and not any(agree(mine, rival) for mine in claim.quantities):
            return figures[0].text, rival.text
    return None


def _elsewhere(
    clause: Clause, rest: Sequence[Word], missed: Sequence[Word], margin: float, claim: Facts, cited: Facts
) -> Clause | None:
    """The cited clause that fits best, if the missed words stand only in others, which fit less by the margin."""
    scores = fits(clause, rest, claim, cited)
    here = [max((nearest(word, c.all_words()) for word in missed), default=0.0) for c in cited.clauses]
    table = list(zip(scores, here, cited.clauses, strict=True))
    score, there, best = max(table, key=lambda row: row[:2], default=(0.0, 1.0, None))
    others = [other for other, near, _ in table if near >= HERE]
    if score < _LEAST_FIT or there > ABSENT or not others or score - max(others) <= margin:
        return None
    return best


def _is_named(subject: Sequence[Word], facts: Facts) -> bool:
    """Whether a subject is a name: other words for one thing (trains, service) are too many to tell two apart."""
    return any(name.start <= word.start < name.end and is_rare(name) for name in facts.names for word in subject)


def _is_left_out(subject: Sequence[Word], claim: Facts, cited: Facts, *, anybody: bool) -> bool:
    """Whether the claim has no word of a subject; one that may stand for another does not count but on request."""
    telling = [word for word in subject if not in_value(word, cited)]
    return (
        bool(telling)
        and (anybody or not all(_ANYBODY.fullmatch(word.stem) or _ANYBODY.fullmatch(word.text) for word in telling))
        and all(nearest(word, claim.words) < ABSENT for word in telling)
    )


def _phrase(facts: Facts, words: Sequence[Word]) -> str:
    return facts.text[words[0].start : words[-1].end]
