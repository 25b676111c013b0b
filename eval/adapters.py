"""Question sets in the formats they come in: each becomes articles and gold questions.

| What lies there | Format |
|---|---|
| a folder with `articles.jsonl` and `questions.jsonl` | our own: a library's articles and a gold file |
| a `.json` file with `data` | SQuAD 1.1, SQuAD 2.0, KorQuAD 1.0 |
| a folder with `corpus.jsonl`, `queries.jsonl` and `qrels/` | BEIR |
| a folder with `passages.jsonl.gz` and `questions.jsonl.gz` | passages and questions, in one language or in both |
| a folder with one other `.jsonl.gz` | sentences in both languages: each is a question for its translation |
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from unicodedata import normalize

from eval.questions import Evidence, GoldError, Question, Split, load_questions, read_lines, refuse_disagreements
from ingest.article import Article, Language
from ingest.clean import make_article
from ingest.language import detect

DIRECTIONS = ("ko-ko", "ko-en", "en-ko", "en-en")
"""Language of the questions, language of the articles: what `--direction` takes."""


@dataclass(frozen=True)
class Dataset:
    """Articles, and questions about them."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]


def load_dataset(path: Path, direction: str | None = None, split: Split | None = None) -> Dataset:
    """The set at `path`, whose format is seen from what lies there; only `split` of it, if given.

    `direction` is one of DIRECTIONS and is for sets that hold every text in both languages.
    Raises GoldError when the format is not known, or a direction is missing or makes no sense.
    """
    try:
        dataset = _read(path, direction, split or "test")
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise GoldError(f"Cannot read the question set {path}: {type(error).__name__}: {error}") from error
    questions = tuple(q for q in dataset.questions if split in (None, q.split))
    if not questions:
        raise GoldError(f"No questions in {path}" + (f" of the split {split}." if split else "."))
    return replace(dataset, questions=questions)


def _read(path: Path, direction: str | None, split: Split) -> Dataset:
    if not path.exists():
        raise GoldError(f"{path} is no question set: give --dataset a folder or file that is there.")
    folder = {child.name for child in path.iterdir()} if path.is_dir() else set()
    if {"passages.jsonl.gz", "questions.jsonl.gz"} <= folder:
        return read_passages(path, direction)
    if len(packed := [name for name in folder if name.endswith(".jsonl.gz")]) == 1:
        return read_parallel(path / packed[0], direction)
    if direction is not None:
        raise GoldError(f"{path} is in one language: leave out --direction.")
    if {"articles.jsonl", "questions.jsonl"} <= folder:
        articles = tuple(read_articles(path / "articles.jsonl"))
        questions = load_questions(path / "questions.jsonl")
        refuse_disagreements(questions, {article.id: article for article in articles}.get)
        return Dataset(path.name, articles, tuple(questions))
    if {"corpus.jsonl", "queries.jsonl", "qrels"} <= folder:
        return read_beir(path, split)
    if path.suffix == ".json":
        return read_squad(path)
    raise GoldError(f"{path} is no question set that we know. The formats are in docs/evaluation.md.")


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSONL file, as `assistant add` would read them. Raises GoldError at the first bad one."""
    from ingest.sources import SourceError, read_sources

    for item in read_sources([str(path)]):
        if isinstance(item, SourceError):
            raise GoldError(f"{item.source}: {item.reason}")
        yield item


def read_squad(path: Path) -> Dataset:
    """SQuAD and KorQuAD JSON: every paragraph is an article."""
    articles, questions = [], []
    for number, document in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for place, paragraph in enumerate(document["paragraphs"]):
            article = make_article(paragraph["context"], id=f"{number}-{place}", title=document.get("title"))
            articles.append(article)
            questions += [_extractive(qa, article) for qa in paragraph["qas"]]
    return Dataset(path.stem, tuple(articles), tuple(questions))


def read_beir(folder: Path, split: Split = "test") -> Dataset:
    """A BEIR folder: a title is searched with its text, as is usual there; relevance may be graded."""
    articles = tuple(
        make_article("\n".join(filter(None, (document.get("title"), document["text"]))), id=document["_id"])
        for document in _records(folder / "corpus.jsonl")
    )
    relevant: dict[str, list[Evidence]] = {}
    with (folder / "qrels" / f"{split}.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if (relevance := int(row["score"])) > 0:
                relevant.setdefault(row["query-id"], []).append(Evidence(row["corpus-id"], relevance=relevance))
    questions = tuple(
        Question(
            query["_id"], detect(query["text"]), query["text"], evidence=tuple(relevant[query["_id"]]), split=split
        )
        for query in _records(folder / "queries.jsonl")
        if query["_id"] in relevant
    )
    return Dataset(folder.name, articles, questions)


def read_passages(folder: Path, direction: str | None) -> Dataset:
    """A folder of passages and questions; texts that come as `text_ko` and `text_en` need a direction."""
    passages, asked = (list(_records(folder / f"{name}.jsonl.gz")) for name in ("passages", "questions"))
    bilingual = "text_ko" in passages[0]
    if bilingual != (direction in DIRECTIONS):
        known = f"Give it a --direction: {', '.join(DIRECTIONS)}." if bilingual else "Leave out --direction."
        raise GoldError(f"{folder} is in {'both languages' if bilingual else 'one language'}. {known}")
    if direction is None:
        by_id = {p["id"]: _article(p["text"], p["id"], p.get("lang"), p.get("title")) for p in passages}
        questions = tuple(_extractive(qa, by_id[qa["passage_id"]]) for qa in asked)
        return Dataset(folder.name, tuple(by_id.values()), questions)
    asking, told = direction.split("-")
    articles = tuple(_article(p[f"text_{told}"], p["id"], told) for p in passages)
    texts = [normalize("NFC", q[f"question_{asking}"]) for q in asked]
    questions = tuple(
        Question(q["id"], cast(Language, asking), text, evidence=(Evidence(q["passage_id"]),))
        for q, text in zip(asked, texts, strict=True)
    )
    return Dataset(f"{folder.name}:{direction}", articles, questions)


def read_parallel(file: Path, direction: str | None) -> Dataset:
    """Lines of `id`, `ko` and `en`: the sentences of one language are the articles, those of the other are asked."""
    asking, _, told = (direction or "").partition("-")
    if {asking, told} != {"ko", "en"}:
        raise GoldError(f"{file} has sentences and their translations: give it --direction ko-en or en-ko.")
    pairs = list(_records(file))
    articles = tuple(_article(pair[told], pair["id"], told) for pair in pairs)
    questions = tuple(
        Question(pair["id"], cast(Language, asking), normalize("NFC", pair[asking]), evidence=(Evidence(pair["id"]),))
        for pair in pairs
    )
    return Dataset(f"{file.parent.name}:{direction}", articles, questions)


def sample_of(questions: Sequence[Question], limit: int) -> tuple[Question, ...]:
    """The same `limit` questions every time, spread over the set, in their order."""
    chosen = sorted(questions, key=lambda q: hashlib.sha256(q.id.encode()).digest())[:limit]
    ids = {question.id for question in chosen}
    return tuple(question for question in questions if question.id in ids)


def _article(text: str, key: str, language: str | None, title: str | None = None) -> Article:
    return make_article(text, id=key, title=title, language=cast(Language | None, language))


def _extractive(qa: dict[str, Any], article: Article) -> Question:
    """A question with answers that are spans of its passage; the evidence is the sentence of the first of them."""
    text = normalize("NFC", qa["question"])
    language = cast(Language, qa.get("lang") or detect(text))
    if qa.get("is_impossible"):
        return Question(str(qa["id"]), language, text, answerable=False)
    answers = tuple(dict.fromkeys(normalize("NFC", answer["text"]) for answer in qa["answers"]))
    places = [_place(answer["text"], answer.get("answer_start", 0), article) for answer in qa["answers"]]
    quote = next((quote for quote in places if quote), None)
    return Question(str(qa["id"]), language, text, answers=answers, evidence=(Evidence(article.id, quote),))


def _place(answer: str, start: int, article: Article) -> str | None:
    """The sentences around an answer, if it can be told which: `start` counts in the text before it was cleaned."""
    answer = normalize("NFC", answer)
    if article.text[start : start + len(answer)] != answer:
        start = article.text.find(answer)
    spans = [s for s in article.sentences if s.start < start + len(answer) and start < s.end]
    if start < 0 or not spans:
        return None
    quote = article.text[spans[0].start : spans[-1].end]
    return quote if article.text.count(quote) == 1 else None


def _records(path: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in read_lines(path) if line.strip())
