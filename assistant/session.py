"""What a command works with: the settings, the library, the screen, and where its relative paths start."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.screen import Screen
from assistant.settings import Settings
from ingest.lock import refuse_if_held

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from ingest.library import Library
    from ingest.repair import Progress


class Session:
    """A command's surroundings in a process of its own: the library is opened for it, and closed after it.

    `assistant.reception` has the other kind, on the library that the app holds.
    """

    def __init__(self, settings: Settings, screen: Screen, folder: Path) -> None:
        self.settings = settings
        self.screen = screen
        self.folder = folder

    @contextmanager
    def library(self) -> Iterator["Library"]:
        """The user's library, for as long as the block runs."""
        refuse_if_held(self.settings.library)
        from ingest.embed import load_embedder
        from ingest.library import Library

        embedder = load_embedder(self.settings.embedding_model)
        with Library.open(self.settings.library, embedder, "the assistant command") as library:
            for notice in library.notices:
                self.screen.warn(f"assistant: {notice}")
            yield library

    @contextmanager
    def assistant(self, named: bool) -> Iterator["Assistant"]:
        """An assistant over the user's library; over the sample while that is empty, unless the user `named` it."""
        refuse_if_held(self.settings.library)
        from assistant.chat import Assistant
        from assistant.sample import open_sample

        with self.library() as library:
            if len(library) or named:
                yield Assistant(library, self.settings)
            else:
                self.warn_of_sample()
                with open_sample(library.embedder) as sample:
                    yield Assistant(sample, self.settings)

    def rebuild(self, progress: "Progress") -> None:
        """Makes the indexes anew with the embedding model of the settings."""
        refuse_if_held(self.settings.library)
        from ingest.embed import load_embedder
        from ingest.library import Library

        embedder = load_embedder(self.settings.embedding_model)
        Library.rebuild(self.settings.library, embedder, "the assistant command", progress).close()

    def warn_of_sample(self) -> None:
        """Tells whose articles answer."""
        self.screen.warn("assistant: your library is empty, so the sample articles answer.")
