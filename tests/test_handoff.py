"""One writer, many users: commands while the app has the library open, each in a process of its own."""

import json
import os
import random
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Listener
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from assistant import cli
from assistant.handoff import hand_over
from assistant.screen import Screen
from assistant.settings import Settings
from ingest.lock import LibraryLock, reachable_holder

ARTICLES = [
    {"id": "c", "title": "상생안", "text": "쿠팡이 상생안을 내놨다. 쿠팡은 할인 비용을 부담하겠다고 약속했다."},
    {"id": "n", "text": "Naver will spend 60 billion won on education. The plan starts in March."},
]


@dataclass(frozen=True)
class App:
    """The app as a user starts it, on a library in `folder`."""

    folder: Path
    process: subprocess.Popen[str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "assistant.cli", *arguments],
            cwd=self.folder,
            env=environment(self.folder),
            capture_output=True,
            text=True,
            check=False,
        )

    def count(self) -> int:
        return len(self.run("articles", "list").stdout.splitlines())


def environment(folder: Path) -> dict[str, str]:
    """Ours, with all data in `folder` and no language model."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))}
    here = str(Path(__file__).parents[1])
    return kept | {
        "ASSISTANT_LIBRARY": str(folder / "library"),
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHONPATH": here,
        "PYTHONIOENCODING": "utf-8",
    }


def start(folder: Path) -> App:
    port = free_port()
    command = [sys.executable, "-m", "app", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, env=environment(folder), text=True, stdout=subprocess.PIPE)
    assert process.stdout
    assert "http://" in process.stdout.readline(), "the app did not start"
    return App(folder, process)


def free_port() -> int:
    """Below those that the system deals out, so that nobody gets it between our look and the app's start."""
    while True:
        port = random.randrange(12_000, 30_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    running = start(tmp_path_factory.mktemp("app"))
    yield running
    running.process.terminate()
    assert running.process.wait(30) == 0
    assert not (running.folder / "library" / "lock.json").exists()


def write_articles(file: Path, articles: list[dict[str, str]]) -> None:
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")


def comparable(text: str) -> str:
    """Without what differs from one run to the next: how long it took."""
    return "\n".join(line.partition('"timings_ms"')[0] for line in text.splitlines())


# As a user might go on, from an empty library.
COMMANDS = [
    ["search", "쿠팡", "--k", "2"],
    ["ask", "쿠팡", "--library", "library"],
    ["ingest", "news.jsonl", "nowhere.txt"],
    ["ingest", "folder", "--json"],
    ["ingest", "folder"],
    ["articles", "list"],
    ["articles", "show", "c", "--json"],
    ["articles", "show", "nothing"],
    ["ask", "쿠팡이 약속한 게 뭐야?", "--json"],
    ["ask", "What will Naver spend?"],
    ["search", "할인 비용", "--json"],
    ["ask", "--questions", "questions.jsonl", "--out", "answers.jsonl"],
    ["search", "--queries", "questions.jsonl", "--out", "hits.jsonl"],
    ["search", "--queries", "absent.jsonl", "--out", "hits.jsonl"],
    ["export", "articles.jsonl"],
    ["export"],
    ["feeds", "list"],
    ["names", "add", "바다고래식품", "Bluewhale Foods"],
    ["names", "add", "바다고래식품"],
    ["names", "list", "--json"],
    ["feeds", "add", "ftp://nowhere.example"],
    ["articles", "delete", "n"],
    ["ask", "네이버"],
    ["ingest"],
    ["ingest", "--rebuild"],
    ["doctor", "--json"],
]
WRITTEN = ("answers.jsonl", "hits.jsonl", "articles.jsonl")


def prepare(folder: Path) -> None:
    write_articles(folder / "news.jsonl", ARTICLES)
    (folder / "folder").mkdir()
    write_articles(folder / "folder" / "kakao.jsonl", [{"id": "k", "text": "카카오가 지도를 새로 냈다."}])
    questions = ['{"id": 1, "question": "쿠팡이 약속한 게 뭐야?"}', "not json", '{"id": 2, "question": ""}']
    (folder / "questions.jsonl").write_text("\n".join(questions), encoding="utf-8")


def test_a_command_prints_the_same_with_the_app_and_without(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    prepare(app.folder)
    with_app = []
    for command in COMMANDS:
        done = app.run(*command)
        with_app.append((command, done.returncode, comparable(done.stdout), comparable(done.stderr)))
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    for command, status, out, err in with_app:
        with pytest.raises(SystemExit) as exit:
            cli.main(command)
        printed = capfd.readouterr()
        alone = (command, exit.value.code, comparable(printed.out), comparable(printed.err))
        here, there = str(tmp_path), str(app.folder)
        expected = (command, status, out.replace(there, here), err.replace(there, here))
        assert alone == expected
    for name in WRITTEN:
        ours, theirs = ((folder / name).read_text(encoding="utf-8") for folder in (tmp_path, app.folder))
        assert comparable(ours) == comparable(theirs)
        assert ours


def test_two_commands_and_the_app_write_at_once_and_nothing_is_lost(app: App) -> None:
    before = app.count()
    names = ("left", "right")
    for name in names:
        lines = [{"id": f"{name}{n}", "text": f"{name} report {n}. The river rose {n} metres."} for n in range(200)]
        write_articles(app.folder / f"{name}.jsonl", lines)
    commands = [
        subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", "ingest", f"{name}.jsonl"],
            cwd=app.folder,
            env=environment(app.folder),
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]
    assert [command.wait(120) for command in commands] == [0, 0]
    assert app.count() == before + 400
    findings = json.loads(app.run("doctor", "--json").stdout)
    assert [finding["ok"] for finding in findings if finding["what"] == "library"] == [True]


def test_interrupting_the_command_stops_the_work_in_the_app(app: App) -> None:
    before, count = app.count(), 20_000
    write_articles(app.folder / "many.jsonl", [{"id": f"m{n}", "text": f"Notice {n}. Come in."} for n in range(count)])
    command = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "ingest", "many.jsonl"],
        cwd=app.folder,
        env=environment(app.folder),
        stdout=subprocess.PIPE,
    )
    assert command.stdout
    command.stdout.readline()
    command.send_signal(signal.SIGINT)
    command.stdout.close()
    assert command.wait(10) in (130, 1)  # 1 when the closed pipe is noticed first
    settled = -1
    while (now := app.count()) != settled:
        settled = now
        time.sleep(1)
    assert before < settled < before + count


def test_a_backup_made_while_the_app_runs_is_a_library(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    count = app.count()
    assert app.run("backup", "copy").returncode == 0
    with pytest.raises(SystemExit):
        cli.main(["articles", "list", "--library", str(app.folder / "copy")])
    assert len(capsys.readouterr().out.splitlines()) == count
    refused = app.run("backup", "copy")
    assert (refused.returncode, "not empty" in refused.stderr) == (1, True)


def test_another_embedding_model_is_refused_by_the_app_too(app: App, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "articles", "list"],
        env=environment(app.folder) | {"ASSISTANT_EMBEDDING_MODEL": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path) in done.stderr


def test_the_secret_is_for_the_user_alone(app: App) -> None:
    note = app.folder / "library" / "lock.json"
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_a_killed_app_is_told_of_and_leaves_the_library_to_the_command(tmp_path: Path) -> None:
    app = start(tmp_path)
    write_articles(tmp_path / "many.jsonl", [{"id": f"m{n}", "text": f"Notice {n}. Come in."} for n in range(20_000)])
    command = subprocess.Popen(
        [sys.executable, "-u", "-m", "assistant.cli", "ingest", "many.jsonl"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout
    assert command.stdout.readline().startswith("added: ")
    app.process.kill()
    app.process.wait()
    printed, errors = command.communicate(timeout=300)
    assert (command.returncode, "The app ended before the work was done" in errors) == (1, True)
    assert reachable_holder(tmp_path / "library"), "the note outlives its writer"
    done = app.run("articles", "list")
    assert done.returncode == 0
    told = {f"m{n}" for n in range(20_000) if f"(m{n})" in printed}
    assert told <= {line.split("\t")[0] for line in done.stdout.splitlines()}, "what was acknowledged is lost"


def test_who_does_not_know_the_secret_gets_no_request(tmp_path: Path) -> None:
    lock = LibraryLock(tmp_path, "a test")
    heard: list[Any] = []
    with Listener(("127.0.0.1", 0), authkey=b"not the secret") as impostor:
        lock.announce(impostor.address[1], b"the secret")

        def listen() -> None:
            try:
                with impostor.accept() as connection:
                    heard.append(connection.recv_bytes())
            except (AuthenticationError, EOFError):
                pass

        thread = Thread(target=listen)
        thread.start()
        assert hand_over(Settings(library=tmp_path), ["articles", "list"], Screen()) is None
        thread.join()
    lock.release()
    assert heard == []


def test_a_library_open_elsewhere_without_the_app_names_its_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = LibraryLock(tmp_path, "a test")
    with pytest.raises(SystemExit) as exit:
        cli.main(["articles", "list", "--library", str(tmp_path)])
    lock.release()
    assert exit.value.code == 1
    assert f"a test (process {os.getpid()}" in capsys.readouterr().err
