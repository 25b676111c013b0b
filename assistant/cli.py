"""The command line: `assistant ingest | ask | search | articles | doctor`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings
from ingest.errors import UserError

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from ingest.library import Library

Json = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 something failed (said on stderr), 2 the command line is wrong."""
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options, _settings(options))
        sys.stdout.flush()
    except UserError as error:
        print(f"assistant: {error}", file=sys.stderr)
        status = error.exit_code
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        # Whoever read our output has left; keep the interpreter from complaining when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="assistant", description="Ask your news articles, and see the proof.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Any, Settings], int], summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your own)")
        sub.set_defaults(run=run)
        return sub

    ingest = command("ingest", _ingest, "Add articles: files, folders, or web addresses.")
    ingest.add_argument("sources", nargs="*", metavar="SOURCE", help="a file, a folder, or a web address")
    ingest.add_argument(
        "--rebuild", action="store_true", help="make the indexes anew, with the current embedding model"
    )
    ingest.add_argument("--json", action="store_true", help="print a line of JSON for each item")

    ask = command("ask", _ask, "Ask a question, or many from a file.")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--answerer", choices=("auto", "extractive", "llm"), default="auto")
    _add_bulk(ask, "--questions", 'lines of {"id", "question"}, "history" optional')

    search = command("search", _search, "Find passages, for one query or many from a file.")
    search.add_argument("query", nargs="?", metavar="QUERY")
    search.add_argument("--k", type=_positive, default=10, metavar="N", help="how many passages (default 10)")
    _add_bulk(search, "--queries", 'lines of {"id", "question"}')

    articles = command("articles", _articles, "List, show or delete articles.")
    articles.add_argument("action", choices=("list", "show", "delete"))
    articles.add_argument("id", nargs="?", metavar="ID")
    articles.add_argument("--json", action="store_true")

    doctor = command("doctor", _doctor, "Check the installation and the library.")
    doctor.add_argument("--json", action="store_true")
    return parser


def _add_bulk(parser: argparse.ArgumentParser, flag: str, lines: str) -> None:
    parser.add_argument(flag, dest="lines", type=Path, metavar="IN.jsonl", help=lines)
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the results go, a line for each")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return number


def _settings(options: argparse.Namespace) -> Settings:
    settings = Settings.from_environment()
    return replace(settings, library=options.library) if options.library else settings


@contextmanager
def _opened(settings: Settings) -> Iterator["Library"]:
    """The user's library, for as long as the block runs."""
    from ingest.embed import load_embedder
    from ingest.library import Library

    with Library.open(settings.library, load_embedder(settings.embedding_model), "the assistant command") as library:
        for notice in library.notices:
            print(f"assistant: {notice}", file=sys.stderr)
        yield library


@contextmanager
def _asked(options: argparse.Namespace, settings: Settings) -> Iterator["Assistant"]:
    """An assistant over the user's library; over the sample while that is empty, unless one was named."""
    from assistant.chat import Assistant
    from assistant.sample import open_sample

    with _opened(settings) as library:
        if len(library) or options.library:
            yield Assistant(library, settings)
        else:
            print("assistant: your library is empty, so the sample articles answer.", file=sys.stderr)
            with open_sample(library.embedder) as sample:
                yield Assistant(sample, settings)


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from ingest.embed import load_embedder
    from ingest.library import Library
    from ingest.pipeline import ingest_sources

    if options.rebuild:
        Library.rebuild(settings.library, load_embedder(settings.embedding_model)).close()
        print(f"The indexes of {settings.library} are made anew.", file=sys.stderr)
    if not options.sources:
        if options.rebuild:
            return 0
        raise UserError("Nothing to add: name files, folders or web addresses.")
    counts = dict.fromkeys(("added", "updated", "unchanged", "failed"), 0)
    with _opened(settings) as library:
        outcomes = ingest_sources(library, options.sources, allow_hosts=settings.allow_hosts)
        for outcome in tqdm(outcomes, unit=" articles", file=sys.stderr, disable=not sys.stderr.isatty()):
            counts[outcome.status] += 1
            if options.json:
                _print_json(asdict(outcome))
            elif outcome.status == "failed":
                tqdm.write(f"failed: {outcome.source}: {outcome.reason}", file=sys.stderr)
            else:
                tqdm.write(f"{outcome.status}: {outcome.title or outcome.source} ({outcome.article_id})")
    print(", ".join(f"{number} {status}" for status, number in counts.items()), file=sys.stderr)
    return 1 if counts["failed"] or not sum(counts.values()) else 0


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    if options.lines:
        with _asked(options, settings) as assistant:

            def answered(question: str, line: Json) -> Json:
                history = line.get("history", [])
                return assistant.ask(question, answerer=options.answerer, history=_strings(history)).to_json()

            return _in_bulk(options, answered)
    with _asked(options, settings) as assistant:
        answer = assistant.ask(_text(options.question, "a question"), answerer=options.answerer)
    if options.json:
        _print_json(answer.to_json())
    else:
        from assistant.plain import plain_answer

        print(plain_answer(answer))
    return 0


def _search(options: argparse.Namespace, settings: Settings) -> int:
    with _asked(options, settings) as assistant:
        if options.lines:
            return _in_bulk(
                options, lambda query, _: {"hits": [hit.to_json() for hit in assistant.search(query, options.k)]}
            )
        hits = assistant.search(_text(options.query, "a query"), options.k)
    if options.json:
        _print_json({"id": None, "hits": [hit.to_json() for hit in hits]})
    else:
        from assistant.plain import plain_hits

        print(plain_hits(hits))
    return 0


def _articles(options: argparse.Namespace, settings: Settings) -> int:
    with _opened(settings) as library:
        if options.action == "list":
            infos = library.articles()
            if options.json:
                _print_json([asdict(info) for info in infos])
            else:
                for info in infos:
                    print("\t".join((info.id, info.published_at or "-", info.publisher or "-", info.title or "-")))
            return 0
        id = _text(options.id, "the id of an article")
        if options.action == "delete":
            library.delete(id)
            if options.json:
                _print_json({"deleted": id})
            else:
                print(f"deleted: {id}")
            return 0
        article = library.get(id)
        if options.json:
            _print_json(asdict(article) | {"content_hash": article.content_hash})
        else:
            print(article.text)
    return 0


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.doctor import examine

    findings = examine(settings)
    if options.json:
        _print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{'ok ' if finding.ok else 'BAD'} {finding.what}: {finding.detail}")
    return 0 if all(finding.ok for finding in findings) else 1


def _in_bulk(options: argparse.Namespace, work: Callable[[str, Json], Json]) -> int:
    """One result line for each input line, in order; a bad line gives its error. 1 when any line was bad."""
    from tqdm import tqdm

    if not options.out:
        raise UserError("Say where the results go: --out OUT.jsonl")
    try:
        lines = options.lines.read_text(encoding="utf-8").splitlines()
        failed = 0
        with options.out.open("w", encoding="utf-8") as out:
            for line in tqdm(lines, unit=" lines", file=sys.stderr, disable=not sys.stderr.isatty()):
                if line.strip():
                    result = _one_of_bulk(line, work)
                    failed += "error" in result
                    out.write(json.dumps(result, ensure_ascii=False) + "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Cannot read {options.lines} or write {options.out}: {error}") from error
    return 1 if failed else 0


def _one_of_bulk(line: str, work: Callable[[str, Json], Json]) -> Json:
    id = None
    try:
        item = json.loads(line)
        id = item.get("id")
        text = item["question"] if "question" in item else item["query"]
        if not isinstance(text, str):
            raise TypeError("the question is not text")
        return work(text, item) | {"id": id}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {"id": id, "error": f'each line must be {{"id", "question"}}: {error}'}
    except UserError as error:
        return {"id": id, "error": str(error)}


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("history is a list of earlier questions")
    return value


def _text(text: str | None, what: str) -> str:
    if not text or not text.strip():
        raise UserError(f"Give {what}.")
    return text


def _print_json(value: Json | Iterable[Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    main()
