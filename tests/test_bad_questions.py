"""What the command line says to questions that are none, and finds for those that are only written oddly."""

import json
import unicodedata

import pytest

from assistant.cli import parser, run
from assistant.screen import Screen
from assistant.session import Session
from assistant.settings import Settings
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("odd")
    with Library.open(folder / "library", load_embedder()) as library:
        library.add(
            [
                make_article("쿠팡은 할인 비용을 부담하겠다고 약속했다.", id="coupang", publisher="한빛일보"),
                make_article(
                    "기상청은 주말에 남부 지방에 많은 비가 내리겠다고 예보했다.",
                    id="rain",
                    publisher="나루신문",
                    published_at="2026-02-03",
                ),
                make_article("The central bank left its key rate unchanged on Friday.", id="bank"),
            ]
        )
    return Session(Settings(library=folder / "library"), Screen(), folder)


@pytest.mark.parametrize(
    ("query", "options", "said"),
    [
        ("?!…", [], "The question is empty"),
        ("🙂🙂", [], "The question is empty"),
        ("쿠팡" * 50_000, [], "has 100,000 characters; shorten it"),
        ("쿠팡\0약속", [], "characters that are not text"),
        ("쿠팡", ["--as-of", "2024-02-30"], "'2024-02-30' is not a date"),
        ("쿠팡", ["--as-of", "어제"], "'어제' is not a date"),
        (
            "쿠팡",
            ["--publisher", "없는신문"],
            "No article is from '없는신문'. The publishers here: 나루신문, 한빛일보.",
        ),
        ("쿠팡", ["--article", "a99"], "There is no article 'a99'"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_why(
    session: Session, capsys: pytest.CaptureFixture[str], query: str, options: list[str], said: str
) -> None:
    assert run(parser().parse_args(["search", query, *options]), session) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    "query",
    [
        unicodedata.normalize("NFD", "쿠팡은 무엇을 약속했나?"),
        "쿠팡이 pledge한 discount 비용은?",
        "🙂 쿠팡 약속 🙂",
        "ＣＯＵＰＡＮＧ 약속",
        "쿠팡 약속 2024-99-99",
        "쿠팡 " * 500,
    ],
)
def test_what_is_written_oddly_is_found(session: Session, capsys: pytest.CaptureFixture[str], query: str) -> None:
    assert run(parser().parse_args(["search", query, "--json"]), session) == 0
    assert json.loads(capsys.readouterr().out)["hits"][0]["article"] == "coupang"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--publisher", "나루신문"], {"rain"}),
        (["--publisher", "나루신문", "--publisher", "한빛일보"], {"rain", "coupang"}),
        (["--language", "en"], {"bank"}),
        (["--article", "rain", "--article", "bank"], {"rain", "bank"}),
        (["--since", "2026-02-01", "--until", "2026-02-28"], {"rain"}),
        (["--language", "ko", "--since", "2026-03-01"], set()),
    ],
)
def test_filters_of_the_command_line_choose_the_articles(
    session: Session, capsys: pytest.CaptureFixture[str], options: list[str], found: set[str]
) -> None:
    assert run(parser().parse_args(["search", "쿠팡 할인과 주말 비 rate", "--json", *options]), session) == 0
    assert {hit["article"] for hit in json.loads(capsys.readouterr().out)["hits"]} == found


def test_a_question_is_answered_from_the_articles_chosen(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    question = "쿠팡은 무엇을 약속했나?"
    assert run(parser().parse_args(["ask", question, "--json"]), session) == 0
    assert not json.loads(capsys.readouterr().out)["abstained"]
    assert run(parser().parse_args(["ask", question, "--json", "--publisher", "나루신문"]), session) == 0
    assert json.loads(capsys.readouterr().out)["abstained"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--newspaper", "x"], "unrecognized arguments: --newspaper"),
        (["--language", "fr"], "invalid choice: 'fr'"),
        (["--since", "2026-02-30"], "'2026-02-30' is not a day: write it like 2024-11-07"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(capsys: pytest.CaptureFixture[str], options: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as exit:
        parser().parse_args(["search", "쿠팡", *options])
    assert exit.value.code == 2
    assert said in capsys.readouterr().err
