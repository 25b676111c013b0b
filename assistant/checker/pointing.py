"""Which of several values in the cited text the words around a value of the claim point at.

"A made 42 billion won and B 31 billion" holds both figures of "B made 42 billion", but gives 42 to A. Each text is cut
into segments, one a value, at the joints of its clauses. A word of the claim's segment votes for the cited segments by
how near they come to its meaning, in either language; the words that name the owner of a value count most.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from assistant.checker.alignment import SOUNDS_ALIKE, WORD, Word, same_word, stem_of, translated
from assistant.checker.facts import Facts
from assistant.checker.gazetteer import PLACES
from assistant.likeness import word_cosine
from assistant.romanise import similarity
from assistant.translation import commonness, is_known
from ingest.tokens import as_read, is_hangul

STRONG_JOINT = re.compile(
    r";|(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|며)(?=[\s,])|지만|(?<=[가-힣])나(?=[,])|반면|"
    r"는데(?=[\s,])|[.!?]\s|\n|"
    r"(?:,\s|\s)(?:and|while|whereas|but|even\sas|compared\s(?:with|to)|against|versus|although|though|as|with)\s"
)
_WEAK_JOINT = re.compile(r",\s?|·|/")
# Words that tell nothing about the owner of a figure; "last", "total" and "daily" may tell everything.
_EMPTY = frozenset(
    """
    a an the of in on at to by for from with and or as is are was were be been has have had will would it its this that
    their his her than about around some roughly nearly more while whereas but said says according up down percent per
    cent million billion trillion thousand won dollar dollars yen euro euros
    으로 등 및 약 것 수 밝혔다 말했다 전했다 했다 있다 따르면 원 명 개
    """.split()
)
_YARDSTICK = re.compile(r"(?:전|전년|전월|분기|전분기|작년|지난해)(?:보다|대비)|대비|동기|earlier|ago")
_RARE = 5e-5  # the share of sentences under which a Korean word is likely a name
_NAME_WEIGHT = 2.0
_FAR = 0.3  # the weight of a word beyond the joint, or of one that all segments may share
_NEAR_ENOUGH = 0.45  # a word of this weight belongs to the value for certain
_ALIKE, _OTHER = 0.6, 0.5
_COUNTERPART = 0.35
_CONTRAST = 2.0


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity at `text[start:end]`, which belongs to someone."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a word stands to a value: how many words before (below 0) or after it; `weight` is how surely it is its."""

    weight: float
    offset: int


Context = dict[Word, Place]


def votes(
    claim: Facts, claim_values: Sequence[Value], cited: Facts, cited_values: Sequence[Value]
) -> list[list[list[float]]]:
    """How strongly the words of each claimed value speak for a cited value over another.

    `votes(...)[i][v][w]` is above 0 when the words of the claim's value `i` point at the cited value `w` rather than
    at `v`; about 2 when they name the owner of `w`.
    """
    mine = _contexts(claim, claim_values)
    theirs = _contexts(cited, cited_values)
    size = range(len(theirs))
    table = []
    for context in mine:
        row = _scores(context, claim.text, theirs)
        contrast = [
            [_contrast(context, theirs[v], theirs[w], cited.text) if v != w else 0.0 for w in size] for v in size
        ]
        table.append([[row[w] - row[v] + contrast[v][w] - contrast[w][v] for w in size] for v in size])
    return table


def _scores(context: Context, text: str, theirs: Sequence[Context]) -> list[float]:
    row = [0.0] * len(theirs)
    for word, place in context.items():
        met = [max((alike(word, other) * at.weight for other, at in their.items()), default=0.0) for their in theirs]
        factor = place.weight * (_NAME_WEIGHT if _is_entity(word, text) else 1.0)
        if max(met, default=0.0) >= 0.2:
            row = [score + share * factor for score, share in zip(row, met, strict=True)]
    return row


def _contrast(context: Context, right: Context, wrong: Context, cited: str) -> float:
    """Whether the claim has a word of the wrong value, and lacks the word that stands in its place at the right one.

    "The blue team scored 88" of "the red team scored 88 points and the blue team 73".
    """
    own = [word for word, place in context.items() if place.weight > _NEAR_ENOUGH]
    replaced = [o for o, at in right.items() if at.weight >= 0.4 and not any(same_word(o.stem, w.stem) for w in wrong)]
    for word, place in wrong.items():
        if place.weight < _NEAR_ENOUGH or max((alike(c, word) for c in own), default=0.0) < _ALIKE:
            continue
        if any(same_word(word.stem, other.stem) for other in right):
            continue
        likely = {other: _same_part(word, place, other, right[other], cited) for other in replaced}
        counterpart = max(replaced, key=likely.__getitem__, default=None)
        if counterpart is None or likely[counterpart] < _COUNTERPART:
            continue
        if all(alike(c, counterpart) < _OTHER or alike(c, counterpart) <= alike(c, word) for c in context):
            return _CONTRAST
    return 0.0


def _same_part(one: Word, its: Place, other: Word, others: Place, text: str) -> float:
    """How likely two words of one text are to name two owners: men and women, 부산은 and 대구는."""
    likely = word_cosine(as_read(one.text), as_read(other.text))
    if _is_entity(one, text) and _is_entity(other, text):
        likely += 0.3
    if one.is_hangul and other.is_hangul and one.text[-1] == other.text[-1] and one.text[-1] in "은는이가":
        likely += 0.2
    if (its.offset < 0) == (others.offset < 0):
        likely += 0.25 if abs(its.offset - others.offset) <= 1 else 0.15
    return likely


def alike(one: Word, other: Word) -> float:
    """How surely two words mean the same (0 to 1): the same stem, a translation, a name by its sound, or near."""
    return _alike(one.text, one.stem, other.text, other.stem)


def _alike(one: str, stem: str, other: str, other_stem: str) -> float:
    bare, other_bare = as_read(one), as_read(other)
    if bare == other_bare or stem == other_stem:
        return 1.0
    known = 0.0
    if is_hangul(one) == is_hangul(other):
        known = 0.8 if same_word(stem, other_stem) else 0.0
    else:
        korean, english = (bare, other) if is_hangul(one) else (other_bare, one)
        korean_stem, english_stem = (stem, other_stem) if is_hangul(one) else (other_stem, stem)
        if len(korean) > 1 and english[:1].isupper() and similarity(korean, english) >= SOUNDS_ALIKE:
            known = similarity(korean, english)  # Kenya is 케냐 rather than 가나
        known = max(known, 1.0 if english[:1].isupper() and translated(korean_stem, english_stem) else 0.0)
        known = known or (0.8 if translated(korean_stem, english_stem) else 0.0)
    return max(known, min(1.0, max(0.0, (word_cosine(bare, other_bare) - 0.2) / 0.5)))


def _is_entity(word: Word, text: str) -> bool:
    """Whether a word is likely to name an owner: a name, or a Korean topic (매출은)."""
    if word.is_hangul:
        topic = word.text[-1] in "은는" and as_read(word.text) != word.text
        return topic or word.stem in PLACES or commonness(word.stem) < _RARE
    if word.text[0] == "#":
        return True
    return word.text[0].isupper() and (bool(text[: word.start].strip()) or not is_known(word.stem))


def _words(facts: Facts) -> list[Word]:
    """The words of a text outside its figures that may tell whose a figure is."""
    found = []
    changes = facts.changes
    for match in WORD.finditer(facts.text):
        text = match[0].removesuffix("'s").removesuffix("’s")
        if text.lower() in _EMPTY or as_read(text) in _EMPTY:
            continue
        if _YARDSTICK.fullmatch(text) or any(match.start() <= sign.start < match.end() for sign in changes):
            continue  # how a figure changed, and from when, is checked apart
        if not any(quantity.start <= match.start() < quantity.end for quantity in facts.quantities):
            found.append(Word(match.start(), match.start() + len(text), text, stem_of(text)))
    # The 2 of "the second phase" and 2공장.
    for quantity in facts.quantities:
        if quantity.unit == "ordinal":
            name = f"#{quantity.value:.0f}"
            found.append(Word(quantity.start, quantity.end, name, name))
    return sorted(found, key=lambda word: word.start)


def segments(text: str, values: Sequence[Value]) -> list[tuple[int, int]]:
    """One stretch of `text` for each value, cut at a joint between it and the next."""
    cuts = [0]
    for value, following in pairwise(values):
        between = text[value.end : following.start]
        joints = list(STRONG_JOINT.finditer(between)) or list(_WEAK_JOINT.finditer(between))
        cuts.append(value.end + (joints[-1].end() if joints else 0))
    return list(pairwise([*cuts, len(text)]))


def _contexts(facts: Facts, values: Sequence[Value]) -> list[Context]:
    """The words of each value's segment, each with its weight: how near it stands, in the value's own clause."""
    words = _words(facts)
    parts = segments(facts.text, values)
    spans = list(zip(values, parts, strict=True))
    before = [[word for word in words if start <= word.start < value.start] for value, (start, _) in spans]
    after = [[word for word in words if value.end <= word.start < end] for value, (_, end) in spans]
    found = []
    for number, (value, (start, end)) in enumerate(spans):
        joints = list(STRONG_JOINT.finditer(facts.text[start : value.start]))
        joint = STRONG_JOINT.search(facts.text, value.end, end)
        clause = range(start + joints[-1].end() if joints else start, joint.start() if joint else end)
        own = _said_of_one(number, before, after, facts.text)
        found.append(
            {
                word: Place(
                    (1.0 if word in own and word.start in clause else _FAR) / (1 + 0.1 * distance), sign * distance
                )
                for sign, side in ((-1, before[number][::-1]), (1, after[number]))
                for distance, word in enumerate(side, start=1)
            }
        )
    return found


def _said_of_one(
    number: int, before: Sequence[Sequence[Word]], after: Sequence[Sequence[Word]], text: str
) -> set[Word]:
    """The words of a segment that may name its owner, rather than say what is said of all.

    What the first segment says before its owner is shared by all ("이 회사 본사 직원은 1200명, 공장 직원은
    3400명"): it keeps as many words as the second has there and one more, and the names where the second has one. So
    is what the last says after its value, where the one before it says less.
    """
    first, last = list(before[number]), list(after[number])
    if len(before) > 1 and number == 0:
        size = len(before[1])
        both_named = any(_is_entity(word, text) for word in before[1])
        is_after = not size and any(_is_entity(word, text) for word in after[1])  # "48, against 62 for Airbus"
        near = first if is_after else first[-(size + 1) :] if size else []
        first = [word for word in first if word in near or (both_named and _is_entity(word, text))]
    if len(before) > 1 and number == len(before) - 1 and before[number]:
        last = last[: len(after[number - 1]) + 1]
    return {*first, *last}
