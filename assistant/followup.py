"""Follow-up questions made to stand alone, without a language model.

A question that leaves out what it is about ("그럼 카카오는?", "when?", "Who runs it?") takes it from the turn before;
a question that names its own topic stays as it is. The turns are resolved one after the other, so that a third
question goes on from what the second meant.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.names import shipped_names
from assistant.translation import commonness, is_known
from ingest.language import detect
from ingest.tokens import is_hangul, stem_of, stems

# A word in a smaller share of everyday sentences tells what a question is about; so many of them are a topic
# without a name. Chosen on the development half of eval/gold/dialogues.jsonl.
RARE = 0.002
ENOUGH_WORDS = 3

Role = Literal["asks", "name", "topic", "other"]

_OPENING = re.compile(
    r"(?:(?:그럼|그러면|그렇다면|그리고|그런데|근데|혹시|and|so|then|but|okay|ok|also)\b[\s,]*)+", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:what|how) about\b\s*|\s*(?:은|는)?\s*(?:어때|어떤데|어땠어|어떻게 돼|어떻게 됐어)요?", re.IGNORECASE
)
_ASKS = re.compile(
    r"(?:뭐|뭘|뭔|무엇|무슨|누구|누가|언제|어디|어느|어떤|어때|어땠|얼마|몇|왜|어떻게).*"
    r"|(?:what|who|whom|whose|which|when|where|why|how)(?:['’]s)?",
    re.IGNORECASE,
)
# Words beside the question word in a question that only asks ("over how many years?", "몇 명이나?").
_BESIDE = frozenset(
    """much many long often soon big far old strong deep large high from since until by for over in to at on with of
    is was it that exactly then year month week day hour people time percent won dollar
    명 곳 번 개 년 월 일 시간 퍼센트 배 대 건 동 원 동안 정도 쯤 그게 그건""".split()
)
_MORE = frozenset(
    """yes yeah yep sure ok okay please go on continue more tell me explain detail about it this that
    네 예 응 그래 맞아 좋아 더 좀 자세히 계속 많이 알려줘 알려 말해줘 말해 설명해줘 설명해 얘기해줘 줘 주세요 해줘""".split()
)
_POINTS = re.compile(
    r"(?:그|이|해당)\s(?:회사|기업|업체|은행|구단|팀|사람|선수|감독|대표|도시|영화|책|제품)|거기|그곳"
    r"|\b(?:(?:the|that|this) (?:company|firm|group|bank|team|city)|it|its|they|them|their|he|him|his|she|her)\b",
    re.IGNORECASE,
)
_AUXILIARY = r"(?:did|does|do|will|would|is|are|was|were|has|have|had|can|could|should|must)\b"
# An English question up to its verb: the question phrase, and whether an auxiliary follows.
_ENGLISH_START = re.compile(
    rf"(?:(?:(?:from|over|by|for|in|at|to|with|of) )?(?:how (?:much|many|long|often|soon|big|far|old|strong|deep|large|high)"
    rf"|what|whom?|whose|which|when|where|why|how)\b)?\s*(?P<verb>{_AUXILIARY})?\s*",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:in|for|by|since) (?:\d{4}|(?:last|next|this) \w+)|(?:last|next|this) (?:year|month|week)"
    r"|(?:\d{4}년|작년|지난해|올해|내년|지난달|이번 달|다음 달|\d{1,2}월|[1-4]분기|[상하]반기)(?:에는|에|엔|은|는)?",
    re.IGNORECASE,
)
# Nouns that the translation table may lack, by their last syllable: 피해액 and 지급일 are no names.
_NOUN_ENDINGS = tuple("액값률율수비금자일료량권식")
# How a Korean verb ends a question, and the words that stand for nothing but "thing".
_VERB = re.compile(r"[가-힣]*[어아해나까니냐지줘써져래대데요야라애봐와돼려다면]")
_THING = re.compile(r"(?:건|게|것|거)[은이가]?")
_PARTICLE_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"))


@dataclass(frozen=True)
class _Word:
    """A word of a question: where it stands, without its particle, and what it does there."""

    start: int
    end: int
    bare: str
    role: Role


@dataclass(frozen=True)
class Resolved:
    """A question of a conversation as it is understood."""

    text: str
    """The question made to stand alone: to search with, and to show."""
    wording: str
    """What tells the sentence that answers: `text`, less a subject carried over that every sentence there is about."""
    subject: str
    """What a question after it may leave out."""


def standalone(question: str, history: Sequence[str]) -> str:
    """The question with what it leaves out taken from the `history` of earlier ones; see `resolve`."""
    return resolve(question, history).text


def resolve(question: str, history: Sequence[str]) -> Resolved:
    """What a question means after the `history` of earlier questions, oldest first.

    A question that stands alone comes back unchanged. What is carried over keeps its own language, so a result may
    be written in two: detect the language of the answer from `question`.
    """
    before: Resolved | None = None
    for asked in history:
        if words := _words(asked):
            before = _follow(unicodedata.normalize("NFC", asked).strip(), before)
    if before is None or not _words(question):
        return Resolved(question, question, "")
    return _follow(unicodedata.normalize("NFC", question).strip(), before)


def _follow(asked: str, before: Resolved | None) -> Resolved:
    """One question after another; the cases from the clearest to the least clear."""
    words = _words(asked)
    if before is None or not before.subject:
        return Resolved(asked, asked, _subject(asked))
    if all(_is_in(_MORE, word) for word in words):
        text = _tell_more(asked, before)
    elif _only_asks(words):
        text = _asking_instead(asked, before)
    elif _WHEN.fullmatch(rest := _fragment(asked)):
        text = _at_another_time(rest, before)
    elif all(word.role == "name" for word in _words(rest, is_opened=True)):
        return _about_another(rest, before)
    elif _stands_alone(words):
        return Resolved(asked, asked, _subject(asked))
    else:
        return _on_the_subject(asked, words, before)
    return Resolved(text, text, before.subject)


def _tell_more(asked: str, before: Resolved) -> str:
    topic = _topic(before.text)
    return f"{topic}에 대해 더 알려줘" if detect(asked) == "ko" else f"Tell me more about {topic}"


def _asking_instead(asked: str, before: Resolved) -> str:
    """What was asked before, with the new question word in the place of the old one."""
    asking = _fragment(asked)
    language = detect(before.text)
    if language != detect(asked):
        return f"{_topic(before.text)}: {asked}"
    if language == "ko":
        old = _asking_words(before.text)
        if not old:
            return f"{before.text.rstrip('?!. ')}, {asked}"
        return before.text[: old[0].start] + asking + before.text[old[-1].end :]
    label, colon, text = before.text.rpartition(": ")
    start = _ENGLISH_START.match(text)
    if start is None or not start["verb"]:
        return f"{_topic(before.text)}: {asked}"
    return f"{label}{colon}{asking[0].upper()}{asking[1:]} {start['verb'].lower()}{text[start.end('verb') :]}"


def _at_another_time(when: str, before: Resolved) -> str:
    if _WHEN.search(before.text):
        return _WHEN.sub(when, before.text, count=1)
    if detect(before.text) == "ko":
        return f"{when} {before.text}"
    return f"{before.text.rstrip('?!. ')} {when}?"


def _about_another(name: str, before: Resolved) -> Resolved:
    """What was asked before, about somebody else: the name in the place of the first one there."""
    name = " ".join(word.bare for word in _words(name, is_opened=True))
    if (old := _first_name(before.text)) is None:
        text = f"{name}: {before.text}"
        return Resolved(text, text, name)
    start, end = old
    text = before.text[:start] + name + _agreeing(name, before.text[end:])
    return Resolved(text, text, name)


def _on_the_subject(asked: str, words: Sequence[_Word], before: Resolved) -> Resolved:
    """The question with what the one before was about, in the place of "그 회사" or ahead of it."""
    pointing, name = _POINTS.search(asked), _first_name(before.subject)
    if pointing and name and is_hangul(pointing.group()):
        text = asked[: pointing.start()] + before.subject[slice(*name)] + asked[pointing.end() :]
        return Resolved(text, text, before.subject)
    if any(word.role == "topic" for word in words):
        return Resolved(f"{before.subject}: {asked}", asked, before.subject)
    text = f"{_topic(before.text)}: {asked}"
    return Resolved(text, text, before.subject)


def _agreeing(name: str, rest: str) -> str:
    """What follows a name, its particle in the form that goes with how the name ends (쿠팡이, 카카오가)."""
    if not is_hangul(name[-1]):
        return rest
    has_final = (ord(name[-1]) - ord("가")) % 28 > 0
    for after_final, after_vowel in _PARTICLE_PAIRS:
        if re.match(rf"[{after_final}{after_vowel}](?![가-힣])", rest):
            return (after_final if has_final else after_vowel) + rest[1:]
    return rest


def _topic(text: str) -> str:
    """What a question is about, as a label: without its question words, and in Korean without its verb."""
    text = _OPENING.sub("", text, count=1).rstrip("?!. ")
    if detect(text) == "en":
        return text[start.end() :] if (start := _ENGLISH_START.match(text)) else text
    words = _words(text)
    asks = [number for number, word in enumerate(words) if word.role == "asks"]
    head = words[: asks[0]] if asks and asks[0] > 0 else [word for word in words if word.role != "asks"]
    while len(head) > 1 and (_THING.fullmatch(text[head[-1].start : head[-1].end]) or _is_verb(text, head[-1])):
        head = head[:-1]
    return text[head[0].start : head[-1].start + len(head[-1].bare)] if head else ""


def _subject(text: str) -> str:
    """The first thing a question names, with the nouns that follow it in Korean; all it is about if it names none."""
    topic = _topic(text)
    if (name := _first_name(topic)) is None:
        return topic
    start, end = name
    if is_hangul(topic[start]):
        end = next(
            (w.start + len(w.bare) for w in _words(topic) if w.end >= end and w.start + len(w.bare) < w.end), len(topic)
        )
    return topic[start:end]


def _first_name(text: str) -> tuple[int, int] | None:
    """Where the first name of a text stands, all its words, without the particle."""
    words = _words(text)
    first = next((number for number, word in enumerate(words) if word.role == "name"), None)
    if first is None:
        return None
    last = first
    while (
        last + 1 < len(words)
        and words[last + 1].role == "name"
        and words[last].end - words[last].start == len(words[last].bare)
    ):
        last += 1
    return words[first].start, words[last].start + len(words[last].bare)


def _fragment(asked: str) -> str:
    """A question without the words that only join it to the one before ("and …", "… 어때?")."""
    return _ABOUT.sub("", _OPENING.sub("", asked, count=1)).strip("?!., ")


def _only_asks(words: Sequence[_Word]) -> bool:
    return any(word.role == "asks" for word in words) and all(
        word.role == "asks" or _is_in(_BESIDE, word) for word in words
    )


def _is_in(known: frozenset[str], word: _Word) -> bool:
    return word.bare.lower() in known or stem_of(word.bare.lower()) in known


def _stands_alone(words: Sequence[_Word]) -> bool:
    topical = sum(word.role == "topic" for word in words)
    return any(word.role == "name" for word in words) or topical >= ENOUGH_WORDS


def _asking_words(text: str) -> list[_Word]:
    """The first question word of a text and the counting words that go with it (몇 명이나)."""
    words = _words(text)
    first = next((number for number, word in enumerate(words) if word.role == "asks"), len(words))
    last = first + 1
    while last < len(words) and words[last].bare in _BESIDE:
        last += 1
    return words[first:last]


def _words(text: str, *, is_opened: bool = False) -> list[_Word]:
    """The words of a question. `is_opened`: its beginning was cut off, so that a capital there marks a name."""
    found = []
    matches = list(re.finditer(r"[^\s\"'“”‘’?!.,…()\[\]:]+(?:[.,'’][^\s\"'“”‘’?!.,…()\[\]:]+)*", text))
    for number, match in enumerate(matches):
        is_last = number == len(matches) - 1
        bare = _bare(match.group())
        role = _role(match.group(), bare, is_first=number == 0 and not is_opened, is_last=is_last)
        found.append(_Word(match.start(), match.end(), bare, role))
    return found


def _role(word: str, bare: str, *, is_first: bool, is_last: bool) -> Role:
    if _ASKS.fullmatch(word):
        return "asks"
    if not bare[0].isalpha() or bare.lower() in ("ai", "ceo", "i"):
        return "other"
    if shipped_names().others(stems(bare)):
        return "name"
    stem = stem_of(bare)
    if is_hangul(bare):
        if is_last and word == bare and _VERB.fullmatch(word):
            return "other"
        if not is_known(stem) and not bare.endswith(_NOUN_ENDINGS):
            return "name"
    elif not is_known(stem) or (bare[0].isupper() and not is_first):
        return "name"
    return "topic" if commonness(stem) < RARE else "other"


def _bare(word: str) -> str:
    """A word without its Korean particle or its English 's."""
    if not is_hangul(word[-1]):
        return re.sub(r"['’]s$", "", word)
    stem = (
        stem_of(word)
        if is_hangul(word)
        else re.sub(r"(?<=[^가-힣])(?:[은는이가을를의에도로와과]|에서|에게)+$", "", word)
    )
    if stem == word and not is_known(word):
        return re.sub(r"(?<=.)(?:이나|이야|야|은|는|이|가|을|를|에|도)$", "", word)
    return stem


def _is_verb(text: str, word: _Word) -> bool:
    return word.end - word.start == len(word.bare) and bool(_VERB.fullmatch(text[word.start : word.end]))
