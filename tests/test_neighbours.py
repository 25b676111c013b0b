"""Passages that stand next to each other in an article, and are found together."""

from pathlib import Path

from assistant.answer import Hit
from assistant.chat import Assistant
from assistant.neighbours import joined
from assistant.settings import Settings
from ingest.article import Chunk
from ingest.chunk import chunk_article
from ingest.clean import make_article
from ingest.library import Library
from tests.fakes import HashEmbedder

TEXT = " ".join(
    f"The harbour office told of ferry number {n} and of the {n} people that it carried." for n in range(40)
)
ARTICLE = make_article(TEXT, id="ferries")
CHUNKS = chunk_article(ARTICLE, longest=300)


def hits(*numbers: int) -> list[Hit]:
    return [Hit(CHUNKS[number], ARTICLE, 1 - place / 10) for place, number in enumerate(numbers)]


def ranges(found: list[Hit]) -> list[tuple[int, int]]:
    return [(hit.chunk.first, hit.chunk.last) for hit in found]


def spans(*chunks: Chunk) -> tuple[int, int]:
    return chunks[0].first, chunks[-1].last


def test_two_neighbours_are_one_in_the_place_of_the_better() -> None:
    found = joined(hits(6, 2, 9, 1))
    assert ranges(found) == [spans(CHUNKS[6]), spans(*CHUNKS[1:3]), spans(CHUNKS[9])]
    assert [hit.score for hit in found] == [1.0, 0.9, 0.8]
    text = found[1].chunk.text
    assert text == ARTICLE.text[found[1].chunk.start : found[1].chunk.end]
    assert text.startswith(CHUNKS[1].text)
    assert text.endswith(CHUNKS[2].text)


def test_one_between_two_joins_all_three() -> None:
    assert ranges(joined(hits(3, 8, 5, 4))) == [spans(*CHUNKS[3:6]), spans(CHUNKS[8])]


def test_passages_of_other_articles_stay_apart() -> None:
    other = make_article(TEXT, id="copy")
    beside = Hit(chunk_article(other, longest=300)[3], other, 0.5)
    assert len(joined([*hits(2), beside])) == 2


def test_a_search_gives_a_long_article_in_one_piece(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        library.add([make_article(TEXT, id="ferries"), make_article("Rain fell all day.", id="rain")])
        found = Assistant(library, Settings(library=tmp_path / "library")).search("ferry people harbour", 10)
    assert [hit.article.id for hit in found].count("ferries") == 1
    assert found[0].chunk.text == TEXT
