"""Search tokens: the words of a text in the form that the lexical index compares.

Korean words lose their particles and endings (쿠팡은, 쿠팡이, 쿠팡의 are one word) by a longest-match list, and
also give their syllable bigrams, marked with `#`, so that compounds meet their parts. English words are
stemmed. Measured on KorQuAD's 964 dev passages (2,000 questions, hit@1): stems .921, bigrams .921, both .924,
where Kiwi's morphemes reach .907 at a twentieth of the speed.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

TOKENS_VERSION = 2
"""Changes whenever the same text gives other tokens: an index made with another version is rebuilt."""

BIGRAM_MARK = "#"

_HYPHENATED = re.compile(r"[^\W\d_가-힣]{2,}-[^\W\d_가-힣]{2,}")
_WORD = re.compile(r"[가-힣]+|[^\W\d_가-힣]+(?:['’][^\W\d_가-힣]+)?|\d+(?:[.,]\d+)*")

_PARTICLES = """
은 는 이 가 을 를 의 에 도 로 와 과 만 랑 이랑 에서 에게 에게서 한테 께 께서 으로 부터 까지 보다 처럼 같이 마다 밖에
조차 마저 이나 나 라도 이라도 이라고 라고 이라는 라는 이란 란 에는 에도 에서는 에서도 으로는 로는 으로도 로도 으로서
로서 으로써 로써 에게는 에게도 과의 와의 에의 에서의 으로의 로의 까지의 부터의 이며 이고 이다 이었다 였다 인 인가
인지 이라며 라며 들 들은 들이 들을 들의 들에게 들에 들과 들도 이라 이자 만이 만은 만을 까지는 까지도 부터는 보다는
보다도 에만 이었던 였던 이던 이지만 지만 이므로 이었으며 였으며 이었고 였고 이었는데 인데 이냐 냐 이야 야 였나
이었나 였는가 이었는가 인가요 이에요 예요 입니까 입니다 였습니다 이었습니다
""".split()

_ENDINGS = """
하다 한다 하는 한 할 하고 하며 하여 해 했다 했고 했으며 했던 하던 하기 하기로 하겠다 하겠다고 한다고 했다고 하지
하게 하면 하면서 하자 하도록 해서 해야 했는가 했나 하는가 하나 했을 했는데 하는데 할까 했지만 하지만 하려 하려고
하려는 했습니다 합니다 했는지 하는지 할지 함 된 되는 될 되고 되며 되어 돼 됐다 됐고 됐으며 되었다 되었고 되었으며
되었던 됐던 되기 되면 되면서 되지 되도록 돼서 된다 된다고 됐다고 되었는가 됐나 되었나 되나 되는가 되었을 되었는데
되는데 됩니다 됐습니다 되었습니다 됨 시킨 시키는 시켰다 시키고 시키며 시켜 적 적인 적으로 적이다 받은 받는 받았다
받아
""".split()

_SUFFIXES_BY_LENGTH = [
    (length, frozenset(s for s in (*_PARTICLES, *_ENDINGS) if len(s) == length)) for length in (5, 4, 3, 2, 1)
]


def search_tokens(text: str) -> list[str]:
    """The tokens of `text` to index or to look up: stems in reading order, each followed by its bigrams.

    Hyphenated words come once more at the end, as one (Jae-yong is also `jaeyong`).
    """
    return [token for word in words(text) for token in tokens_of(word)] + joined(text)


@lru_cache(maxsize=1 << 15)
def tokens_of(word: str) -> tuple[str, ...]:
    """The tokens that one of a text's `words` gives: its stem, and a Korean stem's bigrams."""
    stem = stem_of(word)
    if not is_hangul(stem):
        return (stem,)
    return (stem, *(BIGRAM_MARK + first + second for first, second in pairwise(stem)))


def joined(text: str) -> list[str]:
    """The hyphenated words of `text`, each as one."""
    if "-" not in text:
        return []
    return [word.replace("-", "").lower() for word in _HYPHENATED.findall(text)]


def stems(text: str) -> list[str]:
    """The words of `text` in reading order: Korean without particles, English stemmed, numbers without commas."""
    return [stem_of(word) for word in words(text)]


def words(text: str) -> list[str]:
    """The words of `text` as they stand, in compatibility form: runs of Hangul, of other letters, or numbers."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def as_read(word: str) -> str:
    """A word as its vector and its sound are looked up: without its particle or its possessive ending."""
    return stem_of(word) if is_hangul(word) else word.removesuffix("'s").removesuffix("’s")


def is_hangul(token: str) -> bool:
    """Whether a token begins with a Hangul syllable."""
    return "가" <= token[:1] <= "힣"


@lru_cache(maxsize=1 << 17)
def stem_of(word: str) -> str:
    """One word of `words` in the form that is compared."""
    if is_hangul(word):
        return _without_suffix(word)
    if word[0].isdigit():
        return word.replace(",", "")
    return _english_stemmer().stemWord(word.lower().replace("’", "'"))  # type: ignore[no-any-return]


def _without_suffix(word: str) -> str:
    """The word less its longest particle or ending, if at least two syllables are left."""
    for length, suffixes in _SUFFIXES_BY_LENGTH:
        if len(word) - length >= 2 and word[-length:] in suffixes:
            return word[:-length]
    return word


@lru_cache(maxsize=1)
def _english_stemmer():  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer("english")
