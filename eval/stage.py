"""What a run needs: questions, the library they are put to, and the systems that search it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from importlib import resources
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from assistant.settings import Settings
from eval import baselines
from eval.adapters import Dataset, read_articles
from eval.metrics import DEPTH
from eval.questions import GoldError, Split, load_questions, refuse_disagreements
from eval.run import Find, Progress, Run, claim, fill, fingerprint
from eval.systems import SYSTEMS, System, assistant_system
from ingest.article import Article
from ingest.embed import Embedder, load_embedder
from ingest.errors import UserError
from prompts.load import load_prompt

if TYPE_CHECKING:
    from ingest.library import Library

BATCH = 200


def sample_articles() -> Path:
    """The articles of the sample library."""
    return Path(str(resources.files("ingest") / "sample" / "articles.jsonl"))


def sample_gold() -> tuple[Path, ...]:
    """The gold questions about the sample library: single ones, and follow-ups with what was asked before."""
    folder = Path(str(resources.files("eval") / "gold"))
    return folder / "sample.jsonl", folder / "dialogues.jsonl"


def sample_baseline() -> Path:
    """The committed floors of the dev half of the sample's gold questions."""
    return Path(str(resources.files("eval") / "baseline.json"))


def run_of_dev_half(out: Path, progress: Progress) -> Run:
    """The shipped assistant, whatever the environment sets, asked the dev half of the sample's gold questions."""
    dataset = load_gold(sample_gold(), "dev", tuple(read_articles(sample_articles())))
    with staged(out, dataset, None, Settings(library=out), ["assistant"]) as (run, systems, find):
        return fill(run, systems, find, progress)


def load_gold(golds: Sequence[Path], split: Split | None, articles: Sequence[Article]) -> Dataset:
    """The questions of gold files with the articles that they are about; none where a library already holds them.

    Raises GoldError when a file cannot be used, the split is empty, or an id is in two files.
    """
    files = ", ".join(map(str, golds))
    questions = tuple(
        question for gold in golds for question in load_questions(gold) if split in (None, question.split)
    )
    if not questions:
        raise GoldError(f"No questions of the split {split} in {files}.")
    if twice := [name for name, count in Counter(question.id for question in questions).items() if count > 1]:
        raise GoldError(f"{files}: the id {twice[0]!r} is in more than one: ids must be unique in all files together.")
    if articles:
        refuse_disagreements(questions, {article.id: article for article in articles}.get)
    return Dataset("+".join(gold.stem for gold in golds), tuple(articles), questions)


def settings_with(assignments: Sequence[str]) -> Settings:
    """The environment's settings, changed by `NAME=VALUE`s. Raises UserError for an unknown name or a bad value."""
    settings = Settings.from_environment()
    types = {name: kind for name, kind in get_type_hints(Settings).items() if name not in ("library", "chat_api_key")}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or name not in types:
            raise UserError(f"--set {assignment}: give NAME=VALUE; the names are {', '.join(types)}.")
        try:
            settings = replace(settings, **{name: _typed(value, types[name])})
        except ValueError as error:
            raise UserError(f"--set {assignment}: {name} must be {types[name]} ({error}).") from error
    return settings


@contextmanager
def open_library(folder: Path, embedder: Embedder) -> "Iterator[Library]":
    """The library in a folder, locked for us."""
    from ingest.library import Library

    with Library.open(folder, embedder, holder="assistant-eval") as library:
        yield library


def finder(library: "Library") -> Find:
    """Articles of a library by id; None for an unknown one."""
    from ingest.passages import UnknownArticle

    def find(article_id: str) -> Article | None:
        try:
            return library.get(article_id)
        except UnknownArticle:
            return None

    return find


@contextmanager
def staged(
    out: Path, dataset: Dataset, folder: Path | None, settings: Settings, names: Sequence[str]
) -> Iterator[tuple[Run, list[System], Find]]:
    """The run in `out`, claimed, with its systems over an open library.

    The library is the one in `folder`; without one, it is made of the dataset's articles inside `out`.
    """
    embedder = load_embedder(settings.embedding_model)
    about: dict[str, Any] = {
        "name": dataset.name,
        "embedder": f"{embedder.name} {embedder.fingerprint[:12]}",
        "systems": {name: SYSTEMS[name] for name in names},
        "settings": {
            field.name: str(getattr(settings, field.name))
            for field in fields(settings)
            if field.name not in ("library", "chat_api_key")
        },
    }
    if settings.chat_model:
        about["prompts"] = {name: load_prompt(name).fingerprint for name in ("answer", "rewrite")}
    if folder:
        with open_library(folder, embedder) as library:
            articles = [library.get(info.id) for info in library.articles()]
            find = finder(library)
            refuse_disagreements(dataset.questions, find)
            run = claim(out, about | _contents(articles), dataset.questions, find)
            yield run, _systems(library, replace(settings, library=folder), names), find
        return
    known = {article.id: article for article in dataset.articles}
    run = claim(out, about | _contents(dataset.articles), dataset.questions, known.get)
    with open_library(out / "library", embedder) as library:
        for start in range(0, len(dataset.articles), BATCH):
            library.add(dataset.articles[start : start + BATCH])
        yield run, _systems(library, replace(settings, library=out / "library"), names), known.get


def _contents(articles: Sequence[Article]) -> dict[str, Any]:
    return {"articles": len(articles), "library": fingerprint(article.version for article in articles)}


def _systems(library: "Library", settings: Settings, names: Sequence[str]) -> list[System]:
    def product() -> System:
        from assistant.chat import Assistant

        return assistant_system(Assistant(library, settings))

    makers: dict[str, Callable[[], System]] = {
        "assistant": product,
        "bm25": lambda: baselines.bm25(library),
        "dense": lambda: baselines.dense(library),
        "langchain": lambda: baselines.langchain(library, DEPTH),
    }
    return [makers[name]() for name in names]


def _typed(value: str, kind: Any) -> Any:
    """A text as the type of a setting: `none` where that is allowed, commas between the members of a tuple."""
    if NoneType in get_args(kind):
        return None if value.lower() == "none" else value
    if kind is bool:
        if value.lower() not in ("true", "false"):
            raise ValueError("true or false")
        return value.lower() == "true"
    if get_origin(kind) is tuple:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return kind(value)
