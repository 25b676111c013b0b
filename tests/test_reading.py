"""What search compares of a text instead of the text itself, with the shipped model."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.likeness import NOISE, WordLikeness, word_cosine
from ingest.clean import make_article
from ingest.library import Library
from ingest.reading import read, token_number
from ingest.tokens import search_tokens, words
from tests.fakes import HashEmbedder

TEXTS = [
    "쿠팡은 소상공인에게 빠른정산을 약속했다. Coupang’s pledge, in 1,000 words: Jae-yong’s well-known co-op.",
    "The river’s level rose 3.5 metres; the town’s people left.",
    "강물이 불어나 주민이 대피했다.",
    "",
    "… 123 ※",
    "ㅋㅋㅋ émigré ﬁve Ⅳ 𝔘𝔫𝔦 नमस्ते",
]


def numbers(some: bytes) -> list[int]:
    found: list[int] = np.frombuffer(some, np.uint32).tolist()
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_the_tokens_are_those_of_the_index(text: str) -> None:
    (reading,) = read([text])
    assert reading.spelled.split() == search_tokens(text)
    assert numbers(reading.tokens) == [token_number(token) for token in search_tokens(text)]


def test_a_text_is_as_near_as_its_nearest_word() -> None:
    asked = ["pledge", "약속"]
    compared = WordLikeness(asked, [1.0, 3.0])
    for text, score in zip(TEXTS, compared.scores(read(TEXTS)), strict=True):
        nearest = [max((word_cosine(one, word) for word in words(text)), default=0.0) for one in asked]
        likeness = [max(0.0, cosine - NOISE) / (1 - NOISE) for cosine in nearest]
        assert score >= (likeness[0] + 3 * likeness[1]) / 4 - 1e-5  # without their particles words are nearer
    first, *others = compared.scores(read(TEXTS))
    assert first > 0.9 > max(others)


def test_a_reading_is_the_same_alone_among_others_and_stored(tmp_path: Path) -> None:
    alone = [read([text])[0] for text in TEXTS]
    assert read(TEXTS) == alone
    texts = [text for text in TEXTS if text]
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.add([make_article(text, id=f"a{n}", title=f"Title {n}") for n, text in enumerate(texts)])
        for number, text in enumerate(texts):
            version = library.versions([f"a{number}"])
            (stored,) = library.readings_of([f"{id}:0" for id in version])
            assert stored.text == read([library.get(f"a{number}").text])[0]._replace(spelled=""), text
            assert numbers(stored.title) == [token_number("titl"), token_number(str(number))]


def test_a_rebuild_reads_all_texts_again(tmp_path: Path) -> None:
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.add([make_article("The river rose.", id="a")])
        ids = [f"{version}:0" for version in library.versions(["a"])]
        made = library.readings_of(ids)
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection, connection:
        connection.execute("UPDATE readings SET pieces = x'00000080', lengths = x'0000803f'")
    with Library.rebuild(tmp_path, HashEmbedder()) as library:
        assert library.readings_of(ids) == made
