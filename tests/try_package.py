"""Builds the wheel, installs it into an environment of its own, and uses it from another folder (`make package`)."""

import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parents[1]
QUESTION = "쿠팡이 약속한 게 뭐야?"


def main() -> None:
    """Exits with 1, and the output of what failed, unless the installed package works."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        wheel = build(room)
        bin = install(room, wheel)
        elsewhere = room / "elsewhere"
        elsewhere.mkdir()
        use(bin, elsewhere)
    print(f"{wheel.name} installs and works from any folder")


def build(room: Path) -> Path:
    """The wheel, made from the checkout."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(room), str(HERE), folder=room)
    (wheel,) = room.glob("*.whl")
    return wheel


def install(room: Path, wheel: Path) -> Path:
    """The folder of commands of a new environment with the locked dependencies and the wheel, nothing else."""
    venv.create(room / "environment", with_pip=True)
    bin = room / "environment" / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(bin / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "-r", str(HERE / "requirements.lock"), folder=room)
    run(*pip, "--no-deps", str(wheel), folder=room)
    return bin


def use(bin: Path, folder: Path) -> None:
    """A new user's first minutes: a question to the sample, an article of their own, the page, a question beside it."""
    answer = run(str(bin / "assistant"), "ask", QUESTION, folder=folder)
    expect("[1]" in answer and "sample" in answer, "no cited answer from the sample", answer)
    (folder / "own.txt").write_text("달토끼마켓은 배송비를 받지 않겠다고 약속했다.", encoding="utf-8")
    run(str(bin / "assistant"), "ingest", "own.txt", folder=folder)
    port = str(random.randrange(12_000, 30_000))
    page = subprocess.Popen([str(bin / "assistant-web"), "--port", port], cwd=folder, env=environment(folder))
    try:
        expect("newsroom" in fetched(f"http://127.0.0.1:{port}/"), "the page lacks its scripts", "")
        answer = run(str(bin / "assistant"), "ask", "달토끼마켓이 약속한 게 뭐야?", folder=folder)
        expect("배송비를 받지 않겠다고" in answer, "no answer beside the page", answer)
    finally:
        page.terminate()
        page.wait(30)
    print(run(str(bin / "assistant"), "doctor", folder=folder), end="")


def run(*command: str, folder: Path) -> str:
    """What a command prints; the end of everything when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    expect(done.returncode == 0, " ".join(command), done.stdout + done.stderr)
    return done.stdout


def environment(folder: Path) -> dict[str, str]:
    """Ours, without what would lead the package back here, and with all data in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))}
    kept.pop("PYTHONPATH", None)
    return kept | {"XDG_DATA_HOME": str(folder / "data"), "PYTHONIOENCODING": "utf-8"}


def fetched(address: str, seconds: float = 120) -> str:
    """The page at `address`, once it is served."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=10) as response:
            return str(response.read().decode())
        time.sleep(0.5)
    sys.exit(f"package: nothing is served at {address}")


def expect(true: bool, what: str, output: str) -> None:
    """Ends everything unless `true`."""
    if not true:
        sys.exit(f"package: {what}\n{output}")


if __name__ == "__main__":
    main()
