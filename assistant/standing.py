"""Where a sentence stands in its article, and what it alone tells there."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from assistant.wordscore import WordScorer, expected_count
from ingest.article import Article

_LABEL_MARKS = ("※", "*", "ⓒ", "©", "왼쪽부터", "왼쪽에서", "사진", "From left")

# "/정유림 기자(someone@paper.com)": an address at the end of a line, with not much before it.
_BYLINE = re.compile(r".{0,40}\S+@\S+\.\w+\W*")


def starts_paragraph(article: Article, number: int) -> bool:
    """Whether the sentence is the first of its paragraph."""
    return number == 0 or "\n" in article.text[article.sentences[number - 1].end : article.sentences[number].start]


def is_prose(article: Article, number: int) -> bool:
    """Whether a sentence is part of the story: not its title, a heading, a label, or its writer's line."""
    span = article.sentences[number]
    text = span.of(article.text)
    if text == article.title or text.startswith(_LABEL_MARKS) or _BYLINE.fullmatch(text):
        return False
    if article.sample and "\n" not in article.text[span.start :]:
        return False  # the last line of a sample says what in it is invented
    return text[-1] in ".!?…。\"'”’)]" or article.text[span.end : span.end + 1] not in ("\n", "")


def told_only_here(
    scorer: WordScorer, places: Sequence[tuple[str, int]], counts: Sequence[Counter[str]]
) -> list[float]:
    """For each sentence (article id, number) the share of the question's words that few others of its article have.

    What the whole article is about stands in many of its sentences, and does not tell which of them answers.
    `counts` are the tokens of each sentence. A sentence that comes twice counts once in its article.
    """
    if not scorer.terms:
        return [0.0] * len(places)
    has = np.array([[min(1.0, expected_count(weighed.term, of)) for weighed in scorer.terms] for of in counts])
    shares = np.zeros(len(places))
    for article in {id for id, _ in places}:
        rows = [row for row, (id, _) in enumerate(places) if id == article]
        once = list({places[row]: row for row in rows}.values())
        weights = np.maximum(np.log((len(once) + 0.5) / (has[once].sum(axis=0) + 0.5)), 0.0)
        shares[rows] = has[rows] @ weights / max(float(weights.sum()), 1e-6)
    told: list[float] = shares.tolist()
    return told
