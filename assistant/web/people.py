"""Who is at the page, and how fast each of them may ask."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock

import gradio as gr

from ingest.errors import UserError

QUESTIONS_A_MINUTE = 30


class TooFast(UserError):
    """Somebody asks more than is fair to the others."""


def name_of(request: gr.Request) -> str:
    """The name that whoever sends this request logged in with; "" where nobody has to.

    Gradio gives it to events alone; to other calls, such as `server_functions`, the login cookie is all there is.
    """
    app = request.app
    cookies = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return next((app.tokens[token] for name in cookies if (token := request.cookies.get(name)) in app.tokens), "")


class Pace:
    """Lets each named person ask so many questions a minute. Who is alone at the page has no name and no limit."""

    def __init__(self, most: int = QUESTIONS_A_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._asked: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def step(self, user: str) -> None:
        """Count a question of this user. Raises `TooFast` when there were too many in the last minute."""
        if not user:
            return
        with self._lock:
            now, asked = self._clock(), self._asked[user]
            while asked and asked[0] <= now - 60:
                asked.popleft()
            if len(asked) >= self._most:
                wait = int(asked[0] + 60 - now) + 1
                raise TooFast(f"질문이 너무 잦습니다. / More than {self._most} questions a minute. ({wait} s)")
            asked.append(now)
