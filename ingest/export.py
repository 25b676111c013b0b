"""Articles out of a library again, in the form they can come in."""

import json
from collections.abc import Iterator

from ingest.library import Library

_FIELDS = ("title", "url", "publisher", "author", "published_at", "language", "text")


def export_lines(library: Library) -> Iterator[str]:
    """The articles, oldest first, one JSON line each: ingested again, they make the same articles.

    Articles deleted while the lines are being read are left out.
    """
    for info in reversed(library.articles()):
        with library.reading():
            article = library.get(info.id) if info.id in library else None
        if article:
            known = {name: getattr(article, name) for name in _FIELDS if getattr(article, name) is not None}
            yield json.dumps({"id": article.id, **known}, ensure_ascii=False)
