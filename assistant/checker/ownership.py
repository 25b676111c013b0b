"""Whose figure is it: a figure of the claim must belong to what it belongs to in the cited text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.checker.agreement import agree, date_in, same_unit
from assistant.checker.dates import DateMention
from assistant.checker.facts import Facts, Finding
from assistant.checker.pointing import Value, votes
from assistant.checker.quantities import Quantity

# Between two figures of one owner: a range, a share of a whole, a change from one to the other.
_JOINED = re.compile(
    r"\s?[~∼〜–—-]?\s?|\s?(?:에서|부터|to|and|or|내지)\s?(?:최대|많게는|길게는|up\sto)?\s?(?:about\s)?|"
    r"\s?(?:가운데|중|of|in|out\sof|of\sits|of\sthe|of\sits\slast|of\sthe\slast|in\severy)\s?|.{0,6}(?:중|가운데)\s.{0,8}|"
    r".{0,14}\sof\s.{0,14}|[^,]{0,12}(?:에서|\sto|from)\s?|.{0,6}(?:최대|많게는|up\sto)\s?",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"(?:\bof\s(?:the|its|all|about)?|\bout\sof)\s?$", re.IGNORECASE)

# How strongly the words must point at another figure: where the claim leaves that one out, and where it has both.
_POINTS, _POINTS_AT_BOTH, _POINTS_AT_EACH = 0.25, 0.5, 0.5
_PER = re.compile(r"\s?(?:명|개|건|곳|원)?당(?:\s|$)")
_PER_BEFORE = re.compile(r"\b(?:per|every|each)\s$|(?<!\d\s)\bin\s$", re.IGNORECASE)

_LARGE = 10_000  # counts from here on are compared whatever they count: paying subscribers and monthly users
_MORE_THAN = re.compile(
    r"\s?(?:이나\s|가량\s)?(?:더\s)?(?:적[다은었고]|많[다은았고]|늘[었어]|줄[었어]|높[다은았]|낮[다은았]|"
    r"올[랐라려리린릴]|내[렸려리린릴]|"
    r"증가|감소|인상|인하|증원|감원)|\s(?:[a-z]+\s)?(?:more|fewer|less|higher|lower)\s(?:[a-z]+\s)?than\b",
)
_BY = re.compile(r"\b(?:by|increase\sof|rise\sof|drop\sof|fall\sof|decrease\sof|up|down)\s[$€£¥₩]?$", re.IGNORECASE)

# What was before a change, and what came of it.
_FORMER_BEFORE = re.compile(
    r"(?:\bfrom|\bpreviously|\b(?:originally|initially|first)\s(?:\w+\s){0,2}at|\bhad\sbeen|\bused\sto\sbe|"
    r"\binstead\sof|\brather\sthan|당초|기존|종전|애초|현재|\bnow(?:\s\w+)?|\bcurrently(?:\s\w+)?)\s(?:about\s|around\s|"
    r"some\s|nearly\s|연\s|약\s)?[$€£¥₩]?$",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(
    r"\s?(?:에서(?=[\s,])|이던|였던|이었던|보다(?=\s))|\s(?:(?:the\s)?(?:previous|prior)\s|"
    r"the\s(?:month|year|week|day|quarter)\s(?:before|earlier)|(?:a|one)\s(?:month|year|week)\s(?:ago|before|"
    r"earlier)|before\s(?:the|it)\b)"
)
_LATTER_BEFORE = re.compile(
    r"\b(?:to|until|at)\s(?:about\s|around\s|some\s|nearly\s|more\sthan\s)?[$€£¥₩]?$", re.IGNORECASE
)
_LATTER_AFTER = re.compile(r"(?:[가-힣]{1,2})?(?:으로|로)(?=[\s,])")
_SPEAKS_OF_BEFORE = re.compile(
    r"\b(?:previous|previously|earlier|before|from|had\sbeen|prior|ago|last|former|current|currently|now|"
    r"initial\w*|original\w*|than|until|"
    r"once|used\sto)\b|당초|기존|종전|애초|이전|지난|전보다|전에|직전|원래|현재|지금|에서|이던|였던|보다|전월|전년|"
    r"전달|작년",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|plan\w*|is\sto|are\sto|be|expect\w*|set\sto|from\snext)\b|기로|예정|내년|다음|계획|오는|겠|"
    r"전망|한다|올린다|내린다"
)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change that a text tells of, from one value to another of the same kind."""

    former: Quantity | DateMention
    latter: Quantity | DateMention


def owner_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """A figure must belong to what it belongs to in the cited text, and a change must not run backwards."""
    yield from _wrong_owners(claim, cited)
    yield from _exchanged(claim, cited)
    yield from _wrong_turns(claim, cited)
    yield from _changes_as_amounts(claim, cited)


def _wrong_owners(claim: Facts, cited: Facts) -> Iterator[Finding]:
    for quantity in claim.quantities:
        own = [q for q in cited.quantities if agree(quantity, q)]
        if len(own) != 1 or not _has_owner(claim, quantity) or not _has_owner(cited, own[0]):
            continue
        group = [
            q
            for q in cited.quantities
            if q == own[0] or (_are_peers(cited, own[0], q) and not agree(quantity, q) and not _begins_range(cited, q))
        ]
        if len(group) < 2 or not all(same_unit(quantity, q) or "bare" in (q.unit, quantity.unit) for q in group):
            continue
        mine = [
            q
            for q in claim.quantities
            if q == quantity
            or (_are_peers(claim, quantity, q) and not _begins_range(claim, q))
            or any(agree(q, other) for other in group)
        ]
        table = votes(claim, values_of(mine), cited, values_of(group))
        rival = _better_owner(quantity, mine, group, own[0], table)
        if rival:
            yield Finding("contradicts", f"{quantity.text}, as the claim gives it", f"{rival.text} in the text")


def _exchanged(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Two figures of the claim, each of which its words put in the place of the other: 2,700 helicopters and 48 men."""
    owned = [
        q
        for q in claim.quantities
        if _has_owner(claim, q) and q.unit not in ("month", "second") and q.text[:1].isdigit()
    ]
    owned = [q for q in owned if not re.match("대", claim.text[q.end :]) and not re.fullmatch("[1-9]0대", q.text)]
    for one, other in combinations(owned, 2):
        if one.unit != other.unit or one.value == other.value or _are_joined(claim, one, other):
            continue
        homes = [[q for q in cited.quantities if agree(mine, q)] for mine in (one, other)]
        if any(len(home) != 1 for home in homes) or _are_joined(cited, homes[0][0], homes[1][0]):
            continue
        theirs = sorted((homes[0][0], homes[1][0]), key=lambda q: q.start)
        right, wrong = theirs.index(homes[0][0]), theirs.index(homes[1][0])
        table = votes(claim, values_of([one, other]), cited, values_of(theirs))
        if min(table[0][right][wrong], table[1][wrong][right]) > _POINTS_AT_EACH:
            yield Finding("contradicts", f"{one.text}, as the claim gives it", f"{homes[1][0].text} in the text")
            return


def _are_joined(facts: Facts, one: Quantity, other: Quantity) -> bool:
    """Whether two figures stand for one thing: a range, a share, a change."""
    first, second = sorted((one, other), key=lambda quantity: quantity.start)
    return bool(_JOINED.fullmatch(facts.text[first.end : second.start])) or _tell_a_change(facts.text, first, second)


def _changes_as_amounts(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """By how much a thing changed, given as how much it is: "1,509 students" of "3,058, which is 1,509 fewer"."""
    if claim.changes:
        return
    for quantity in claim.quantities:
        own = [q for q in cited.quantities if agree(quantity, q)]
        if len(own) == 1 and not quantity.weak and _is_change(cited, own[0]):
            levels = [q for q in cited.quantities if same_unit(q, own[0]) and not _is_change(cited, q) and not q.weak]
            if levels and not any(agree(mine, level) for mine in claim.quantities for level in levels):
                yield Finding("contradicts", quantity.text, f"{levels[0].text} (±{own[0].text})")


def _better_owner(
    quantity: Quantity,
    mine: Sequence[Quantity],
    group: Sequence[Quantity],
    own: Quantity,
    table: list[list[list[float]]],
) -> Quantity | None:
    """The figure that the words of the claim point at instead of the one that it gives, when they do."""
    index, right = mine.index(quantity), group.index(own)
    for wrong, rival in enumerate(group):
        if wrong == right:
            continue
        score, needed = table[index][right][wrong], _POINTS
        for number, other in enumerate(mine):
            if other != quantity and agree(other, rival):  # the claim has both: both must point the wrong way round
                score, needed = (score + table[number][wrong][right]) / 2, _POINTS_AT_BOTH
        if score > needed:
            return rival
    return None


def _has_owner(facts: Facts, quantity: Quantity) -> bool:
    """Whether a figure is one that may be given to the wrong owner: no score, share, rate's base, rank or mere word."""
    text = facts.text
    if quantity.weak or quantity.unit == "ordinal" or _is_score(text, quantity) or _is_share(text, quantity):
        return False
    if quantity.text.endswith(("호", "층", "동")):
        return False
    return not (_PER.match(text, quantity.end) or _PER_BEFORE.search(text[: quantity.start]))


def _wrong_turns(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """A change told backwards, or the value before it given as the one after."""
    told = _changes(claim)
    for change in _changes(cited):
        for mine in told:
            if _same(mine.former, change.latter, cited) and _same(mine.latter, change.former, cited):
                said = _told(claim, mine)
                yield Finding("contradicts", said, _told(cited, change))
                return
        if _TO_COME.search(cited.text) or _SPEAKS_OF_BEFORE.search(claim.text):
            continue
        given = [q for q in claim.quantities if _same(q, change.former, cited)]
        if given and not any(_same(q, change.latter, cited) for q in claim.quantities):
            yield Finding("contradicts", given[0].text, _told(cited, change))
            return


def _same(one: Quantity | DateMention, other: Quantity | DateMention, cited: Facts) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return agree(one, other)
    return isinstance(one, DateMention) and isinstance(other, DateMention) and date_in(one, [other], [])


def _changes(facts: Facts) -> list[_Change]:
    """The changes of a text: "rose from 5 to 6 percent", "6 percent, up from 5", 5%에서 6%로."""
    found = []
    dates = [date for date in facts.dates if "day" in date.parts or "month" in date.parts]
    kinds: tuple[Sequence[Quantity | DateMention], ...] = (facts.quantities, dates)
    for kind in kinds:
        for number, one in enumerate(kind):
            if not _is_former(facts.text, one):
                continue
            near = [o for o in (*kind[number + 1 : number + 2], *kind[:number][-1:]) if _are_alike(facts, one, o)]
            latter = next((o for o in near if _is_latter(facts.text, o)), None)
            if latter:
                found.append(_Change(one, latter))
    return found


def _are_alike(facts: Facts, one: Quantity | DateMention, other: Quantity | DateMention) -> bool:
    first, second = sorted((one, other), key=lambda value: value.start)
    if re.search(r"[.;!?]\s|\n", facts.text[first.end : second.start]):
        return False
    return (
        not isinstance(one, Quantity)
        or not isinstance(other, Quantity)
        or one.unit == other.unit
        or "bare" in (one.unit, other.unit)
    )


def _is_former(text: str, value: Quantity | DateMention) -> bool:
    return bool(
        _FORMER_BEFORE.search(text[max(0, value.start - 24) : value.start]) or _FORMER_AFTER.match(text, value.end)
    )


def _is_latter(text: str, value: Quantity | DateMention) -> bool:
    if _is_former(text, value):
        return False
    return bool(
        _LATTER_BEFORE.search(text[max(0, value.start - 24) : value.start]) or _LATTER_AFTER.match(text, value.end)
    )


def _told(facts: Facts, change: _Change) -> str:
    """1,500원 → 1,700원."""
    return " → ".join(facts.text[value.start : value.end].strip() for value in (change.former, change.latter))


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


def _begins_range(facts: Facts, quantity: Quantity) -> bool:
    """The 30 of 30~80㎜, which has the owner of the 80."""
    return bool(re.match(r"\s?[~∼〜–-]\s?\d", facts.text[quantity.end :]))


def _is_age(quantity: Quantity) -> bool:
    return quantity.text.endswith(("세", "살", "old"))


def _are_peers(facts: Facts, one: Quantity, other: Quantity) -> bool:
    """Whether two figures of a text measure the same of two owners: not a range, not a part and its whole."""
    first, second = sorted((one, other), key=lambda quantity: quantity.start)
    text = facts.text
    if one.unit == "%" and one.text[:1].isdigit() != other.text[:1].isdigit():  # half of those and 18 percent
        return False
    if other.weak or ("ordinal" in (one.unit, other.unit) and one.unit != other.unit):
        return False
    if any(
        _is_score(text, q) or _is_share(text, q) or (q.unit == "bare" and _is_range_end(text, q)) for q in (one, other)
    ):
        return False
    if first.unit == second.unit == "bare" or _is_change(facts, first) != _is_change(facts, second):
        return False
    near_in_size = min(first.value, second.value) >= _LARGE and 0.1 < first.value / second.value < 10
    if first.unit == second.unit == "count" and _noun(text, first) != _noun(text, second) and not near_in_size:
        return False
    if first.written and not 0.02 < second.written / first.written < 50:
        return False
    # "3 percent in the north and 4 in the south": the unit is said once.
    if first.unit != second.unit and (second.unit != "bare" or not 0.05 < second.written / (first.written or 1) < 20):
        return False
    if first.unit in ("month", "second") and first.value * second.written != second.value * first.written:
        return False  # months and years
    if (first.unit == "month" and _is_age(first) != _is_age(second)) or any(
        re.fullmatch(r"[1-9]0대", q.text) for q in (one, other)
    ):
        return False
    if _PART_OF.search(text[max(0, first.start - 10) : first.start]):
        return False
    between = text[first.end : second.start]
    return not (_JOINED.fullmatch(between) or _tell_a_change(text, first, second))


def _is_change(facts: Facts, quantity: Quantity) -> bool:
    """Whether a count or an amount of money says by how much one is more than another, rather than how much it is."""
    if not (quantity.unit == "count" or quantity.is_money):
        return False
    return bool(_MORE_THAN.match(facts.text, quantity.end) or _BY.search(facts.text[: quantity.start]))


def _tell_a_change(text: str, first: Quantity, second: Quantity) -> bool:
    return _is_former(text, first) or _is_former(text, second)


def _noun(text: str, quantity: Quantity) -> str:
    """What a count counts: the counter after it (명), or the next word."""
    match = re.match(r"[\s-]*여?\s?([가-힣]|[A-Za-z]+)", text[quantity.start + len(quantity.text.rstrip("가힣")) :])
    tail = re.search(r"[가-힣]+$", quantity.text)
    if tail and not re.fullmatch(r"[천백십만억조]+", tail[0]):
        return tail[0].lstrip("천백십만억조여 ")
    return match[1].lower() if match else ""


def values_of(quantities: Sequence[Quantity]) -> list[Value]:
    """The places of quantities."""
    return [Value(quantity.start, quantity.end) for quantity in quantities]
