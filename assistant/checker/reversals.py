"""Reversals: what rose said to have fallen, what was denied said to be so."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checker.agreement import agree
from assistant.checker.changes import holds
from assistant.checker.facts import Facts, Finding
from assistant.checker.polarity import Sign
from assistant.checker.quantities import Quantity
from assistant.translation import translations
from ingest.tokens import is_hangul

_ENGLISH_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|while|although|though|because|after|when|which|who)\s|[.!?]\s|\n")
_KOREAN_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|며|지만|으나|는데|면서|어서|아서|해서|"
    r"[하되르리지나오]자)[,\s]|"
    r"[,.!?]\s|\n"
)

# Words of the speed of a change, which say nothing of its direction.
_PACE = re.compile(r"둔화|가속|가팔라|slow|accelerat|quicken", re.IGNORECASE)
# The weight of a usual translation; below, the table has what only stands in the same sentences.
_USUAL = 0.1


def direction_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """What rose must not fall."""
    said, given = claim.changes, cited.changes
    contrary = _held_figure(claim, cited, said, given)
    if contrary:
        yield contrary
        return
    if not said or not given:
        return
    by_figure = list(_figure_directions(claim, cited, said, given))
    if by_figure:
        wrong_pair = next(((mine, other) for mine, other in by_figure if mine.sign != other.sign), None)
        if wrong_pair:
            yield Finding("contradicts", written(claim, wrong_pair[0]), written(cited, wrong_pair[1]))
        else:
            yield Finding("agrees", written(claim, by_figure[0][0]))
        if wrong_pair or len(by_figure) == len(said):
            return
    mine = [sign for sign in said if not _is_said_in(sign, claim, cited)]
    theirs = [sign for sign in given if not _is_said_in(sign, cited, claim)]
    if not mine or not theirs:
        yield Finding("agrees", written(claim, said[0]))
    elif {sign.sign for sign in mine} | {-sign.sign for sign in theirs} in ({1}, {-1}):
        yield Finding("contradicts", written(claim, mine[0]), written(cited, theirs[0]))


def _is_said_in(sign: Sign, facts: Facts, other: Facts) -> bool:
    """Whether another text has the very word for up or down, or its translation: enlarging, 늘리는."""
    own = [word for word in facts.words if word.start <= sign.start < word.end]
    contrary = [one.start for one in other.changes if one.sign != sign.sign]
    others = [word for word in other.words if not any(word.start <= at < word.end for at in contrary)]
    return any(_is_usual_translation(word.stem, theirs.stem) for word in own for theirs in others)


def _is_usual_translation(one: str, other: str) -> bool:
    return one == other or any(
        stem == there and weight >= _USUAL
        for here, there in ((one, other), (other, one))
        for stem, weight in translations(here)
    )


def _held_figure(claim: Facts, cited: Facts, said: Sequence[Sign], given: Sequence[Sign]) -> Finding | None:
    """A figure that one text changes something to and the other leaves it at."""
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if len(same) != 1 or quantity.weak:
            continue
        mine, other = _sign_of(claim, quantity, said), _sign_of(cited, same[0], given)
        kept, held = _sign_of(claim, quantity, holds(claim.text)), _sign_of(cited, same[0], holds(cited.text))
        if mine and held and not other and not kept:
            return Finding("contradicts", written(claim, mine), written(cited, held))
        if other and kept and not mine and not held:
            return Finding("contradicts", written(claim, kept), written(cited, other))
    return None


def _figure_directions(
    claim: Facts, cited: Facts, said: Sequence[Sign], given: Sequence[Sign]
) -> Iterator[tuple[Sign, Sign]]:
    """For each figure of the claim with an up or down of its own: that word, and the one of the same cited figure."""
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if len(same) != 1 or quantity.weak:
            continue
        mine, other = _sign_of(claim, quantity, said), _sign_of(cited, same[0], given)
        if mine and other and not _PACE.match(written(claim, mine)) and not _PACE.match(written(cited, other)):
            yield mine, other


def _sign_of(facts: Facts, quantity: Quantity, signs: Sequence[Sign]) -> Sign | None:
    """The up or down that a figure measures: after it in Korean, before or after it in English, in its clause."""
    clause = next(((a, b) for a, b in clause_spans(facts.text) if a <= quantity.start < b), (0, len(facts.text)))
    others = [q for q in facts.quantities if q.start != quantity.start and not q.weak]
    inside = [s for s in signs if clause[0] <= s.start < clause[1] + 1]
    after = [
        s for s in inside if s.start >= quantity.end and not any(quantity.end <= q.start < s.start for q in others)
    ]
    before = [
        s for s in inside if s.end <= quantity.start and not any(s.end <= q.start < quantity.start for q in others)
    ]
    if is_hangul(re.sub(r"[^가-힣a-zA-Z]", "", facts.text)[:1]) or not re.search("[a-z]{3}", facts.text):
        return after[0] if after and after[0].start - quantity.end < 14 else None
    if after and after[0].start - quantity.end <= 1:  # "ten times faster"
        return after[0]
    if before and quantity.start - before[-1].end < 25:
        return before[-1]
    return after[0] if after and after[0].start - quantity.end < 12 else None


def written(facts: Facts, sign: Sign) -> str:
    """The word as written, a Korean one with its ending."""
    ending = re.match(r"[가-힣]*", facts.text[sign.end :])
    return facts.text[sign.start : sign.end + len(ending[0] if ending else "")].strip()


def clause_spans(text: str) -> list[tuple[int, int]]:
    """The starts and ends of the clauses of a text, by their joints alone."""
    pattern = _KOREAN_CLAUSE if re.search("[가-힣]", text) else _ENGLISH_CLAUSE
    cuts = [0, *(match.end() for match in pattern.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]
