"""Which articles a question is put to: of some publishers, some days, a language, or chosen one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from ingest.article import Language
from ingest.catalog import ArticleInfo
from ingest.errors import UserError
from ingest.library import Library


class BadFilter(UserError):
    """A filter asks for what the library has none of."""


@dataclass(frozen=True)
class Filters:
    """What an article must be; a field that is empty asks nothing.

    `since` and `until` are days, ISO 8601, both included; an article without a date is in no span of days.
    """

    publishers: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    articles: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def admit(self, article: ArticleInfo) -> bool:
        """Whether the article is all that is asked."""
        day = (article.published_at or "")[:10]
        return (
            (not self.publishers or article.publisher in self.publishers)
            and (not self.languages or article.language in self.languages)
            and (not self.articles or article.id in self.articles)
            and (not self.since or day >= self.since)
            and (not self.until or (day != "" and day <= self.until))
        )

    def chosen(self, articles: Iterable[ArticleInfo]) -> frozenset[str]:
        """The ids of the articles that are let through."""
        return frozenset(article.id for article in articles if self.admit(article))

    def checked(self, articles: Iterable[ArticleInfo]) -> "Filters":
        """The same filters. Raises `BadFilter` for a publisher or an article that is not among `articles`."""
        articles = list(articles)
        publishers = {article.publisher for article in articles if article.publisher}
        for publisher in self.publishers:
            if publisher not in publishers:
                known = ", ".join(sorted(publishers)) or "none"
                raise BadFilter(f"No article is from {publisher!r}. The publishers here: {known}.")
        ids = {article.id for article in articles}
        for id in self.articles:
            if id not in ids:
                raise BadFilter(f"There is no article {id!r}: `assistant articles list` shows the ids.")
        return self


_KEPT = 16
_chosen: WeakKeyDictionary[Library, tuple[int, dict[Filters, frozenset[str]]]] = WeakKeyDictionary()


def chosen_in(library: Library, filters: Filters) -> frozenset[str]:
    """The ids of a library's articles that are let through; kept, as the next question often has the same filters."""
    with library.reading():
        state, chosen = _chosen.get(library, (None, {}))
        if state != library.state or len(chosen) > _KEPT:
            chosen = {}
            _chosen[library] = (library.state, chosen)
        if filters not in chosen:
            chosen[filters] = filters.chosen(library.articles())
        return chosen[filters]
