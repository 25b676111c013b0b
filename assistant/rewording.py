"""What a language model made of a follow-up question, if it can be used: a question, and nothing that nobody said."""

import re
from collections.abc import Sequence

from assistant.borne_out import is_foreign
from ingest.language import detect

LONGEST = 300
_LABEL = re.compile(r"(?:[\w ,'’]{0,40}\bquestion\b[\w ,'’]{0,40}|[가-힣 ]{0,12}질문[가-힣 ]{0,8})[:：]", re.IGNORECASE)
_QUOTES = " \t\"'“”‘’`*"
_NUMBER = re.compile(r"\d+")
_STATEMENT = re.compile(r"(?:다|[.。])$")


def question_in(text: str, question: str, asked: Sequence[str]) -> str | None:
    """The question in what a model wrote when it was to make `question` stand alone after the ones `asked` before.

    None when there is none: an answer, another language, figures that nobody named, or more than one line of it.
    """
    lines = (_LABEL.sub("", line.strip(_QUOTES), count=1).strip(_QUOTES) for line in text.splitlines())
    line = next(filter(None, lines), "")
    said = " ".join([*asked, question])
    languages = {detect(question), *map(detect, asked[-1:])}
    usable = (
        0 < len(line) <= LONGEST
        and any(char.isalpha() for char in line)
        and detect(line) in languages
        and not is_foreign(line, said)
        and set(_NUMBER.findall(line)) <= set(_NUMBER.findall(said))
        and (not _STATEMENT.search(line) or bool(_STATEMENT.search(question)))
    )
    return line if usable else None
