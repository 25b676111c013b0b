"""Yes and no: what one text denies and the other says is so, and opposites such as approved and 부결."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checker.alignment import Word, matches, same_word, stem_of, translated
from assistant.checker.facts import Facts, Finding
from assistant.checker.opposites import stances
from assistant.checker.pointing import alike
from assistant.checker.polarity import Sign, noes_in_themselves, verbs_of_no
from assistant.checker.reversals import clause_spans, written
from assistant.likeness import word_cosine
from ingest.tokens import as_read, is_hangul

_KOREAN_NEGATED = re.compile(r"(?P<root>[가-힣]{1,6})지(?:는|도|를)?\s?(?:않|못)")
_ENGLISH_NEGATED = re.compile(
    r"\b(?:not|never|cannot|n['’]t)\s(?:be\s|been\s|yet\s|have\s|to\s)?(?P<root>[a-z]{3,})|"
    r"n['’]t\s(?P<root2>[a-z]{3,})",
    re.I,
)
_TOLD_OF_ALL = ("hurt", "killed")  # whoever came to harm is said in a sentence of its own
_SENTENCE_END = re.compile(r"[.!?]\s+|\n+")
# 등록되지 않은 아기, 수익이 없는 사업: what tells of a noun is often a word of its own elsewhere (unregistered).
_OF_A_NOUN = re.compile(r"(?:[않못없](?:은|는|던|한|았던)|닌)\s(?!것|수|점)(?=[가-힣])")
# 못 갔다, 안 산다: spoken Korean says much with these that is no denial elsewhere ("못 살겠다" for a complaint).
_SPOKEN = re.compile(r"[안못]\s?[가-힣]")
_THE_SAME = 0.6
_NEAR = 0.5
# The share of the words of a denied clause that a claim must have to speak of it.
_COVERED = 0.4
# Words between a Korean verb and its negation that tell nothing: 마신 적이 없다, 할 수 없다.
_LIGHT = re.compile(r"(?:적|바|수|것|상태|사람|사실|일|경우|데|줄|리)(?:[은는이가도을]|으로|에)?$|없|않|못|아니")


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
    if said and not _has_excuse(cited, claim):
        plain = next((no for no in said if not _SPOKEN.match(claim.text, no.start)), None)
        denial = plain or _affirmed_denial(cited, claim, said)
        if denial:
            yield Finding("contradicts", _around(claim, denial), "no such denial")
    if given and not _has_excuse(claim, cited):
        denial = _affirmed_denial(claim, cited, given) or next((no for no in given if _tells(claim, no, cited)), None)
        if denial:
            yield Finding("contradicts", "says that it is so", _around(cited, denial))


def _unexplained(facts: Facts, other: Facts) -> list[Sign]:
    """The negations of a text, those left out that turn a word of a topic on which the other text says the same."""
    theirs = {(sign.topic, sign.sign) for sign in other.stances}
    agreed = [
        one
        for one in facts.stances
        if one.turned and (one.topic, one.sign) in theirs and (one.topic, -one.sign) not in theirs
    ]
    return [
        no
        for no in facts.denials
        if not any(one.start <= no.start < one.end for one in agreed) and not _OF_A_NOUN.match(facts.text, no.end - 1)
    ]


def _has_excuse(facts: Facts, other: Facts) -> bool:
    """Whether a word of one text says no in itself, and the other has no word but its denials that answers to it."""
    denied = [(sign.start, sign.end) for sign in other.denials]
    denials = [other.text[start:end] for start, end in denied]
    noes = [*noes_in_themselves(other.text), *verbs_of_no(other.text)]
    answers = [stem_of(no) for no in noes if not any(no in denial for denial in denials)]
    words = [word.stem for word in other.words if not any(a < word.end and word.start < b for a, b in denied)]
    return any(not _is_answered(no, answers) for no in noes_in_themselves(facts.text)) or any(
        not _is_answered(no, answers) and not any(same_word(stem_of(no), word) for word in words)
        for no in verbs_of_no(facts.text)
    )


def _is_answered(no: str, answers: Sequence[str]) -> bool:
    return any(_is_shared(stem_of(no), answer) for answer in answers)


def _is_shared(one: str, other: str) -> bool:
    if is_hangul(one) == is_hangul(other):
        return one == other
    known = translated(one, other) if is_hangul(one) else translated(other, one)
    return known or word_cosine(as_read(one), as_read(other)) >= _NEAR


def _opposed_stance(claim: Facts, cited: Facts) -> Finding | None:
    """The same topic with the opposite answer: approved and rejected, 허용 and 금지."""
    mine = claim.stances
    of_the_same = list(stances(cited.text, {one.topic for one in mine})) if mine else []
    if all(any((s.topic, s.sign) == (one.topic, one.sign) for one in mine) for s in of_the_same):
        return None
    cited_stances = _told_of_the_same(of_the_same, claim, cited)
    for stance in mine:
        given = [other for other in cited_stances if other.topic == stance.topic]
        if any(other.topic == stance.topic and other.sign != stance.sign for other in mine):
            continue
        if given and all(other.sign != stance.sign for other in given):
            return Finding("contradicts", written(claim, stance), written(cited, given[0]))
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


def _affirmed_denial(affirming: Facts, denying: Facts, denials: Sequence[Sign]) -> Sign | None:
    """The denial of a text whose word the other text has: "hurt" of "no one was hurt"."""
    for sign in denials:
        if any(alike(word, other) >= _THE_SAME for word in _denied(denying, sign) for other in affirming.words):
            return sign
    return None


def _denied(facts: Facts, sign: Sign) -> list[Word]:
    """What a negation turns round: in English the next word, in Korean those up to it, the likeliest last."""
    text = facts.text
    if is_hangul(text[sign.start : sign.end].strip()[:1]):
        before = [word for word in facts.words if word.start <= sign.start][-3:]
        return [word for word in before if not _LIGHT.match(word.text) and word.text[-1] not in "은는"]
    end = next((b for a, b in clause_spans(text) if a <= sign.start < b), len(text))
    after = [word for word in facts.words if sign.end <= word.start < end and word.stem != "one"]
    return after[-1:] if text[sign.end :].startswith(" of ") else after[:1]  # none of them were hurt


def _tells(claim: Facts, denial: Sign, cited: Facts) -> bool:
    """Whether the claim has most of the words of the clause that the cited text denies."""
    clauses = clause_spans(cited.text)
    start, end = next(((a, b) for a, b in clauses if a <= denial.start < b), (0, 0))
    words = [w for w in cited.words if start <= w.start < end and not denial.start <= w.start < denial.end]
    met = [word for word in words if matches(word, claim.words)]
    return len(met) >= (1 if len(clauses) == 1 else 2) and len(met) >= _COVERED * len(words)


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
