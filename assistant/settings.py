"""All settings in one frozen object; the only place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import UserError

APP_NAME = "newsroom-assistant"


@dataclass(frozen=True)
class Settings:
    """What the user can choose. Every field has a default that needs no key, no GPU and no network.

    `chat_model` set means that article text is sent to the chat model's host; unset means it never is.
    """

    library: Path
    """The folder that holds the user's articles (`ASSISTANT_LIBRARY`)."""
    embedding_model: str | None = None
    """Any sentence-transformers name or folder (`ASSISTANT_EMBEDDING_MODEL`); None is the shipped model."""
    reranker: str | None = None
    """Any sentence-transformers CrossEncoder name or folder (`ASSISTANT_RERANKER`); None reorders nothing."""
    chat_model: str | None = None
    """The language model that words the answers (`ASSISTANT_CHAT_MODEL`); None answers with quotes."""
    chat_base_url: str | None = None
    """An OpenAI-compatible server (`OPENAI_BASE_URL`); None is OpenAI's own."""
    chat_api_key: str | None = field(default=None, repr=False)
    """The server's key (`OPENAI_API_KEY`); optional when there is a base URL."""
    chat_timeout_s: float = 60.0
    """The whole time a language model has for one answer (`ASSISTANT_CHAT_TIMEOUT`)."""
    chat_first_token_s: float = 20.0
    """The time a language model has for its first word: a third of the whole, but not less than this."""
    allow_hosts: tuple[str, ...] = ()
    """Private hosts that articles may be fetched from (`ASSISTANT_ALLOW_HOSTS`, comma separated)."""
    feed_minutes: float = 60.0
    """How often the app refreshes the remembered feeds (`ASSISTANT_FEED_MINUTES`); 0 is never."""
    passages: int = 8
    """How many passages an answer is made from."""
    answer_sentences: int = 3
    """The most sentences an answer without a language model quotes."""
    answer_characters: int = 400
    """The most characters an answer without a language model quotes."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that the environment asks for; an empty variable counts as unset."""
        value = {name: text.strip() for name, text in environment.items() if text.strip()}
        timeout_s = _seconds(value, "ASSISTANT_CHAT_TIMEOUT", cls.chat_timeout_s)
        return cls(
            library=Path(value.get("ASSISTANT_LIBRARY", default_library())).expanduser(),
            embedding_model=value.get("ASSISTANT_EMBEDDING_MODEL"),
            reranker=value.get("ASSISTANT_RERANKER"),
            chat_model=value.get("ASSISTANT_CHAT_MODEL"),
            chat_base_url=value.get("OPENAI_BASE_URL"),
            chat_api_key=value.get("OPENAI_API_KEY"),
            chat_timeout_s=timeout_s,
            chat_first_token_s=max(cls.chat_first_token_s, timeout_s / 3),
            feed_minutes=_number(value, "ASSISTANT_FEED_MINUTES", cls.feed_minutes),
            allow_hosts=tuple(value.get("ASSISTANT_ALLOW_HOSTS", "").lower().replace(",", " ").split()),
        )


def default_library() -> Path:
    """The library folder in the user's data directory."""
    return _data_folder() / "library"


def sample_library() -> Path:
    """The folder of the sample library, beside the user's."""
    return _data_folder() / "sample"


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)


def _seconds(value: Mapping[str, str], name: str, default: float) -> float:
    try:
        seconds = float(value.get(name, default))
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise UserError(f"{name} is {value[name]!r}: give a number of seconds greater than 0, such as 60.")
    return seconds


def _number(value: Mapping[str, str], name: str, default: float) -> float:
    try:
        number = float(value.get(name, default))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise UserError(f"{name} is {value[name]!r}: give a number of minutes such as 30, or 0 for never.")
    return number
