"""What the browser is told: answers and articles as plain JSON. Text stays text; the page never makes markup of it.

Positions are sent as Python sees them (characters), and every text that may be highlighted is sent already cut into
pieces, because JavaScript counts an emoji as two.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Event,
    Finished,
    Hit,
    Intro,
    Notice,
    Retrieved,
    SentenceReady,
)
from assistant.checker.reasons import told
from assistant.language_model import text_goes_to
from assistant.web.desk import Desk
from assistant.web.strings import SAMPLE_QUESTIONS
from ingest.article import Article, Language
from ingest.catalog import ArticleInfo
from ingest.errors import UserError
from ingest.language import detect

_FRAGMENT_WORDS = 8
_FRAGMENT_WHOLE = 120
_HEADLINES = 4


def web_address(url: str | None) -> str | None:
    """The URL when it is a plain http(s) address that is safe to link to, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def original_link(url: str | None, sentence: str) -> str | None:
    """A link to the live page that scrolls to `sentence` (a text fragment, WICG scroll-to-text), or None."""
    address = web_address(url)
    if address is None:
        return None
    words = sentence.split()
    if len(sentence) <= _FRAGMENT_WHOLE or len(words) < 2 * _FRAGMENT_WORDS:
        target = _fragment(" ".join(words))
    else:
        target = f"{_fragment(' '.join(words[:_FRAGMENT_WORDS]))},{_fragment(' '.join(words[-_FRAGMENT_WORDS:]))}"
    return f"{address.split('#')[0]}#:~:text={target}"


def _fragment(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")  # a bare "-" means prefix or suffix there


def article_view(article: Article) -> dict[str, Any]:
    """The article for the reading pane: its facts, and its paragraphs cut at the sentence boundaries."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published_at": article.published_at,
        "language": article.language,
        "sample": article.sample,
        "url": web_address(article.url),
        "paragraphs": _paragraphs(article),
    }


def _paragraphs(article: Article) -> list[list[dict[str, Any]]]:
    """Lines of the text that say something; each a list of pieces, each wholly inside or outside any sentence."""
    edges = {edge for span in article.sentences for edge in (span.start, span.end)}
    paragraphs = []
    start = 0
    for line in article.text.splitlines(keepends=True):
        end = start + len(line)
        cuts = sorted({start, end} | {edge for edge in edges if start < edge < end})
        pieces = [{"start": a, "end": b, "text": article.text[a:b]} for a, b in pairwise(cuts)]
        if line.strip():
            paragraphs.append(pieces)
        start = end
    return paragraphs


def _face(article: Article) -> dict[str, Any]:
    return {"id": article.id, "title": article.title, "publisher": article.publisher}


def citation_view(citation: Citation) -> dict[str, Any]:
    """A citation's address, with the link to the live page at the quote."""
    return {
        "article": citation.article,
        "content_hash": citation.content_hash,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "title": citation.title,
        "publisher": citation.publisher,
        "published_at": citation.published_at,
        "sample": citation.sample,
        "url": original_link(citation.url, citation.quote),
    }


def why_view(reasons: Sequence[str]) -> dict[Language, str]:
    """The checker's reasons in both languages of the page."""
    return {"ko": told(reasons, "ko"), "en": told(reasons, "en")}


Status = Literal["searching", "writing", "done", "failed"]


@dataclass
class Turn:
    """One question and its answer in the making; `view` is its JSON after each event.

    `number` is the browser's own count, so that it can tell a late update from one it waits for. Citations are
    numbered through the answer, the same address always by the same number.
    """

    number: int
    question: str
    status: Status = "searching"
    understood_as: str | None = None
    intro: str | None = None
    sentences: list[dict[str, Any]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    abstained: bool = False
    reason: str | None = None
    answerer: str | None = None
    error: str | None = None
    _hits: tuple[Hit, ...] = ()
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Bring the turn up to date with the next event of its answer."""
        match event:
            case Retrieved(passages):
                self._hits = passages
                self.status = "writing"
            case Intro(text):
                self.intro = text
            case SentenceReady(sentence):
                self.sentences.append(self._sentence(sentence))
            case Notice(text):
                self.notices.append(text)
            case Finished(answer):
                self._finish(answer)

    def fail(self, reason: str | None) -> None:
        """End the turn with the reason why there is no answer; None when nobody foresaw it."""
        self.status, self.error = "failed", reason

    def view(self) -> dict[str, Any]:
        """The turn as JSON."""
        return {key: value for key, value in vars(self).items() if not key.startswith("_")}

    def _sentence(self, sentence: AnswerSentence) -> dict[str, Any]:
        numbers = list(dict.fromkeys(self._number(citation) for citation in sentence.citations))
        return {
            "text": sentence.text,
            "gloss": sentence.gloss,
            "citations": numbers,
            "support": sentence.support,
            "why": why_view(sentence.reasons),
        }

    def _number(self, citation: Citation) -> int:
        address = (citation.article, citation.start, citation.end)
        if address not in self._numbers:
            self.citations.append(citation_view(citation))
            self._numbers[address] = len(self.citations)
            self._send(citation.article)
        return self._numbers[address]

    def _send(self, article_id: str) -> None:
        """Send the article's text along, so that a click needs no round trip."""
        for hit in self._hits:
            if hit.article.id == article_id and article_id not in self.articles:
                also_in = [_face(other) for other in hit.also_in]
                self.articles[article_id] = article_view(hit.article) | {"also_in": also_in}

    def _finish(self, answer: Answer) -> None:
        """Take the finished answer as the truth: what streamed was on the way to it."""
        self._hits = answer.passages or self._hits
        self.intro = answer.intro
        self.sentences = [self._sentence(sentence) for sentence in answer.sentences]
        self.notices = list(answer.notices)
        self.abstained, self.reason = answer.abstained, answer.reason
        self.answerer = answer.answerer
        self.understood_as = answer.understood_as
        self.status = "done"
        if answer.abstained:
            self.passages = [citation_view(citation) for citation in answer.nearest]
            for citation in answer.nearest:
                self._send(citation.article)


def check_address(find: Callable[[str], Article], address: dict[str, Any]) -> Literal["same", "changed", "deleted"]:
    """Whether the article that `find` gives still says, at this address, what the citation quotes."""
    try:
        article = find(str(address["article"]))
    except UserError:
        return "deleted"
    still = article.text[int(address["start"]) : int(address["end"])] == address["quote"]
    return "same" if still else "changed"


def kept_view(view: dict[str, Any], find: Callable[[str], Article]) -> dict[str, Any]:
    """A turn that was kept, as it is shown again: with the articles as `find` gives them now.

    A cited article that is gone is shown by what the citation knows; a passage of one is left out.
    """
    articles = {}
    for citation in view["citations"]:
        try:
            articles[citation["article"]] = article_view(find(citation["article"]))
        except UserError:
            facts = {key: citation[key] for key in ("title", "publisher", "published_at", "sample")}
            language = detect(citation["quote"])
            gone = {"id": citation["article"], "author": None, "url": None, "language": language, "paragraphs": []}
            articles[citation["article"]] = facts | gone
    passages = []
    for passage in view["passages"]:
        with suppress(UserError):
            articles[passage["article"]] = article_view(find(passage["article"]))
            passages.append(passage)
    return view | {"passages": passages, "articles": articles}


def choices_view(articles: Iterable[ArticleInfo]) -> dict[str, Any]:
    """What there is to filter by: publishers, those with most articles first, languages, first and last day."""
    listed = list(articles)
    publishers = Counter(info.publisher for info in listed if info.publisher)
    days = sorted(info.published_at[:10] for info in listed if info.published_at)
    return {
        "publishers": [name for name, _ in sorted(publishers.items(), key=lambda pair: (-pair[1], pair[0]))],
        "languages": sorted({info.language for info in listed}),
        "since": days[0] if days else None,
        "until": days[-1] if days else None,
    }


def facts_view(desk: Desk) -> dict[str, Any]:
    """What the page says about itself: who answers, where text goes, which library is open."""
    settings = desk.settings
    return {
        "articles": len(desk.assistant.library),
        "sample": desk.shows_sample,
        "model": settings.chat_model,
        "host": text_goes_to(settings.chat_model, settings.chat_base_url),
        "embedder": desk.library.embedder.name,
        "folder": str(settings.library),
    }


def examples_view(desk: Desk) -> dict[str, list[str]]:
    """Questions to start with, by the language of the page: of an own library, the newest headlines."""
    if desk.shows_sample:
        return {language: list(questions) for language, questions in SAMPLE_QUESTIONS.items()}
    headlines = [info.title for info in desk.library.articles() if info.title][:_HEADLINES]
    return dict.fromkeys(SAMPLE_QUESTIONS, headlines)


def shelf_view(articles: Iterable[ArticleInfo]) -> list[dict[str, Any]]:
    """The library's list, newest first as given."""
    return [
        {
            "id": info.id,
            "title": info.title,
            "publisher": info.publisher,
            "author": info.author,
            "published_at": info.published_at,
            "language": info.language,
            "sample": info.sample,
            "on_web": web_address(info.url) is not None,
        }
        for info in articles
    ]
