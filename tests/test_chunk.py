from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.chunk import LONGEST_CHUNK, chunk_article
from ingest.clean import make_article


def article(*paragraphs: str) -> Article:
    return make_article("\n\n".join(paragraphs), id="a", language="ko")


def sentence(length: int) -> str:
    return "가" * (length - 1) + "."


def prose(*lengths: int) -> str:
    return " ".join(map(sentence, lengths))


def sizes(*paragraphs: str) -> list[int]:
    """How many sentences each chunk has."""
    return [chunk.last - chunk.first for chunk in chunk_article(article(*paragraphs))]


def test_a_short_article_is_one_chunk() -> None:
    assert sizes("제목", prose(100, 100), prose(100)) == [4]


def test_a_chunk_ends_with_its_paragraph_when_it_is_full_enough() -> None:
    assert sizes(prose(200, 200), prose(100, 300)) == [2, 2]


def test_a_chunk_runs_on_into_the_next_paragraph_when_it_is_short() -> None:
    assert sizes(prose(100, 100), prose(200, 200, 200)) == [3, 2]


def test_a_longer_sentence_stands_alone() -> None:
    chunks = chunk_article(article(prose(50), prose(1000), prose(50)))
    assert [len(chunk.text) for chunk in chunks] == [50, 1000, 50]


def test_a_heading_stays_with_the_text_under_it() -> None:
    chunks = chunk_article(article(prose(280, 280), "◇ 네이버, 상생 강화", prose(280, 280)))
    assert [chunk.text.startswith("◇") for chunk in chunks] == [False, True]


def test_a_list_of_bare_lines_fills_its_chunks() -> None:
    chunks = chunk_article(article(*["- 항목 하나"] * 200))
    assert all(len(chunk.text) > LONGEST_CHUNK / 2 for chunk in chunks[:-1])


@given(st.lists(st.lists(st.integers(2, 700), min_size=1, max_size=8), min_size=1, max_size=12))
def test_every_sentence_is_in_exactly_one_chunk_and_chunks_are_slices(lengths: list[list[int]]) -> None:
    whole = article(*(prose(*paragraph) for paragraph in lengths))
    chunks = chunk_article(whole)
    assert [n for chunk in chunks for n in range(chunk.first, chunk.last)] == list(range(len(whole.sentences)))
    for chunk in chunks:
        assert chunk.text == whole.text[chunk.start : chunk.end]
        assert len(chunk.text) <= LONGEST_CHUNK or chunk.last - chunk.first == 1
    assert chunk_article(whole) == chunks
    assert len({chunk.id for chunk in chunks}) == len(chunks)
