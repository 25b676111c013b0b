"""Whose figure is it: which of several values in the cited text a claim's words point at.

"A made 42 billion won and B 31 billion" holds both figures of "B made 42 billion", but gives 42 to A. The cited
text is cut into segments, one a value, at the joints of its clauses; the words around the claim's value vote for
the segments they are found in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.checker.agreement import agree, conflict, same_unit, shares_part
from assistant.checker.alignment import EVERYDAY, Word, matches
from assistant.checker.facts import Facts, Finding
from assistant.checker.gazetteer import PLACES
from assistant.checker.polarity import Sign
from assistant.checker.quantities import Quantity
from assistant.translation import commonness, is_known

_STRONG_JOINT = re.compile(
    r";|(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|며)(?=[\s,])|지만|(?<=[가-힣])나(?=[,])|반면|"
    r"는데(?=[\s,])|[.!?]\s|\n|"
    r"(?:,\s|\s)(?:and|while|whereas|but|compared\s(?:with|to)|against|versus|although|though|as|with)\s"
)
_WEAK_JOINT = re.compile(r",\s?|·|/")
_SUBJECT = re.compile(r"(?:은|는|이|가|께서|의)$")
_VERB = re.compile(r"(?:다|고|며|면|게|지만|는데|해|던|된|한|할|될|는|은|기로|것으로)$")

# Between two figures of one owner: a range, a share of a whole, a change from one to the other.
_JOINED = re.compile(
    r"\s?[~∼〜–—-]?\s?|\s?(?:에서|부터|to|and|or|내지)\s?(?:최대|많게는|길게는|up\sto)?\s?(?:about\s)?|"
    r"\s?(?:가운데|중|of|in|out\sof|of\sits|of\sthe|of\sits\slast|of\sthe\slast|in\severy)\s?|.{0,6}(?:중|"
    r"가운데)\s.{0,8}|.{0,14}\sof\s.{0,14}|"
    r".{0,12}(?:에서|\sto|from)\s?|.{0,6}(?:최대|많게는|up\sto)\s?",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"(?:\bof\s(?:the|its|all|about)?|\bout\sof)\s?$", re.IGNORECASE)
_INCLUDING = re.compile(r"포함|\bincluding\b|\bof (?:whom|which|them)\b|이 중|이 가운데")

# The words of a value that names its owner count more than the words that surround it.
_NAME, _TOPIC, _PLAIN = 4.0, 2.0, 1.0
# A segment all of whose words are in the claim is the likelier of two.
_ALL_SAID = 0.5


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
        said = {other.start for word in claim.words if word.start in core for other in matches(word, cited.words)}
        for number, cited_core in enumerate(cores):
            row[number] += _ALL_SAID if cited_core and cited_core <= said else 0.0
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
        if word.stem in PLACES or (commonness(word.stem) < EVERYDAY and not _VERB.search(word.text)):
            return _NAME
        if _SUBJECT.search(word.text) and word.stem != word.text:
            return _TOPIC
        if _VERB.search(word.text):
            return 0.5
        return _PLAIN
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
    segments show which. What the first segment says before its owner is shared by all ("이 회사 본사 직원은
    1200명, 공장 직원은
    3400명"): it keeps as many words as the second has there, and one for what
    is said but once ("A sent 3 nurses and B 5").
    """
    before = [
        [w for w in words if start <= w.start < value.start] for value, (start, _) in zip(values, segments, strict=True)
    ]
    after = [[w for w in words if value.end <= w.start < end] for value, (_, end) in zip(values, segments, strict=True)]
    if len(values) < 2:
        cores = [[*one, *other] for one, other in zip(before, after, strict=True)]
    elif before[1]:
        cores = [before[0][-(len(before[1]) + 1) :], *before[1:]]
    else:
        cores = after
    return [{word.start for word in core} for core in cores]


def owner_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """A figure must belong to what it belongs to in the cited text."""
    for quantity in claim.quantities:
        own = [q for q in cited.quantities if agree(quantity, q)]
        if len(own) != 1 or quantity.weak or "ordinal" in (quantity.unit, own[0].unit):
            continue
        if _is_score(claim.text, quantity) or _is_share(claim.text, quantity):
            continue
        group = [q for q in cited.quantities if q == own[0] or _are_peers(cited.text, own[0], q)]
        if len(group) < 2 or any(agree(quantity, q) for q in group if q != own[0]):
            continue
        if not all(same_unit(quantity, q) or "bare" in (q.unit, quantity.unit) for q in group):
            continue
        peers = [q for q in claim.quantities if q == quantity or _are_peers(claim.text, quantity, q)]
        table = votes(claim, values_of(peers), cited, values_of(group), anchors_of(claim, cited, quantity))
        row, mine = table[peers.index(quantity)], group.index(own[0])
        best = max((number for number in range(len(group)) if number != mine), key=lambda number: row[number])
        if row[best] >= 1 and row[best] > row[mine]:
            yield Finding("contradicts", f"{quantity.text}, as the claim gives it", f"{group[best].text} in the text")


def _is_score(text: str, quantity: Quantity) -> bool:
    """The 3 and the 2 of 3-2 and 3대 2."""
    around = text[max(0, quantity.start - 2) : quantity.start] + "|" + text[quantity.end : quantity.end + 2]
    return quantity.unit == "bare" and bool(re.search(r"[-–대:]\s?\||\|\s?[-–대:]", around))


def _is_share(text: str, quantity: Quantity) -> bool:
    """The 4 and the 10 of "4 in 10" and "10명 중 4명"."""
    if re.match(r"\s(?:in|out\sof)\s(?:every\s)?(?:\d|ten|five|three|four)", text[quantity.end :]):
        return True
    before = text[max(0, quantity.start - 12) : quantity.start]
    return bool(
        re.search(
            r"(?:\d명?|열|다섯|열 명|다섯 명)\s?(?:중|가운데|에)\s?$|\b\w+\s(?:in|out\sof)\s(?:every\s)?$", before
        )
        or re.match(r"\s?(?:중|가운데)\s", text[quantity.end :])
    ) and quantity.unit in ("count", "bare")


def _is_range_end(text: str, quantity: Quantity) -> bool:
    return bool(re.match(r"\s?(?:to|[-~∼–])\s?\d", text[quantity.end :])) or bool(
        re.search(r"\d\s?(?:to|and|[-~∼–])\s?$", text[max(0, quantity.start - 6) : quantity.start])
    )


def _is_age(quantity: Quantity) -> bool:
    return quantity.text.endswith(("세", "살", "old"))


def _are_peers(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two figures of a text measure the same of two owners: not a range, not a part and its whole."""
    first, second = sorted((one, other), key=lambda quantity: quantity.start)
    if one.weak or other.weak or ("ordinal" in (one.unit, other.unit) and one.unit != other.unit):
        return False
    if any(
        _is_score(text, q) or _is_share(text, q) or (q.unit == "bare" and _is_range_end(text, q)) for q in (one, other)
    ):
        return False
    if first.unit == second.unit == "count" and _noun(text, first) != _noun(text, second):
        return False
    if first.written and not 0.02 < second.written / first.written < 50:
        return False
    # "3 percent in the north and 4 in the south": the unit is said once.
    if first.unit != second.unit and (second.unit != "bare" or not 0.05 < second.written / (first.written or 1) < 20):
        return False
    if first.unit in ("month", "second") and first.value * second.written != second.value * first.written:
        return False  # months and years
    if first.unit == "month" and _is_age(first) != _is_age(second):
        return False
    if _PART_OF.search(text[max(0, first.start - 10) : first.start]):
        return False
    between = text[first.end : second.start]
    return not (_JOINED.fullmatch(between) or _INCLUDING.search(between))


def _noun(text: str, quantity: Quantity) -> str:
    """What a count counts: the counter after it (명), or the next word."""
    match = re.match(r"[\s-]*여?\s?([가-힣]|[A-Za-z]+)", text[quantity.start + len(quantity.text.rstrip("가힣")) :])
    tail = re.search(r"[가-힣]+$", quantity.text)
    if tail and not re.fullmatch(r"[천백십만억조]+", tail[0]):
        return tail[0].lstrip("천백십만억조여 ")
    return match[1].lower() if match else ""


def values_of(things: Sequence[Quantity | Sign]) -> list[Value]:
    """The places of quantities or of words that say up or down."""
    return [Value(thing.start, thing.end) for thing in things]


def anchors_of(claim: Facts, cited: Facts, apart_from: Quantity | None = None) -> list[Anchor]:
    """The places of dates and quantities that are the same in both texts, each found once in the cited one."""
    found = []
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if (
            len(same) == 1
            and (not quantity.weak or quantity.unit == "ordinal")
            and (apart_from is None or quantity.unit != apart_from.unit)
        ):
            found.append(Anchor(quantity.start, same[0].start))
    for date in claim.dates:
        dates = [d for d in cited.dates if shares_part(date, d) and not conflict(date, d)]
        if len(dates) == 1:
            found.append(Anchor(date.start, dates[0].start))
    return found
