"""How fast the shipped embedder is: `python -m training.benchmark [--model DIR]`.

Prints the seconds to load it in a new process and the passages embedded a second, on windows of 400 to 600
characters cut from the sample articles.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import ingest
from ingest.embed import SHIPPED_MODEL, StaticEmbedder

PASSAGES, ROUNDS = 5000, 5
SAMPLE = Path(ingest.__file__).parent / "sample" / "articles.jsonl"


def main() -> None:
    """Print the two figures, the best of a few rounds each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL, help="folder of the model (default: shipped)")
    model = parser.parse_args().model
    print(f"load in a new process: {min(loading_time(model) for _ in range(ROUNDS)):.2f} s")
    embedder, texts = StaticEmbedder(model), passages()
    speeds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        embedder.encode_passages(texts)
        speeds.append(len(texts) / (time.perf_counter() - started))
    print(f"passages a second: {max(speeds):.0f} (of {sum(map(len, texts)) / len(texts):.0f} characters on average)")


def loading_time(model: Path) -> float:
    """Seconds that a fresh interpreter takes to import and load the embedder."""
    code = (
        "import sys, time; started = time.perf_counter(); from pathlib import Path; "
        "from ingest.embed import StaticEmbedder; StaticEmbedder(Path(sys.argv[1])); "
        "print(time.perf_counter() - started)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(model)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def passages() -> list[str]:
    """Windows of the sample articles, the same ones every time."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    by_language: dict[str, list[str]] = {}
    for article in map(json.loads, lines):
        by_language.setdefault(article["language"], []).append(article["text"])
    texts = [" ".join(group) for group in by_language.values()]
    draw = random.Random(0)
    windows = []
    for number in range(PASSAGES):
        text, length = texts[number % len(texts)], draw.randint(400, 600)
        start = draw.randrange(max(len(text) - length, 1))
        windows.append(text[start : start + length])
    return windows


if __name__ == "__main__":
    main()
