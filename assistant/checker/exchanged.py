"""Doer and done-to exchanged: who accused whom, who was fired by whom, whatever the verb and in either voice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checker.alignment import Word
from assistant.checker.clauses import Clause
from assistant.checker.facts import Facts, Finding
from assistant.checker.mentions import name_in
from assistant.checker.placing import ABSENT, HERE, in_value, nearest, nearness

_BY = re.compile(r"\s(?:[a-z]+ly\s)?by\s(?P<agent>[^,.;:]+)")
_KOREAN_BY = re.compile(r"(?P<agent>(?:[가-힣A-Za-z]+\s)?[가-힣A-Za-z]+)(?:에게|한테|에\s의해|로부터)\s")
_VICTORY = re.compile(r"beat|defeat|won|이[겼기긴겨]|꺾|제압|물리[쳤치친]|격파|누르|눌[렀러]")


_FEW = 4  # words of a doer; more hold what it is done to


@dataclass(frozen=True, slots=True)
class _Deed:
    """A clause as the words for who does it, those for all the rest, and its verb."""

    doer: Sequence[Word]
    rest: Sequence[Word]
    verb: Word
    clause: Clause


def exchange_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Whoever does it in the claim must not only suffer it, or only be mentioned, in the cited clause of the same
    verb."""
    given = list(_deeds(cited))
    for mine in _deeds(claim):
        for other in given:
            if not _same_verb(mine, other):
                continue
            wrong = [word for word in mine.doer if _only_in(word, other.rest, other.doer)]
            if not wrong or any(nearest(word, mine.doer) >= HERE and _is_name(word, cited) for word in other.doer):
                continue
            turned = any(_only_in(word, mine.rest, mine.doer) for word in other.doer)
            turned = turned and any(_only_in(word, other.doer, other.rest) for word in mine.rest)
            if (turned and max(len(mine.doer), len(other.doer)) <= _FEW) or (
                _is_name(wrong[0], claim) and _left_out(other.doer, claim, cited)
            ):
                yield Finding("contradicts", _said(claim, mine), _said(cited, other))
                return


def _deeds(facts: Facts) -> Iterator[_Deed]:
    for clause in facts.clauses:
        if clause.is_saying or clause.verb is None or not clause.subject:
            continue
        subject = [word for word in clause.subject if not in_value(word, facts)]
        rest = [word for word in clause.words if word not in clause.subject and not in_value(word, facts)]
        if not clause.is_passive:
            yield _Deed(subject, rest, clause.verb, clause)
            continue
        if clause.verb.is_hangul:
            agent = _KOREAN_BY.search(facts.text, clause.start, clause.end)
        else:
            agent = _BY.match(facts.text, clause.verb.end, clause.end)
        if agent:
            doer = [word for word in rest if agent.start("agent") <= word.start < agent.end("agent")]
            yield _Deed(doer, [*subject, *(w for w in rest if w not in doer)], clause.verb, clause)


def _same_verb(one: _Deed, other: _Deed) -> bool:
    if _VICTORY.match(one.verb.text) and _VICTORY.match(other.verb.text):
        return True
    return nearness(one.verb, other.verb) >= HERE


def _only_in(word: Word, there: Sequence[Word], not_there: Sequence[Word]) -> bool:
    return nearest(word, there) >= HERE and nearest(word, not_there) < ABSENT


def _is_name(word: Word, facts: Facts) -> bool:
    return any(name.start <= word.start < name.end for name in facts.names)


def _left_out(doer: Sequence[Word], claim: Facts, cited: Facts) -> bool:
    """Whether the doer of the cited clause is a name that the claim does not have."""
    names = [name for name in cited.names if any(name.start <= word.start < name.end for word in doer)]
    return bool(names) and not any(name_in(name, claim.text, claim.words) for name in names)


def _said(facts: Facts, deed: _Deed) -> str:
    words = sorted((*deed.doer, deed.verb), key=lambda word: word.start)
    return " ".join(dict.fromkeys(word.text for word in words))
