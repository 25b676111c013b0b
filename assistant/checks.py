"""The checks of a claim against its cited text, one for each kind of thing that can go wrong."""

import re
from collections.abc import Iterator, Sequence

from assistant.agreement import agree, conflict, date_in, number_in_dates, same_unit, shares_part
from assistant.alignment import matches
from assistant.facts import Facts, Finding
from assistant.mentions import names_not_in
from assistant.ownership import Anchor, Value, votes
from assistant.polarity import Sign, directions, negations, says_no_in_itself, stances
from assistant.quantities import Quantity

_LIST_JOINT = re.compile(r",\s|·|、|\sand\s|[와과]\s")
_ENGLISH_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|while|although|though|because|after|when|which|who)\s|[.!?]\s|\n")
_KOREAN_CLAUSE = re.compile(r"(?<=[가-힣])(?:고|며|지만|으나|는데|면서|어서|아서|해서|자)[,\s]|[,.!?]\s|\n")
_KOREAN_NEGATED = re.compile(r"(?P<root>[가-힣]{1,6})지(?:는|도|를)?\s?(?:않|못)")
_ENGLISH_NEGATED = re.compile(
    r"\b(?:not|never|cannot|n['’]t)\s(?:be\s|been\s|yet\s|have\s|to\s)?(?P<root>[a-z]{3,})|n['’]t\s(?P<root2>[a-z]{3,})", re.I
)


def quantity_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every quantity of the claim must be in the cited text, in any notation."""
    for quantity in claim.quantities:
        bearing = [other for other in cited.quantities if agree(quantity, other)]
        if bearing:
            yield Finding("agrees", quantity.text)
        elif number_in_dates(quantity, cited.dates) or _counts_a_list(quantity, cited.text):
            yield Finding("agrees", quantity.text)
        else:
            rivals = [q for q in cited.quantities if same_unit(quantity, q) and not q.weak]
            if quantity.weak:
                strict = quantity.unit in ("month", "second") and not quantity.text[:1].isdigit()
                rivals = [q for q in rivals if strict and not any(agree(mine, q) for mine in claim.quantities)]
                if not rivals or quantity.text[:1] in "하한aA":
                    continue
            yield _mismatch(quantity, rivals, claim, cited)


def _mismatch(quantity: Quantity, rivals: Sequence[Quantity], claim: Facts, cited: Facts) -> Finding:
    """A figure in place of another contradicts; one where the text has none is missing."""
    free = [q for q in rivals if not any(agree(mine, q) for mine in claim.quantities)]
    equal = [q for q in cited.quantities if q.value == quantity.value and q.unit != quantity.unit]
    rival = next(iter((*free, *equal)), None)
    return Finding("contradicts", quantity.text, rival.text) if rival else Finding("missing", quantity.text)


def _counts_a_list(quantity: Quantity, text: str) -> bool:
    """Whether a small number counts what the cited text lists: four cities, where it names four."""
    if quantity.unit not in ("count", "bare") or not 2 <= quantity.value <= 8:
        return False
    return any(
        len(_LIST_JOINT.findall(stretch)) + 1 == quantity.value and not re.search(r"\d", stretch)
        for stretch in re.split(r"[.;:\n]", text)
    )


def date_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every part of a date in the claim must be said in the cited text; a weekday it cannot know is left alone."""
    for date in claim.dates:
        said = claim.text[date.start : date.end].strip()
        if date_in(date, cited.dates, cited.quantities):
            yield Finding("agrees", said)
            continue
        if set(date.parts) == {"weekday"} and cited.dates and not any(d.weekday() is not None for d in cited.dates):
            continue
        if set(date.parts) <= {"part", "season", "week"} and not any(shares_part(date, d) for d in cited.dates):
            continue
        rivals = [d for d in cited.dates if shares_part(date, d) and conflict(date, d)]
        free = [d for d in rivals if not date_in(d, claim.dates, claim.quantities)] or rivals
        if free:
            yield Finding("contradicts", said, cited.text[free[0].start : free[0].end].strip())
        else:
            yield Finding("missing", said)


def name_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every name of the claim must be in the cited text, in either script."""
    for mention in names_not_in(claim.text, cited.text, cited.words):
        yield Finding("missing", mention.text)


def owner_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """A figure must belong to what it belongs to in the cited text."""
    for quantity in claim.quantities:
        group = [q for q in cited.quantities if same_unit(quantity, q) or "bare" in (q.unit, quantity.unit)]
        group = [q for q in group if not q.weak]
        own = [number for number, q in enumerate(group) if agree(quantity, q)]
        others = [number for number, q in enumerate(group) if not agree(quantity, q)]
        if len(own) != 1 or not others:
            continue
        peers = [q for q in claim.quantities if same_unit(quantity, q) and not q.weak]
        row = votes(claim, _values(peers), cited, _values(group), _anchors(claim, cited, quantity))[
            peers.index(quantity) if quantity in peers else 0
        ]
        best = max(others, key=lambda number: row[number])
        if row[best] >= 1 and row[best] > row[own[0]]:
            yield Finding("contradicts", f"{quantity.text} as in the claim", f"{group[best].text} for the same in the text")


def _values(things: Sequence[Quantity | Sign]) -> list[Value]:
    return [Value(thing.start, thing.end) for thing in things]


def _anchors(claim: Facts, cited: Facts, apart_from: Quantity | None = None) -> list[Anchor]:
    """Places of dates and quantities that are the same in both texts, each found once in the cited one."""
    found = []
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if len(same) == 1 and not quantity.weak and (apart_from is None or not same_unit(quantity, apart_from)):
            found.append(Anchor(quantity.start, same[0].start))
    for date in claim.dates:
        dates = [d for d in cited.dates if shares_part(date, d) and not conflict(date, d)]
        if len(dates) == 1:
            found.append(Anchor(date.start, dates[0].start))
    return found


def direction_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """What rose must not fall."""
    said, given = directions(claim.text), directions(cited.text)
    if not said or not given:
        return
    signs, cited_signs = [s.sign for s in said], [s.sign for s in given]
    mixed = len(set(cited_signs)) == 2
    if not mixed:
        wrong = next((s for s in said if s.sign != cited_signs[0]), None)
        # One odd word in a claim that also says the right thing: "a slower rise".
        if wrong and (len(set(signs)) == 1 or len(said) == len(given)):
            yield Finding("contradicts", _of(claim, wrong), _of(cited, given[0]))
        else:
            yield Finding("agrees", _of(claim, said[0]))
        return
    if len(said) == len(given) == 2 and len(set(signs)) == 1:
        wrong = next(s for s, other in zip(said, given, strict=True) if s.sign != other.sign)
        yield Finding("contradicts", _of(claim, wrong), _of(cited, next(g for g in given if g.sign != wrong.sign)))
        return
    table = votes(claim, _values(said), cited, _values(given), _anchors(claim, cited))
    for sign, row in zip(said, table, strict=True):
        right = max(score for score, other in zip(row, given, strict=True) if other.sign == sign.sign)
        wrong_score, wrong = max(
            ((score, other) for score, other in zip(row, given, strict=True) if other.sign != sign.sign),
            key=lambda pair: pair[0],
        )
        if wrong_score >= 1 and wrong_score > right and len(set(signs)) == 1:
            yield Finding("contradicts", _of(claim, sign), _of(cited, wrong))
            return


def _of(facts: Facts, sign: Sign) -> str:
    return facts.text[sign.start : sign.end].strip()


def negation_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """What is denied must not be affirmed, nor the reverse."""
    opposed = _opposed_stance(claim, cited)
    if opposed:
        yield opposed
        return
    said, given = negations(claim.text), negations(cited.text)
    if bool(said) == bool(given):
        flipped = _flipped_verb(claim, cited) if said else None
        if flipped:
            yield flipped
        return
    if said:
        if not says_no_in_itself(cited.text):
            yield Finding("contradicts", _around(claim, said[0]), "no such denial")
        return
    if not says_no_in_itself(claim.text) and _covers_a_negated_clause(claim, cited, given):
        yield Finding("contradicts", "says that it is so", _around(cited, given[0]))


def _opposed_stance(claim: Facts, cited: Facts) -> Finding | None:
    """The same topic with the opposite answer: approved and rejected, 허용 and 금지."""
    cited_stances = list(stances(cited.text))
    for stance in stances(claim.text):
        given = [other for other in cited_stances if other.topic == stance.topic]
        if given and all(other.sign != stance.sign for other in given):
            return Finding("contradicts", _of(claim, stance), _of(cited, given[0]))
    return None


def _flipped_verb(claim: Facts, cited: Facts) -> Finding | None:
    """Both deny something; the verb that the cited text denies is affirmed in the claim, or the reverse."""
    for one, other, forward in ((claim, cited, True), (cited, claim, False)):
        for root in _negated_roots(one.text):
            affirmed = [word for word in other.words if word.text.startswith(root)]
            if affirmed and root not in _negated_roots(other.text):
                if forward:
                    return Finding("contradicts", f"not {root}", affirmed[0].text)
                return Finding("contradicts", affirmed[0].text, f"not {root}")
    return None


def _negated_roots(text: str) -> set[str]:
    roots = {match["root"].removesuffix("하").removesuffix("되") for match in _KOREAN_NEGATED.finditer(text)}
    for match in _ENGLISH_NEGATED.finditer(text):
        roots.add((match["root"] or match["root2"]).lower())
    return {root for root in roots if len(root) > 1}


def _covers_a_negated_clause(claim: Facts, cited: Facts, given: Sequence[Sign]) -> bool:
    """Whether the claim speaks of what the cited text denies, rather than of another clause."""
    scores = []
    for start, end in _clauses(cited.text):
        words = [word for word in cited.words if start <= word.start < end]
        if not words:
            continue
        starts = {word.start for word in words}
        met = {w.start for mine in claim.words for w in matches(mine, cited.words)} & starts
        scores.append((len(met) / len(words), any(start <= sign.start < end for sign in given)))
    if not scores:
        return True
    denied = max((score for score, is_denied in scores if is_denied), default=0.0)
    affirmed = max((score for score, is_denied in scores if not is_denied), default=0.0)
    return denied >= affirmed and (denied > 0 or len(scores) == 1) if affirmed else denied > 0 or len(scores) == 1


def _clauses(text: str) -> list[tuple[int, int]]:
    pattern = _KOREAN_CLAUSE if re.search("[가-힣]", text) else _ENGLISH_CLAUSE
    cuts = [0, *(match.end() for match in pattern.finditer(text)), len(text)]
    return [(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if start < end]


def _around(facts: Facts, sign: Sign) -> str:
    """The negation with the words next to it, cut at blanks."""
    text = facts.text
    start = text.rfind(" ", 0, max(0, sign.start - 1)) + 1
    ends = [position for position in (text.find(" ", sign.end), len(text)) if position >= 0]
    end = min(ends)
    if text[sign.start : sign.end].isascii():
        following = text.find(" ", end + 1)
        start, end = sign.start, following if following > 0 else len(text)
    return text[start:end].strip(" .,\n")
