"""What a sentence tells that the rest of its article does not."""

from collections import Counter
from pathlib import Path

from assistant.standing import is_prose, starts_paragraph, told_only_here
from assistant.wordscore import WordScorer
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library
from ingest.tokens import search_tokens

MARATHON = """Sorae marathon

Kwon won the Sorae marathon on Sunday. The Sorae marathon drew 8,240 runners. Bekure won the women's race in 2:27:05.
"""


def test_a_word_of_one_sentence_tells_more_than_what_all_are_about(tmp_path: Path) -> None:
    article = make_article(MARATHON, id="marathon", title="Sorae marathon")
    texts = [span.of(article.text) for span in article.sentences]
    with Library.open(tmp_path, load_embedder()) as library:
        library.add([article])
        scorer = WordScorer(library, "Who won the women's race of the Sorae marathon?")
        places = [(article.id, number) for number in range(len(texts))]
        told = told_only_here(scorer, places, [Counter(search_tokens(text)) for text in texts])
    assert max(range(len(texts)), key=lambda number: told[number]) == len(texts) - 1


def test_a_title_is_no_prose() -> None:
    article = make_article(MARATHON, id="marathon", title="Sorae marathon")
    assert [is_prose(article, number) for number in range(2)] == [False, True]
    assert [starts_paragraph(article, number) for number in range(3)] == [True, True, False]


def test_a_writers_line_is_no_prose() -> None:
    article = make_article("시는 도서관을 새로 짓는다고 밝혔다. /한가람 기자(garam@shinmun.example)", id="byline")
    texts = [span.of(article.text) for span in article.sentences]
    assert [is_prose(article, number) for number in range(len(texts))] == [not text.startswith("/") for text in texts]
    assert len(texts) == 2
