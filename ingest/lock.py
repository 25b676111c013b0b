"""One writer: the lock on a library folder and who holds it; and the gate between readers and a commit.

Chroma loses documents silently when two processes write one folder, so a library is open in one process at a time.
The operating system releases the lock when its holder ends, however it ends; the note beside it only tells who.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import UserError

LOCK = "lock"
HOLDER = "lock.json"


class LibraryLocked(UserError):
    """Another process (or another part of this one) has the library open."""


class LibraryLock:
    """Holds the library in `folder` for this process until `release`.

    Raises `LibraryLocked` at once, naming the holder, when somebody else holds it.
    """

    def __init__(self, folder: Path, who: str) -> None:
        from filelock import FileLock, Timeout

        self._note = folder / HOLDER
        self._lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise LibraryLocked(
                f"The library in {folder} is in use by {_holder(self._note)}. "
                "Close it there first, or do this in it; another library can be named with --library."
            ) from None
        since = datetime.now(UTC).isoformat(timespec="seconds")
        self._note.write_text(json.dumps({"pid": os.getpid(), "who": who, "since": since}), encoding="utf-8")

    def release(self) -> None:
        """Gives the library back. Harmless when done twice."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink()
            self._lock.release()


class Gate:
    """Lets any number of threads read at once, and a commit through when none reads; who comes later waits for it.

    Readings may be nested in one thread. A thread must not commit while it reads.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._committing = False
        self._mine = threading.local()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """No commit happens inside this block."""
        depth = getattr(self._mine, "depth", 0)
        if depth == 0:
            with self._changed:
                self._changed.wait_for(lambda: not self._committing)
                self._readers += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            if depth == 0:
                with self._changed:
                    self._readers -= 1
                    self._changed.notify_all()

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Nobody reads inside this block. One thread at a time. Raises RuntimeError in a thread that reads."""
        if getattr(self._mine, "depth", 0):
            raise RuntimeError("a thread cannot write to the library inside its own reading()")
        try:
            with self._changed:
                self._committing = True
                self._changed.wait_for(lambda: self._readers == 0)
            yield
        finally:
            with self._changed:
                self._committing = False
                self._changed.notify_all()


def _holder(note: Path) -> str:
    """Who holds the lock, in words; the note may be missing for a moment, while it is being written."""
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        return f"{holder['who']} (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
