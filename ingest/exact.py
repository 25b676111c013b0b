"""The vectors of a library in memory, each compared with a question's: exact, and fast for some ten thousands."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class ExactVectors:
    """The vectors of all passages in one state of a library, found by chunk id or by their likeness to another."""

    def __init__(self, articles: Iterable[tuple[str, Vectors]]) -> None:
        """`articles` are versions, each with the vectors of its chunks, one row a chunk."""
        versions = list(articles)
        self._ids = [f"{version}:{number}" for version, rows in versions for number in range(len(rows))]
        self._places = {id: place for place, id in enumerate(self._ids)}
        self._rows = np.concatenate([rows for _, rows in versions]) if versions else np.zeros((0, 0), np.float32)

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The best `k` as (chunk id, cosine), best first, equals by id."""
        if k < 1 or not self._ids:
            return []
        cosines = self._rows @ vector
        k = min(k, len(cosines))
        least = np.partition(cosines, -k)[-k]
        found = ((self._ids[place], float(cosines[place])) for place in np.flatnonzero(cosines >= least))
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def of(self, chunk_ids: Sequence[str]) -> Vectors:
        """The vectors of these chunks, one row each. Raises `KeyError` for an unknown one."""
        return self._rows[[self._places[id] for id in chunk_ids]]
