"""The library the page works on: the user's own, and the sample that stands in while that is empty."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Lock, Thread

from assistant.chat import Assistant
from assistant.sample import open_sample
from assistant.settings import Settings
from ingest.article import Article
from ingest.errors import UserError
from ingest.library import Library


class Desk:
    """What every visitor of the page shares. Any number of threads may use it at once."""

    def __init__(self, library: Library, settings: Settings, opened: ExitStack) -> None:
        self.library = library
        self.settings = settings
        self.own = Assistant(library, settings)
        self._sample: Assistant | None = None
        self._opened = opened
        self._opening = Lock()

    @property
    def assistant(self) -> Assistant:
        """Who answers now: from the user's articles, or from the sample while there are none."""
        return self.own if len(self.library) else self.sample

    @property
    def shows_sample(self) -> bool:
        """Whether the sample stands in for the user's library."""
        return self.assistant is not self.own

    def article(self, article_id: str) -> Article:
        """The article as it is now, wherever an answer may have cited it from. Raises `UnknownArticle`."""
        try:
            return self.library.get(article_id)
        except UserError:
            if self._sample is None:
                raise
            return self._sample.library.get(article_id)

    def warm_up(self) -> None:
        """Load what the first question needs, so that its asker need not wait."""
        with suppress(UserError):
            self.assistant.search("warm up")

    @property
    def sample(self) -> Assistant:
        """Who answers from the sample articles, which are opened at the first use."""
        with self._opening:
            if self._sample is None:
                sample = self._opened.enter_context(open_sample(self.library.embedder))
                self._sample = Assistant(sample, self.settings)
            return self._sample


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """The desk over the user's library, which is locked for as long as the block runs."""
    from ingest.embed import load_embedder

    embedder = load_embedder(settings.embedding_model)
    with Library.open(settings.library, embedder, "the web page") as library, ExitStack() as opened:
        desk = Desk(library, settings, opened)
        warming = Thread(target=desk.warm_up)
        warming.start()
        try:
            yield desk
        finally:
            warming.join()
