"""The real app on a free port, and a real browser that looks at it.

    with serving(library) as app, Browser() as browser:
        page = browser.page(app, "ko-KR")

The browser may reach nothing but this machine, and every request it makes is kept.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

REPOSITORY = Path(__file__).parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

PATIENCE = 120
"""Seconds to wait for what must come on the slowest machine too; no test tells from the time it took."""

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install it with `apt-get install chromium`")


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of the app, started as a user starts it, with its library and all its files under `folder`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))}
    said = folder / "app.log"
    with said.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--library", str(folder / "library"), "--port", str(port), *options],
            cwd=REPOSITORY,
            env=ours | {"XDG_DATA_HOME": str(folder / "data"), "TMPDIR": str(folder)} | environment,
            stdout=log,
            stderr=log,
        )
    try:
        while "http://" not in said.read_text():
            assert process.poll() is None, said.read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        print(said.read_text())  # pytest shows it when the test fails


class Browser:
    """A headless Chromium that resolves no host name, and keeps the address of every request."""

    def __enter__(self) -> "Browser":
        from playwright.sync_api import sync_playwright

        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._chromium.close()
        self._playwright.stop()

    def page(
        self, address: str, locale: str = "ko-KR", width: int = 1280, height: int = 800, login: str = "", **context: Any
    ) -> Any:
        """A new page of the app (a playwright Page) in a browser of its own, ready to be used.

        `login` is the name to log in with, and the password.
        """
        context = {"locale": locale, "viewport": {"width": width, "height": height}} | context
        page = self._chromium.new_context(**context).new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dialog)
        page.goto(address)
        if login:
            page.locator("input").nth(0).fill(login)
            page.locator("input").nth(1).fill(login)
            page.locator("button").last.click()
        page.wait_for_selector(".library-line .link")
        return page

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def outside(self) -> list[str]:
        """The requests that went, or tried to go, to any other machine."""
        return [url for url in self.requests if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]


def ask(page: Any, question: str) -> Any:
    """Ask in the page and wait for the whole answer; its element is returned."""
    page.fill(".composer textarea", question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn.last")
    turn.locator(".tools button").first.wait_for()
    return turn


def paste(page: Any, title: str, text: str) -> None:
    """Add an article by pasting it in the Library tab, and wait until it is there."""
    page.click("#tab-library-button")
    page.locator(".adding button[role=tab]:visible").nth(2).click()
    page.fill("#add-title textarea, #add-title input", title)
    page.fill("#add-text textarea", text)
    page.click("#add-text-button")
    page.wait_for_selector(".progress .summary:not(.waiting)")
