"""What is read becomes an `Article`: one normal form for the text, checked fields, a lasting id."""

import hashlib
import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from ingest.article import Article, Language
from ingest.errors import UserError
from ingest.language import detect, sentence_spans

KST = timezone(timedelta(hours=9), "KST")


class EmptyArticle(UserError):  # noqa: N818
    """There is no article in it: no letter and no digit is left after cleaning."""


class UnreadableText(UserError):  # noqa: N818
    """The characters cannot be read for certain, so none are."""


def make_article(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    published_at: str | None = None,
    language: Language | None = None,
    key: str | None = None,
    sample: bool = False,
) -> Article:
    """Make an article of text that is already clean.

    The text is NFC-normalised and loses NUL characters, nothing else. The id is `id` as given, or else made from
    the first known of `url`, `key` (what names the source, such as its path) and the text. `published_at` is
    ISO 8601; a time without a zone is Korean time in a Korean article, and only its date is kept in an English one.

    Raises EmptyArticle when the text has no letter or digit, UnreadableText when it holds half a character
    (a lone surrogate), ValueError when `published_at` is not a date.
    """
    text = unicodedata.normalize("NFC", text.replace("\0", ""))
    refuse_surrogates(text)
    if not re.search(r"[^\W_]", text):
        raise EmptyArticle("There is no text in it. Add a file or a page that holds an article.")
    language = language or detect(text)
    return Article(
        id=id or _id_from(url or key or text),
        text=text,
        language=language,
        sentences=sentence_spans(text, language),
        title=_field(title),
        url=_field(url),
        publisher=_field(publisher),
        author=_field(author),
        published_at=iso_time(published_at, language) if published_at else None,
        sample=sample,
    )


def refuse_surrogates(text: str) -> None:
    """Raise UnreadableText when the text holds a lone surrogate, which no encoding can store."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableText(
            f"Character {error.start + 1} is half a character (a lone surrogate). Save the text again as UTF-8."
        ) from None


def iso_time(value: str, language: Language) -> str:
    """ISO 8601 in one form: `2024-11-06`, or `2024-11-06T17:23:00+09:00`.

    A time without a zone is Korean time in a Korean article; in an English one its zone, and so its hour, is
    unknown, and the date alone is kept. Raises ValueError for anything that is not an ISO 8601 date or time.
    """
    value = value.strip()
    if len(value) <= 10:
        return date.fromisoformat(value).isoformat()
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        if language == "en":
            return time.date().isoformat()
        time = time.replace(tzinfo=KST)
    return time.isoformat()


def _field(value: str | None) -> str | None:
    """A field on one line, without control characters; None when nothing is left."""
    if value is None:
        return None
    refuse_surrogates(value)
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in unicodedata.normalize("NFC", value))
    return " ".join(visible.split()) or None


def _id_from(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:12]
