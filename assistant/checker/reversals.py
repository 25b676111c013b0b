"""Reversals: what rose said to have fallen, what was denied said to be so."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checker.agreement import agree
from assistant.checker.alignment import Word, matches, stem_of, translated
from assistant.checker.facts import Facts, Finding
from assistant.checker.ownership import values_of
from assistant.checker.placing import clause_at, clauses_like
from assistant.checker.pointing import alike, votes
from assistant.checker.polarity import Sign, holds, noes_in_themselves
from assistant.checker.quantities import Quantity
from assistant.likeness import word_cosine
from ingest.tokens import as_read, is_hangul

_ENGLISH_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|while|although|though|because|after|when|which|who)\s|[.!?]\s|\n")
_KOREAN_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|며|지만|으나|는데|면서|어서|아서|해서|[하되르리지나오]자)[,\s]|"
    r"[,.!?]\s|\n"
)
_KOREAN_NEGATED = re.compile(r"(?P<root>[가-힣]{1,6})지(?:는|도|를)?\s?(?:않|못)")
_ENGLISH_NEGATED = re.compile(
    r"\b(?:not|never|cannot|n['’]t)\s(?:be\s|been\s|yet\s|have\s|to\s)?(?P<root>[a-z]{3,})|"
    r"n['’]t\s(?P<root2>[a-z]{3,})",
    re.I,
)

_TOLD_OF_ALL = ("hurt", "killed")  # whoever came to harm is said in a sentence of its own
_SENTENCE_END = re.compile(r"[.!?]\s+|\n+")
_THE_SAME = 0.6
_NEAR = 0.5
# How much less well than the best a clause may fit that says the same.
_AS_GOOD = 0.2
# The share of the words of a denied clause that a claim must have to speak of it.
_COVERED = 0.3
# Words of the speed of a change, which say nothing of its direction.
_PACE = re.compile(r"둔화|가속|가팔라|slow|accelerat|quicken", re.IGNORECASE)
# How strongly the words must point at what went the other way.
_POINTS = 0.7


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
            opposed = _told_there(wrong, given, claim, cited)
            if opposed:
                yield Finding("contradicts", _of(claim, wrong), _of(cited, opposed))
        else:
            yield Finding("agrees", _of(claim, said[0]))
        return
    if len(said) == len(given) == 2 and len(set(signs)) == 1:
        wrong = next(s for s, other in zip(said, given, strict=True) if s.sign != other.sign)
        yield Finding("contradicts", _of(claim, wrong), _of(cited, next(g for g in given if g.sign != wrong.sign)))
        return
    if len(set(signs)) == 2:
        return
    table = votes(claim, values_of(said), cited, values_of(given))
    right = [number for number, other in enumerate(given) if other.sign == signs[0]]
    for sign, row in zip(said, table, strict=True):
        for number, other in enumerate(given):
            if other.sign != sign.sign and min(row[v][number] for v in right) > _POINTS:
                yield Finding("contradicts", _of(claim, sign), _of(cited, other))
                return


def _told_there(sign: Sign, given: Sequence[Sign], claim: Facts, cited: Facts) -> Sign | None:
    """The first of the cited words that stands in a clause which says what the clause of the claim's word says."""
    clause = clause_at(claim, sign.start)
    if clause is None:
        return given[0]
    words = [word for word in clause.all_words() if not sign.start <= word.start < sign.end]
    near = clauses_like(clause, words, claim, cited, _AS_GOOD)
    return next((g for g in given if not near or any(c.start <= g.start < c.end for c in near)), None)


def _held_figure(claim: Facts, cited: Facts, said: Sequence[Sign], given: Sequence[Sign]) -> Finding | None:
    """A figure that one text changes something to and the other leaves it at."""
    for quantity in claim.quantities:
        same = [q for q in cited.quantities if agree(quantity, q)]
        if len(same) != 1 or quantity.weak:
            continue
        mine, other = _sign_of(claim, quantity, said), _sign_of(cited, same[0], given)
        kept, held = _sign_of(claim, quantity, holds(claim.text)), _sign_of(cited, same[0], holds(cited.text))
        if mine and held and not other and not kept:
            return Finding("contradicts", _of(claim, mine), _of(cited, held))
        if other and kept and not mine and not held:
            return Finding("contradicts", _of(claim, kept), _of(cited, other))
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
        if mine and other and not _PACE.match(_of(claim, mine)) and not _PACE.match(_of(cited, other)):
            yield mine, other


def _sign_of(facts: Facts, quantity: Quantity, signs: Sequence[Sign]) -> Sign | None:
    """The up or down that a figure measures: after it in Korean, before or after it in English, in its clause."""
    clause = next(((a, b) for a, b in _clauses(facts.text) if a <= quantity.start < b), (0, len(facts.text)))
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


def _of(facts: Facts, sign: Sign) -> str:
    """The word as written, a Korean one with its ending."""
    ending = re.match(r"[가-힣]*", facts.text[sign.end :])
    return facts.text[sign.start : sign.end + len(ending[0] if ending else "")].strip()


def negation_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """What is denied must not be affirmed, nor the reverse."""
    opposed = _opposed_stance(claim, cited)
    if opposed:
        yield opposed
        return
    said, given = claim.denials, cited.denials
    flipped = _flipped_verb(claim, cited) if said or given else None
    if flipped:
        yield flipped
        return
    if bool(said) == bool(given):
        return
    said, given = said and _unexplained(claim, cited), given and _unexplained(cited, claim)
    if said:
        if not _has_excuse(cited, claim) and _affirms_what_is_denied(cited, claim, said):
            yield Finding("contradicts", _around(claim, said[0]), "no such denial")
        return
    if (
        given
        and not _has_excuse(claim, cited)
        and (_affirms_what_is_denied(claim, cited, given) or _covers_a_negated_clause(claim, cited, given))
    ):
        yield Finding("contradicts", "says that it is so", _around(cited, given[0]))


def _unexplained(facts: Facts, other: Facts) -> list[Sign]:
    """The negations of a text, those left out that turn a word of a topic on which the other text says the same."""
    theirs = {(sign.topic, sign.sign) for sign in other.stances}
    agreed = [
        one
        for one in facts.stances
        if one.turned and (one.topic, one.sign) in theirs and (one.topic, -one.sign) not in theirs
    ]
    return [no for no in facts.denials if not any(one.start <= no.start < one.end for one in agreed)]


def _has_excuse(facts: Facts, other: Facts) -> bool:
    """Whether a word of one text says no in itself, and the other has no such word that answers to it."""
    denials = [other.text[sign.start : sign.end] for sign in other.denials]
    answers = [stem_of(no) for no in noes_in_themselves(other.text) if not any(no in denial for denial in denials)]
    return any(not any(_is_shared(stem_of(no), answer) for answer in answers) for no in noes_in_themselves(facts.text))


def _is_shared(one: str, other: str) -> bool:
    if is_hangul(one) == is_hangul(other):
        return one == other
    known = translated(one, other) if is_hangul(one) else translated(other, one)
    return known or word_cosine(as_read(one), as_read(other)) >= _NEAR


def _opposed_stance(claim: Facts, cited: Facts) -> Finding | None:
    """The same topic with the opposite answer: approved and rejected, 허용 and 금지."""
    mine = claim.stances
    of_the_same = [s for s in cited.stances if any(s.topic == one.topic for one in mine)]
    if all(any((s.topic, s.sign) == (one.topic, one.sign) for one in mine) for s in of_the_same):
        return None
    cited_stances = _told_of_the_same(of_the_same, claim, cited)
    for stance in mine:
        given = [other for other in cited_stances if other.topic == stance.topic]
        if any(other.topic == stance.topic and other.sign != stance.sign for other in mine):
            continue
        if given and all(other.sign != stance.sign for other in given):
            return Finding("contradicts", _of(claim, stance), _of(cited, given[0]))
    return None


def _told_of_the_same(given: Sequence[Sign], claim: Facts, cited: Facts) -> list[Sign]:
    """Those words of the cited text that stand in a sentence which says about as much of the claim as any other."""
    sentences = list(pairwise([0, *(m.end() for m in _SENTENCE_END.finditer(cited.text)), len(cited.text)]))
    met = [other.start for word in claim.words for other in matches(word, cited.words)]
    shared = [sum(start <= at < end for at in met) for start, end in sentences]
    near = [place for place, count in zip(sentences, shared, strict=True) if 2 * count >= max(shared)]
    return [s for s in given if s.topic in _TOLD_OF_ALL or any(start <= s.start < end for start, end in near)]


def _flipped_verb(claim: Facts, cited: Facts) -> Finding | None:
    """The verb that the cited text denies is affirmed in the claim, or the reverse."""
    for one, other, forward in ((claim, cited, True), (cited, claim, False)):
        for root in _negated_roots(one.text):
            if _affirmed(root, one) or root in _negated_roots(other.text):
                continue
            affirmed = _affirmed(root, other)
            if affirmed:
                if forward:
                    return Finding("contradicts", f"not {root}", affirmed[0].text)
                return Finding("contradicts", affirmed[0].text, f"not {root}")
    return None


def _affirmed(root: str, facts: Facts) -> list[Word]:
    """The words in which a verb stands without a denial; a Korean noun of the same root is none."""
    verb = re.compile(re.escape(root) + (r"(?:하|했|한|할|해|되|됐|된|될|돼)(?!지)" if is_hangul(root) else ""))
    return [word for word in facts.words if verb.match(word.text)]


def _negated_roots(text: str) -> set[str]:
    roots = {match["root"].removesuffix("하").removesuffix("되") for match in _KOREAN_NEGATED.finditer(text)}
    for match in _ENGLISH_NEGATED.finditer(text):
        roots.add((match["root"] or match["root2"]).lower())
    return {root for root in roots if len(root) > 1}


def _affirms_what_is_denied(claim: Facts, cited: Facts, given: Sequence[Sign]) -> bool:
    """Whether the claim has the very word that the cited text denies: "hurt" of "no one was hurt"."""
    for sign in given:
        if is_hangul(cited.text[sign.start : sign.end].strip()[:1]):
            denied = [word for word in cited.words if word.start <= sign.start][-3:]
        else:
            end = next((b for a, b in _clauses(cited.text) if a <= sign.start < b), len(cited.text))
            denied = [word for word in cited.words if sign.end <= word.start < end and word.stem != "one"]
            denied = denied[-1:] if cited.text[sign.end :].startswith(" of ") else denied[:1]  # none of them were hurt
        if any(alike(word, other) >= _THE_SAME for word in denied for other in claim.words):
            return True
    return False


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
    denied = max((score for score, is_denied in scores if is_denied), default=0.0)
    affirmed = max((score for score, is_denied in scores if not is_denied), default=0.0)
    return denied >= affirmed and denied >= _COVERED


def _clauses(text: str) -> list[tuple[int, int]]:
    pattern = _KOREAN_CLAUSE if re.search("[가-힣]", text) else _ENGLISH_CLAUSE
    cuts = [0, *(match.end() for match in pattern.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


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
