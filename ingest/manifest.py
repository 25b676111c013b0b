"""What a library was made with, in its `manifest.json`: readable by a person, and checked on opening."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.embed import Embedder
from ingest.errors import UserError
from ingest.reading import readings_version

MANIFEST = "manifest.json"


class EmbedderMismatch(UserError):
    """The library's vectors were made by another embedding model than the one in use."""


@dataclass(frozen=True)
class Manifest:
    """The embedding model and the kind of search tokens and readings that the indexes of a library are made of."""

    embedder: str
    dimension: int
    fingerprint: str
    tokens: str

    @classmethod
    def of(cls, embedder: Embedder) -> "Manifest":
        """What a library made now, with `embedder`, is made with."""
        return cls(embedder.name, embedder.dimension, embedder.fingerprint, readings_version())

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """The manifest of the library in `folder`, or None when there is none to be read."""
        try:
            return cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Puts this manifest in place of the one in `folder`, at one stroke."""
        replace_file(folder / MANIFEST, json.dumps(asdict(self), indent=2) + "\n")

    def require(self, embedder: Embedder, folder: Path) -> None:
        """Raises `EmbedderMismatch` unless `embedder` makes the same vectors."""
        if embedder.fingerprint != self.fingerprint:
            raise EmbedderMismatch(
                f"The library in {folder} was made with the embedding model {self.embedder}, not {embedder.name}"
                f"{' (same name, other weights)' if embedder.name == self.embedder else ''}. "
                f"Set ASSISTANT_EMBEDDING_MODEL to the former, or run: assistant ingest --rebuild --library {folder}"
            )


def replace_file(file: Path, text: str) -> None:
    """Writes `text` to `file` so that a reader, or a crash, finds the old text or the new, never part of it."""
    scratch = file.with_name(file.name + ".new")
    with scratch.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    scratch.replace(file)
