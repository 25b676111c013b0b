"""Who did it to whom: China beat South Korea, of a text in which South Korea beat China."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checker.alignment import Word, words_of
from assistant.checker.facts import Facts, Finding
from assistant.checker.mentions import Mention, likely_names, name_in
from assistant.checker.pointing import alike

_SAME_VERB = 0.6
_SENTENCE = re.compile(r"[.!?]\s+|\n")
_ENGLISH_CLAUSE = re.compile(r"(?:,|;)\s(?:and|but|while|which|who)\s|;\s|\s(?:while|that|who|which|but|said|says)\s")
_ENGLISH_VERB = re.compile(
    r"\s(?:(?:has|have|had|will|would|could|may|also|to|narrowly|[a-z]+ly)\s)*(?P<verb>[a-z]{3,})\b"
)
_VICTORY = re.compile(r"beat|defeat|이[겼기긴겨]|꺾|제압|물리[쳤치친]|격파")
_ENGLISH_PASSIVE = re.compile(r"\s(?:was|were|is|are|has\sbeen|will\sbe)\s(?P<verb>[a-z]{3,}ed)\b")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been|being|got|get)\s(?:[a-z]+ly\s)?$")
_KOREAN_PASSIVE = re.compile(r"[가-힣]*(?:됐|되|된|돼|당했|당한|당하|받았|받는|받은|받아|졌)")
# What an English verb is done to: the words after it, up to what tells of something else.
_OBJECT = re.compile(
    r"\s(?:to\s|over\s)?(?P<object>[^,;:]*?)(?=[,;:.]|$|\s(?:and|in|on|at|for|by|after|before|from|against|as|than)\s)"
)
_SUBJECT = re.compile(r"(?P<subject>[^,.]*?[가-힣A-Za-z)](?:은|는|이|가))\s(?=\S)")
_KOREAN_OBJECT = re.compile(r"(?P<object>(?:[가-힣A-Za-z]+(?<![이가은는에로])\s)?[가-힣A-Za-z]+)(?:을|를|에게)\s")


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a clause says: the words that name the doer, the verb, the words that name what it is done to."""

    doer: str
    verb: Word
    object: str
    is_passive: bool


def role_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Whoever the claim says did something must not be the one it was done to in the cited text."""
    given = list(_deeds(cited.text))
    for deed in _deeds(claim.text):
        same = [d for d in given if d.is_passive == deed.is_passive and _is_same_verb(deed.verb, d.verb)]
        for doer in likely_names(deed.doer):
            swapped = [d for d in same if _is_in(doer, d.object) and not _is_in(doer, d.doer)]
            if swapped and len(swapped) == len(same) and any(likely_names(d.doer) for d in swapped):
                yield Finding(
                    "contradicts", f"{doer.text} {deed.verb.text}", f"{swapped[0].doer.strip()} {swapped[0].verb.text}"
                )
                return


def _is_same_verb(one: Word, other: Word) -> bool:
    return alike(one, other) >= _SAME_VERB or bool(_VICTORY.match(one.text) and _VICTORY.match(other.text))


def _is_in(name: Mention, text: str) -> bool:
    return name_in(name, text, words_of(text))


def _deeds(text: str) -> Iterator[_Deed]:
    for sentence in _SENTENCE.split(text):
        yield from _korean_deeds(sentence) if re.search("[가-힣]", sentence) else _english_deeds(sentence)


def _english_deeds(sentence: str) -> Iterator[_Deed]:
    """For every name that words without a comma follow: the first of them that may be a verb."""
    for clause in _ENGLISH_CLAUSE.split(sentence):
        for name in likely_names(clause):
            verb = _ENGLISH_VERB.match(clause, name.end)
            if not verb or verb["verb"] in ("and", "was", "were", "are", "the"):
                verb = _ENGLISH_PASSIVE.match(clause, name.end)
            if not verb:
                continue
            rest = _OBJECT.match(clause, verb.end())
            is_passive = bool(_PASSIVE.search(clause, 0, verb.start("verb")))
            words = words_of(verb["verb"])
            if words and rest and verb["verb"] in ("lost", "lose", "loses") and rest[0].startswith(" to "):
                yield _Deed(rest["object"], replace(words[0], text="beat", stem="beat"), clause[: name.end], False)
            elif words and rest:
                yield _Deed(clause[: name.end], words[0], rest["object"], is_passive)
            break


def _korean_deeds(sentence: str) -> Iterator[_Deed]:
    """For every object, the word after it that may be its verb, and the subject before them."""
    subject = _SUBJECT.match(sentence.strip())
    if not subject:
        return
    rest = sentence.strip()[subject.end() :]
    words = words_of(rest)
    for match in _KOREAN_OBJECT.finditer(rest):
        for verb in [word for word in words if word.start >= match.end()][:3]:
            yield _Deed(subject["subject"], verb, match["object"], bool(_KOREAN_PASSIVE.match(verb.text)))
