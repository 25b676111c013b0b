"""Reads the page of an article again: what changed replaces it, under the same id."""

from collections.abc import Collection
from dataclasses import replace

from ingest.fields import Facts
from ingest.library import Library
from ingest.pipeline import ItemOutcome, failure, ingest_articles
from ingest.problems import ItemProblem
from ingest.sources import Found, SourceError, find_articles


def refetch(library: Library, article_id: str, allow_hosts: Collection[str] = ()) -> ItemOutcome:
    """Fetches the article's address and puts what stands there in its place: updated, unchanged, or failed and why.

    What the page does not say any more of publisher, reporter and date stays as it was known. Raises `UnknownArticle`.
    """
    known = library.get(article_id)
    if known.url is None:
        return failure(article_id, ItemProblem("no_address"), known)
    (found,) = list(find_articles([known.url], allow_hosts=allow_hosts))[:1]
    if isinstance(found, SourceError):
        return failure(known.url, found.problem, known)
    page = found.article
    facts = Facts(page.title, page.publisher, page.author, page.published_at).or_else(
        Facts(known.title, known.publisher, known.author, known.published_at)
    )
    article = replace(
        page,
        id=known.id,
        url=known.url,
        title=facts.title,
        publisher=facts.publisher,
        author=facts.author,
        published_at=facts.published_at,
        sample=known.sample,
    )
    (outcome,) = ingest_articles(library, [Found(known.url, article, id_given=True)])
    return outcome
