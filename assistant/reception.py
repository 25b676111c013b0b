"""Takes commands from the command line for the library that the app has open. `assistant.handoff` is the other end."""

import json
import logging
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.chat import Assistant
from assistant.screen import Screen
from assistant.session import Session
from assistant.settings import Settings
from ingest.embed import load_embedder
from ingest.manifest import Manifest

if TYPE_CHECKING:
    from assistant.web.desk import Desk
    from ingest.library import Library
    from ingest.repair import Progress

_log = logging.getLogger(__name__)
_PATIENCE = 5.0
"""Seconds that commands have to stop when the app ends."""


@contextmanager
def reception(desk: "Desk") -> Iterator[None]:
    """Run the commands that other processes of this user hand over, for as long as the block runs."""
    with Listener(("127.0.0.1", 0), backlog=16) as listener:
        staff = _Reception(desk, listener)
        desk.library.announce(listener.address[1], staff.secret)
        staff.start()
        try:
            yield
        finally:
            staff.stop()


class _Reception:
    def __init__(self, desk: "Desk", listener: Listener) -> None:
        self.secret = secrets.token_bytes(32)
        self._desk = desk
        self._listener = listener
        self._ending = threading.Event()
        self._door = threading.Thread(target=self._receive, daemon=True)
        self._working: set[threading.Thread] = set()

    def start(self) -> None:
        self._door.start()

    def stop(self) -> None:
        self._ending.set()
        with suppress(OSError):  # wakes the thread that waits for the next caller
            socket.create_connection(("127.0.0.1", self._listener.address[1]), timeout=1).close()
        self._door.join(_PATIENCE)
        for thread in list(self._working):
            thread.join(_PATIENCE)

    def _receive(self) -> None:
        while not self._ending.is_set():
            try:
                connection = self._listener.accept()
            except OSError:
                continue
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._working.add(thread)
            thread.start()

    def _serve(self, connection: Connection) -> None:
        """One command, from proof of who asks to its exit status."""
        with connection, suppress(OSError, EOFError, AuthenticationError, KeyboardInterrupt):
            deliver_challenge(connection, self.secret)
            answer_challenge(connection, self.secret)
            request = json.loads(connection.recv_bytes())
            screen = _FarScreen(connection, self._ending)
            screen.exit(self._run(request, screen))
        self._working.discard(threading.current_thread())

    def _run(self, request: dict[str, Any], screen: Screen) -> int:
        from assistant.cli import parser, run

        given = request["settings"]
        settings = Settings(**{**given, "library": Path(given["library"]), "allow_hosts": tuple(given["allow_hosts"])})
        try:
            options = parser().parse_args(request["arguments"])
            return run(options, _DeskSession(self._desk, settings, screen, Path(request["folder"])))
        except Exception as error:  # a bug of ours must not leave the caller without an answer
            _log.exception("a command failed: %r", request["arguments"])
            screen.warn(f"assistant: {type(error).__name__}: {error}")
            return 1


class _FarScreen(Screen):
    """The screen of another process. Raises KeyboardInterrupt when it is gone, or the app ends."""

    def __init__(self, connection: Connection, ending: threading.Event) -> None:
        super().__init__()
        self._connection = connection
        self._ending = ending

    def print(self, text: str) -> None:
        self._send("print", text)

    def warn(self, text: str) -> None:
        self._send("warn", text)

    def progress(self, done: int, total: int | None, unit: str) -> None:
        self._send("progress", done, total, unit)

    def close(self) -> None:
        self._send("close")

    def exit(self, status: int) -> None:
        self._send("exit", status)

    def check(self) -> None:
        # The caller says nothing after its request: what there is to read is that it left.
        if self._ending.is_set() or self._connection.poll():
            raise KeyboardInterrupt

    def _send(self, *message: Any) -> None:
        self.check()
        try:
            self._connection.send_bytes(json.dumps(message).encode())
        except OSError:
            raise KeyboardInterrupt from None


class _DeskSession(Session):
    """A command's surroundings in the app: the library is open already, and stays open."""

    def __init__(self, desk: "Desk", settings: Settings, screen: Screen, folder: Path) -> None:
        super().__init__(settings, screen, folder)
        self._desk = desk

    @contextmanager
    def library(self) -> Iterator["Library"]:
        library = self._desk.library
        if len(library) and (self.settings.embedding_model or "shipped") != library.embedder.name:
            Manifest.of(library.embedder).require(load_embedder(self.settings.embedding_model), library.folder)
        yield library

    @contextmanager
    def assistant(self, named: bool) -> Iterator[Assistant]:
        with self.library() as library:
            own = bool(len(library) or named)
            if not own:
                self.warn_of_sample()
            at_hand = self._desk.own if own else self._desk.sample
            as_ours = replace(self.settings, library=at_hand.settings.library) == at_hand.settings
            yield at_hand if as_ours else Assistant(at_hand.library, self.settings)

    def rebuild(self, progress: "Progress") -> None:
        self._desk.library.switch(load_embedder(self.settings.embedding_model), progress)
