"""The checks of a claim against its cited text, one for each kind of thing that can go wrong."""

import re
from collections.abc import Iterator, Sequence

from assistant.agreement import agree, conflict, date_in, number_in_dates, same_unit, shares_part
from assistant.alignment import matches, stem_of, translated
from assistant.facts import Facts, Finding
from assistant.mentions import names_not_in, names_of
from assistant.ownership import Anchor, Value, votes
from assistant.polarity import Sign, directions, negations, noes_in_themselves, stances
from assistant.quantities import Quantity
from ingest.tokens import is_hangul

# Between two figures of one owner: a range, a share of a whole, a change from one to the other.
_JOINED = re.compile(
    r"\s?[~∼〜–—-]?\s?|\s?(?:에서|부터|to|and|or|내지)\s?(?:최대|많게는|길게는|up\sto)?\s?(?:about\s)?|"
    r"\s?(?:가운데|중|of|in|out\sof|of\sits|of\sthe|of\sits\slast|of\sthe\slast|in\severy)\s?|.{0,6}(?:중|가운데)\s.{0,8}|.{0,14}\sof\s.{0,14}|"
    r".{0,12}(?:에서|\sto|from)\s?",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"(?:\bof\s(?:the|its|all|about)?|\bout\sof)\s?$", re.IGNORECASE)
_INCLUDING = re.compile(r"포함|\bincluding\b|\bof (?:whom|which|them)\b|이 중|이 가운데")
_LIST_JOINT = re.compile(r",\s|·|、|\sand\s|[와과]\s")
_ENGLISH_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|while|although|though|because|after|when|which|who)\s|[.!?]\s|\n")
_KOREAN_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|며|지만|으나|는데|면서|어서|아서|해서|자)[,\s]|[,.!?]\s|\n"
)
_KOREAN_NEGATED = re.compile(r"(?P<root>[가-힣]{1,6})지(?:는|도|를)?\s?(?:않|못)")
_ENGLISH_NEGATED = re.compile(
    r"\b(?:not|never|cannot|n['’]t)\s(?:be\s|been\s|yet\s|have\s|to\s)?(?P<root>[a-z]{3,})|n['’]t\s(?P<root2>[a-z]{3,})",
    re.I,
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
            if quantity.unit == "ordinal" and quantity.value <= 3 and not quantity.text[:1].isdigit() and not rivals:
                continue  # "settled for second": a word rather than a figure
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
        if set(date.parts) <= {"part", "season", "week", "half"} and not any(shares_part(date, d) for d in cited.dates):
            continue
        rivals = [d for d in cited.dates if shares_part(date, d) and conflict(date, d)]
        free = [d for d in rivals if not date_in(d, claim.dates, claim.quantities)] or rivals
        if free:
            yield Finding("contradicts", said, cited.text[free[0].start : free[0].end].strip())
        else:
            yield Finding("missing", said)


def name_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Every name of the claim must be in the cited text, in either script."""
    absent = names_not_in(claim.text, cited.text, claim.words, cited.words)
    for name in names_of(claim.text):
        if not any(mention.start <= name.start < mention.end for mention in absent):
            yield Finding("agrees", name.text)
    for mention in absent:
        yield Finding("missing", mention.text)


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
        table = votes(claim, _values(peers), cited, _values(group), _anchors(claim, cited, quantity))
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
        re.search(r"(?:\d명?|열|다섯|열 명|다섯 명)\s?(?:중|가운데|에)\s?$|\b\w+\s(?:in|out\sof)\s(?:every\s)?$", before)
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
    if one.weak or other.weak or "ordinal" in (one.unit, other.unit) and one.unit != other.unit:
        return False
    if any(_is_score(text, q) or _is_share(text, q) or (q.unit == "bare" and _is_range_end(text, q)) for q in (one, other)):
        return False
    if first.unit == second.unit == "count" and _noun(text, first) != _noun(text, second):
        return False
    if first.written and not 0.02 < second.written / first.written < 50:
        return False
    if first.unit != second.unit:  # "3 percent in the north and 4 in the south": the unit is said once
        if second.unit != "bare" or not first.written or not 0.05 < second.written / first.written < 20:
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


def _values(things: Sequence[Quantity | Sign]) -> list[Value]:
    return [Value(thing.start, thing.end) for thing in things]


def _anchors(claim: Facts, cited: Facts, apart_from: Quantity | None = None) -> list[Anchor]:
    """Places of dates and quantities that are the same in both texts, each found once in the cited one."""
    found = []
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if (
            len(same) == 1
            and (not quantity.weak or quantity.unit == "ordinal")
            and (apart_from is None or not same_unit(quantity, apart_from))
        ):
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
    by_figure = list(_figure_directions(claim, cited, said, given))
    if by_figure:
        wrong_pair = next(((mine, other) for mine, other in by_figure if mine.sign != other.sign), None)
        if wrong_pair:
            yield Finding("contradicts", _of(claim, wrong_pair[0]), _of(cited, wrong_pair[1]))
        else:
            yield Finding("agrees", _of(claim, by_figure[0][0]))
        if wrong_pair or len(by_figure) == len(said):
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
    table = votes(claim, _values(said), cited, _values(given), _anchors(claim, cited), _clauses(claim.text))
    for sign, row in zip(said, table, strict=True):
        right = max(score for score, other in zip(row, given, strict=True) if other.sign == sign.sign)
        wrong_score, wrong = max(
            ((score, other) for score, other in zip(row, given, strict=True) if other.sign != sign.sign),
            key=lambda pair: pair[0],
        )
        if wrong_score >= 1 and wrong_score > right and len(set(signs)) == 1:
            yield Finding("contradicts", _of(claim, sign), _of(cited, wrong))
            return


def _figure_directions(
    claim: Facts, cited: Facts, said: Sequence[Sign], given: Sequence[Sign]
) -> Iterator[tuple[Sign, Sign]]:
    """For each figure of the claim with an up or down of its own: that word, and the one of the same cited figure."""
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if len(same) != 1 or quantity.weak:
            continue
        mine, other = _sign_of(claim, quantity, said), _sign_of(cited, same[0], given)
        if mine and other:
            yield mine, other


def _sign_of(facts: Facts, quantity: Quantity, signs: Sequence[Sign]) -> Sign | None:
    """The up or down that a figure measures: after it in Korean, before or after it in English, in its clause."""
    clause = next(((a, b) for a, b in _clauses(facts.text) if a <= quantity.start < b), (0, len(facts.text)))
    others = [q for q in facts.quantities if q.start != quantity.start and not q.weak]
    inside = [s for s in signs if clause[0] <= s.start < clause[1] + 1]
    after = [s for s in inside if s.start >= quantity.end and not any(quantity.end <= q.start < s.start for q in others)]
    before = [s for s in inside if s.end <= quantity.start and not any(s.end <= q.start < quantity.start for q in others)]
    if is_hangul(re.sub(r"[^가-힣a-zA-Z]", "", facts.text)[:1]) or not re.search("[a-z]{3}", facts.text):
        return after[0] if after and after[0].start - quantity.end < 14 else None
    if before and quantity.start - before[-1].end < 25:
        return before[-1]
    return after[0] if after and after[0].start - quantity.end < 12 else None


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
        if not _has_excuse(cited, claim):
            yield Finding("contradicts", _around(claim, said[0]), "no such denial")
        return
    if not _has_excuse(claim, cited) and _covers_a_negated_clause(claim, cited, given):
        yield Finding("contradicts", "says that it is so", _around(cited, given[0]))


def _has_excuse(facts: Facts, other: Facts) -> bool:
    """Whether a word of one text says no in itself, and the other has no such word that answers to it."""
    denials = [other.text[sign.start : sign.end] for sign in negations(other.text)]
    answers = [stem_of(no) for no in noes_in_themselves(other.text) if not any(no in denial for denial in denials)]
    return any(not any(_is_shared(stem_of(no), answer) for answer in answers) for no in noes_in_themselves(facts.text))


def _is_shared(one: str, other: str) -> bool:
    if is_hangul(one) == is_hangul(other):
        return one == other
    return translated(one, other) if is_hangul(one) else translated(other, one)


def _opposed_stance(claim: Facts, cited: Facts) -> Finding | None:
    """The same topic with the opposite answer: approved and rejected, 허용 and 금지."""
    cited_stances = list(stances(cited.text))
    mine = list(stances(claim.text))
    for stance in mine:
        given = [other for other in cited_stances if other.topic == stance.topic]
        if any(other.topic == stance.topic and other.sign != stance.sign for other in mine):
            continue
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
