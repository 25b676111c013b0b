"""A real HTTP server that speaks the OpenAI chat protocol and misbehaves by script.

    with ModelServer(streamed("쿠팡은 약속했다. [1.1]")) as server:
        ... server.url ... server.requests ...

Every reply is a function that writes to the connection; one is used for each request, the last one for all further.
"""

import json
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

MODEL = "tiny-test-model"


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All that was said to the model."""
        return "\n".join(message["content"] for message in self.body["messages"])


class Connection:
    """What a reply writes to."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler

    def head(self, status: int = 200, content_type: str = "text/event-stream", **headers: str) -> None:
        self._handler.send_response(status)
        self._handler.send_header("content-type", content_type)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.send_header("connection", "close")
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def chunk(self, data: bytes) -> None:
        """One piece of a chunked body; an empty one ends it."""
        self.send(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def client_left(self, within_s: float) -> bool:
        """Whether the client hangs up within this time."""
        readable, _, _ = select.select([self._handler.connection], [], [], within_s)
        return bool(readable) and not self._handler.connection.recv(1, socket.MSG_PEEK)


Reply = Callable[[Connection], None]


class ModelServer(ThreadingHTTPServer):
    """Serves the replies on a free port of this machine, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.requests: list[Request] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/v1"

    def __enter__(self) -> "ModelServer":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        is_json = self.headers["content-type"] == "application/json"
        self.server.requests.append(Request(self.path, dict(self.headers), json.loads(body) if is_json else {}))
        reply = self.server.replies[min(len(self.server.requests), len(self.server.replies)) - 1]
        with suppress(BrokenPipeError, ConnectionResetError):  # the client left
            reply(Connection(self))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def event(data: dict[str, Any] | str) -> bytes:
    """One server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f"data: {text}\n\n".encode()


def delta(content: str | None = None, finish: str | None = None, **more: Any) -> dict[str, Any]:
    """A chunk of a streamed answer."""
    choice = {"index": 0, "delta": {} if content is None else {"content": content}, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice], **more}


def thinking(thought: str) -> dict[str, Any]:
    """A chunk of a reasoning model's thoughts, in the fields that DeepSeek, vLLM and llama.cpp send them in."""
    chunk = delta()
    chunk["choices"][0]["delta"] = {
        "role": "assistant",
        "content": None,
        "reasoning_content": thought,
        "reasoning": thought,
    }
    return chunk


def streamed(*pieces: str, finish: str | None = "stop", usage: dict[str, int] | None = None) -> Reply:
    """A streamed answer, a chunk for each piece, with the usage in a last chunk of its own as OpenAI does it."""

    def reply(connection: Connection) -> None:
        connection.head(transfer_encoding="chunked")
        for piece in pieces:
            connection.chunk(event(delta(piece)))
        connection.chunk(event(delta(None, finish)))
        if usage:
            connection.chunk(event({**delta(), "choices": [], "usage": usage}))
        connection.chunk(event("[DONE]"))
        connection.chunk(b"")

    return reply


def whole(content: Any, *, usage: dict[str, int] | None = None, finish: str = "stop", **more: Any) -> Reply:
    """An answer in one JSON body, from a server that does not stream; `more` are further fields of the message."""
    message = {"role": "assistant", "content": content, **more}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice]}
    return raw(json.dumps(body | ({"usage": usage} if usage else {})).encode(), "application/json")


def raw(body: bytes, content_type: str, status: int = 200, **headers: str) -> Reply:
    """Any body."""

    def reply(connection: Connection) -> None:
        connection.head(status, content_type, content_length=str(len(body)), **headers)
        connection.send(body)

    return reply


def error(status: int, message: str = "no", code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI words it."""
    body = json.dumps({"error": {"message": message, "type": code, "code": code}}).encode()
    return raw(body, "application/json", status, **headers)


def cut(*pieces: str, tail: bytes = b"", clean: bool = False) -> Reply:
    """A stream that ends in the middle; `clean` as if it were over, otherwise as a broken connection."""

    def reply(connection: Connection) -> None:
        connection.head(transfer_encoding="chunked")
        for piece in pieces:
            connection.chunk(event(delta(piece)))
        if tail:
            connection.chunk(tail)
        if clean:
            connection.chunk(b"")

    return reply


def hanging(server_hears: threading.Event, *pieces: str) -> Reply:
    """A stream that stops without ending; the event is set when the client hangs up."""

    def reply(connection: Connection) -> None:
        connection.head(transfer_encoding="chunked")
        for piece in pieces:
            connection.chunk(event(delta(piece)))
        if connection.client_left(within_s=20):
            server_hears.set()

    return reply


def endless(piece: str, *, opening: str = "", every_s: float = 0.001) -> Reply:
    """A stream that never ends: the opening once, and then the piece again and again."""

    def reply(connection: Connection) -> None:
        connection.head(transfer_encoding="chunked")
        connection.chunk(event(delta(opening)))
        while not connection.client_left(every_s):
            connection.chunk(event(delta(piece)))

    return reply
