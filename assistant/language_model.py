"""One call to an OpenAI-compatible server: text as it comes, within a deadline, stopped as soon as nobody reads it.

The call runs on an event loop in a thread of its own, because only there can a wait for the network be ended at any
moment: by the deadline, or by the reader leaving.
"""

import asyncio
import email.utils
import ipaddress
import logging
import math
import queue
import re
import threading
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from assistant.answerers import AnswererFailed, Usage
from assistant.model_faults import ModelFault, Target, is_quota_exhausted

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
    from langchain_openai import ChatOpenAI

logger = logging.getLogger(__name__)

OPENAI_URL = "https://api.openai.com/v1"
MOST_CHARACTERS = 16_000  # of one answer: a model that never stops must not fill the memory
BEAT_S = 0.25  # a reader who left is noticed at least this often
_MOST_WAITS = 3  # how often a busy server is asked again
_WAIT_S = 1.0  # when it does not say how long to wait
# What some models and servers refuse, and we can do without: our name for it, and the name in the request.
_OPTIONAL = {"temperature": "temperature", "stream_usage": "stream_options"}


class ModelNotConfigured(AnswererFailed):
    """The settings do not say which model to ask, or how."""


_Items = queue.SimpleQueue[str | Usage | ModelFault | None]


@dataclass
class _Progress:
    """Where a call stands: what it has given, and until when it may go on."""

    items: _Items
    limit: asyncio.Timeout
    deadline: float
    started: bool = False

    def is_alive(self) -> None:
        """The model is at work: it has until the deadline."""
        self.limit.reschedule(self.deadline)

    def report(self, message: "AIMessage") -> None:
        if message.text:
            self.started = True
            self.is_alive()
            self.items.put(str(message.text)[:MOST_CHARACTERS])
        if counts := message.usage_metadata:
            self.items.put(Usage(counts["input_tokens"], counts["output_tokens"]))


def text_goes_to(chat_model: str | None, chat_base_url: str | None) -> str | None:
    """The host (with its port) that article text is sent to; None when no language model is set."""
    if not chat_model:
        return None
    try:
        parts = urlsplit(chat_base_url or OPENAI_URL)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or parts.scheme not in ("http", "https"):
        raise ModelNotConfigured(
            "OPENAI_BASE_URL is not a web address: set it to one such as http://localhost:11434/v1, or unset it."
        )
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}" if port else name


class LanguageModel:
    """A chat model on an OpenAI-compatible server: OpenAI, Ollama, vLLM, llama.cpp and others.

    `timeout_s` is the time for a whole call, `first_token_s` for its first word. The key is optional with a base URL.
    Raises ModelNotConfigured.
    """

    def __init__(
        self, model: str, base_url: str | None, api_key: str | None, *, timeout_s: float, first_token_s: float
    ) -> None:
        if not api_key and not base_url:
            raise ModelNotConfigured(
                "ASSISTANT_CHAT_MODEL is set, but neither a key nor a server is: set OPENAI_API_KEY, or set "
                "OPENAI_BASE_URL for a server that needs no key, such as http://localhost:11434/v1."
            )
        if api_key and not (api_key.isascii() and api_key.isprintable() and " " not in api_key):
            raise ModelNotConfigured("OPENAI_API_KEY holds characters that no key has: copy it again.")
        host = text_goes_to(model, base_url)
        assert host is not None
        self.target = Target(model, host)
        self._base_url = base_url or OPENAI_URL
        self._key = api_key or ""
        self.timeout_s = timeout_s
        self._first_token_s = min(first_token_s, timeout_s)
        self._refused: set[str] = set()

    def stream(self, messages: "Sequence[BaseMessage]", *, within_s: float | None = None) -> Generator[str | Usage]:
        """The model's text as it comes, "" whenever it keeps us waiting, and the usage if the server tells it.

        `within_s` is a shorter time for this call than the model's own.
        Raises ModelFault, perhaps after some text. Closing the iterator ends the call at once.
        """
        import langchain_openai  # noqa: F401  two seconds that are not the model's

        items: _Items = queue.SimpleQueue()
        loop = asyncio.new_event_loop()
        task = loop.create_task(self._call(messages, items, min(within_s or self.timeout_s, self.timeout_s)))
        threading.Thread(target=_run, args=(loop, task), name="language-model", daemon=True).start()
        try:
            while True:
                try:
                    item = items.get(timeout=BEAT_S)
                except queue.Empty:
                    item = ""
                if item is None:
                    return
                if isinstance(item, ModelFault):
                    raise item
                yield item
        finally:
            with suppress(RuntimeError):  # the loop is closed: the call is over
                loop.call_soon_threadsafe(task.cancel)

    async def _call(self, messages: "Sequence[BaseMessage]", items: _Items, timeout_s: float) -> None:
        """Put the call's text, usage and fault where the reader waits for them, and None at the end."""
        now = asyncio.get_running_loop().time
        deadline = now() + timeout_s
        try:
            async with asyncio.timeout_at(deadline) as limit:
                await self._ask(messages, _Progress(items, limit, deadline))
        except TimeoutError:
            kind, seconds = ("too slow", timeout_s) if now() >= deadline else ("slow start", self._first_token_s)
            items.put(self.target.fault(kind, seconds=f"{seconds:g}"))
        except ModelFault as fault:
            items.put(fault)
        except Exception as error:  # before anything was asked: a proxy or certificate setting that cannot work
            logger.info("%s: the connection cannot be prepared (%s)", self.target.host, type(error).__name__)
            items.put(self.target.fault("settings", words=type(error).__name__))
        finally:
            items.put(None)

    async def _ask(self, messages: "Sequence[BaseMessage]", progress: "_Progress") -> None:
        """Ask until there is an answer or no sense in asking again; a started answer is never asked for twice."""
        from langsmith.run_helpers import tracing_context
        from openai import DefaultAsyncHttpxClient

        now = asyncio.get_running_loop().time
        # A redirect would take the text to a host that nobody named, and so would a tracing service; a model on
        # this machine needs no proxy; the deadline is ours, not the client's.
        client = DefaultAsyncHttpxClient(
            follow_redirects=False,
            timeout=None,
            trust_env=not self._is_here(),
            verify=self._base_url.startswith("https:"),  # loading the certificates takes a fifth of a second
        )
        answer, waits = self._at_once if "stream" in self._refused else self._streamed, 0
        async with client:
            with tracing_context(enabled=False):
                while True:
                    if answer == self._streamed:
                        progress.limit.reschedule(min(progress.deadline, now() + self._first_token_s))
                    try:
                        return await answer(client, messages, progress)
                    except Exception as error:
                        fault = self.target.fault_of(error, self._key, started=progress.started)
                        logger.info("%s: %s (%s)", self.target.host, fault, type(error).__name__)
                        progress.is_alive()
                        if progress.started:
                            raise fault from None
                        if answer == self._streamed and _may_not_stream(error):
                            answer = self._at_once
                        elif not self._leave_out_refused(error):
                            wait = _wait_before_retry(error, waits)
                            if wait is None or now() + wait >= progress.deadline:
                                raise fault from None
                            waits += 1
                            await asyncio.sleep(wait)

    async def _streamed(self, client: Any, messages: "Sequence[BaseMessage]", progress: "_Progress") -> None:
        characters, thoughts, finish = 0, 0, None
        stream = cast("AsyncGenerator[AIMessageChunk]", self._chat_model(client).astream(list(messages)))
        async with aclosing(stream) as chunks:
            async for chunk in chunks:
                finish = chunk.response_metadata.get("finish_reason", finish)
                characters += len(chunk.text)
                progress.report(chunk)
                thoughts += not chunk.text
                if thoughts > 1:  # the first one only opens the stream; more are a reasoning model's, at work
                    progress.is_alive()
                if characters > MOST_CHARACTERS:
                    raise self.target.fault("length")
        self._check(characters, finish or "cut off")

    async def _at_once(self, client: Any, messages: "Sequence[BaseMessage]", progress: "_Progress") -> None:
        message = await self._chat_model(client).ainvoke(list(messages))
        self._refused.add("stream")  # this way it answers; do not make it write every answer twice
        progress.report(message)
        self._check(len(message.text), message.response_metadata.get("finish_reason") or "stop")

    def _check(self, characters: int, finish: str) -> None:
        """Raise what the end of an answer tells, when it is something else than that the answer is whole."""
        kind = {"cut off": "cut off", "length": "length", "content_filter": "filtered"}.get(finish)
        if kind or not characters:
            raise self.target.fault(kind or "empty")

    def _chat_model(self, client: Any) -> "ChatOpenAI":
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        options: dict[str, Any] = {"temperature": 0.0, "stream_usage": True}
        return ChatOpenAI(
            model=self.target.model,
            base_url=self._base_url,
            api_key=SecretStr(self._key or "none"),  # without a key, not the environment's: it is for another host
            max_retries=0,
            use_responses_api=False,
            stream_chunk_timeout=None,
            http_socket_options=(),  # the library's own would make it warn about the user's proxy
            http_async_client=client,
            client=object(),  # only the asynchronous one is used; making this one would read the proxy settings
            **{name: value for name, value in options.items() if name not in self._refused},
        )

    def _is_here(self) -> bool:
        host = urlsplit(self._base_url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def _leave_out_refused(self, error: Exception) -> bool:
        """Whether the server refused something that the request can do without; it is not sent again."""
        if getattr(error, "status_code", None) not in (400, 422):
            return False
        refused = {name for name, sent in _OPTIONAL.items() if sent in str(error)} - self._refused
        self._refused |= refused
        return bool(refused)


def _run(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> None:
    try:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


def _may_not_stream(error: Exception) -> bool:
    """Whether the server refused to stream, or sent something else than a stream."""
    refused = getattr(error, "status_code", None) in (400, 422, 501) and re.search(r"\bstream(ing)?\b", str(error))
    return isinstance(error, ValueError) or bool(refused)


def _wait_before_retry(error: Exception, waits: int) -> float | None:
    """Seconds to wait before asking again; None when asking again is no use. A 5xx is asked again once."""
    import openai

    if not isinstance(error, openai.APIStatusError):
        return None
    if error.status_code == 429:
        again = waits < _MOST_WAITS and not is_quota_exhausted(error)
    else:
        again = waits < 1 and error.status_code >= 500
    return _retry_after(error.response.headers.get("retry-after")) if again else None


def _retry_after(header: str | None) -> float:
    """The seconds a Retry-After header asks for: a number or a date (RFC 9110, section 10.2.3)."""
    try:
        seconds = float(header or _WAIT_S)
    except ValueError:
        try:
            seconds = (email.utils.parsedate_to_datetime(header or "") - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            seconds = _WAIT_S
    return max(seconds, 0.1) if math.isfinite(seconds) else math.inf
