"""A text with what can be checked in it, and what a check of a claim against it finds."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from assistant.checker.alignment import Word, words_of
from assistant.checker.changes import directions
from assistant.checker.dates import DateMention, find_moments
from assistant.checker.opposites import stances
from assistant.checker.polarity import Sign, negations
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

    @cached_property
    def changes(self) -> list[Sign]:
        """The words that say that something rose or fell, in order."""
        return directions(self.text)

    @cached_property
    def denials(self) -> list[Sign]:
        """The plain negations, in order."""
        return negations(self.text)

    @cached_property
    def stances(self) -> list[Sign]:
        """The sides it takes of opposites: allowed, not 금지."""
        return list(stances(self.text))


@lru_cache(maxsize=512)
def facts_of(text: str) -> Facts:
    """The facts of a text, kept: sentences of a draft are held against the same evidence, and it against many."""
    return Facts(text)


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
