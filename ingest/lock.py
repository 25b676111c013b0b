"""One writer: the lock on a library folder and who holds it; and the gate between readers and a commit.

Chroma loses documents silently when two processes write one folder, so a library is open in one process at a time.
The operating system releases the lock when its holder ends, however it ends; the note beside it only tells who.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import UserError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = "lock"
HOLDER = "lock.json"


class LibraryLocked(UserError):
    """Another process (or another part of this one) has the library open."""


@dataclass(frozen=True)
class ReachableHolder:
    """Who holds a library and takes work for it: the port it listens on (loopback), and the secret it knows."""

    port: int
    secret: bytes


def reachable_holder(folder: Path) -> ReachableHolder | None:
    """The holder of the library in `folder` if it takes work; its note may have outlived it."""
    note = _read_note(folder.expanduser() / HOLDER)
    try:
        return ReachableHolder(int(note["port"]), bytes.fromhex(note["secret"]))
    except (KeyError, ValueError, TypeError):
        return None


def refuse_if_held(folder: Path) -> None:
    """Raises `LibraryLocked` when somebody holds the library in `folder` now.

    For who is about to load what opening takes: the answer comes at once, and may have changed when he opens.
    """
    folder = folder.expanduser().absolute()
    if (folder / LOCK).exists():
        _acquired(folder).release()


class LibraryLock:
    """Holds the library in `folder` for this process until `release`.

    Raises `LibraryLocked` at once, naming the holder, when somebody else holds it.
    """

    def __init__(self, folder: Path, who: str) -> None:
        self._note = folder / HOLDER
        self._lock = _acquired(folder)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        self._facts: dict[str, Any] = {"pid": os.getpid(), "who": who, "since": since}
        self._write_note()

    def announce(self, port: int, secret: bytes) -> None:
        """Tells other processes of this user where we take work for the library; see `reachable_holder`."""
        self._facts |= {"port": port, "secret": secret.hex()}
        self._write_note()

    def _write_note(self) -> None:
        """Puts the note in place at one stroke; for the user's eyes only."""
        scratch = self._note.with_name(self._note.name + ".new")
        scratch.unlink(missing_ok=True)
        with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            json.dump(self._facts, out)
        scratch.replace(self._note)

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


def _acquired(folder: Path) -> "BaseFileLock":
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise LibraryLocked(
            f"The library in {folder} is in use by {_holder(folder / HOLDER)}. "
            "Close it there first, or do this in it; another library can be named with --library."
        ) from None
    return lock


def _holder(note: Path) -> str:
    """Who holds the lock, in words; the note may be missing for a moment, while it is being written."""
    holder = _read_note(note)
    try:
        return f"{holder['who']} (process {holder['pid']}, since {holder['since']})"
    except KeyError:
        return "another process"


def _read_note(note: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
