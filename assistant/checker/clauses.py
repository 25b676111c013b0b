"""The clauses of a text: of each its words, its subject and its verb, in Korean and English.

No parser: Korean marks a subject by its particle and a clause by the ending of its verb; an English clause has one
finite verb, told by its form, and its subject stands before it. A clause without a subject has that of the one before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.checker.alignment import WORD, Word, stem_of, words_of
from assistant.translation import is_known
from ingest.tokens import is_hangul

_SENTENCE = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Ms|St|vs))(?<!\bMrs)(?<!\b[ap]\.m)[.!?]['\"”’]?\s+|\n+")
_KOREAN_JOINT = re.compile(
    r"(?<=[가-힣])(?:(?<![사최광경신재창원피권장금해중예선])고|으?며|지만|으나|는데도?|[은한던]데|면서|자(?=,)|어서|"
    r"아서|해서|되)(?=[\s,])|"
    r"(?<=[가-힣\d%])(?:으로|로|이고|이며|[을를])(?=,)"
)
_KOREAN_SUBJECT = re.compile(r"[가-힣]*(?:은|는|이|가|께서|에서는)$")
_PARTICLES = frozenset("은 는 이 가 께서".split())
_SHORT_NOUNS = frozenset(
    "시 군 도 팀 불 집 눈 비 금 쌀 값 물 차 책 약 배 돈 말 법 당 측 왕 형 딸 청 은 명 건 개 곳 대 원 점 척 마리 "
    "위".split()
)
_NO_SUBJECT = re.compile(
    r"(?:없|같|많|높|깊)이|.*(?:에는|에서는|으로는|까지는|보다는|부터는|년은|해는|달은|날은|가운데는)|이는|이|그는|"
    r"그가|올해는"
)
_SAYING = re.compile(
    r"밝[혔힌혀]|말[했한하]|전[했한]|설명|발표|보도|강조|주장|덧붙|내다[봤본]|전망[했한]|예상[했한]|집계|분석|지적|"
    r"(?:said|says|say|told|added|announced|reported|estimates?|estimated|expects?|expected|forecasts?|found|"
    r"believes?|according|"
    r"warned|explained|noted|showed|shows|put|puts)$"
)

# What follows a clause without a finite verb: ", replacing Shaw", ", against 62 for Airbus".
_APPENDED = re.compile(
    r",\s(?=(?:against|compared|versus|followed|ahead|behind|unlike|[a-z]{3,}ing)\s)|\s(?=ahead\sof|"
    r"compared\s(?:with|to))"
)
_AUXILIARY = frozenset(
    "is are was were has have had will would can could may might must should do does did isn't aren't wasn't weren't "
    "hasn't haven't hadn't won't wouldn't can't couldn't doesn't don't didn't cannot".split()
)
_FINITE = frozenset(
    """
    said says rose fell won lost beat sold bought made took gave got went came became began broke brought built caught
    chose cut drew drove fled flew fought grew held hit hurt kept knew laid led left lent let met paid quit ran saw sent
    set shot shut spent spoke spread stood stole struck swept taught thought threw told wore wrote withdrew overtook
    upheld sank slid sought stuck tore undertook put drank ate swam rode sang forgot forgave froze hid rang shook
    plans expects wants hopes faces remains stands needs seeks aims runs costs owns starts begins ends opens closes
    takes makes gives gets holds leads keeps pays sells buys rises falls grows wins loses goes comes works lives lies
    allows bans bars requires includes covers carries serves employs expect plan want hope face remain stay stays
    believe believes think thinks argue argues oppose opposes support supports back backs
    """.split()
)
_NOT_FINITE_BEFORE = frozenset(
    "a an the its his her their our this that these those of by in on at for with from to into over under about as "
    "than "
    "newly recently so-called and or be been being having get got more most very two three four five six all "
    "both".split()
)
_BEFORE_OBJECT = frozenset("the a an its his her their it them that".split())
_NO_VERB = frozenset(
    "united hundred need indeed speed exceed proceed succeed breed feed seed red bed limited ltd".split()
)
_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*|[,;:()—–]|\d+(?:[.,:]\d+)*%?")
_JOINTS = frozenset(
    ", ; : — – ( ) and but while although though because after before when where which who whom whose that as if "
    "unless since "
    "until so than however whereas despite".split()
)
_RELATIVE = frozenset("who which that whose".split())
_FIRM_JOINTS = frozenset("; : — – but while although whereas".split())
_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been|being|got|get)\s(?:\w+ly\s|also\s|not\s|still\s)*$")
_KOREAN_PASSIVE = re.compile(
    r"[가-힣]*(?:됐|되|된|될|돼|당했|당한|당하|받았|받는|받은|받아|졌|진다|져|혔|히[고며는]|렸으)"
)


@dataclass(frozen=True)
class Clause:
    """A clause at `text[start:end]`: its words, those of its subject (`own`: said in it), its verb.

    `object`: the words that a Korean particle marks as what is done to, or that follow an English verb at once.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    subject: tuple[Word, ...]
    own: bool
    verb: Word | None
    is_passive: bool
    sentence: int

    @property
    def is_saying(self) -> bool:
        """Whether it only says who says the rest."""
        return self.verb is not None and bool(_SAYING.match(self.verb.text))

    def all_words(self) -> tuple[Word, ...]:
        """The words of the clause and of the subject that it shares with the one before."""
        return self.words if self.own else (*self.subject, *self.words)


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text, in order."""
    found: list[Clause] = []
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    for number, (start, end) in enumerate(pairwise(cuts)):
        sentence = text[start:end]
        if not sentence.strip():
            continue
        read = _korean if re.search("[가-힣]", sentence) else _english
        words = [Word(w.start + start, w.end + start, w.text, w.stem) for w in words_of(sentence)]
        for at, till, subject_span, verb_at in read(sentence):
            inside = tuple(w for w in words if at <= w.start - start < till)
            own = tuple(w for w in inside if any(a <= w.start - start < b for a, b in subject_span))
            own = tuple(w for w in own if w.text not in _PARTICLES)  # of SK는, 78%가
            is_reported = bool(found) and found[-1].sentence == number and found[-1].is_saying
            earlier = next((c.subject for c in reversed(found) if is_reported or not c.is_saying), ())
            verb = _word_at(sentence, start, verb_at)
            found.append(
                Clause(
                    at + start,
                    till + start,
                    inside,
                    own or earlier,
                    bool(own),
                    verb,
                    _is_passive(sentence, verb_at),
                    number,
                )
            )
    return found


def _word_at(sentence: str, start: int, at: int | None) -> Word | None:
    match = WORD.match(sentence, at) if at is not None else None
    return Word(match.start() + start, match.end() + start, match[0], stem_of(match[0])) if match else None


def _is_passive(sentence: str, verb_at: int | None) -> bool:
    if verb_at is None:
        return False
    if is_hangul(sentence[verb_at]):
        return bool(_KOREAN_PASSIVE.match(sentence, verb_at))
    return bool(_PASSIVE.search(sentence, 0, verb_at))


def _korean(sentence: str) -> Iterator[tuple[int, int, list[tuple[int, int]], int | None]]:
    cuts = [0, *(m.end() for m in _KOREAN_JOINT.finditer(sentence)), len(sentence)]
    for start, end in pairwise(cuts):
        eojeols = list(re.finditer(r"\S+", sentence[start:end]))
        if not eojeols:
            continue
        subject = []
        for number, eojeol in enumerate(eojeols):
            bare = eojeol[0].strip("‘’“”\"'.,()")
            if not _is_subject(bare):
                continue
            first = number
            while first and number - first < 3 and _goes_on(eojeols[first - 1][0]):
                first -= 1
            subject.append((start + eojeols[first].start(), start + eojeol.end()))
        last = next((e for e in reversed(eojeols) if re.search("[가-힣]", e[0])), None)
        verb = start + last.start() + len(last[0]) - len(last[0].lstrip("‘’“”\"'(")) if last else None
        yield start, end, subject, verb


def _is_subject(eojeol: str) -> bool:
    """Whether a Korean word has the particle of a subject; not 맡은, 열리는, 없이."""
    hangul = re.search(r"[가-힣]+$", eojeol)
    if not hangul or not _KOREAN_SUBJECT.fullmatch(hangul[0]) or _NO_SUBJECT.fullmatch(eojeol):
        return False
    noun = hangul[0][:-1]
    if hangul[0] != eojeol:  # 214편이, SK는
        return True
    if len(noun) == 1:
        return noun in _SHORT_NOUNS
    if hangul[0][-1] in "은는" and any(is_known(noun + ending) for ending in ("다", "고", "며", "었", "면")):
        return False
    return stem_of(hangul[0]) != hangul[0]


def _goes_on(eojeol: str) -> bool:
    """Whether a Korean word without a particle, or with 의, belongs to the noun after it."""
    bare = eojeol.strip("‘’“”\"'()")
    if not re.fullmatch(r"[가-힣A-Za-z\d]+", bare) or eojeol.endswith(","):
        return False
    return bare.endswith("의") or (stem_of(bare) == bare and not re.search(r"(?:[은는을를한던된]|부터|까지)$", bare))


def _english(sentence: str) -> Iterator[tuple[int, int, list[tuple[int, int]], int | None]]:
    tokens = list(_TOKEN.finditer(sentence))
    verbs = _finite(tokens)
    if not verbs:
        yield 0, len(sentence), [], None
        return
    start_token = 0
    bounds = []
    for verb, following in zip(verbs, [*verbs[1:], None], strict=True):
        if following is None:
            cut = len(tokens)
        else:
            joints = [n for n in range(verb + 1, following) if tokens[n][0].lower() in _JOINTS]
            firm = [n for n in joints if tokens[n][0].lower() in _FIRM_JOINTS]
            cut = (firm or joints or [_main_verb(tokens, verb) + 1])[-1]
            while cut - 1 > verb and tokens[cut - 1][0].lower() in _JOINTS:
                cut -= 1
        bounds.append((start_token, verb, cut))
        start_token = cut
    for first, verb, cut in bounds:
        at = tokens[first].start() if first else 0
        till = tokens[cut].start() if cut < len(tokens) else len(sentence)
        head = first
        while head < verb and tokens[head][0].lower() in _JOINTS:
            head += 1
        subject = _noun_phrase(tokens, head, verb)
        said = tokens[_main_verb(tokens, verb)].start()
        cuts = [m.start() for m in _APPENDED.finditer(sentence, said, till)]
        for start, end in pairwise([at, *cuts, till]):
            yield (start, end, subject, said) if start == at else (start, end, [], None)


def _noun_phrase(tokens: Sequence[re.Match[str]], head: int, verb: int) -> list[tuple[int, int]]:
    """What stands before the verb, less what a preposition or a comma sets apart: "In 2021, the firm"."""
    commas = [n for n in range(head, verb) if tokens[n][0] in ",;:"]
    first = tokens[head][0].lower() if head < verb else ""
    if commas and first in (
        "in",
        "on",
        "at",
        "after",
        "before",
        "during",
        "since",
        "with",
        "by",
        "under",
        "for",
        "from",
    ):
        head = commas[0] + 1
    if head >= verb:
        return []
    return [(tokens[head].start(), tokens[verb].start())]


def _main_verb(tokens: Sequence[re.Match[str]], at: int) -> int:
    """The verb that an auxiliary helps: "has not been found"."""
    skip = _AUXILIARY | {
        "be",
        "been",
        "being",
        "not",
        "also",
        "never",
        "only",
        "still",
        "to",
        "already",
        "likely",
        "set",
        "expected",
    }
    place = at
    while place < len(tokens) - 1 and (tokens[place][0].lower() in skip or tokens[place][0].endswith("ly")):
        place += 1
    return place


def _finite(tokens: Sequence[re.Match[str]]) -> list[int]:
    """The tokens that are finite verbs by their form; of an auxiliary and its verb the auxiliary."""
    found: list[int] = []
    for number, token in enumerate(tokens):
        lower = token[0].lower()
        if found and number <= _main_verb(tokens, found[-1]):
            continue
        # Without a joint between, a second verb is a participle: "the payments made to them".
        joined = not found or any(t[0].lower() in _JOINTS for t in tokens[found[-1] + 1 : number])
        if not joined and not _SAYING.match(tokens[found[-1]][0].lower()):
            continue
        if lower in _AUXILIARY or (number and _is_verb(tokens, number, bool(found))):
            found.append(number)
    return found


def _is_verb(tokens: Sequence[re.Match[str]], number: int, is_later: bool) -> bool:
    word, before = tokens[number][0], tokens[number - 1][0].lower()
    after = tokens[number + 1][0].lower() if number + 1 < len(tokens) else ""
    if not word.islower() or (before in _NOT_FINITE_BEFORE and not (before == "and" and is_later)):
        return False
    if word.endswith("ed") and len(word) > 4 and word not in _NO_VERB:
        return after != "by"
    if word in _FINITE:
        return not (word == "won" and re.search(r"\d$|illion$|thousand$", before))
    return word.endswith("s") and before not in _JOINTS and (after in _BEFORE_OBJECT or after[:1].isdigit())
