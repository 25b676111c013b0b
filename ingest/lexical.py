"""The words of the passages: BM25 postings in a tantivy index.

It holds no text, only tokens, and can be made again from the catalog. BM25 counts passages that were removed until
tantivy merges them away, so scores (not what is found) may differ slightly from those of an index made anew.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

WRITER_BYTES = 64_000_000
SPARE = 16
"""So many more than asked for are looked at, as those equal to the last one must all be seen."""


class Postings:
    """Passages by their tokens. A passage's id is `version:number`; passages are removed by version.

    Any number of threads may search, each on the last commit, while one thread writes. One process only.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("version", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer: Any = None
        self._words: tuple[Any, dict[str, int]] | None = None
        self._searcher = self._index.searcher()
        self._counting = threading.Lock()

    def replace(self, versions: Sequence[str], passages: Iterable[tuple[str, str]]) -> None:
        """Drops all passages of `versions`, then adds `passages` as (id, tokens with spaces between).

        On disk when it returns.
        """
        writer = self._open_writer()
        try:
            for version in versions:
                writer.delete_documents_by_term("version", version)
            for id, body in passages:
                document = self._tantivy.Document()
                document.add_text("id", id)
                document.add_text("version", id.rpartition(":")[0])
                document.add_text("body", body)
                writer.add_document(document)
            writer.commit()
        except BaseException:
            self._writer = None  # a writer that failed once may be dead: the next write starts another
            raise
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, weights: Mapping[str, float], k: int) -> list[tuple[str, float]]:
        """The best `k` (id, score) by BM25 over the tokens in `weights`, each score times its weight; equals by id."""
        query = self._query(weights)
        if query is None or k < 1:
            return []
        searcher, limit = self._searcher, k + max(SPARE, k // 8)
        while True:
            found = searcher.search(query, limit=limit, count=False).hits
            # tantivy orders equals by where they happen to lie: go on until those equal to the last are all here
            if len(found) < limit or found[-1][0] < found[k - 1][0]:
                break
            limit *= 4
        hits = [(str(searcher.doc(address).get_first("id")), float(score)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]

    def frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """In how many passages each of `tokens` stands (those removed may count until they are merged away)."""
        searcher = self._searcher
        return {token: searcher.doc_freq("body", token) for token in tokens}

    def vocabulary(self) -> Mapping[str, int]:
        """All tokens with the number of passages they stand in; computed when something changed, then kept."""
        with self._counting:
            searcher = self._searcher
            if self._words is None or self._words[0] is not searcher:
                # the filter makes tantivy count living passages, not those removed and not yet merged away
                words = searcher.terms_with_prefix("body", "", self._tantivy.Query.all_query())
                self._words = (searcher, dict(words))
            return self._words[1]

    def versions(self) -> dict[str, int]:
        """The versions that have passages here, and how many."""
        return dict(self._searcher.terms_with_prefix("version", "", self._tantivy.Query.all_query()))

    def close(self) -> None:
        """Waits for merges to end and lets go of the folder."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _query(self, weights: Mapping[str, float]) -> Any:
        query, should = self._tantivy.Query, self._tantivy.Occur.Should
        terms = [
            (should, query.boost_query(query.term_query(self._schema, "body", token, "freq"), weight))
            for token, weight in sorted(weights.items())
            if weight > 0
        ]
        return query.boolean_query(terms) if terms else None

    def _open_writer(self) -> Any:
        if self._writer is None:
            # one thread: the same passages in the same order make the same index
            self._writer = self._index.writer(WRITER_BYTES, 1)
        return self._writer
