"""What the page says about itself: what answers, where text goes, which library is open."""

from typing import Any
from urllib.parse import urlsplit

from assistant.settings import Settings
from assistant.web.desk import Desk
from assistant.web.strings import SAMPLE_QUESTIONS

_OPENAI = "api.openai.com"


def text_host(settings: Settings) -> str | None:
    """The host that article text is sent to, with its port if it names one; None when no language model is set."""
    if settings.chat_model is None:
        return None
    return urlsplit(settings.chat_base_url).netloc.rpartition("@")[2] if settings.chat_base_url else _OPENAI


def facts_view(desk: Desk) -> dict[str, Any]:
    """The facts as JSON. `sample` is true while the sample library stands in for an empty one of the user's."""
    settings = desk.settings
    return {
        "articles": len(desk.assistant.library),
        "sample": desk.shows_sample,
        "examples": SAMPLE_QUESTIONS,
        "model": settings.chat_model,
        "host": text_host(settings),
        "embedder": desk.library.embedder.name,
        "folder": str(settings.library),
    }
