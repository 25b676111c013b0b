"""Looks at the installation and the library, and says what is wrong and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

from assistant.sampling import remarks, sampled
from assistant.session import Session
from assistant.settings import Settings
from ingest.errors import UserError

PACKAGES = ("chromadb", "tantivy", "gradio", "langchain", "openai", "sentence-transformers", "torch")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, and the details or the remedy."""

    what: str
    ok: bool
    detail: str


def examine(session: Session) -> list[Finding]:
    """All findings, in the order a reader would check them; never raises for what it finds."""
    return [_packages(), *_library(session), _language_model(session.settings)]


def _packages() -> Finding:
    return Finding("packages", True, ", ".join(f"{name} {version(name)}" for name in PACKAGES))


def _library(session: Session) -> Iterator[Finding]:
    try:
        with session.library() as library:
            embedder, sound = library.embedder, library.verify().sound
            yield Finding("embedding model", True, f"{embedder.name}, {embedder.dimension} dimensions")
            yield Finding("library", sound, f"{session.settings.library}: {len(library)} articles")
            yield from (Finding("search", ok, detail) for ok, detail in remarks(sampled(library)))
    except UserError as error:
        yield Finding("library", False, str(error))


def _language_model(settings: Settings) -> Finding:
    if settings.chat_model is None:
        return Finding("language model", True, "none: answers are quotes. Set ASSISTANT_CHAT_MODEL to use one.")
    if settings.chat_api_key is None and settings.chat_base_url is None:
        detail = f"{settings.chat_model} has no server: set OPENAI_API_KEY, or OPENAI_BASE_URL for one of your own."
        return Finding("language model", False, detail)
    host = urlsplit(settings.chat_base_url or "https://api.openai.com").hostname
    return Finding("language model", True, f"{settings.chat_model}; questions and passages are sent to {host}")
