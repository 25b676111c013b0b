"""What a run needs: questions, the library they are put to, and the systems that search it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.rerank import load_reranker
from assistant.retrieve import HybridRetriever
from assistant.settings import Settings
from eval import baselines
from eval.adapters import Dataset, read_articles
from eval.configuration import Configuration
from eval.metrics import DEPTH
from eval.questions import GoldError, Split, load_questions, refuse_disagreements
from eval.run import Find, Progress, Run, claim, fill, fingerprint
from eval.systems import SYSTEMS, System, assistant_system
from ingest.article import Article
from ingest.check import CATALOG
from ingest.chunk import LONGEST_CHUNK
from ingest.embed import Embedder, load_embedder
from ingest.errors import UserError

if TYPE_CHECKING:
    from assistant.chat import Assistant
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
    shipped = Configuration(Settings(library=out))
    with staged(out, dataset, None, shipped, ["assistant"]) as (run, systems, find):
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


@contextmanager
def open_library(
    folder: Path, embedder: Embedder, longest_chunk: int = LONGEST_CHUNK, new: bool = False
) -> "Iterator[Library]":
    """The library in a folder, locked for us. Raises UserError when there is none, unless it may be a `new` one."""
    from ingest.library import Library

    if not new and not (folder / CATALOG).is_file():
        raise UserError(f"{folder} holds no library. Make one with: assistant ingest FILE... --library {folder}")
    with Library.open(folder, embedder, "assistant-eval", longest_chunk) as library:
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
    out: Path, dataset: Dataset, folder: Path | None, chosen: Configuration, names: Sequence[str]
) -> Iterator[tuple[Run, list[System], Find]]:
    """The run in `out`, claimed, with its systems over an open library.

    The library is the one in `folder`; without one, it is made of the dataset's articles inside `out`.
    """
    if folder and chosen.chunk_characters != LONGEST_CHUNK:
        raise UserError("--set chunk_characters: a library keeps its passages. Leave out --library.")
    embedder = load_embedder(chosen.settings.embedding_model)
    about: dict[str, Any] = {
        "name": dataset.name,
        "embedder": f"{embedder.name} {embedder.fingerprint[:12]}",
        "systems": {name: SYSTEMS[name] for name in names},
        "settings": chosen.told(),
    }
    if chosen.settings.chat_model:
        about["prompts"] = chosen.prompt_fingerprints()
    if folder:
        with open_library(folder, embedder) as library:
            articles = [library.get(info.id) for info in library.articles()]
            find = finder(library)
            refuse_disagreements(dataset.questions, find)
            run = claim(out, about | _contents(articles), dataset.questions, find)
            yield run, _systems(library, chosen, names), find
        return
    known = {article.id: article for article in dataset.articles}
    run = claim(out, about | _contents(dataset.articles), dataset.questions, known.get)
    with open_library(out / "library", embedder, chosen.chunk_characters, new=True) as library:
        for start in range(0, len(dataset.articles), BATCH):
            library.add(dataset.articles[start : start + BATCH])
        yield run, _systems(library, chosen, names), known.get


def _contents(articles: Sequence[Article]) -> dict[str, Any]:
    return {"articles": len(articles), "library": fingerprint(article.version for article in articles)}


def assistant_of(library: "Library", chosen: Configuration) -> "Assistant":
    """The product over a library, as it was chosen."""
    from assistant.chat import Assistant
    from assistant.generate import generator
    from assistant.names import names_of

    settings = replace(chosen.settings, library=library.folder)
    model = generator(settings, chosen.prompts, partial(names_of, library)) if settings.chat_model else None
    reranker = load_reranker(settings.reranker)
    retriever = HybridRetriever(library=library, own=chosen.own, foreign=chosen.foreign, reranker=reranker)
    return Assistant(library, settings, model, retriever)


def _systems(library: "Library", chosen: Configuration, names: Sequence[str]) -> list[System]:

    makers: dict[str, Callable[[], System]] = {
        "assistant": lambda: assistant_system(assistant_of(library, chosen)),
        "bm25": lambda: baselines.bm25(library),
        "dense": lambda: baselines.dense(library),
        "langchain": lambda: baselines.langchain(library, DEPTH, chosen.chunk_characters),
    }
    return [makers[name]() for name in names]
