"""Hands a command to the app that has the library open, and prints what it says. `assistant.reception` is its end.

They talk over loopback, in messages of JSON; each first proves to the other that it knows the secret in the
library's `lock.json`, which only the user can read.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.screen import Screen
from assistant.settings import Settings
from ingest.errors import UserError
from ingest.lock import reachable_holder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_BROKEN_OFF = "The app ended before the work was done. Run the command again."


class WorkBrokenOff(UserError):
    """The app ended in the middle of our work."""


def hand_over(settings: Settings, arguments: Sequence[str], screen: Screen) -> int | None:
    """Has the app run the command line `arguments` and shows on `screen` what it shows; returns its exit status.

    None when no app has the library of `settings` open: then it is ours to open. Leaving early, as Ctrl-C does, makes
    the app stop the work. Raises `WorkBrokenOff`.
    """
    holder = reachable_holder(settings.library)
    if holder is None:
        return None
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        connection = Client(("127.0.0.1", holder.port), authkey=holder.secret)
    except (OSError, EOFError, AuthenticationError):
        return None  # the note is a dead holder's
    request = {"arguments": list(arguments), "folder": str(Path.cwd()), "settings": asdict(settings)}
    show: dict[str, Callable[..., None]] = {
        "print": screen.print,
        "warn": screen.warn,
        "progress": screen.progress,
        "close": screen.close,
    }
    with connection:
        _send(connection, request)
        while True:
            action, *values = _received(connection)
            if action == "exit":
                return int(values[0])
            show[action](*values)


def _send(connection: "Connection", request: dict[str, Any]) -> None:
    try:
        connection.send_bytes(json.dumps(request, default=str).encode())
    except OSError as error:
        raise WorkBrokenOff(_BROKEN_OFF) from error


def _received(connection: "Connection") -> list[Any]:
    try:
        return list(json.loads(connection.recv_bytes()))
    except (EOFError, OSError) as error:
        raise WorkBrokenOff(_BROKEN_OFF) from error
