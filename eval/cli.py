"""`assistant-eval`: run, compare and validate from the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.systems import SYSTEMS
from ingest.errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, 1 (could not), 2 (a gold file or an argument is wrong)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on where it was.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="assistant-eval", description="Measure the assistant on gold questions.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="put gold questions to the assistant and the baselines")
    run.set_defaults(command=_run)
    run.add_argument("--out", type=Path, required=True, metavar="RUN", help="the run's folder; resumed if it exists")
    run.add_argument(
        "--gold", type=Path, action="append", metavar="FILE", help="gold questions (default: the sample's); repeatable"
    )
    run.add_argument("--library", type=Path, metavar="DIR", help="the library asked (default: the sample articles)")
    run.add_argument("--dataset", type=Path, metavar="PATH", help="a set with its own articles: SQuAD, BEIR, ...")
    run.add_argument("--direction", metavar="ko-en", help="languages of questions and articles, for bilingual sets")
    run.add_argument("--split", choices=("dev", "test"), help="only the questions of this split")
    run.add_argument("--limit", type=_positive, metavar="N", help="only N questions, the same ones every time")
    run.add_argument(
        "--systems", type=_names, default=tuple(SYSTEMS), metavar="NAME,...", help=f"of {','.join(SYSTEMS)}"
    )
    run.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change a setting")

    compare = commands.add_parser("compare", help="tell what changed between two runs beyond chance")
    compare.set_defaults(command=_compare)
    compare.add_argument("a", type=Path, metavar="A")
    compare.add_argument("b", type=Path, metavar="B")
    compare.add_argument("--system-a", default="assistant", metavar="NAME", help="of run A (default: assistant)")
    compare.add_argument("--system-b", default="assistant", metavar="NAME", help="of run B (default: assistant)")
    compare.add_argument("--changes", type=_positive, default=20, metavar="N", help="changed questions shown (20)")

    report = commands.add_parser("report", help="write runs as one HTML file, with plots and every question")
    report.set_defaults(command=_report)
    report.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="differences are to the first")
    report.add_argument("--out", type=Path, metavar="FILE.html", help="default: report.html in the first run's folder")

    validate = commands.add_parser("validate", help="check a gold file against its articles")
    validate.set_defaults(command=_validate)
    validate.add_argument("gold", type=Path, nargs="*", metavar="FILE", help="default: the sample's")
    where = validate.add_mutually_exclusive_group()
    where.add_argument("--library", type=Path, metavar="DIR", help="default: the sample articles")
    where.add_argument("--articles", type=Path, metavar="FILE", help="articles as JSONL, instead of a library")
    return parser


def _run(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from tqdm import tqdm

    from eval.adapters import load_dataset, read_articles, sample_of
    from eval.report import run_table
    from eval.run import fill
    from eval.stage import load_gold, sample_articles, sample_gold, settings_with, staged
    from eval.summary import write_summary

    settings = settings_with(options.set)
    if options.dataset and (options.gold or options.library):
        raise UserError("--dataset brings its own questions and articles: leave out --gold and --library.")
    if options.dataset:
        dataset = load_dataset(options.dataset, options.direction, options.split)
    else:
        articles = () if options.library else tuple(read_articles(sample_articles()))
        dataset = load_gold(options.gold or sample_gold(), options.split, articles)
    if options.limit:
        dataset = replace(dataset, questions=sample_of(dataset.questions, options.limit))
    with staged(options.out, dataset, options.library, settings, options.systems) as (run, systems, find):
        if run.results:
            print(f"{len(run.results)} results are in {options.out} already and are kept.", file=sys.stderr)
        run = fill(run, systems, find, lambda asked: tqdm(asked, unit=" questions", disable=None))
    print(run_table(run, write_summary(run)))
    return 0


def _compare(options: argparse.Namespace) -> int:
    from eval.compare import compare
    from eval.report import comparison_table
    from eval.run import load_run

    found = compare(load_run(options.a), load_run(options.b), options.system_a, options.system_b)
    print(comparison_table(found, options.changes))
    return 0


def _report(options: argparse.Namespace) -> int:
    from eval.page import report_page
    from eval.run import load_run

    page = report_page([load_run(folder) for folder in options.runs])
    out = options.out or options.runs[0] / "report.html"
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(f"Cannot write {out}: {error.strerror}. Give another place with --out FILE.html.") from error
    print(out)
    return 0


def _validate(options: argparse.Namespace) -> int:
    from contextlib import ExitStack

    from eval.adapters import read_articles
    from eval.questions import GoldError, check_against, read_gold
    from eval.stage import finder, open_library, sample_articles, sample_gold, settings_with
    from ingest.embed import load_embedder

    faulty = False
    with ExitStack() as stack:
        if options.library:
            embedder = load_embedder(settings_with([]).embedding_model)
            find = finder(stack.enter_context(open_library(options.library, embedder)))
        else:
            find = {article.id: article for article in read_articles(options.articles or sample_articles())}.get
        for path in options.gold or sample_gold():
            questions, problems = read_gold(path)
            problems += check_against(questions, find)
            for problem in sorted(problems, key=lambda problem: problem.line):
                print(f"{path}:{problem.line}: {problem.message}")
            if not problems:
                print(f"{path}: {len(questions)} questions, no problems.")
            faulty |= bool(problems)
    return GoldError.exit_code if faulty else 0


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number of 1 or more")
    return number


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    if unknown := [name for name in names if name not in SYSTEMS]:
        raise argparse.ArgumentTypeError(f"no system {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
    return names
