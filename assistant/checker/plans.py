"""What is planned and what is done: a text that says what someone will do does not say that it has been done."""

import re
from collections.abc import Iterator

from assistant.checker.alignment import Word
from assistant.checker.clauses import Clause
from assistant.checker.facts import Facts, Finding
from assistant.checker.placing import HERE, clauses_like, nearness

_PLANNED_BEFORE = re.compile(
    r"\b(?:will|would|plan(?:s|ned)?\sto|(?:is|are)\s(?:to|set\sto|due\sto|expected\sto|scheduled\sto|likely\sto)|"
    r"aims?\sto|intends?\sto)\s(?:\w+ly\s|be\s|also\s|not\s|have\s|been\s)*$"
)
_PLANNED_AFTER = re.compile(
    r"[가-힣]*(?:겠(?:다|고|으)|[할될릴칠킬울]\s(?:예정|계획|방침|것으로\s(?:보|예상|전망)))|"
    r"[가-힣]+(?:해|어|아)\s[가-힣]+할\s(?:예정|계획|방침)"
)
_DONE_BEFORE = re.compile(r"\b(?:was|were|has|have|had|been|already)\s(?:\w+ly\s|been\s)*$")
_DONE_AFTER = re.compile(r"[가-힣]*[았었했됐갔왔났졌켰렸혔쳤꼈섰뤘췄냈샀꿨봤줬겼](?:다|고|으며|지만|는데)(?![가-힣])")
_PAST = re.compile(
    r"[a-z]{2,}ed|rose|fell|won|lost|beat|sold|bought|made|took|gave|went|began|built|held|left|met|paid|ran|sent"
)
_AS_GOOD = 0.2


def plan_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """What the claim says was done must not only be planned in the cited text, nor the reverse."""
    for clause in claim.clauses:
        verb = clause.verb
        if clause.is_saying or verb is None:
            continue
        is_done, is_planned = _is_done(claim.text, verb), _is_planned(claim.text, verb)
        if is_done == is_planned:
            continue
        other = _told_otherwise(clause, verb, is_done, claim, cited)
        if other:
            yield Finding("contradicts", verb.text, other.text)
            return


def _told_otherwise(clause: Clause, verb: Word, is_done: bool, claim: Facts, cited: Facts) -> Word | None:
    """The word of the same deed, if the clauses that say the same have it only as planned, or only as done."""
    like = clauses_like(clause, clause.all_words(), claim, cited, _AS_GOOD)
    same = [word for other in like for word in other.words if nearness(verb, word) >= HERE]
    tells_otherwise = _is_planned if is_done else _is_done
    return same[0] if same and all(tells_otherwise(cited.text, word) for word in same) else None


def _is_planned(text: str, verb: Word) -> bool:
    if verb.is_hangul:
        return bool(_PLANNED_AFTER.match(text, verb.start))
    return bool(_PLANNED_BEFORE.search(text, 0, verb.start))


def _is_done(text: str, verb: Word) -> bool:
    if _is_planned(text, verb):
        return False
    if verb.is_hangul:
        return bool(_DONE_AFTER.match(text, verb.start))
    return bool(_PAST.fullmatch(verb.text) or _DONE_BEFORE.search(text, 0, verb.start))
