"""What is read becomes an `Article`: one normal form for the text, checked fields, a lasting id."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.article import Article, Language
from ingest.boilerplate import strip_boilerplate
from ingest.decode import UnreadableText, decode
from ingest.fields import Facts, date_under_title, facts_in, iso_time
from ingest.language import detect, sentence_spans
from ingest.problems import ItemProblem

# Characters that show nothing: controls, marks that turn the reading direction, zero-width ones except the joiners
# that emoji and some scripts need.
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)
_FRONT_MATTER = re.compile(r"---\n((?:.*\n){1,40}?)---\n")

PageKind = Literal["html", "text", "pdf", "docx", "hwpx", "feed"]


@dataclass(frozen=True)
class RawPage:
    """A page as it was read: its bytes (or text), what they are, and where they come from.

    `url` is where it was fetched from; `key` is what else names its source for good, such as a file's path.
    """

    content: bytes | str
    kind: PageKind
    charset: str | None = None
    url: str | None = None
    key: str | None = None


class EmptyArticle(ItemProblem):
    """There is no article in it: no letter and no digit is left after cleaning."""


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
        raise EmptyArticle("no_text")
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
        raise UnreadableText("half_character", number=error.start + 1) from None


def _field(value: str | None) -> str | None:
    """A field on one line, without control characters; None when nothing is left."""
    if value is None:
        return None
    refuse_surrogates(value)
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in unicodedata.normalize("NFC", value))
    return " ".join(visible.split()) or None


def _id_from(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def article_from_page(page: RawPage, known: Facts | None = None) -> Article:
    """The article on a page: what surrounds it taken off, and what the page says of it in the fields.

    `known` is what is known for certain, such as the headline a reader typed. Raises EmptyArticle,
    UnreadableText and UnreadableDocument.
    """
    text = _text_of(page)
    refuse_surrogates(text)
    url, facts, around = page.url, known or Facts(), ""
    if page.kind == "html":
        from ingest.webpage import read_html

        web = read_html(text)
        text, around, url, facts = web.text, web.visible, url or web.url, facts.or_else(web.facts)
    else:
        front, text = _front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
        facts = facts.or_else(front)
    text = _tidy(text)
    language = detect(text)
    facts = facts.or_else(facts_in(text, language)).or_else(facts_in(_tidy(around), language))
    if page.kind == "html" and facts.title is None:
        facts = facts.or_else(Facts(strip_boilerplate(_tidy(around), saved=True)[1]))
    whole = text
    text, headline = strip_boilerplate(whole, facts.title, saved=page.kind == "html")
    facts = facts.or_else(
        Facts(title=headline, published_at=date_under_title(whole, facts.title or headline, language))
    )
    return make_article(
        text,
        title=facts.title,
        url=url,
        publisher=facts.publisher,
        author=facts.author,
        published_at=facts.published_at,
        language=language,
        key=page.key,
    )


def _text_of(page: RawPage) -> str:
    if isinstance(page.content, str):
        return page.content
    if page.kind in ("pdf", "docx", "hwpx"):
        from ingest.documents import read_document

        return read_document(page.kind, page.content)
    if page.kind == "feed":
        raise UnreadableText("xml_no_feed")
    return decode(page.content, page.charset)


def _tidy(text: str) -> str:
    return _INVISIBLE.sub("", text.replace("\u00a0", " "))


def _front_matter(text: str) -> tuple[Facts, str]:
    """The facts in the `key: value` lines that open some Markdown files, and the text after them."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return Facts(), text
    values = {
        key.strip().lower(): value.strip().strip("\"'")
        for key, colon, value in (line.partition(":") for line in found[1].splitlines())
        if colon
    }
    try:
        published_at = date.fromisoformat(values.get("date", "")[:10]).isoformat()
    except ValueError:
        published_at = None
    publisher = values.get("publisher") or values.get("source")
    return Facts(values.get("title"), publisher, values.get("author"), published_at), text[found.end() :]
