"""The word translation table: from a stem of one language to its likeliest stems in the other, and how common it is.

Learned from open parallel texts by `training/translation.py`; see `assistant/data/README.md` for its sources.
"""

import gzip
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LONGEST_COMPOUND = 12  # syllables
TABLE = Path(__file__).parent / "data" / "translation.tsv.gz"


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """Stem -> the rest of its line, unparsed: parsing all of them would cost what most runs never use."""
    text = gzip.decompress(TABLE.read_bytes()).decode()
    return {stem: rest for stem, _, rest in (line.partition("\t") for line in text.split("\n"))}


@lru_cache(maxsize=4096)
def translations(stem: str) -> tuple[tuple[str, float], ...]:
    """Stems of the other language and their weights (0 to 1), likeliest first; empty for an unknown stem."""
    pairs = (item.rsplit(":", 1) for item in _lines().get(stem, "\t").split("\t")[1].split())
    return tuple((other, float(weight)) for other, weight in pairs)


def commonness(stem: str) -> float:
    """The share of everyday sentences that have the stem (0 to 1); 0 for an unknown one."""
    return float(_lines().get(stem, "0\t").split("\t")[0])


def is_known(stem: str) -> bool:
    """Whether the table has the stem at all: a word it never met is likely a name."""
    return stem in _lines()


def known_stems() -> Iterable[str]:
    """All stems of the table, of both languages."""
    return _lines().keys()


def is_compound(stem: str) -> bool:
    """Whether the stem is known, or made of known stems (참여덕분 is 참여 and 덕분)."""
    if len(stem) > LONGEST_COMPOUND:
        return False
    return is_known(stem) or any(is_known(stem[:cut]) and is_compound(stem[cut:]) for cut in range(1, len(stem)))
