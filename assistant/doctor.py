"""Looks at the installation and the library, and says what is wrong and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

from assistant.settings import Settings
from ingest.errors import UserError

PACKAGES = ("chromadb", "tantivy", "gradio", "langchain", "openai", "sentence-transformers", "torch")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, and the details or the remedy."""

    what: str
    ok: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order a reader would check them; never raises for what it finds."""
    return [_packages(), *_library(settings), _language_model(settings)]


def _packages() -> Finding:
    return Finding("packages", True, ", ".join(f"{name} {version(name)}" for name in PACKAGES))


def _library(settings: Settings) -> Iterator[Finding]:
    from ingest.embed import load_embedder
    from ingest.library import Library

    try:
        embedder = load_embedder(settings.embedding_model)
    except UserError as error:
        yield Finding("embedding model", False, str(error))
        return
    yield Finding("embedding model", True, f"{embedder.name}, {embedder.dimension} dimensions")
    try:
        with Library.open(settings.library, embedder, "assistant doctor") as library:
            report = library.verify()
            notices = " ".join(library.notices)
            yield Finding("library", report.sound, f"{settings.library}: {len(library)} articles. {notices}".strip())
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
