"""Remembered feeds, on a real library and a site of our own."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import cli
from ingest.errors import UserError
from ingest.feeds import UnreadableFeed
from ingest.fetch import Fetcher
from ingest.library import Library
from ingest.refresh import fetch_feed, refresh, refreshing
from ingest.sources import SourceError, read_sources
from tests.fakes import HashEmbedder
from tests.test_fetch import Site, reply

HERE = ["localhost"]


class Newsroom(Site):
    """A site with a feed whose pages can come, change and go."""

    def __init__(self) -> None:
        super().__init__()
        self.feed = f"{self.address}/rss"

    def publish(self, *names: str) -> None:
        for name in names:
            page = f"<article><h1>{name}</h1><p>The paper {name} says that the river rose today.</p></article>"
            self.pages[f"/{name}"] = reply(page.encode())
        items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in names)
        self.pages["/rss"] = reply(f"<rss><channel><title>Wire</title>{items}</channel></rss>".encode())


@pytest.fixture
def site() -> Iterator[Newsroom]:
    site = Newsroom()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        yield library


def new_titles(library: Library) -> list[str | None]:
    return [outcome.title for outcome in refresh(library, HERE) if outcome.status == "added"]


def test_only_what_is_new_is_fetched_and_added(library: Library, site: Newsroom) -> None:
    site.publish("one", "two")
    library.feeds.add(site.feed)
    assert new_titles(library) == ["one", "two"]
    site.publish("three", "two", "one")
    site.asked.clear()
    assert new_titles(library) == ["three"]
    assert [path for path in site.asked if path != "/robots.txt"] == ["/rss", "/three"]
    assert [(feed.address, feed.articles, feed.problem) for feed in library.feeds.all()] == [(site.feed, 3, None)]


def test_a_deleted_article_does_not_come_back(library: Library, site: Newsroom) -> None:
    site.publish("one")
    library.feeds.add(site.feed)
    list(refresh(library, HERE))
    library.delete(library.articles()[0].id)
    assert list(refresh(library, HERE)) == []
    assert len(library) == 0


def test_a_page_that_fails_is_tried_again(library: Library, site: Newsroom) -> None:
    site.publish("one")
    page = site.pages.pop("/one")
    library.feeds.add(site.feed)
    assert [outcome.status for outcome in refresh(library, HERE)] == ["failed"]
    site.pages["/one"] = page
    assert new_titles(library) == ["one"]


def test_a_feed_that_fails_does_not_stop_the_others(library: Library, site: Newsroom) -> None:
    site.publish("one")
    library.feeds.add(f"{site.address}/gone")
    library.feeds.add(site.feed)
    outcomes = [(outcome.source, outcome.status) for outcome in refresh(library, HERE)]
    assert outcomes == [(f"{site.address}/gone", "failed"), (f"{site.address}/one", "added")]
    problems = {feed.address: feed.problem for feed in library.feeds.all()}
    assert problems[f"{site.address}/gone"]
    assert problems[site.feed] is None
    site.pages["/gone"] = site.pages["/rss"]
    list(refresh(library, HERE))
    assert [feed.problem for feed in library.feeds.all()] == [None, None]


def test_feeds_are_remembered_until_they_are_removed(tmp_path: Path, site: Newsroom) -> None:
    site.publish("one")
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.feeds.add(site.feed)
        library.feeds.add(site.feed)
        assert new_titles(library) == ["one"]
    with Library.open(tmp_path, HashEmbedder()) as library:
        assert [feed.address for feed in library.feeds.all()] == [site.feed]
        library.feeds.remove(site.feed)
        assert (library.feeds.all(), len(library)) == ([], 1)
        with pytest.raises(UserError, match="feeds list"):
            library.feeds.remove(site.feed)


def test_an_address_of_no_feed_is_refused(site: Newsroom) -> None:
    site.publish("one")
    with pytest.raises(UnreadableFeed, match="not a feed"):
        fetch_feed(f"{site.address}/one", Fetcher(HERE))


def test_the_commands_for_feeds(
    tmp_path: Path, site: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_LIBRARY", str(tmp_path / "own"))
    monkeypatch.setenv("ASSISTANT_ALLOW_HOSTS", "localhost")

    def assistant(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as exit:
            cli.main(["feeds", *arguments])
        return exit.value.code, *capsys.readouterr()

    site.publish("one")
    status, out, _ = assistant("add", site.feed)
    assert (status, out.startswith("added: one")) == (0, True)
    assert assistant("refresh")[:2] == (0, "")
    assert assistant("add", f"{site.address}/one")[0] == 1
    status, out, _ = assistant("list")
    assert (status, [line.split("\t")[::2] for line in out.splitlines()]) == (0, [[site.feed, "1 articles"]])
    assert assistant("remove", site.feed)[0] == 0
    assert assistant("list")[:2] == (0, "")
    status, _, errors = assistant("remove", site.feed)
    assert (status, "feeds list" in errors) == (1, True)


def test_while_the_app_runs_new_articles_come_by_themselves(library: Library, site: Newsroom) -> None:
    site.publish("one")
    library.feeds.add(site.feed)
    with refreshing(library, minutes=0.001, allow_hosts=HERE):
        assert wait_for(lambda: len(library) == 1)
        site.publish("two", "one")
        assert wait_for(lambda: len(library) == 2)


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_saved_feed_gives_the_articles_it_names(tmp_path: Path, site: Newsroom) -> None:
    site.publish("one", "two")
    links = "".join(f"<item><link>{site.address}/{name}</link></item>" for name in ("one", "two"))
    file = tmp_path / "saved.xml"
    file.write_text(f"<?xml version='1.0'?><rss><channel>{links}</channel></rss>", encoding="utf-8")
    articles = list(read_sources([str(file)], allow_hosts=HERE))
    assert [not isinstance(article, SourceError) and article.title for article in articles] == ["one", "two"]


def test_an_xml_document_is_an_article_whatever_its_encoding(tmp_path: Path) -> None:
    text = (
        "<NewsML><제목>상생안</제목><본문><p>쿠팡이 <b>상생안</b>을 내놨다.</p><p>3월에 시작한다.</p></본문></NewsML>"
    )
    file = tmp_path / "news.xml"
    file.write_bytes(f"<?xml version='1.0' encoding='euc-kr'?>{text}".encode("cp949"))
    (article,) = read_sources([str(file)])
    assert not isinstance(article, SourceError)
    assert article.text.splitlines()[-2:] == ["쿠팡이 상생안을 내놨다.", "3월에 시작한다."]


def test_broken_xml_is_an_item_that_failed(tmp_path: Path) -> None:
    file = tmp_path / "news.xml"
    file.write_text("<news><p>Half a docu", encoding="utf-8")
    (item,) = read_sources([str(file)])
    assert isinstance(item, SourceError)
    assert "damaged" in item.reason
