"""Where the parts meet: opens the library, hands the page its tabs, takes commands for it, and starts it."""

import argparse
import signal
import sys
from dataclasses import replace
from pathlib import Path

from assistant.settings import Settings
from ingest.errors import UserError


def main(arguments: list[str] | None = None) -> None:
    """Serve the page until told to stop."""
    parser = argparse.ArgumentParser(prog="assistant-web", description="Ask your news articles in the browser.")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your own)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="the port to listen on (default 7860)")
    parser.add_argument("--auth", type=Path, metavar="FILE", help="who may come in: a line NAME:PASSWORD for each")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the library is closed in good order
    try:
        _serve(options)
    except UserError as error:
        sys.exit(f"assistant-web: {error}")


def _serve(options: argparse.Namespace) -> None:
    from assistant.reception import reception
    from assistant.web.desk import open_desk
    from assistant.web.page import build_page, serve
    from eval.tab import eval_tab
    from ingest.refresh import refreshing

    settings = Settings.from_environment()
    if options.library:
        settings = replace(settings, library=options.library)
    with (
        open_desk(settings) as desk,
        reception(desk),
        refreshing(desk.library, settings.feed_minutes, settings.allow_hosts),
    ):
        serve(build_page(desk, [eval_tab(settings)]), options.host, options.port, _people(options.auth))


def _people(file: Path | None) -> list[tuple[str, str]]:
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Cannot read {file}: {error}") from error
    people = [(name, password) for name, colon, password in (line.partition(":") for line in lines if line.strip())]
    if not people or not all(name and password for name, password in people):
        raise UserError(f"{file} must have a line NAME:PASSWORD for each person.")
    return people


if __name__ == "__main__":
    main()
