"""Stand-ins at the seams: a tiny embedder that needs no model."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.tokens import search_tokens


class HashEmbedder:
    """An `Embedder` that adds up one fixed pseudo-random vector a search token: texts with the same words are near."""

    def __init__(self, name: str = "hash", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([self._sum(search_tokens(text)) for text in texts], np.float32).reshape(-1, self.dimension)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def _sum(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        total = np.zeros(self.dimension)
        for token in tokens:
            seed = hashlib.sha256(f"{self.name} {token}".encode()).digest()
            total += np.frombuffer(seed * (self.dimension // 32 + 1), np.uint8)[: self.dimension] / 127.5 - 1
        return total
