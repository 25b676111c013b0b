"""Whether a sentence of a language model is borne out by the sentences it cites, read as a reader of the article would.

The claim checker compares what can be compared for certain, and sees the cited sentences alone. A reader also has the
day the article came out, and knows from it which month "7일" is in; a model is given that day, and is asked to give
dates. And a reader sees when a sentence speaks of something else than what it cites, though it names no figure.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from assistant.answer import AnswerSentence, Citation
from assistant.checker.dates import DateMention, find_moments
from assistant.names import Names
from ingest.embed import shipped_model

# "as of Sept. 19", "9월 19일 보도에 따르면": the day is that of the article, not of what it tells.
_REPORTED = re.compile(r"기준|보도|기사|\bas of\b|\breport(?:s|ed)?\b|\baccording to\b", re.IGNORECASE)
_HALF_A_YEAR = 183
_MOST_FOREIGN = 0.2
# The least cosine of a sentence with what it cites. Of the faithful pairs of eval/checker in which the checker finds
# nothing to check all are above it (99 of 99), of the same claims beside other sentences 98 in 100 are below.
LEAST_LIKENESS = 0.2


def checked(text: str, citations: tuple[Citation, ...], names: Names) -> AnswerSentence:
    """The sentence with how it stands against the sentences it cites.

    What is written in a script that is neither Korean nor Latin cannot be checked, and counts as unsupported; so does
    a sentence with nothing to check in it that speaks of something else.
    """
    from assistant.checker.verify import check

    quotes = [citation.quote for citation in citations]
    verdict = check(text, quotes, names)
    if verdict.support == "unsupported" and citations:
        in_full = check(text, [*map(_dated, citations), *_day_of_report(text, citations)], names)
        verdict = in_full if in_full.support == "supported" else verdict
    if is_foreign(text, "".join(quotes)):
        return AnswerSentence(text, citations, "unsupported", ("neither Korean nor English",))
    if verdict.support == "unchecked" and not is_about(text, quotes):
        return AnswerSentence(text, citations, "unsupported", ("the cited text is about something else",))
    return AnswerSentence(text, citations, verdict.support, verdict.reasons)


def is_about(text: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence speaks of what any of the quotes, or all together, speak of, by the shipped model's cosine."""
    vectors = shipped_model().encode_passages([text, *quotes, " ".join(quotes)])
    return float((vectors[1:] @ vectors[0]).max()) >= LEAST_LIKENESS


def is_foreign(text: str, known: str = "") -> bool:
    """Whether more than a fifth of the letters are neither Hangul nor Latin; those in `known` may be."""
    letters = [char for char in text if char.isalpha()]
    foreign = [char for char in letters if char not in known and not _is_ours(char)]
    return len(foreign) > _MOST_FOREIGN * len(letters)


def _is_ours(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "HANGUL", "FULLWIDTH LATIN"))


def _dated(citation: Citation) -> str:
    """The cited sentence with its dates in full, as far as the day of the article tells: 7일 is 2025년 8월 7일."""
    published, quote = _published(citation), citation.quote
    mentions = find_moments(quote)
    told_otherwise = any(re.search("_from_now|year|decade", key) for mention in mentions for key in mention.parts)
    if published is None or told_otherwise:
        return quote
    for mention in reversed(mentions):
        day = _day_of(mention, published)
        if day:
            quote = f"{quote[: mention.start]}{_written(day)}{quote[mention.end :]}"
    return quote


def _day_of(mention: DateMention, published: date) -> date | None:
    """The day that a date without its year means in an article of that day; None where it may be another."""
    parts = mention.parts
    if parts.keys() == {"weekday"}:
        return published if published.weekday() == parts["weekday"] else None
    if "day" not in parts or parts.keys() - {"month", "day"}:
        return None
    month, day = int(parts.get("month", published.month)), int(parts["day"])
    years = (published.year,) if "month" not in parts else range(published.year - 1, published.year + 2)
    for year in years:
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if abs((meant - published).days) < _HALF_A_YEAR:
            return meant
    return None


def _day_of_report(text: str, citations: tuple[Citation, ...]) -> list[str]:
    """The day of the one article that is cited, for a sentence that says what was reported, or as of when."""
    published = {_published(citation) for citation in citations}
    day = published.pop() if len(published) == 1 else None
    return [_written(day)] if day and _REPORTED.search(text) else []


def _published(citation: Citation) -> date | None:
    try:
        return date.fromisoformat((citation.published_at or "")[:10])
    except ValueError:
        return None


def _written(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"
