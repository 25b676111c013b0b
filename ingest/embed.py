"""Text to unit vectors: one seam, `Embedder`, with the shipped bilingual model or any sentence-transformers model.

The shipped model is a table of vectors, one a token; a text's vector is the mean of its tokens', scaled to length
one. That needs `tokenizers` and numpy only: no torch, loaded in a fraction of a second.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UserError

SHIPPED_MODEL = Path(__file__).parent / "model"

Vectors = NDArray[np.float32]

_FEW = 16  # texts that are read sooner one by one than by several threads


class EmbedderUnavailable(UserError):
    """The embedding model that was asked for cannot be loaded."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness (-1 to 1).

    `fingerprint` changes whenever the vectors might: an index made by one embedder must not be read by another.
    """

    @property
    def name(self) -> str:
        """The model's name as a user would write it."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides the vectors, in hex."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are searched, shape `(len(texts), dimension)`, rows of length one."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape `(len(texts), dimension)`, rows of length one."""
        ...


class StaticEmbedder:
    """A sentence-transformers folder whose first module is a `StaticEmbedding`, read without torch.

    The table is kept as it is stored: rows of 8-bit integers and a scale each. A text's vector depends on the text
    alone, never on what else is in the batch. A text with no known token has the zero vector.

    Raises `EmbedderUnavailable` when `folder` does not hold such a model.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        from safetensors import safe_open
        from tokenizers import Tokenizer

        weights_file, tokenizer_file = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            self._tokenizer = Tokenizer.from_str(tokenizer_file.read_text(encoding="utf-8"))
            with safe_open(weights_file, framework="np") as weights:
                self._rows: NDArray[np.int8] = weights.get_tensor("embeddings")
                self._scales: Vectors = weights.get_tensor("weights")
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise EmbedderUnavailable(f"No embedding model in {folder} ({error}). Reinstall the package.") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.name = name or folder.name
        self.dimension = int(self._rows.shape[1])
        self.fingerprint = _sha256(tokenizer_file.read_bytes(), weights_file.read_bytes())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape `(len(texts), dimension)`."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for vector, pieces in zip(vectors, self._pieces(texts), strict=True):
            tokens = np.array(pieces, dtype=np.intp)
            vector[:] = self._scales.take(tokens) @ self._rows.take(tokens, axis=0).astype(np.float32)
        return _unit_rows(vectors)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions: the shipped model reads them as it reads passages."""
        return self.encode_passages(texts)

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Unit vectors of single words, for reading a text word by word, shape `(len(words), dimension)`.

        The same as of passages but for the last bits: all the words' tokens are summed in one go, which is faster.
        """
        return _unit_rows(self._sums(self._pieces(words)))

    def word_pieces(self, words: Sequence[str]) -> tuple[list[list[int]], Vectors]:
        """The numbers of the pieces that each word is made of, and the lengths of the sums of their vectors."""
        pieces = self._pieces(words)
        return pieces, np.linalg.norm(self._sums(pieces), axis=1)

    def piece_products(self, vectors: Vectors, pieces: NDArray[np.integer[Any]]) -> Vectors:
        """The dot products of `vectors` with the vectors of `pieces`, by number: shape `(len(vectors), len(pieces))`.

        Over the length of a word's sum, the products of its pieces add up to its cosine.
        """
        is_met = np.zeros(len(self._rows), bool)
        is_met[pieces] = True
        met = np.flatnonzero(is_met)
        place = np.empty(len(self._rows), np.intp)
        place[met] = np.arange(len(met))
        products = vectors @ self._rows.take(met, axis=0).astype(np.float32).T * self._scales.take(met)
        taken: Vectors = products.take(place.take(pieces), axis=1)
        return taken

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) < _FEW:
            return [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def _sums(self, pieces: Sequence[Sequence[int]]) -> Vectors:
        """The sum of each word's pieces' vectors."""
        vectors = np.zeros((len(pieces), self.dimension), dtype=np.float32)
        numbers = np.fromiter(chain.from_iterable(pieces), np.intp)
        lengths = np.array([len(some) for some in pieces], dtype=np.intp)
        starts = np.cumsum(lengths) - lengths
        for place in range(max(lengths, default=0)):  # the first pieces of all words, the second ones, ...
            longer = np.flatnonzero(lengths > place)
            added = numbers[starts[longer] + place]
            vectors[longer] += self._rows.take(added, axis=0) * self._scales.take(added)[:, None]
        return vectors


def how_to_get(name: str, what: str) -> str:
    """What to do about a model, by folder or by name, that does not load; `what` it should be ("a cross-encoder")."""
    if Path(name).exists():
        return f"The folder does not hold {what}."
    return f"It is not on this machine. Fetch it once with `hf download {name}`, or check the name."


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by folder or by name, with its own query and passage prompts.

    Only files on this machine are read, so that a missing model fails at once and nothing is fetched unasked.
    Raises `EmbedderUnavailable`, which says how to fetch the model.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, device="cpu", local_files_only=True)
        except Exception as error:  # OSError, ValueError and others, by what is missing
            advice = how_to_get(name, "a sentence-transformers model")
            raise EmbedderUnavailable(f"Cannot load the embedding model {name}. {advice}") from error
        self.name = name
        self.dimension = len(self._model.encode_query(""))
        weights = (tensor.cpu().numpy().tobytes() for tensor in self._model.state_dict().values())
        self.fingerprint = _sha256(repr(sorted(self._model.prompts.items())).encode(), *weights)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, each read after the model's passage prompt, shape `(len(texts), dimension)`."""
        return self._vectors(self._model.encode_document(list(texts), show_progress_bar=False), len(texts))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, each read after the model's query prompt, shape `(len(texts), dimension)`."""
        return self._vectors(self._model.encode_query(list(texts), show_progress_bar=False), len(texts))

    def _vectors(self, vectors: Any, count: int) -> Vectors:
        return _unit_rows(np.asarray(vectors, dtype=np.float32).reshape(count, self.dimension))


def load_embedder(name: str | None = None) -> Embedder:
    """The shipped model when `name` is None, else the sentence-transformers model of that name or folder.

    Raises `EmbedderUnavailable` when it cannot be loaded.
    """
    return shipped_model() if name is None else SentenceTransformerEmbedder(name)


@lru_cache(maxsize=1)
def shipped_model() -> StaticEmbedder:
    """The model that comes with the package, loaded once.

    From then on numpy multiplies with one thread: our matrices are small, and several threads wait for each other
    longer than they work (twice the processor's time for a question, on two cores).
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    return StaticEmbedder(SHIPPED_MODEL, "shipped")


def _unit_rows(vectors: Vectors) -> Vectors:
    """Each row scaled to length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return units


def _sha256(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:32]
