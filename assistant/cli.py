"""The command line: `assistant ingest | feeds | ask | search | articles | names | export | ...`."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant import commands
from assistant.handoff import hand_over
from assistant.screen import Screen
from assistant.session import Session
from assistant.settings import Settings
from ingest.errors import UserError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 something failed (said on stderr), 2 the command line is wrong.

    While the app has the library open, the app does the work and we print what it says.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = parser().parse_args(given)
    screen = Screen()
    try:
        settings = Settings.from_environment()
        settings = replace(settings, library=options.library) if options.library else settings
        status = hand_over(settings, given, screen)
        if status is None:
            status = run(options, Session(settings, screen, Path.cwd()))
        sys.stdout.flush()
    except UserError as error:
        screen.warn(f"assistant: {error}")
        status = error.exit_code
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        # Whoever read our output has left; keep the interpreter from complaining when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    screen.close()
    sys.exit(status)


def run(options: argparse.Namespace, session: Session) -> int:
    """Do what the parsed `options` say in `session`; what fails is told on its screen. Returns the exit status."""
    try:
        return int(options.run(options, session))
    except UserError as error:
        session.screen.close()
        session.screen.warn(f"assistant: {error}")
        return error.exit_code


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; `run` of what it returns is one of `assistant.commands`."""
    top = argparse.ArgumentParser(prog="assistant", description="Ask your news articles, and see the proof.")
    names = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Any, Session], int], summary: str) -> argparse.ArgumentParser:
        sub = names.add_parser(name, help=summary, description=summary)
        sub.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your own)")
        sub.set_defaults(run=run)
        return sub

    ingest = command("ingest", commands.ingest, "Add articles: files, folders, feeds, or web addresses.")
    ingest.add_argument("sources", nargs="*", metavar="SOURCE", help="a file, a folder, or a web address")
    ingest.add_argument(
        "--rebuild", action="store_true", help="make the indexes anew, with the current embedding model"
    )
    ingest.add_argument("--json", action="store_true", help="print a line of JSON for each item")

    feeds = command("feeds", commands.feeds, "Remember feeds, and add what is new in them.")
    feeds.add_argument("action", choices=("add", "list", "remove", "refresh"))
    feeds.add_argument("address", nargs="?", metavar="ADDRESS")
    feeds.add_argument("--json", action="store_true", help="print JSON")

    ask = command("ask", commands.ask, "Ask a question, or many from a file.")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--answerer", choices=("auto", "extractive", "llm"), default="auto")
    _add_bulk(ask, "--questions", 'lines of {"id", "question"}, "history" and "as_of" optional')

    search = command("search", commands.search, "Find passages, for one query or many from a file.")
    search.add_argument("query", nargs="?", metavar="QUERY")
    search.add_argument("--k", type=_positive, default=10, metavar="N", help="how many passages (default 10)")
    _add_bulk(search, "--queries", 'lines of {"id", "question"}, "as_of" optional')
    for asked in (ask, search):
        asked.add_argument("--as-of", metavar="DATE", help="ask as on this day, of nothing that came out later")
        _add_filters(asked)

    check = command("check", commands.check, "Hold a draft against the library, or claims against what they cite.")
    check.add_argument("draft", nargs="?", metavar="DRAFT", help="a text or Markdown file")
    check.add_argument("--json", action="store_true", help="print a line of JSON for each sentence")
    check.add_argument("--pairs", type=Path, metavar="IN.jsonl", help='lines of {"id", "claim", "cited"}')
    check.add_argument("--out", type=Path, metavar="OUT.jsonl", help='where {"id", "support", "reasons"} lines go')

    articles = command("articles", commands.articles, "List, show or delete articles.")
    articles.add_argument("action", choices=("list", "show", "delete"))
    articles.add_argument("id", nargs="?", metavar="ID")
    articles.add_argument("--json", action="store_true")

    known = command("names", commands.names, "List the names known in both scripts, or add one of your own.")
    known.add_argument("action", choices=("list", "add"))
    known.add_argument("spellings", nargs="*", metavar="SPELLING", help="the same name in two ways or more")
    known.add_argument("--json", action="store_true", help="print a line of JSON for each name")

    export = command("export", commands.export, "Write all articles as JSON lines, which `assistant ingest` reads.")
    export.add_argument("out", nargs="?", type=Path, metavar="OUT.jsonl", help="where to (default: stdout)")

    backup = command("backup", commands.backup, "Copy the library to a new folder.")
    backup.add_argument("folder", type=Path, metavar="DIR")

    doctor = command("doctor", commands.doctor, "Check the installation and the library.")
    doctor.add_argument("--json", action="store_true")
    return top


def _add_bulk(parser: argparse.ArgumentParser, flag: str, lines: str) -> None:
    parser.add_argument(flag, dest="lines", type=Path, metavar="IN.jsonl", help=lines)
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the results go, a line for each")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    filters = parser.add_argument_group("which articles are asked (default: all)")
    filters.add_argument("--publisher", action="append", metavar="NAME", help="of this publisher; may be repeated")
    filters.add_argument("--language", choices=("ko", "en"), help="in this language")
    filters.add_argument("--article", action="append", metavar="ID", help="this article; may be repeated")
    filters.add_argument("--since", type=_day, metavar="DAY", help="published on this day or later")
    filters.add_argument("--until", type=_day, metavar="DAY", help="published on this day or before")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it like 2024-11-07") from error


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return number


if __name__ == "__main__":
    main()
