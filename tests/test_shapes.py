"""What comes out of pages and files as newsrooms, ministries and readers make them: `tests/newsroom.py`."""

from collections.abc import Iterator

import pytest

from ingest.article import Article
from tests.newsroom import Shape, newsroom, shapes


@pytest.fixture(scope="module")
def found() -> Iterator[dict[str, list[Article | str]]]:
    with newsroom() as found:
        yield found


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.file)
def test_the_article_comes_out_whole_and_alone(shape: Shape, found: dict[str, list[Article | str]]) -> None:
    (item,) = found[shape.file]
    if shape.text is None:
        assert item == "list_of_articles"
        return
    assert isinstance(item, Article)
    assert item.text == shape.text
    fields = (item.title, item.publisher, item.author, item.published_at)
    assert fields == (shape.title, shape.publisher, shape.author, shape.published_at)
