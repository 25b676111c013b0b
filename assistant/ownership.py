"""Whose figure is it: which of several values in the cited text a claim's words point at.

"A made 42 billion won and B 31 billion" holds both figures of "B made 42 billion", but gives 42 to A. The cited
text is cut into segments, one a value, at the joints of its clauses; the words around the claim's value vote for
the segments they are found in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.alignment import Word, matches
from assistant.facts import Facts
from assistant.translation import is_known

_STRONG_JOINT = re.compile(
    r";|(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|며)(?=[\s,])|지만|(?<=[가-힣])나(?=[,])|반면|는데(?=[\s,])|[.!?]\s|\n|"
    r"(?:,\s|\s)(?:and|while|whereas|but|compared\s(?:with|to)|against|versus|although|though|as|with)\s"
)
_WEAK_JOINT = re.compile(r",\s?|·|/")
_SUBJECT = re.compile(r"(?:은|는|이|가|께서|의)$")
_VERB = re.compile(r"(?:다|고|며|면|게|지만|는데|해|던|된|한|할|될|는|은|기로|것으로)$")

# The words of a value that names its owner count more than the words that surround it.
_NAME, _TOPIC, _PLAIN = 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Value:
    """A thing at `text[start:end]` that belongs to someone: a quantity, or a word that says up or down."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something other than a word that is known to be the same at two places (a matched figure or date)."""

    claim: int
    cited: int


def votes(
    claim: Facts,
    claim_values: Sequence[Value],
    cited: Facts,
    cited_values: Sequence[Value],
    anchors: Sequence[Anchor] = (),
    clauses: Sequence[tuple[int, int]] = (),
) -> list[list[float]]:
    """For each value of the claim (rows, in order), how strongly its words point at each value of the cited text.

    With `clauses` of the claim, only the words of a value's own clause have a vote.
    """
    claim_segments, cited_segments = _segments(claim.text, claim_values), _segments(cited.text, cited_values)
    for number, value in enumerate(claim_values):
        for start, end in clauses:
            if start <= value.start < end:
                low, high = claim_segments[number]
                claim_segments[number] = (max(low, start), min(high, end))
    cores = _cores(cited.words, cited_values, cited_segments)
    own_words = _cores(claim.words, claim_values, claim_segments)
    table = []
    for (start, end), core in zip(claim_segments, own_words, strict=True):
        row = [0.0] * len(cited_values)
        for word in claim.words:
            if word.start in core and not _is_within(word, claim_values):
                _vote(row, word, claim.text, cited.words, cores)
        for anchor in anchors:
            if start <= anchor.claim < end:
                for number, (low, high) in enumerate(cited_segments):
                    row[number] += _TOPIC if low <= anchor.cited < high else 0.0
        table.append(row)
    return table


def _vote(row: list[float], word: Word, claim: str, cited_words: Sequence[Word], cores: Sequence[set[int]]) -> None:
    """A word votes when it stands in one segment only."""
    found = {other.start for other in matches(word, cited_words)}
    hit = [number for number, core in enumerate(cores) if found & core]
    if len(hit) == 1:
        row[hit[0]] += _weight(word, claim)


def _weight(word: Word, claim: str) -> float:
    if word.is_hangul:
        if _SUBJECT.search(word.text) and word.stem != word.text:
            return _TOPIC if is_known(word.stem) else _NAME
        if _VERB.search(word.text):
            return 0.5
        return _PLAIN if is_known(word.stem) else _TOPIC
    at_start = not claim[: word.start].strip()
    return _NAME if word.text[0].isupper() and not (at_start and is_known(word.stem)) else _PLAIN


def _is_within(word: Word, values: Sequence[Value]) -> bool:
    return any(value.start <= word.start < value.end for value in values)


def _segments(text: str, values: Sequence[Value]) -> list[tuple[int, int]]:
    """One stretch of `text` for each value, cut at a joint between it and the next."""
    cuts = [0]
    for value, following in pairwise(values):
        between = text[value.end : following.start]
        strong = list(_STRONG_JOINT.finditer(between))
        weak = _WEAK_JOINT.search(between)
        joint = strong[-1].end() if strong else weak.end() if weak else 0
        cuts.append(value.end + joint)
    cuts.append(len(text))
    return list(pairwise(cuts))


def _cores(words: Sequence[Word], values: Sequence[Value], segments: Sequence[tuple[int, int]]) -> list[set[int]]:
    """The starts of the words of each segment that name its owner.

    Owners stand before their values ("A took 16 and B 12") or after them ("3 percent in A and 4 in B"): the later
    segments show which. What the first segment says before its owner is shared by all ("이 회사 본사 직원은 1200명, 공장 직원은
    3400명"): it keeps as many words as the second has there, and one for a verb that English says but once.
    """
    before = [
        [w for w in words if start <= w.start < value.start] for value, (start, _) in zip(values, segments, strict=True)
    ]
    after = [[w for w in words if value.end <= w.start < end] for value, (_, end) in zip(values, segments, strict=True)]
    if len(values) < 2:
        cores = [[*one, *other] for one, other in zip(before, after, strict=True)]
    elif before[1]:
        spare = 0 if before[1][0].is_hangul else 1
        cores = [before[0][-(len(before[1]) + spare) :], *before[1:]]
    else:
        cores = after
    return [{word.start for word in core} for core in cores]
