"""What came before and what after: "before the election" must not become "after the election"."""

import re
from collections.abc import Iterator

from assistant.checker.alignment import Word, words_of
from assistant.checker.facts import Facts, Finding
from assistant.checker.placing import HERE, nearest

_KOREAN = re.compile(
    r"(?P<anchor>(?:[가-힣]+\s){0,2}[가-힣]+)\s(?:(?P<before>전(?:에|까지|부터|의)?(?=[\s,])|이전|앞서(?=[\s,])|직전)|"
    r"(?P<after>(?:뒤|후|다음)(?:에|부터|의|로)?(?=[\s,])(?!\s(?:달|주|날|해|시즌|학기))|이후|직후|나서(?=[\s,])))"
)
_ENGLISH = re.compile(
    r"\b(?:(?P<before>before|prior\sto|ahead\sof)|(?P<after>after|following|since))\s(?P<anchor>[^,.;:\n]+)",
    re.IGNORECASE,
)
_REACH = 3  # words of an English clause that may name what it came before or after


def sequence_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """What the claim puts before a thing must not come after that thing in the cited text."""
    given = list(_turns(cited))
    for is_before, words, said in _turns(claim):
        same = [(other, text) for other, anchor, text in given if any(nearest(w, anchor) >= HERE for w in words)]
        if same and all(other != is_before for other, _ in same):
            yield Finding("contradicts", said, same[0][1])
            return


def _turns(facts: Facts) -> Iterator[tuple[bool, list[Word], str]]:
    """Whether it says before or after, the words that name of what, and how it says it."""
    for pattern in (_KOREAN, _ENGLISH):
        for match in pattern.finditer(facts.text):
            anchor = words_of(match["anchor"])[:_REACH]
            if anchor and not any(q.start <= match.start("anchor") < q.end for q in facts.quantities):
                yield match["before"] is not None, anchor, match[0][:40].strip()
