"""News in both languages: the training data's `news_koen.jsonl.gz`, and terms, sentences and questions of our own.

Those of our own are in `training/texts/`: invented facts in the words of newspapers, written for this project.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.rows import read_rows

OWN = Path(__file__).parent / "texts"

Row = dict[str, Any]


def news_rows(folder: Path) -> list[Row]:
    """Rows with `kind`: a `term` or a `sent`ence in `ko` and `en`; or a `qa` with `passage_ko` and `passage_en` too."""
    return [*read_rows(folder / "news_koen.jsonl.gz"), *own_rows()]


def own_rows() -> Iterator[Row]:
    """The rows of our own writing."""
    for kind, file in (("term", "terms.tsv"), ("sent", "sentences.tsv")):
        for line in (OWN / file).read_text(encoding="utf-8").splitlines():
            korean, english = line.split("\t")
            yield {"kind": kind, "ko": korean, "en": english}
    for line in (OWN / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        yield {"kind": "qa", **json.loads(line)}
