"""Work that may hang, crash or fill the memory is done by a Python of its own, which ends when we do."""

import os
import subprocess
import sys
from pathlib import Path


def run_module(module: str, *arguments: str, seconds: float, given: bytes | None = None) -> bytes:
    """What `python -m module arguments` writes to stdout, told `given` on stdin.

    Without `given`, stdin stays open until this process ends, however it ends. Raises `subprocess.SubprocessError`
    when it takes longer than `seconds` or fails.
    """
    package = str(Path(__file__).resolve().parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([package, os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", module, *arguments]
    if given is not None:
        done = subprocess.run(command, env=environment, input=given, capture_output=True, timeout=seconds, check=True)
        return done.stdout
    read_end, write_end = os.pipe()
    try:
        done = subprocess.run(
            command, env=environment, stdin=read_end, capture_output=True, timeout=seconds, check=True
        )
        return done.stdout
    finally:
        os.close(read_end)
        os.close(write_end)
