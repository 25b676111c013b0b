"""The trial of a language model counts what it should, with models that can be foreseen."""

from pathlib import Path

from assistant.settings import Settings
from tests.model_trial import QUESTIONS, figures, trial
from tests.openai_server import Connection, ModelServer, streamed


def settings(server: ModelServer) -> Settings:
    return Settings(library=Path(), chat_model="m", chat_base_url=server.url)


def test_a_model_that_is_always_silent() -> None:
    with ModelServer(streamed("NOT_IN_PASSAGES")) as server:
        found = figures(list(trial(settings(server))))
    unanswerable = sum(not asked.says for asked in QUESTIONS)
    assert found["silent where the articles do not say"] == f"{unanswerable} of {unanswerable}"
    assert found["answers of the model with a citation that holds"] == f"0 of {len(QUESTIONS) - unanswerable}"
    assert found["right, by the words they must have"].startswith("0 of ")
    assert found["sentences kept by the strict check"] == "0 of 0"


def test_a_model_that_copies_the_first_sentence_and_adds_one_of_its_own() -> None:
    def reply(connection: Connection) -> None:
        lines = server.requests[-1].prompt.splitlines()
        first = next((line.removeprefix("[1.1] ") for line in lines if line.startswith("[1.1] ")), "")
        streamed(f"{first} [1.1]\n모두 기뻐했다.\n")(connection)

    with ModelServer(reply) as server:
        told = list(trial(settings(server)))
    found = figures(told)
    assert found["sentences kept by the strict check"] == f"{len(QUESTIONS)} of {2 * len(QUESTIONS)}"
    assert found["quotes in the model's place"] == f"0 of {len(QUESTIONS)}"
    assert all(each.is_cited for each in told)
