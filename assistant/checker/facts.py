"""A text with what can be checked in it, and what a check of a claim against it finds."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.checker.alignment import Word, words_of
from assistant.checker.dates import DateMention, find_moments
from assistant.checker.quantities import Quantity, find_quantities

Outcome = Literal["agrees", "missing", "contradicts"]


@dataclass(frozen=True)
class Facts:
    """A text and its words, quantities and dates, each read once."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        """The content words, in order."""
        return words_of(self.text)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities, in order."""
        return find_quantities(self.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates and times of day, in order."""
        return find_moments(self.text)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing in the claim: `said` as the claim has it, `given` as the cited text does."""

    outcome: Outcome
    said: str
    given: str = ""

    def __str__(self) -> str:
        if self.outcome == "agrees":
            return self.said
        if self.outcome == "missing":
            return f"not in the cited text: {self.said}"
        return f"contradicts: {self.said} vs {self.given}"
