"""Follow-up questions made to stand alone, without a language model.

A question that leaves out what it is about ("그럼 카카오는?", "when?", "Who runs it?") takes it from the turn before;
a question that names its own topic stays as it is. The turns are resolved one after the other, so that a third
question goes on from what the second meant.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.names import Names, shipped_names
from assistant.translation import commonness, is_known
from ingest.language import detect
from ingest.tokens import is_hangul, stem_of, stems

# A word in a smaller share of everyday sentences tells what a question is about; so many of them are a topic
# without a name. Chosen on the development half of eval/gold/dialogues.jsonl.
RARE = 0.002
ENOUGH_WORDS = 3
# A word in a greater share of everyday sentences may be half of a compound.
IN_USE = 0.0001

Role = Literal["asks", "name", "topic", "other"]

_WORD = re.compile(r"[^\s\"'“”‘’?!.,…()\[\]:]+(?:[.,'’][^\s\"'“”‘’?!.,…()\[\]:]+)*")
_OPENING = re.compile(
    r"^(?:(?:그럼|그러면|그렇다면|그리고|그런데|근데|혹시|그건|그게|and|so|then|but|okay|ok|also)\b[\s,]*)+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:what|how) about\b\s*|\s*(?:어때|어떤데|어땠어|어떻게 돼|어떻게 됐어)요?\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:뭐|뭘|뭔|무엇|무슨|누구|누가|언제|어디|어느|어떤|어때|어땠|얼마|몇|왜|어떻게).*"
    r"|(?:what|who|whom|whose|which|when|where|why|how)(?:['’]s)?",
    re.IGNORECASE,
)
# Words beside the question word in a question that only asks ("over how many years?", "왜 그랬대?").
_BESIDE = frozenset(
    """
    much many long often soon big far old strong deep large high from since until by for over in to at on with of
    is was it that exactly then year month week day hour people time percent won dollar
    동안 정도 쯤 그래 그랬어 그랬대 그런 거야 된 돼 됐어
    """.split()
)
# A question of only these words asks to go on.
_MORE = frozenset(
    """
    yes yeah yep sure ok okay please go on continue more tell me explain detail about it this that what else
    네 예 응 그래 맞아 좋아 더 또 좀 자세히 구체 계속 많이 뭐가 있어
    알려 알려줘 말해 말해줘 설명해 설명해줘
    얘기해줘 해줘 줘 주세요
    """.split()
)
_POINTS = re.compile(r"(?:그|이|해당)\s(?:회사|기업|업체|은행|구단|팀|사람|선수|감독|대표|도시|영화|책|제품)|거기|그곳")
# An English question up to what it is about: the question phrase and the auxiliary.
_ENGLISH_START = re.compile(
    r"(?:(?:(?:from|over|by|for|in|at|to|with|of) )?"
    r"(?:how (?:much|many|long|often|soon|big|far|old|strong|deep|large|high)"
    r"|what|whom?|whose|which|when|where|why|how)\b(?:['’]s\b)?)?\s*"
    r"(?P<verb>(?:did|does|do|will|would|is|are|was|were|has|have|had|can|could|should|must)\b)?\s*",
    re.IGNORECASE,
)
_MONTHS = "january february march april may june july august september october november december".split()
_WHEN = re.compile(
    rf"(?:in|for|by|since) (?:\d{{4}}|{'|'.join(_MONTHS)}|(?:last|next|this) \w+)"
    r"|(?:last|next|this) (?:year|month|week)"
    r"|(?:\d{4}년|작년|지난해|올해|내년|지난달|이번 달|다음 달|\d{1,2}월|[1-4]분기|[상하]반기)(?:에는|에|엔|은|는)?",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(("i", "ai", "ceo", *_MONTHS))
# How a Korean verb ends a question, and the words that stand for nothing but "thing".
_VERB = re.compile(r"[가-힣]*[어아해나까니냐지줘써져래대데요야라애봐와돼려다면]")
# A Korean question that is a noun with its particle alone (정년은?, 나머지는?).
_ONLY_NAMES = re.compile(r"[가-힣]{2,}(?: [가-힣]{2,})?[은는]요?\?*")
_THING = re.compile(r"(?:건|게|것|거)[은이가]?")
_PARTICLES = frozenset("은 는 이 가 을 를 의 에 도 로 와 과 에서 에게 에는 에도".split())
_PARTICLE_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"))


@dataclass(frozen=True)
class Resolved:
    """A question of a conversation as it is understood."""

    text: str
    """The question made to stand alone: to search with, and to show."""
    wording: str
    """What tells the sentence that answers: `text`, less a subject carried over that every sentence there is about."""
    subject: str
    """What a question after it may leave out."""


@dataclass(frozen=True)
class _Word:
    """A word of a question: where it stands, where its particle begins, and what it does there."""

    start: int
    end: int
    bare: str
    role: Role

    @property
    def bare_end(self) -> int:
        return self.start + len(self.bare)


def standalone(question: str, history: Sequence[str], names: Names | None = None) -> str:
    """The question with what it leaves out taken from the `history` of earlier ones; see `resolve`."""
    return resolve(question, history, names).text


def resolve(question: str, history: Sequence[str], names: Names | None = None) -> Resolved:
    """What a question means after the `history` of earlier questions, oldest first.

    A question that stands alone comes back unchanged. What is carried over keeps its own language, so a result may
    be written in two: detect the language of the answer from `question`. `names` are those of a library; without
    them the shipped ones.
    """
    names = names or shipped_names()
    before: Resolved | None = None
    for asked in map(_clean, history):
        if _words(asked, names):
            before = _follow(asked, before, names)
    asked = _clean(question)
    return _follow(asked, before, names) if before and _words(asked, names) else Resolved(question, question, "")


def _clean(asked: str) -> str:
    """A question as it is worked with: composed, and without halves of characters, that nothing can look up."""
    return unicodedata.normalize("NFC", asked).encode("utf-8", "ignore").decode("utf-8").strip()


def _follow(asked: str, before: Resolved | None, names: Names) -> Resolved:
    """One question after another; the cases from the clearest to the least clear."""
    words = _words(asked, names)
    fragment = _fragment(asked)
    if before is None or not before.subject:
        return Resolved(asked, asked, _subject(asked, names))
    if all(_is_in(_MORE, word) for word in words):
        text = _telling_more(asked, before, names)
    elif _only_asks(_words(fragment, names)):
        text = _asking_instead(fragment, before, names)
    elif _WHEN.fullmatch(fragment):
        text = _at_another_time(fragment, before)
    elif fragment and all(word.role == "name" for word in _words(fragment, names, is_opened=True)):
        return _about_another(fragment, before, names)
    elif _stands_alone(words):
        return Resolved(asked, asked, _subject(asked, names))
    else:
        return _on_the_subject(asked, words, before, names)
    return Resolved(text, text, before.subject)


def _telling_more(asked: str, before: Resolved, names: Names) -> str:
    return f"{_topic(before.text, names)}: {'더 알려줘' if detect(asked) == 'ko' else 'tell me more'}"


def _asking_instead(asking: str, before: Resolved, names: Names) -> str:
    """What was asked before, with the new question word in the place of the old one."""
    text = before.text.rstrip("?!. ")
    language = detect(text)
    if language != detect(asking):
        return f"{_topic(text, names)}: {asking}?"
    if language == "ko":
        old = _asking_words(text, names)
        return text[: old[0].start] + asking + text[old[-1].end :] + "?" if old else f"{text}, {asking}?"
    label, colon, plain = text.rpartition(": ")
    start = _ENGLISH_START.match(plain)
    if start is None or not start["verb"]:
        return f"{_topic(text, names)}: {asking}?"
    return f"{label}{colon}{asking[0].upper()}{asking[1:]} {start['verb'].lower()}{plain[start.end('verb') :]}?"


def _at_another_time(when: str, before: Resolved) -> str:
    if _WHEN.search(before.text):
        return _WHEN.sub(lambda _: when, before.text, count=1)
    if detect(before.text) == "ko":
        return f"{when} {before.text}"
    return f"{before.text.rstrip('?!. ')} {when}?"


def _about_another(name: str, before: Resolved, names: Names) -> Resolved:
    """What was asked before, about somebody else: the name in the place of the first one there."""
    name = " ".join(word.bare for word in _words(name, names, is_opened=True))
    if (old := _first_name(before.text, names)) is None:
        text = f"{name}: {before.text}"
    else:
        text = before.text[: old.start] + name + agreeing(name, before.text[old.stop :])
    return Resolved(text, text, name)


def _on_the_subject(asked: str, words: Sequence[_Word], before: Resolved, names: Names) -> Resolved:
    """The question with what the one before was about, in the place of "그 회사" or ahead of it."""
    pointing, name = _POINTS.search(asked), _first_name(before.subject, names)
    if pointing and name:
        named = before.subject[name]
        text = asked[: pointing.start()] + named + agreeing(named, asked[pointing.end() :])
        return Resolved(text, text, before.subject)
    if any(word.role == "topic" for word in words):
        return Resolved(_said_of(before.subject, asked), asked, before.subject)
    text = _said_of(_topic(before.text, names), asked)
    return Resolved(text, text, before.subject)


def _said_of(about: str, asked: str) -> str:
    """A question with what it is about ahead: of one word as its owner, where it only names a thing (매출은?)."""
    plain = _OPENING.sub("", asked, count=1)
    if not _ONLY_NAMES.fullmatch(plain) or not is_hangul(about[-1:]):
        return f"{about}: {asked}"
    return f"{about}의 {plain}" if " " not in about and "에서는" not in plain else f"{about}, {plain}"


def agreeing(name: str, rest: str) -> str:
    """What follows a name, its particle in the form that goes with how the name ends (쿠팡이, 카카오가)."""
    last = name[-1].lower()
    has_final = (ord(last) - ord("가")) % 28 > 0 if is_hangul(last) else last not in "aeiouy"
    for after_final, after_vowel in _PARTICLE_PAIRS:
        if re.match(rf"[{after_final}{after_vowel}](?![가-힣])", rest):
            return (after_final if has_final else after_vowel) + rest[1:]
    return rest


def _fragment(asked: str) -> str:
    """A question without the words that only join it to the one before ("and …", "… 어때?")."""
    return _ABOUT.sub("", _OPENING.sub("", asked, count=1)).strip("?!., ")


def _topic(text: str, names: Names) -> str:
    """What a question is about, as a label: without its question words, and in Korean without its verb."""
    text = _OPENING.sub("", text, count=1).rstrip("?!. ")
    if detect(text) == "en":
        return text[start.end() :] if (start := _ENGLISH_START.match(text)) else text
    words = _words(text, names)
    asks = next((number for number, word in enumerate(words) if word.role == "asks"), 0)
    head = words[:asks] or [word for word in words if word.role != "asks"]
    while len(head) > 1 and _is_empty(text[head[-1].start : head[-1].end], head[-1]):
        head = head[:-1]
    return text[head[0].start : head[-1].bare_end] if head else ""


def _is_empty(written: str, word: _Word) -> bool:
    """Whether a word at the end of a Korean question is only its verb, or "것"."""
    return bool(_THING.fullmatch(written) or (written == word.bare and _VERB.fullmatch(written)))


def _subject(text: str, names: Names) -> str:
    """The first thing a question names, with the nouns that follow it in Korean; all it is about if it names none."""
    topic = _topic(text, names)
    if (name := _first_name(topic, names)) is None:
        return topic
    if not is_hangul(topic[name.start]):
        return topic[name]
    ends = (word.bare_end for word in _words(topic, names) if word.end >= name.stop and word.bare_end < word.end)
    return topic[name.start : next(ends, len(topic))]


def _first_name(text: str, names: Names) -> slice | None:
    """Where the first name of a text stands, all its words, without the particle."""
    words = _words(text, names)
    first = next((number for number, word in enumerate(words) if word.role == "name"), None)
    if first is None:
        return None
    last = first
    while last + 1 < len(words) and words[last + 1].role == "name" and words[last].bare_end == words[last].end:
        last += 1
    return slice(words[first].start, words[last].bare_end)


def _stands_alone(words: Sequence[_Word]) -> bool:
    return any(word.role == "name" for word in words) or sum(word.role == "topic" for word in words) >= ENOUGH_WORDS


def _only_asks(words: Sequence[_Word]) -> bool:
    counted = {after.start for word, after in pairwise(words) if word.bare == "몇"}
    return any(word.role == "asks" for word in words) and all(
        word.role == "asks" or word.start in counted or _is_in(_BESIDE, word) for word in words
    )


def _asking_words(text: str, names: Names) -> list[_Word]:
    """The first question word of a text, and what it counts (몇 명이나)."""
    words = _words(text, names)
    first = next((number for number, word in enumerate(words) if word.role == "asks"), len(words))
    return words[first : first + 2] if words[first:] and words[first].bare == "몇" else words[first : first + 1]


def _is_in(known: frozenset[str], word: _Word) -> bool:
    return word.bare.lower() in known or stem_of(word.bare.lower()) in known


def _words(text: str, names: Names, *, is_opened: bool = False) -> list[_Word]:
    """The words of a question. `is_opened`: its beginning was cut off, so that a capital there marks a name."""
    found = []
    matches = list(_WORD.finditer(text))
    bares = [_bare(match.group()) for match in matches]
    listed = _listed(bares, names)
    for number, (match, bare) in enumerate(zip(matches, bares, strict=True)):
        is_first, is_last = number == 0 and not is_opened, number == len(matches) - 1
        role = "name" if number in listed else _role(match.group(), bare, is_first=is_first, is_last=is_last)
        found.append(_Word(match.start(), match.end(), bare, role))
    return found


def _listed(bares: Sequence[str], names: Names) -> set[int]:
    """Which of the words are a listed name, or part of one."""
    parts = [(stem, number) for number, bare in enumerate(bares) for stem in stems(bare)]
    found = names.find([stem for stem, _ in parts])
    return {number for start, end in found for _, number in parts[start:end]}


def _role(word: str, bare: str, *, is_first: bool, is_last: bool) -> Role:
    if _ASKS.fullmatch(word):
        return "asks"
    if not bare[0].isalpha() or bare.lower() in _NO_NAMES:
        return "other"
    stem = stem_of(bare)
    if is_hangul(bare):
        if is_last and word == bare and _VERB.fullmatch(word):
            return "other"
        if not is_known(stem) and not _is_compound(stem):
            return "name"
    elif not is_known(stem) or (bare[0].isupper() and not is_first):
        return "name"
    return "topic" if commonness(stem) < RARE else "other"


def _is_compound(stem: str) -> bool:
    """Whether a stem is two words in use (피해업체), and so likely no name."""
    cuts = range(2, len(stem) - 1)
    return any(min(commonness(stem[:cut]), commonness(stem[cut:])) >= IN_USE for cut in cuts)


def _bare(word: str) -> str:
    """A word without its Korean particle or its English 's."""
    if not is_hangul(word[-1]):
        return re.sub(r"['’]s$", "", word)
    word = re.sub(r"(?<=[은는도])요$", "", word)
    if mixed := re.fullmatch(r"(.*[^가-힣])([가-힣]+)", word):
        return mixed[1] + ("" if mixed[2] in _PARTICLES else _bare(mixed[2]))
    stem = stem_of(word)
    short = re.sub(r"(?<=.)(?:이나|이야|야|은|는|이|가|을|를|에|도)$", "", word)
    # `stem_of` leaves no stem of one syllable: 무는 is 무 here.
    return short if stem == word and (word[-1] in "은는" or not is_known(word)) else stem
