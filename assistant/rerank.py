"""An optional second look at the best passages: a cross-encoder reads the question and each passage together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.arrange import Passages, Scored
from ingest.embed import how_to_get
from ingest.errors import UserError
from ingest.repair import passage_text

BEST = 30
"""So many passages are read again, one forward pass of the model each: that is what it costs."""


class RerankerUnavailable(UserError):
    """The cross-encoder that was asked for cannot be loaded."""


class Reranker:
    """Any sentence-transformers `CrossEncoder`, by folder or by name, with one score a pair.

    Only files on this machine are read, so that nothing is fetched unasked. Raises `RerankerUnavailable`, which says
    how to fetch the model.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(name, device="cpu", local_files_only=True)
        except Exception as error:  # OSError, ValueError and others, by what is missing
            advice = how_to_get(name, "a cross-encoder")
            raise RerankerUnavailable(f"Cannot load the cross-encoder {name}. {advice}") from error
        if self._model.num_labels != 1:
            raise RerankerUnavailable(f"{name} gives {self._model.num_labels} scores a pair. Name one that gives one.")

    def reranked(
        self, question: str, scored: Sequence[Scored], passages: Callable[[list[str]], Passages]
    ) -> list[Scored]:
        """The passages with the `BEST` of them in the order of the cross-encoder, best first.

        They share their scores out anew: the scores keep their scale, which what follows relies on. `passages` reads
        those of some ids.
        """
        ranked = sorted(scored, key=lambda one: (-one.score, one.id))
        best, rest = ranked[:BEST], ranked[BEST:]
        if not best:
            return rest
        read = passages([one.id for one in best])
        likely = self._model.predict([(question, passage_text(*read[one.id])) for one in best])
        order = sorted(range(len(best)), key=lambda place: (-float(likely[place]), place))
        again = [replace(best[place], score=one.score) for place, one in zip(order, best, strict=True)]
        return [*again, *rest]


@lru_cache(maxsize=1)
def load_reranker(name: str | None) -> Reranker | None:
    """The cross-encoder of that name or folder, loaded once; None for None. Raises `RerankerUnavailable`."""
    return Reranker(name) if name else None
