"""Makes the glossary of news terms from those of `training.news`, which were written for this project.

`python -m training.glossary --data DIR [--out FILE]` writes a line for each Korean term: the term, a tab, its English.
"""

import argparse
from pathlib import Path

from assistant.gloss import GLOSSARY
from training.news import news_rows

LONGEST = 4  # words of a term


def main() -> None:
    """Read the terms, keep the short ones, write them sorted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with news_koen.jsonl.gz")
    parser.add_argument("--out", type=Path, default=GLOSSARY)
    arguments = parser.parse_args()
    terms: dict[str, str] = {}
    for row in news_rows(arguments.data):
        if row["kind"] == "term" and max(len(row["ko"].split()), len(row["en"].split())) <= LONGEST:
            terms.setdefault(row["ko"], row["en"])
    arguments.out.write_text("".join(f"{ko}\t{en}\n" for ko, en in sorted(terms.items())), encoding="utf-8")
    print(f"{len(terms)} terms")


if __name__ == "__main__":
    main()
