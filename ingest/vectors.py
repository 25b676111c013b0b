"""The vectors of the passages, in a local Chroma collection.

Chroma holds ids and vectors only: no text, no metadata. It is an index that can be made again from the catalog.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"

# Chroma writes its whole graph to disk each time this many vectors have come in, and at the first search after opening
# adds again those that came since (0.4 s a thousand): lower makes adding slower, higher makes a cold question slower.
SYNC_EVERY = 1000


class VectorIndex:
    """Vectors by passage id, nearest first by cosine.

    Chroma is started at first use, which takes about a second. Any number of threads may search while one adds or
    removes. One process only: the library's lock sees to that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client: Any = None
        self._opened: Collection | None = None
        self._opening = threading.Lock()

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Stores `vectors` (rows) under `ids`, replacing those already there; on disk when it returns."""
        collection = self._collection()
        for at in range(0, len(ids), self._batch):
            part = slice(at, at + self._batch)
            collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def remove(self, ids: Sequence[str]) -> None:
        """Removes the vectors of `ids`; those that are not there are passed over."""
        collection = self._collection()
        for at in range(0, len(ids), self._batch):
            collection.delete(ids=list(ids[at : at + self._batch]))

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """At most `k` (id, cosine), nearest first, equals by id. Approximate beyond some hundreds of passages."""
        found = self._collection().query(query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"])
        distances = found["distances"] or [[]]
        return sorted(
            ((id, 1.0 - distance) for id, distance in zip(found["ids"][0], distances[0], strict=True)),
            key=lambda hit: (-hit[1], hit[0]),
        )

    def ids(self) -> list[str]:
        """The ids of all vectors."""
        return self._collection().get(include=[])["ids"]

    def get(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The stored vectors of `ids` by id, those that are there."""
        vectors: dict[str, NDArray[np.float32]] = {}
        for at in range(0, len(ids), self._batch):
            found = self._collection().get(ids=list(ids[at : at + self._batch]), include=["embeddings"])
            rows = found["embeddings"]
            vectors.update(zip(found["ids"], np.asarray([] if rows is None else rows, np.float32), strict=True))
        return vectors

    def close(self) -> None:
        """Lets go of the folder. Harmless when done twice or never opened."""
        with self._opening:
            if self._client is not None:
                self._client.close()
            self._client = self._opened = None

    def _collection(self) -> "Collection":
        with self._opening:
            if self._opened is None:
                import chromadb
                from chromadb.config import Settings

                self._folder.mkdir(parents=True, exist_ok=True)
                self._client = chromadb.PersistentClient(
                    path=str(self._folder), settings=Settings(anonymized_telemetry=False)
                )
                self._batch = self._client.get_max_batch_size()
                hnsw: Any = {"space": "cosine", "ef_search": 200, "sync_threshold": SYNC_EVERY}
                self._opened = self._client.get_or_create_collection(
                    COLLECTION, embedding_function=None, configuration={"hnsw": hnsw}
                )
            return self._opened
