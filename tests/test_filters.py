"""Questions put to some of the articles only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.filters import Filters
from assistant.request import Request
from assistant.settings import Settings
from ingest.clean import make_article
from ingest.library import Library
from tests.fakes import HashEmbedder


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    texts = [f"가람마트가 상인 지원책 {n}호를 발표했다. 배송비 {n}억원을 대신 낸다." for n in range(1, 131)]
    articles = [
        make_article(
            text,
            id=f"a{n}",
            title=f"지원책 {n}",
            publisher="한빛일보" if n % 10 else "나루신문",
            published_at=f"2026-0{1 + n % 2}-15T09:00:00+09:00" if n % 13 else None,
        )
        for n, text in enumerate(texts, 1)
    ]
    english = make_article("Garam Mart will pay delivery fees for shop owners, it said.", id="e1", publisher="Harbor")
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        library.add([*articles, english])
        yield Assistant(library, Settings(library=tmp_path / "library"))


def found(assistant: Assistant, filters: Filters) -> list[str]:
    return [hit.article.id for hit in assistant.ask(Request("가람마트 배송비 지원책", filters=filters)).passages]


def test_each_filter_lets_through_its_own(assistant: Assistant) -> None:
    about = {info.id: info for info in assistant.library.articles()}
    by_publisher = found(assistant, Filters(publishers=("나루신문",)))
    assert by_publisher
    assert {about[id].publisher for id in by_publisher} == {"나루신문"}
    assert found(assistant, Filters(languages=("en",))) == ["e1"]
    february = found(assistant, Filters(since="2026-02-01", until="2026-02-15"))
    assert february
    assert {(about[id].published_at or "")[:7] for id in february} == {"2026-02"}


def test_a_chosen_article_is_found_however_far_down_it_lies(assistant: Assistant) -> None:
    assert found(assistant, Filters(articles=("a77",))) == ["a77"]


def test_filters_that_nothing_passes_give_silence_and_no_passage(assistant: Assistant) -> None:
    answer = assistant.ask(Request("가람마트가 낸다는 배송비는?", filters=Filters(publishers=("없는신문",))))
    assert answer.abstained
    assert answer.reason
    assert answer.passages == ()
