"""What a run is made with, set by name: the product's settings, and what is given where its parts are made."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from assistant.retrieve import FOREIGN, OWN, Weights
from assistant.settings import Settings
from ingest.chunk import LONGEST_CHUNK
from ingest.errors import UserError
from prompts.load import PromptError, load_prompt

ASKED_WITH = ("answer", "rewrite")
"""The prompts that the assistant asks a language model with."""
_NOT_SET_HERE = ("library", "chat_api_key")


@dataclass(frozen=True)
class Configuration:
    """What a run is made with; the defaults are what the product ships.

    `own` and `foreign` are the weights of retrieval (`assistant.retrieve`), `chunk_characters` the most characters of
    a passage, `prompts` the folder of the prompts (None: the package's own).
    """

    settings: Settings
    own: Weights = field(default_factory=lambda: dict(OWN))
    foreign: Weights = field(default_factory=lambda: dict(FOREIGN))
    chunk_characters: int = LONGEST_CHUNK
    prompts: Path | None = None

    def told(self) -> dict[str, str]:
        """All of it by name but for paths and keys, as a run's folder keeps it."""
        names = [one.name for one in fields(Settings) if one.name not in _NOT_SET_HERE]
        return {
            **{name: str(getattr(self.settings, name)) for name in names},
            "chunk_characters": str(self.chunk_characters),
            **{f"own.{sign}": f"{weight:g}" for sign, weight in self.own.items()},
            **{f"foreign.{sign}": f"{weight:g}" for sign, weight in self.foreign.items()},
        }

    def prompt_fingerprints(self) -> dict[str, str]:
        """The fingerprint of each prompt that a language model is asked with. Raises UserError when one is broken."""
        try:
            return {name: load_prompt(name, self.prompts).fingerprint for name in ASKED_WITH}
        except PromptError as error:
            raise UserError(
                f"--set prompts={self.prompts}: {error}. Start from a copy of our prompts folder."
            ) from error


def configured(assignments: Sequence[str], settings: Settings | None = None) -> Configuration:
    """Settings (default: the environment's) changed by `NAME=VALUE`s. Raises UserError for what cannot be set so."""
    found = Configuration(settings or Settings.from_environment())
    for assignment in assignments:
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals or name not in _types():
            raise UserError(f"--set {assignment}: give NAME=VALUE; the names are {', '.join(_types())}.")
        try:
            found = _with(found, name, _typed(value, _types()[name]))
        except ValueError as error:
            raise UserError(f"--set {assignment}: {error}.") from error
    if found.prompts and not found.settings.chat_model:
        raise UserError("--set prompts: without a language model nobody reads them. Add --set chat_model=NAME.")
    return found


def _with(found: Configuration, name: str, value: Any) -> Configuration:
    table, _, sign = name.partition(".")
    if table == "own" and sign:
        return replace(found, own={**found.own, sign: value})
    if table == "foreign" and sign:
        return replace(found, foreign={**found.foreign, sign: value})
    if name == "chunk_characters":
        return replace(found, chunk_characters=value)
    if name == "prompts":
        return replace(found, prompts=value)
    return replace(found, settings=replace(found.settings, **{name: value}))


def _types() -> dict[str, Any]:
    """The type of everything that can be set, by name."""
    return {
        **{name: kind for name, kind in get_type_hints(Settings).items() if name not in _NOT_SET_HERE},
        "chunk_characters": int,
        "prompts": Path | None,
        **{f"own.{sign}": float for sign in OWN},
        **{f"foreign.{sign}": float for sign in FOREIGN},
    }


def _typed(value: str, kind: Any) -> Any:
    """A text as the type of a setting: `none` where that is allowed, commas between the members of a tuple."""
    if NoneType in get_args(kind):
        named = Path if Path in get_args(kind) else str
        return None if value.lower() == "none" else named(value)
    if get_origin(kind) is tuple:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if kind is int:
        if not value.isascii() or not value.isdecimal() or int(value) < 1:
            raise ValueError("give a whole number of 1 or more")
        return int(value)
    return _number(value) if kind is float else kind(value)


def _number(value: str) -> float:
    number = float(value) if value.replace(".", "", 1).isdecimal() else math.nan
    if not number >= 0:
        raise ValueError("give a number of 0 or more")
    return number
