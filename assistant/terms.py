"""A question as weighted index terms: each of its words, its other spellings, and its likely translations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from assistant.compounds import heard_in_parts
from assistant.names import Names, Origin, Phrase
from assistant.sounds import LONGEST_NAME, SoundIndex
from assistant.translation import is_compound, is_known, translations
from ingest.tokens import BIGRAM_MARK, as_read, is_hangul, stem_of, words

Via = Literal["word", "name", "article", "sound", "translation"]
"""How a spelling is known: as asked, from a list of names, from an article with both, by sound, by translation."""

# Words that ask or connect, as stems: they say how a question is put, not what it is about.
_STOP_WORDS = frozenset(
    """
    무엇 무엇인가 뭐 뭘 뭔 뭔가 뭐야 뭔지 무슨 누구 누가 누군가 누구야 언제 언제야 어디 어디서 어디야 얼마 얼마나
    얼마야 몇 왜 어떻게 어떤 어느 것 건 게 거 걸 수 등 및 그 이 저 때 데 중 더 또 하 한 할 했 하나 된 되 있 있나
    있는 있었 없 인가 이야 뭐지 뭡니까 무엇입니까 하기 하겠 하려 한다 한대 하는 대해 대한 관해 위해
    따르면 알려 줘 알려줘 했어 했지 말했 다음
    가장 은 는 가 을 를 의 에 도 로 와 과 어 a an the of in on at to by for from with and or as is are was were be
    been being do doe did done has have had will would can could should may might must it its this that these
    those there their they he she his her him them we our you your i me my who whom whose what when where which
    whi why how mani much ani some about into than then so if not no tell say said please s according accord
    go over under befor after dure between through out off
    """.split()
)


# Words that say what kind of statement is wanted: an article may make it without them ("지원하기로 했다").
_STATEMENT_WORDS = frozenset(
    """
    약속 발표 말하 밝히 밝힌 밝혔 계획 대책 방안 입장 주장 강조 내놓 내놨 언급 설명 제시 뜻
    pledg promis announc plan propos offer state mention claim vow commit
    """.split()
)
_STATEMENT_WEIGHT = 0.3
_LEAST_SHARE = 0.03
_LATIN_NAME = re.compile(r"[A-Z]\w+(?:[- ][A-Z]?\w+(?=[- ][A-Z])|[- ][A-Z]\w*|-\w+)*")
_VIA: dict[Origin, Via] = {"shipped": "name", "yours": "name", "articles": "article"}
# 하다 and 되다 after a noun, with the endings of questions and of talk, which articles do not have.
_SPOKEN = re.compile(
    r"(?P<noun>[가-힣]{2,})(?:했|됐|한|된|할|될|하|되|해|돼)(?:어|지|니|냐|대|나|까|데|죠|래|을까|는데|는지|을지|던데|었[어지나대])?요?"
)
_SUBJECT_PARTICLES = frozenset("은 는 이 가 의 을 를 와 과 도 에게".split())


@dataclass(frozen=True)
class Alternative:
    """One way a term may stand in a text: a phrase of stems, and how much it counts (0 to 1)."""

    phrase: Phrase
    weight: float
    via: Via

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The index tokens that a text with this phrase has; Korean words by their bigrams, as in compounds."""
        found: list[str] = []
        for stem in self.phrase:
            if is_hangul(stem) and len(stem) > 1:
                found.extend(BIGRAM_MARK + first + second for first, second in pairwise(stem))
            else:
                found.append(stem)
        return tuple(found)


@dataclass(frozen=True)
class Term:
    """A word or name of the question, the ways it may be written (its own first), and how much it counts (0 to 1)."""

    written: str
    alternatives: tuple[Alternative, ...]
    is_name: bool
    weight: float = 1.0

    @property
    def text(self) -> str:
        """The term as the question has it, in stems."""
        return " ".join(self.alternatives[0].phrase)


def terms_of(question: str, sounds: SoundIndex, names: Names) -> tuple[Term, ...]:
    """The terms of a question in order, without the words that only ask; repeated terms once.

    `names` are those known in the library; `sounds` finds the spellings of others in the other script among its words.
    """
    written = [word for word in words(question) if stem_of(word) not in _STOP_WORDS] or words(question)
    asked = [_stem_as_asked(word) for word in written]
    spans = dict(names.find(asked))
    found: dict[str, Term] = {}
    start = 0
    while start < len(asked):
        end = spans.get(start, start + 1)
        phrase = tuple(asked[start:end])
        listed = [Alternative(other, 1.0, _VIA[origin]) for other, origin in names.origins(phrase).items()]
        heard = () if listed else _heard(written[start], question, sounds)
        is_name = _is_listed(phrase, listed) or bool(heard) or _looks_like_a_name(written[start], start, question)
        term = _term(" ".join(map(as_read, written[start:end])), phrase, is_name, [*listed, *heard])
        found.setdefault(term.text, term)
        start = end
    return tuple(found.values())


def _stem_as_asked(word: str) -> str:
    """The stem of a question's word; a verb made of a noun is that noun, however it is spoken (약속했어, 발표한대)."""
    stem = stem_of(word)
    spoken = _SPOKEN.fullmatch(stem)
    return spoken["noun"] if spoken and is_known(spoken["noun"]) else stem


def _is_listed(phrase: Phrase, listed: Sequence[Alternative]) -> bool:
    """Whether a phrase is a name by a list, or by an article that gives no known word (인공지능) in both scripts."""
    return any(way.via == "name" for way in listed) or bool(listed and not all(map(is_known, phrase)))


def _looks_like_a_name(word: str, place: int, question: str) -> bool:
    """Whether an unlisted word is likely a name: unknown, and written or placed as a subject is."""
    stem = stem_of(word)
    if is_hangul(stem):
        return place < 2 and word[len(stem) :] in _SUBJECT_PARTICLES and not is_compound(stem)
    if not stem[0].isalpha() or is_known(stem):
        return False
    return word[0].isupper() or stem not in question


def _heard(word: str, question: str, sounds: SoundIndex) -> tuple[Alternative, ...]:
    """The spellings in the other script that a library has for a name, by its sound alone."""
    stem = stem_of(word)
    if is_hangul(stem):
        if not 2 <= len(stem) <= LONGEST_NAME:
            return ()
        found = sounds.latin(stem)
        if not found and len(stem) == 3 and not translations(stem):
            found = sounds.latin(stem[1:])  # a given name without the family name
    elif _may_be_a_latin_name(word, question):
        whole = next((name for name in _LATIN_NAME.findall(question) if word in words(name)), word)
        found = sounds.hangul(as_read(whole)) or sounds.hangul(as_read(word))
    else:
        return ()
    heard: dict[Phrase, float] = {(name,): likeness for name, likeness in found}
    if not heard and is_hangul(stem):
        heard = heard_in_parts(stem, sounds)
    return tuple(Alternative(phrase, likeness, "sound") for phrase, likeness in heard.items())


def _may_be_a_latin_name(word: str, question: str) -> bool:
    """Whether a Latin word is written as a name, or is none that we know: names are often typed without a capital."""
    known = is_known(stem_of(word))
    written_as_name = word[0].isupper() and not (known and question.startswith(word))
    return len(word) > 2 and (written_as_name or (word.isalpha() and not known))


def _term(written: str, phrase: Phrase, is_name: bool, named: Sequence[Alternative]) -> Term:
    alternatives = [Alternative(phrase, 1.0, "word"), *named]
    if len(phrase) == 1:
        alternatives += _translated(phrase[0])
    unique: dict[Phrase, Alternative] = {}
    for alternative in alternatives:
        unique.setdefault(alternative.phrase, alternative)
    weight = _STATEMENT_WEIGHT if phrase[0] in _STATEMENT_WORDS else 1.0
    return Term(written, tuple(unique.values()), is_name, weight)


def _translated(stem: str) -> Iterator[Alternative]:
    """The stem's translations, each weighed against the likeliest; all less where even that is unsure."""
    found = translations(stem)
    for other, weight in found:
        share = weight / found[0][1] * min(1.0, found[0][1] + 0.5)
        if share >= _LEAST_SHARE:
            yield Alternative((other,), share, "translation")
