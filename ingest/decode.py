"""Bytes become text, rightly or not at all: mojibake never reaches the library."""

import codecs
import re

from ingest.problems import ItemProblem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HANGUL = re.compile("[가-힣]")
_KOREAN_NAMES = frozenset(
    {"euc-kr", "euc_kr", "cp949", "ms949", "ks_c_5601-1987", "ksc5601", "x-windows-949", "windows-949"}
)


class UnreadableText(ItemProblem):
    """The characters cannot be read for certain, so none are."""


def decode(content: bytes, charset: str | None = None) -> str:
    """The text in `content`: by its byte order mark, else UTF-8, else CP949 (which holds EUC-KR), else `charset`.

    `charset` is what the source says of itself; it comes last because pages and servers mislabel Korean text, and
    strict UTF-8 is never right by accident. Raises UnreadableText when none fits, or the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding)
    if content.count(0) > len(content) / 100:
        raise UnreadableText("not_text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp949")
        if _reads_as_korean(text):
            return text
    except UnicodeDecodeError:
        pass
    if charset is None or charset.lower() in _KOREAN_NAMES | {"utf-8", "utf8"}:
        raise UnreadableText("unknown_encoding")
    return _strictly(content, charset)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise UnreadableText("wrong_encoding", encoding=encoding) from None


def _reads_as_korean(text: str) -> bool:
    """Western quotes and accents fall on syllables that EUC-KR lacks; Korean text hardly uses those."""
    hangul = _HANGUL.findall(text)
    unusual = sum(not _in_euc_kr(syllable) for syllable in set(hangul))
    return bool(hangul) and unusual <= len(set(hangul)) / 2


def _in_euc_kr(syllable: str) -> bool:
    try:
        syllable.encode("euc-kr")
    except UnicodeEncodeError:
        return False
    return True
