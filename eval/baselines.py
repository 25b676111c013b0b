"""What our retrieval is held against, on the same library: each half of it alone, and LangChain out of the box."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.answer import Hit
from eval.questions import Question
from eval.systems import System
from ingest.chunk import chunk_article
from ingest.errors import UserError
from ingest.tokens import search_tokens

if TYPE_CHECKING:
    from ingest.library import Library


def bm25(library: "Library") -> System:
    """The lexical index alone: every search token of the question, weighing 1."""

    def search(question: Question, k: int) -> Sequence[Hit]:
        weights = dict.fromkeys(search_tokens(question.question), 1.0)
        with library.reading():
            return _hits(library, library.lexical(weights, k))

    return System("bm25", search)


def dense(library: "Library") -> System:
    """The vectors alone."""

    def search(question: Question, k: int) -> Sequence[Hit]:
        vector = library.embedder.encode_queries([question.question])[0]
        with library.reading():
            return _hits(library, library.dense(vector, k))

    return System("dense", search)


def langchain(library: "Library", depth: int, longest_chunk: int) -> System:
    """The stock LangChain path over the same chunks and embedder, everything else at its default.

    Chroma's similarity search and `BM25Retriever` (rank_bm25 over `text.split()`), `depth` passages each, fused
    by `EnsembleRetriever`. Raises UserError when the packages of the `baselines` extra are missing.
    """
    try:
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_core.documents import Document
        from langchain_core.embeddings import Embeddings
    except ImportError as error:
        raise UserError(
            f"The LangChain baseline needs {error.name}: pip install 'newsroom-assistant[baselines]', "
            "or leave it out with --systems assistant,bm25,dense."
        ) from error

    class LibraryEmbeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in row] for row in library.embedder.encode_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in library.embedder.encode_queries([text])[0]]

    articles = [library.get(info.id) for info in library.articles()]
    hits = {
        chunk.id: Hit(chunk, article, 0.0) for article in articles for chunk in chunk_article(article, longest_chunk)
    }
    documents = [Document(hit.chunk.text, metadata={"chunk": key}) for key, hit in sorted(hits.items())]
    settings = Settings(anonymized_telemetry=False)
    store = Chroma("stock", LibraryEmbeddings(), client=chromadb.EphemeralClient(settings))
    store.reset_collection()  # an ephemeral client shares its memory with every other in the process
    for start in range(0, len(documents), 1000):  # add_texts does not split what is over Chroma's batch limit
        store.add_documents(documents[start : start + 1000])
    retrievers: list[Any] = [
        BM25Retriever.from_documents(documents, k=depth),
        store.as_retriever(search_kwargs={"k": depth}),
    ]
    ensemble = EnsembleRetriever(retrievers=retrievers, weights=[0.5, 0.5])

    def search(question: Question, k: int) -> Sequence[Hit]:
        return [hits[document.metadata["chunk"]] for document in ensemble.invoke(question.question)[:k]]

    return System("langchain", search)


def _hits(library: "Library", found: Sequence[tuple[str, float]]) -> list[Hit]:
    chunks = library.chunks([chunk_id for chunk_id, _ in found])
    return [
        Hit(chunks[chunk_id], library.get(chunks[chunk_id].article_id), score)
        for chunk_id, score in found
        if chunk_id in chunks
    ]
