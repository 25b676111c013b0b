"""How often an extractive answer holds the gold answer, against how long it is.

`python -m benchmarks.answers --data DIR [--questions N]` asks questions of KorQuAD and SQuAD development passages, all
of a set in one library, without refusing any, and prints a Markdown table: a line for each readiness to quote a further
sentence (`assistant.extract.WORTH`), and the baseline, the first 400 characters of the best passage.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from assistant import extract
from assistant.answer import Hit
from assistant.extract import Extractor
from assistant.retrieve import HybridRetriever
from assistant.settings import Settings
from ingest.embed import load_embedder
from ingest.language import detect
from ingest.library import Library
from training.extract import Asked, passages_and_questions

READINESS = (1.0, 0.4, 0.25, 0.16, 0.1, 0.05)
BASELINE = 400


@dataclass(frozen=True)
class Quoted:
    """One answer: its length in characters, and whether a gold answer is in it."""

    characters: int
    hit: bool


def main() -> None:
    """Measure both sets and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with korquad1_dev and squad20_dev")
    parser.add_argument("--questions", type=int, default=300, help="of each set (default 300)")
    arguments = parser.parse_args()
    print("| set | quoting | gold answer in the quotes | mean characters |\n|---|---|---|---|")
    for name in ("korquad1_dev", "squad20_dev"):
        articles, questions = passages_and_questions(arguments.data / name)
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), load_embedder()) as library:
            library.add(articles)
            for label, answers in measured(library, questions[: arguments.questions]):
                hits = sum(answer.hit for answer in answers) / len(answers)
                length = sum(answer.characters for answer in answers) / len(answers)
                print(f"| {name} ({len(answers)}) | {label} | {hits:.3f} | {length:.0f} |", flush=True)


def measured(library: Library, questions: Sequence[Asked]) -> Iterator[tuple[str, list[Quoted]]]:
    """The answers to all questions, for each readiness, and for the baseline."""
    retriever = HybridRetriever(library=library)
    extractor = Extractor(library, Settings(library=Path()))
    found = [(asked, retriever.search(asked.question)) for asked in questions]
    yield f"first {BASELINE} characters", [_judged(hits[0].chunk.text[:BASELINE], asked) for asked, hits in found]
    for readiness in READINESS:
        with patch.object(extract, "WORTH", readiness):
            yield f"WORTH = {readiness}", [_judged(_quotes(extractor, asked, hits), asked) for asked, hits in found]


def _quotes(extractor: Extractor, asked: Asked, hits: Sequence[Hit]) -> str:
    chosen, _ = extractor.choose(asked.question, detect(asked.question), hits)
    return " ".join(candidate.text for candidate in chosen)


def _judged(text: str, asked: Asked) -> Quoted:
    return Quoted(len(text), any(answer in text for _, answer in asked.answers))


if __name__ == "__main__":
    main()
