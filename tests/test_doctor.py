"""`assistant doctor` on libraries whose embedding model reads both languages, one of them, or does not join them."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.doctor import Finding, examine
from assistant.sample import sample_articles
from assistant.screen import Screen
from assistant.session import Session
from assistant.settings import Settings
from ingest.clean import make_article
from ingest.embed import Embedder, load_embedder
from ingest.library import Library
from tests.fakes import HashEmbedder

Look = Callable[[Embedder], list[Finding]]


class BlindForKorean(HashEmbedder):
    """To it all Korean is the same unknown token, as to a model that was made for English alone."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().encode_passages([re.sub(r"[가-힣][^A-Za-z]*", "unknown ", text) for text in texts])


@pytest.fixture
def searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """What the doctor says of search in a library of the sample's articles, made with an embedder."""

    def look(embedder: Embedder) -> list[Finding]:
        with Library.open(tmp_path / "library", embedder) as library:
            library.add(sample_articles())
        monkeypatch.setattr("ingest.embed.load_embedder", lambda name=None: embedder)
        session = Session(Settings(library=tmp_path / "library"), Screen(), tmp_path)
        return [finding for finding in examine(session) if finding.what == "search"]

    return look


def test_all_is_well_with_the_shipped_model(searched: Look) -> None:
    findings = searched(load_embedder())
    assert [finding.ok for finding in findings] == [True, True]
    assert "Korean articles found by their title 20 of 20" in findings[0].detail
    assert "English articles found by their title 20 of 20" in findings[1].detail


def test_a_model_that_reads_no_korean_is_noticed_though_the_words_are_found(
    searched: Look,
) -> None:
    findings = searched(BlindForKorean(dimension=256))
    told = " ".join(finding.detail for finding in findings if finding.ok)
    assert "Korean articles found by their title 20 of 20" in told
    bad = [finding.detail for finding in findings if not finding.ok]
    assert any(
        "too few Korean articles by their rarest words: it may not read the language" in detail for detail in bad
    )
    assert not any("English articles by their title" in detail for detail in bad)
    assert all("ASSISTANT_EMBEDDING_MODEL" in detail for detail in bad)


def test_of_a_handful_of_articles_nothing_is_said(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", load_embedder()) as library:
        library.add([make_article(f"Report {n}. The river rose {n} metres in town.", id=f"a{n}") for n in range(4)])
    session = Session(Settings(library=tmp_path / "library"), Screen(), tmp_path)
    assert [finding.what for finding in examine(session) if finding.what == "search"] == []


def test_articles_that_differ_in_a_figure_only_are_no_fault_of_the_search(tmp_path: Path) -> None:
    notice = (
        "The harbour office counted {n} ships last night. Fog held up the ferries until noon. It expects rain today."
    )
    with Library.open(tmp_path / "library", load_embedder()) as library:
        library.add([make_article(notice.format(n=n), id=f"a{n}", title="Harbour notice") for n in range(100, 160)])
    session = Session(Settings(library=tmp_path / "library"), Screen(), tmp_path)
    found = [finding for finding in examine(session) if finding.what == "search"]
    assert [finding.ok for finding in found] == [True]
    assert "English articles found by their title 20 of 20 (20 by vectors)" in found[0].detail
