"""Texts as token numbers, drawn in weighted batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.data import Pairs

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Texts:
    """Tokenized texts end to end: text `i` is `tokens[starts[i]:starts[i + 1]]`; never empty."""

    tokens: Numbers
    starts: Numbers

    @classmethod
    def of(cls, texts: Sequence[str], tokenizer: Tokenizer) -> "Texts":
        """Tokenize `texts`; one without a token gets the unknown token."""
        encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lists = [encoding.ids or [0] for encoding in encodings]
        starts = np.cumsum([0, *map(len, lists)])
        return cls(np.fromiter((token for tokens in lists for token in tokens), np.int64, starts[-1]), starts)

    def take(self, which: Numbers) -> "Texts":
        """The texts numbered `which`, in that order."""
        lengths = self.starts[which + 1] - self.starts[which]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[which] - starts[:-1], lengths)
        return Texts(self.tokens[places], starts)

    def thinned(self, share: float, least: int, random: np.random.Generator) -> "Texts":
        """Without a random `share` of the tokens of each text longer than `least`; the first token always stays."""
        lengths = np.diff(self.starts)
        kept = (random.random(len(self.tokens)) >= share) | np.repeat(lengths <= least, lengths)
        kept[self.starts[:-1]] = True
        return Texts(self.tokens[kept], np.concatenate([[0], np.cumsum(kept)])[self.starts])

    def shortened(self, most: int, random: np.random.Generator) -> "Texts":
        """With at most `most` tokens of each text, drawn at random, in their order."""
        lengths = np.diff(self.starts)
        # A random number for each token; of each text the greatest go.
        text = np.repeat(np.arange(len(lengths)), lengths)
        order = np.lexsort((random.random(len(self.tokens)), text))
        rank = np.arange(len(self.tokens)) - np.repeat(self.starts[:-1], lengths)
        kept = np.zeros(len(self.tokens), dtype=bool)
        kept[order[rank < most]] = True
        return Texts(self.tokens[kept], np.concatenate([[0], np.cumsum(kept)])[self.starts])


@dataclass(frozen=True)
class Side:
    """One side of a pool: its texts as they are read, perhaps also spelled out, and a number for equal texts."""

    read: Texts
    spelled: Texts | None
    group: Numbers

    @classmethod
    def of(cls, texts: Sequence[str], reader: Tokenizer, speller: Tokenizer | None) -> "Side":
        """Tokenize `texts` in one or both ways."""
        spelled = Texts.of(texts, speller) if speller else None
        return cls(Texts.of(texts, reader), spelled, _group(texts))

    def take(self, which: Numbers, spelled: bool) -> Texts:
        """The texts numbered `which`, spelled out if that is wanted and known."""
        return (self.spelled if spelled and self.spelled else self.read).take(which)


@dataclass(frozen=True)
class Pool:
    """Pairs ready to be drawn."""

    left: Side
    right: Side
    weights: Numbers

    @classmethod
    def of(cls, pairs: Pairs, reader: Tokenizer, speller: Tokenizer | None = None) -> "Pool":
        """Tokenize both sides of `pairs`."""
        left, right = (Side.of(texts, reader, speller) for texts in (pairs.left, pairs.right))
        return cls(left, right, np.array(pairs.weights))

    @cached_property
    def _up_to(self) -> Numbers:
        return np.asarray(np.cumsum(self.weights) / self.weights.sum())

    def draw(self, count: int, random: np.random.Generator) -> Numbers:
        """Numbers of `count` pairs, drawn by weight."""
        return np.asarray(np.searchsorted(self._up_to, random.random(count), side="right"))

    def sides(self, which: Numbers) -> tuple[Texts, Texts]:
        """Both sides of the pairs numbered `which`, as they are read."""
        return self.left.read.take(which), self.right.read.take(which)


def _group(texts: Sequence[str]) -> Numbers:
    first: dict[str, int] = {}
    return np.array([first.setdefault(text, len(first)) for text in texts])


def mean_vectors(places: torch.Tensor, texts: Texts, rows: torch.Tensor) -> torch.Tensor:
    """The mean of each text's rows, `places` saying which rows its tokens are."""
    return functional.embedding_bag(places, rows, torch.from_numpy(texts.starts[:-1]), mode="mean")
