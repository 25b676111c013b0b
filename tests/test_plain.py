"""Passages as the terminal shows them."""

from assistant.answer import Hit
from assistant.plain import plain_hits
from ingest.article import Article
from ingest.chunk import chunk_article
from ingest.clean import make_article


def hit(article: Article, *also_in: Article) -> Hit:
    return Hit(chunk_article(article)[0], article, 1.0, also_in)


def test_a_hit_says_when_it_came_out_and_where_else_it_stands() -> None:
    text = "The river rose two metres in town."
    first = make_article(text, id="a", title="River rises", publisher="Harbor", published_at="2024-11-06")
    copies = [make_article(text, id="b", publisher="나루신문"), make_article(text, id="c", title="River up")]
    assert plain_hits([hit(first, *copies)]).splitlines() == [
        "1. River rises, Harbor, 2024-11-06 (1.00)",
        "   also in 나루신문, River up",
        f"   {text}",
    ]
    assert plain_hits([hit(copies[0])]).splitlines()[0] == "1. b, 나루신문, undated (1.00)"
