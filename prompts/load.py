"""Prompt texts are files; this reads them, and refuses a missing or an unused variable."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

ROLES = ("system", "user")


class PromptError(ValueError):
    """A prompt file that cannot be used, or values that do not fit its variables."""


@dataclass(frozen=True)
class Prompt:
    """The messages of one prompt, as `(role, text)` pairs with `{variable}` places in the texts."""

    name: str
    texts: tuple[tuple[str, str], ...]

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names that `messages` must be given. Raises PromptError for a place that is no plain name."""
        names = set()
        for role, text in self.texts:
            try:
                places = list(Formatter().parse(text))
            except ValueError as error:
                raise PromptError(f"prompt {self.name}.{role}: {error}; write {{{{ and }}}} for plain braces") from None
            for _, name, spec, conversion in places:
                if name is None:
                    continue
                if not name.isidentifier() or spec or conversion:
                    raise PromptError(f"prompt {self.name}.{role}: {{{name}}} must be a plain name in braces")
                names.add(name)
        return frozenset(names)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that change when any word of the prompt does."""
        return hashlib.sha256(repr((self.name, self.texts)).encode()).hexdigest()[:12]

    def messages(self, **values: str) -> "list[BaseMessage]":
        """The messages with every variable filled in. Values are data: braces in them mean nothing.

        Raises PromptError when a variable has no value, or a value has no variable.
        """
        from langchain_core.prompts import ChatPromptTemplate

        if missing := sorted(self.variables - values.keys()):
            raise PromptError(f"prompt {self.name} was not given {', '.join(missing)}")
        if unused := sorted(values.keys() - self.variables):
            raise PromptError(f"prompt {self.name} has no place for {', '.join(unused)}")
        return ChatPromptTemplate.from_messages(list(self.texts)).format_messages(**values)


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt made of `NAME.system.txt` and `NAME.user.txt` in `folder`; None is our own. Raises PromptError."""
    texts = []
    for role in ROLES:
        file = (folder or files("prompts")) / f"{name}.{role}.txt"
        if not file.is_file():
            raise PromptError(f"prompt {name} has no file {folder or 'prompts'}/{name}.{role}.txt")
        texts.append((role, file.read_text("utf-8").strip()))
    prompt = Prompt(name, tuple(texts))
    _ = prompt.variables  # a broken file is reported when it is loaded, not at the first question
    return prompt
