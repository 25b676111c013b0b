"""What is more than what: "A costs more than B" must not be "A costs less than B", nor stand where nothing is
compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checker.alignment import Word, words_of
from assistant.checker.facts import Facts, Finding
from assistant.checker.placing import HERE, clause_at, nearest

_THAN = r"(?P<right>(?:[가-힣A-Za-z\d]+(?<![은는이가을를도에서])\s){0,2}[가-힣A-Za-z\d]+)(?:\([^)]*\))?"
_REST = r"(?!(?:a|an|one|half|\d)\b)(?P<right>(?:[^,.;]|(?<=\d)[.,](?=\d))+)"
_MORE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _THAN + r"보다(?:는)?\s(?:(?!덜\s)[가-힣\d.,%]+\s){0,4}?(?:많|높|크[다게고며]|큰|컸|길[다었고]|긴\s|빠르|"
        r"빨[랐리라]|비싸|비쌌|비싼|앞[섰서선]|"
        r"무겁|무거|강[하했한]|오래|나은|낫|뛰어[나났난]|우수|젊)",
        _THAN + r"(?:를|을)\s(?:크게\s|다소\s|소폭\s)?(?:웃돌|앞[질지섰선]|제[쳤치친]|능가|상회|넘어[섰선])",
        r"\b(?:(?<!nothing )(?<!little )(?<!no )more|higher|larger|bigger|greater|longer|faster|taller|older|"
        r"heavier|better|stronger|warmer|hotter|earlier|"
        r"wider|deeper|costlier|pricier)\b[^.;,]{0,50}?\bthan\s" + _REST,
        r"\b(?:above|ahead\sof|out(?:scor|s[eo]l|perform|number|pac)\w*|over(?:took|taken|take)|surpass\w*|topp\w+|"
        r"exceed\w*)\s"
        r"(?P<right>(?:[^,.;]|(?<=\d)[.,](?=\d))+)",
    )
)
_LESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _THAN + r"보다(?:는)?\s(?:[가-힣\d.,%]+\s){0,4}?(?:덜\s|적[다은었고]|낮|작[다은았고]|짧|느리|느렸|느린|"
        r"싸[다고게]|쌌|싼|저렴|뒤[졌처진]|"
        r"가볍|가벼|약[하했한]|못하|못했|늦)",
        _THAN + r"(?:에|에는|를|을)\s(?:크게\s|다소\s|한참\s)?(?:못\s?미|미치지\s못|밑돌|하회|뒤[졌처진])",
        r"\b(?:less|fewer|lower|smaller|shorter|slower|cheaper|younger|lighter|worse|weaker|colder|cooler|later|"
        r"narrower)\b"
        r"[^.;,]{0,50}?\bthan\s" + _REST,
        r"\b(?:below|trail\w*|lagg?\w*\sbehind|fell\sshort\sof|behind)\s(?P<right>(?:[^,.;]|(?<=\d)[.,](?=\d))+)",
    )
)
_MAY_COMPARE = re.compile(
    r"보다|웃돌|앞[질지섰선]|제[쳤치친]|능가|상회|넘어|못|미치|밑돌|하회|뒤[졌처진]|"
    r"than|above|ahead|out|over|surpass|topp|exceed|below|trail|lagg|short|behind",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"가장|최[고다저소대]|역대|처음|보다|비해|대비|동률|같[은았다]|배(?=[\s의로가])|[1-9]위|\b(?:than|most|least|"
    r"record|first|best|worst|"
    r"[a-z]{2,}est|same|equal|times|as\s\w+\sas|compared|versus|against|double\w*|twice|half)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What is more (+1) or less (-1) than what, as the words for the two; `is_named`: than a thing, not a figure."""

    left: list[Word]
    right: list[Word]
    sign: int
    said: str
    is_named: bool


def comparison_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """A comparison of the claim must be made in the cited text, and made the same way round."""
    given = _comparisons(cited)
    for mine in _comparisons(claim):
        for other in given:
            turned = _is_turned(mine, other)
            if turned is not None and (mine.sign == other.sign) == turned:
                yield Finding("contradicts", mine.said, other.said)
                return
        if (
            mine.is_named
            and not given
            and not cited.changes
            and not _COMPARED.search(cited.text)
            and not _has_two_of_a_kind(cited)
        ):
            yield Finding("missing", mine.said)
            return


def _comparisons(facts: Facts) -> list[_Comparison]:
    found: list[_Comparison] = []
    if not _MAY_COMPARE.search(facts.text):
        return found
    for sign, patterns in ((1, _MORE), (-1, _LESS)):
        for pattern in patterns:
            for match in pattern.finditer(facts.text):
                clause = clause_at(facts, match.start())
                if clause is None:
                    continue
                right = words_of(match["right"])[:4]
                stems = {word.stem for word in right}
                subject = [w for w in clause.subject if not match.start() <= w.start < match.end()]
                earlier = [
                    w for c in facts.clauses if c.sentence == clause.sentence for w in c.words if w.end <= match.start()
                ]
                left = [word for word in subject or earlier if word.stem not in stems]
                figures = any(match.start() <= q.start < match.end("right") and not q.weak for q in facts.quantities)
                is_named = not figures and bool(re.search(r"보다|\bthan\b", match[0]))
                found.append(_Comparison(left, right, sign, match[0].strip(), is_named))
    return found


def _is_turned(one: _Comparison, other: _Comparison) -> bool | None:
    """Whether two comparisons have their sides exchanged; None where they are not of the same things."""
    left, right = _apart(one.left, one.right), _apart(one.right, one.left)
    straight = _near(left, other.left) + _near(right, other.right)
    crossed = _near(left, other.right) + _near(right, other.left)
    if max(straight, crossed) < HERE or abs(straight - crossed) < HERE:
        return None
    return crossed > straight


def _apart(words: list[Word], others: list[Word]) -> list[Word]:
    """The words that tell one side from the other."""
    return [word for word in words if nearest(word, others) < HERE]


def _near(words: list[Word], others: list[Word]) -> float:
    return max((nearest(word, others) for word in words), default=0.0)


def _has_two_of_a_kind(cited: Facts) -> bool:
    units = [q.unit for q in cited.quantities if not q.weak]
    return len(units) > len(set(units))
