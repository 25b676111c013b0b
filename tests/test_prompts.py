"""Prompts: every variable filled, none left over, and a fingerprint that follows the words."""

import pytest

from prompts.load import Prompt, PromptError, load_prompt

GREETING = Prompt("greeting", (("system", "Say {what}."), ("user", "To {whom}, in {{braces}}.")))


def test_values_are_data_whatever_is_in_them() -> None:
    system, user = GREETING.messages(what="{whom} {0} %s", whom="}{")
    assert system.content == "Say {whom} {0} %s."
    assert user.content == "To }{, in {braces}."
    assert (system.type, user.type) == ("system", "human")


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(PromptError, match="greeting was not given whom"):
        GREETING.messages(what="hello")


def test_an_unused_variable_is_named() -> None:
    with pytest.raises(PromptError, match="greeting has no place for tone"):
        GREETING.messages(what="hello", whom="you", tone="kind")


@pytest.mark.parametrize("text", ["{", "}", "{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>9}"])
def test_a_place_that_is_no_plain_name_is_refused(text: str) -> None:
    with pytest.raises(PromptError, match="broken"):
        _ = Prompt("broken", (("user", text),)).variables


def test_an_unknown_prompt_names_the_file_that_is_missing() -> None:
    with pytest.raises(PromptError, match=r"prompts/poem\.system\.txt"):
        load_prompt("poem")


def test_the_fingerprint_changes_with_a_word_and_with_nothing_else() -> None:
    same = Prompt("greeting", tuple(GREETING.texts))
    other = Prompt("greeting", (GREETING.texts[0], ("user", "To {whom}, in {{brackets}}.")))
    assert GREETING.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("name", "variables"),
    [("answer", {"passages", "question", "language", "silence"}), ("rewrite", {"history", "question"})],
)
def test_the_shipped_prompts_ask_for_what_the_code_gives(name: str, variables: set[str]) -> None:
    assert load_prompt(name).variables == variables
