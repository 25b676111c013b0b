"""`python -m benchmarks.cold`: how long a new process takes to answer its first question, and where the time goes.

Asks the sample articles through the command line, each time in a new process, and prints the wall time, the share of
each imported package in it, and the time of further questions in one process, beside a bare `python -c pass`.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from assistant.chat import Assistant
from assistant.sample import SAMPLE_ARTICLES
from assistant.settings import Settings
from ingest.embed import load_embedder
from ingest.library import Library

RUNS = 5
QUESTIONS = (
    "쿠팡이 약속한 건 뭐야?",
    "what did Coupang pledge?",
    "How much will Naver invest in AI education?",
    "카카오톡 선물하기 정산은 한 달에 몇 번?",
    "Which professor spoke at the platform meeting?",
)
NOT_WANTED = {"torch", "gradio", "transformers", "sentence_transformers"}
_IMPORT = re.compile(r"import time:\s*(\d+) \|\s*\d+ \|\s*([\w.]+)")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        ask = [sys.executable, "-m", "assistant.cli", "ask", QUESTIONS[0], "--library", folder]
        _run([sys.executable, "-m", "assistant.cli", "ingest", str(SAMPLE_ARTICLES), "--library", folder])
        bare = statistics.median(_seconds([sys.executable, "-c", "pass"]) for _ in range(RUNS))
        cold = statistics.median(_seconds(ask) for _ in range(RUNS))
        print(f"new process, first answer   {cold:6.2f} s   ({cold / bare:.0f} x a bare python, {bare:.2f} s)")
        shares = _imports(ask)
        print(f"  imports, all              {sum(shares.values()):6.2f} s")
        for package, seconds in list(shares.items())[:12]:
            print(f"    {package:23} {seconds:6.2f} s")
        print(f"  not imported: {', '.join(sorted(NOT_WANTED - shares.keys()))}")
        if loaded := NOT_WANTED & shares.keys():
            sys.exit(f"imported and should not be: {', '.join(sorted(loaded))}")
        _further(Path(folder))


def _further(folder: Path) -> None:
    """Time of questions after the first in one process."""
    with Library.open(folder, load_embedder()) as library:
        assistant = Assistant(library, Settings(library=folder))
        assistant.ask(QUESTIONS[0])
        times = []
        for _ in range(RUNS):
            for question in QUESTIONS:
                started = time.perf_counter()
                assistant.ask(question)
                times.append((time.perf_counter() - started) * 1000)
    print(f"further questions           {statistics.median(times):6.1f} ms  (slowest {max(times):.1f} ms)")


def _imports(command: list[str]) -> dict[str, float]:
    """Seconds spent importing, by top-level package, most first."""
    done = _run([command[0], "-X", "importtime", *command[1:]])
    shares: defaultdict[str, float] = defaultdict(float)
    for microseconds, module in _IMPORT.findall(done.stderr):
        shares[module.split(".")[0]] += int(microseconds) / 1e6
    return dict(sorted(shares.items(), key=lambda share: -share[1]))


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    _run(command)
    return time.perf_counter() - started


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=True, capture_output=True, text=True)


if __name__ == "__main__":
    main()
