"""Gold questions: what is asked, what a right answer says, and where it stands. One JSON object a line."""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

from ingest.article import Article, Language
from ingest.errors import UserError

Split = Literal["dev", "test"]

_KINDS: dict[str, type] = {
    **dict.fromkeys(("id", "language", "question", "type", "split"), str),
    **dict.fromkeys(("answers", "nuggets", "evidence", "history"), list),
    "answerable": bool,
}


@dataclass(frozen=True)
class Nugget:
    """A fact that a good answer states; a vital one must not be missing.

    `same` are other wordings of the fact, such as the other language's: any of them tells it.
    """

    text: str
    vital: bool = True
    same: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """All words that tell the fact."""
        return (self.text, *self.same)


@dataclass(frozen=True)
class Evidence:
    """Where the answer stands: a literal slice of an article, or (quote None) the article as a whole.

    `relevance` is the gain that nDCG gives the article; 1 except in graded collections.
    """

    article: str
    quote: str | None = None
    relevance: int = 1


@dataclass(frozen=True)
class Question:
    """One gold question. `answers` are alternatives; an unanswerable question has none, and no evidence.

    `history` holds the turns before this one, `as_of` the moment (ISO 8601) at which it is asked.
    """

    id: str
    language: Language
    question: str
    answerable: bool = True
    answers: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    type: str = "reading"
    split: Split = "dev"
    as_of: str | None = None
    history: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types, as in a gold file."""
        return asdict(self)


@dataclass(frozen=True)
class Problem:
    """Something wrong on a line of a gold file; lines count from 1."""

    line: int
    message: str


class GoldError(UserError):
    """A gold file cannot be used as it is."""

    exit_code = 2


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 text file, gzipped or not, NFC-normalised like every article's text."""
    with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else raw as lines:
        for line in lines:
            yield normalize("NFC", line.decode())


def parse_question(line: str) -> Question:
    """The question on one line of a gold file. Raises ValueError, saying what is wrong."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    question = question_of(record)
    if fault := next(faults(question), None):
        raise ValueError(fault)
    return question


def question_of(record: Mapping[str, Any]) -> Question:
    """The question in a JSON object. Raises ValueError when the object is not shaped like one."""
    if missing := sorted((_KINDS.keys() | {"as_of"}) - record.keys()):
        raise ValueError(f"missing: {', '.join(missing)}")
    if unknown := sorted(record.keys() - _KINDS.keys() - {"as_of"}):
        raise ValueError(f"unknown: {', '.join(unknown)}")
    for name, kind in _KINDS.items():
        if not isinstance(record[name], kind):
            raise ValueError(f"{name} must be a {kind.__name__}")
    try:
        return Question(
            **{**record, "answers": tuple(record["answers"]), "history": tuple(record["history"])}
            | {"nuggets": tuple(_nugget(**nugget) for nugget in record["nuggets"])}
            | {"evidence": tuple(Evidence(**evidence) for evidence in record["evidence"])}
        )
    except TypeError as error:
        raise ValueError(f"nuggets or evidence: {error}") from error


def _nugget(text: str, vital: bool = True, same: Sequence[str] = ()) -> Nugget:
    return Nugget(text, vital, tuple(same))


def faults(question: Question) -> Iterator[str]:
    """What is wrong with a question in itself, whatever the articles say."""
    if not question.id.strip() or not question.question.strip():
        yield "id and question must not be empty"
    if question.language not in ("ko", "en"):
        yield f"language must be ko or en, not {question.language!r}"
    if question.split not in ("dev", "test"):
        yield f"split must be dev or test, not {question.split!r}"
    if not all(isinstance(text, str) and text.strip() for text in (*question.answers, *question.history)):
        yield "answers and history must be texts that are not empty"
    wordings = [wording for nugget in question.nuggets for wording in nugget.wordings]
    if not all(isinstance(text, str) and text.strip() for text in wordings):
        yield "nuggets must be texts that are not empty"
    if question.answerable and not (question.evidence and (question.answers or question.nuggets)):
        yield "an answerable question needs evidence, and answers or nuggets"
    if not question.answerable and (question.evidence or question.answers or question.nuggets):
        yield "an unanswerable question has no evidence, answers or nuggets"
    if question.as_of is not None and not _is_iso(question.as_of):
        yield f"as_of must be an ISO 8601 date or time, not {question.as_of!r}"


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True


def read_gold(path: Path) -> tuple[list[tuple[int, Question]], list[Problem]]:
    """The questions of a gold file with their line numbers, and what is wrong with the other lines."""
    questions: list[tuple[int, Question]] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    try:
        for number, line in enumerate(read_lines(path), start=1):
            if not line.strip():
                continue
            try:
                question = parse_question(line)
            except ValueError as error:
                problems.append(Problem(number, str(error)))
                continue
            if question.id in seen:
                problems.append(Problem(number, f"id {question.id!r} is already on line {seen[question.id]}"))
            else:
                seen[question.id] = number
                questions.append((number, question))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"Cannot read the gold file {path}: {error}") from error
    return questions, problems


def load_questions(path: Path) -> list[Question]:
    """The questions of a gold file. Raises GoldError, naming the first bad line."""
    questions, problems = read_gold(path)
    if problems:
        first = problems[0]
        raise GoldError(
            f"{path}:{first.line}: {first.message}. Mend it; assistant-eval validate {path} tells "
            f"whether there is more (bad lines so far: {len(problems)})."
        )
    if not questions:
        raise GoldError(f"No questions in {path}.")
    return [question for _, question in questions]


def check_against(questions: Sequence[tuple[int, Question]], find: Callable[[str], Article | None]) -> list[Problem]:
    """Where the questions and the articles disagree: unknown articles, quotes and answers that are not there."""
    return [Problem(line, message) for line, question in questions for message in _disagreements(question, find)]


def refuse_disagreements(questions: Sequence[Question], find: Callable[[str], Article | None]) -> None:
    """Raises GoldError when the questions and the articles disagree."""
    problems = [(question.id, message) for question in questions for message in _disagreements(question, find)]
    if problems:
        first, message = problems[0]
        raise GoldError(
            f"The gold questions and the articles disagree; the first is question {first}: {message}. "
            "See them all, by line, with assistant-eval validate FILE; when the questions are about your own articles, "
            "name their library with --library DIR."
        )


def _disagreements(question: Question, find: Callable[[str], Article | None]) -> Iterator[str]:
    quotes = []
    for evidence in question.evidence:
        article = find(evidence.article)
        if article is None:
            yield f"no article {evidence.article!r}"
            continue
        quote = article.text if evidence.quote is None else evidence.quote
        quotes.append(quote)
        if not quote.strip():
            yield f"empty quote from {evidence.article}"
        elif (count := len(re.findall(re.escape(quote), article.text))) != 1:
            where = "is not" if count == 0 else f"is {count} times"
            yield f"the quote {_short(quote)} {where} in {evidence.article}: it must be there once, letter by letter"
    for answer in question.answers:
        if quotes and not any(answer in quote for quote in quotes):
            yield f"the answer {_short(answer)} is in none of the quotes"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
