"""`assistant-eval`: run, compare, report, gate, sweep, judge and validate from the command line."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.systems import SYSTEMS
from ingest.errors import UserError

if TYPE_CHECKING:
    from eval.adapters import Dataset
    from eval.run import Asked, Run


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
    _add_questions(run)
    run.add_argument("--split", choices=("dev", "test"), help="only the questions of this split")
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

    sweep = commands.add_parser("sweep", help="run every combination of some settings, and see which are best")
    sweep.set_defaults(command=_sweep)
    sweep.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder for the runs; resumed")
    sweep.add_argument("--over", action="append", required=True, metavar="NAME=VALUE,VALUE", help="an axis; repeatable")
    sweep.add_argument("--quality", default="right", metavar="METRIC", help="default: right")
    _add_questions(sweep)
    sweep.add_argument("--split", choices=("dev", "test"), default="dev", help="default: dev, to choose on")
    sweep.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change a setting of all runs")

    report = commands.add_parser("report", help="write runs as one HTML file, with plots and every question")
    report.set_defaults(command=_report)
    report.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="differences are to the first")
    report.add_argument("--out", type=Path, metavar="FILE.html", help="default: report.html in the first run's folder")
    report.add_argument("--price", type=_price, metavar="IN,OUT", help="money for a million tokens in, and out")

    judge = commands.add_parser("judge", help="have a language model judge a run's answers and their citations")
    judge.set_defaults(command=_judge)
    judge.add_argument("run", type=Path, metavar="RUN")
    judge.add_argument("--model", metavar="NAME", help="default: ASSISTANT_CHAT_MODEL; the server is OPENAI_BASE_URL")
    judge.add_argument("--repeats", type=_positive, default=2, metavar="N", help="how often each is judged (2)")
    judge.add_argument("--price", type=_price, metavar="IN,OUT", help="money for a million tokens in, and out")

    gate = commands.add_parser("gate", help="fail when a metric fell significantly below its committed floor")
    gate.set_defaults(command=_gate)
    gate.add_argument("run", type=Path, nargs="?", metavar="RUN", help="default: the sample's dev half is run now")
    gate.add_argument("--baseline", type=Path, metavar="FILE", help="default: the sample's, eval/baseline.json")
    gate.add_argument("--update", action="store_true", help="make the run the baseline, if no floor gets lower")
    gate.add_argument("--allow-lower", action="store_true", help="with --update: floors may get lower")

    validate = commands.add_parser("validate", help="check a gold file against its articles")
    validate.set_defaults(command=_validate)
    validate.add_argument("gold", type=Path, nargs="*", metavar="FILE", help="default: the sample's")
    where = validate.add_mutually_exclusive_group()
    where.add_argument("--library", type=Path, metavar="DIR", help="default: the sample articles")
    where.add_argument("--articles", type=Path, metavar="FILE", help="articles as JSONL, instead of a library")
    return parser


def _add_questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--gold", type=Path, action="append", metavar="FILE", help="gold questions (default: the sample's); repeatable"
    )
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library asked (default: the sample articles)")
    parser.add_argument("--dataset", type=Path, metavar="PATH", help="a set with its own articles: SQuAD, BEIR, ...")
    parser.add_argument("--direction", metavar="ko-en", help="languages of questions and articles, for bilingual sets")
    parser.add_argument("--limit", type=_positive, metavar="N", help="only N questions, the same ones every time")


def _dataset(options: argparse.Namespace) -> "Dataset":
    from dataclasses import replace

    from eval.adapters import load_dataset, read_articles, sample_of
    from eval.stage import load_gold, sample_articles, sample_gold

    if options.dataset and (options.gold or options.library):
        raise UserError("--dataset brings its own questions and articles: leave out --gold and --library.")
    if options.dataset:
        dataset = load_dataset(options.dataset, options.direction, options.split)
    else:
        articles = () if options.library else tuple(read_articles(sample_articles()))
        dataset = load_gold(options.gold or sample_gold(), options.split, articles)
    if options.limit:
        dataset = replace(dataset, questions=sample_of(dataset.questions, options.limit))
    return dataset


def _run(options: argparse.Namespace) -> int:
    from eval.configuration import configured
    from eval.report import run_table
    from eval.run import fill
    from eval.stage import staged
    from eval.summary import write_summary

    chosen, dataset = configured(options.set), _dataset(options)
    with staged(options.out, dataset, options.library, chosen, options.systems) as (run, systems, find):
        if run.results:
            print(f"{len(run.results)} results are in {options.out} already and are kept.", file=sys.stderr)
        run = fill(run, systems, find, _watched)
    print(run_table(run, write_summary(run)))
    return 0


def _sweep(options: argparse.Namespace) -> int:
    from eval.configuration import configured
    from eval.report import first_error
    from eval.run import fill
    from eval.stage import staged
    from eval.sweep import SYSTEM, combinations, folder_name, refuse_unknown_metric, sweep_page, sweep_table, trials

    refuse_unknown_metric(options.quality)
    grid = {names: configured([*options.set, *names]) for names in combinations(options.over)}
    dataset = _dataset(options)
    runs = {}
    for number, (names, chosen) in enumerate(grid.items(), start=1):
        print(f"{number} of {len(grid)}: {' '.join(names)}", file=sys.stderr)
        out = options.out / folder_name(names)
        with staged(out, dataset, options.library, chosen, [SYSTEM]) as (run, systems, find):
            runs[" ".join(names)] = fill(run, systems, find, _watched)
    found = trials(runs, options.quality)
    page = options.out / "sweep.html"
    page.write_text(sweep_page(found, options.quality), encoding="utf-8")
    print(sweep_table(found, options.quality))
    for name, run in runs.items():
        if error := first_error(run, SYSTEM):
            print(f"The first error of {name}: {error}")
    print(f"\n{page}")
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

    page = report_page([load_run(folder) for folder in options.runs], options.price)
    out = options.out or options.runs[0] / "report.html"
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(f"Cannot write {out}: {error.strerror}. Give another place with --out FILE.html.") from error
    print(out)
    return 0


def _judge(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from assistant.language_model import LanguageModel
    from assistant.settings import Settings
    from eval.judge import judge_run
    from eval.report import judge_table
    from eval.run import load_run

    settings, run = Settings.from_environment(), load_run(options.run)
    name = options.model or settings.chat_model
    if name is None:
        raise UserError("No judge: give --model NAME, and its server and key as OPENAI_BASE_URL and OPENAI_API_KEY.")
    limits = {"timeout_s": settings.chat_timeout_s, "first_token_s": settings.chat_first_token_s}
    model = LanguageModel(name, settings.chat_base_url, settings.chat_api_key, **limits)
    print(f"The answers and the sentences they cite go to {model.target.host}.", file=sys.stderr)
    judged = judge_run(run, model, repeats=options.repeats, progress=lambda keys: tqdm(keys, disable=None))
    print(judge_table(judged, options.price))
    if judged.failed:
        print(
            "The judge gave no verdict at all: its figures say nothing. Mend what failed, then again.", file=sys.stderr
        )
    return int(judged.failed)


def _gate(options: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from eval.run import load_run
    from eval.stage import run_of_dev_half, sample_baseline

    baseline = options.baseline or sample_baseline()
    if options.run:
        return _held_against(load_run(options.run), baseline, options)
    with TemporaryDirectory(prefix="assistant-eval-") as folder:
        return _held_against(run_of_dev_half(Path(folder), _watched), baseline, options)


def _held_against(run: "Run", path: Path, options: argparse.Namespace) -> int:
    from eval.gate import baseline_of, fallen, hold, lowered, read_baseline, write_baseline
    from eval.report import gate_table

    if options.update:
        made = baseline_of(run)
        worse = lowered(read_baseline(path), made) if path.exists() and not options.allow_lower else []
        if worse:
            print(f"{path} stays as it is, for floors would get lower: {'; '.join(worse)}.", file=sys.stderr)
            print("When that is meant: assistant-eval gate --update --allow-lower", file=sys.stderr)
            return 1
        write_baseline(path, made)
        print(f"{path}: the floors are those of this run now.")
        return 0
    held = hold(run, read_baseline(path))
    print(gate_table(held))
    if reasons := fallen(run, held):
        print(f"The gate fails: {'; '.join(reasons)}.", file=sys.stderr)
        return 1
    print("The gate holds.")
    return 0


def _watched(asked: "Iterable[Asked]") -> "Iterable[Asked]":
    from tqdm import tqdm

    return tqdm(asked, unit=" questions", disable=None)


def _validate(options: argparse.Namespace) -> int:
    from contextlib import ExitStack

    from assistant.settings import Settings
    from eval.adapters import read_articles
    from eval.questions import GoldError, check_against, read_gold
    from eval.stage import finder, open_library, sample_articles, sample_gold
    from ingest.embed import load_embedder

    faulty = False
    with ExitStack() as stack:
        if options.library:
            embedder = load_embedder(Settings.from_environment().embedding_model)
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
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number of 1 or more")
    return int(text)


def _price(text: str) -> tuple[float, float]:
    try:
        price_in, price_out = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("give two numbers such as 0.15,0.60") from None
    return price_in, price_out


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    if unknown := [name for name in names if name not in SYSTEMS]:
        raise argparse.ArgumentTypeError(f"no system {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
    return names
