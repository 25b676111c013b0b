"""Korean verbs as they are spoken: no table has all their forms, but their endings give them away."""

import re

from assistant.translation import is_known
from ingest.tokens import is_hangul, stem_of

# Syllables that end in the double ㅆ of what was or will be (했, 겠).
_PAST_OR_FUTURE = frozenset(chr(code) for code in range(ord("가"), ord("힣") + 1) if (code - ord("가")) % 28 == 20)
_ENDING = re.compile(r".+(?:고|대|래|냐|니|나|까|까요|어요|아요|나요|는지|던데|는데|려고|다가|면|죠|지|줘|대요|야|는)")
_CLEAR_ENDING = re.compile(r".+(?:나요|까요|어요|아요|대요|는지|던데|는데|려고|다고|라고|다가)")


def is_verb(word: str) -> bool:
    """Whether a Korean word is likely a verb as it is spoken (뚫렸대, 나온대)."""
    if not is_hangul(word):
        return False
    return _is_past(word) or (not is_known(stem_of(word)) and bool(_ENDING.fullmatch(word)))


def is_surely_verb(word: str) -> bool:
    """The same of a word that may as well be a name (나왔나, not 바르셀로나): by an ending that no name has."""
    return _is_past(word) or bool(_CLEAR_ENDING.fullmatch(word))


def _is_past(word: str) -> bool:
    return any(syllable in _PAST_OR_FUTURE for syllable in word[1:]) or word[0] in "했갔왔냈됐봤샀썼졌"
