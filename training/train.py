"""Train the shipped embedder: `python -m training.train --data DIR --out DIR`.

A table of token vectors is learned so that the means of two texts with one meaning are near each other and far from
the others of their batch (symmetric InfoNCE), and near what a teacher says of the English one (distillation to both
languages, Reimers and Gurevych 2020); and so that a text's tokens find their likes in the other, one by one
(`training.late`). Seeded; one thread, so that sums are added in one order.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from training import late
from training.batches import Numbers, Pool, Texts, mean_vectors
from training.data import TrainingData, read_training_data, with_cloze_questions
from training.export import save
from training.lessons import Lessons, first_vectors, read_lessons
from training.teacher import Teacher
from training.vocabulary import build_tokenizer, learn_vocabulary, spelling_pieces


@dataclass(frozen=True)
class Recipe:
    """Every number that training depends on."""

    steps: int = 700
    learning_rate: float = 0.008
    warm_up: int = 50
    # The table that is saved is the mean of those of every so many steps, from this share of all steps on.
    mean_from: float = 0.5
    mean_every: int = 20
    scale: float = 20.0
    dimension: int = 256
    shorter: tuple[int, ...] = (128, 64)
    shorter_weight: float = 0.5
    # Pairs a step, by pool.
    sentences: int = 512
    words: int = 1024
    names: int = 768
    questions: int = 512
    forms: int = 256
    # Texts a step that the teacher has read: pairs of sentences, and English alone.
    taught_pairs: int = 768
    taught_english: int = 512
    taught_weight: float = 1.0
    taught_words_weight: float = 0.25
    # Pairs of sentences, and of questions, whose tokens find each other one by one, and how many tokens are read.
    matched: int = 128
    matched_weight: float = 1.0
    most_asked: int = 12
    most_told: int = 40
    # The share of its tokens that a text of a sentence or more is read without; one of `least` or fewer keeps all.
    thinning: float = 0.2
    least: int = 4
    least_of_passage: int = 12
    # How often a name, or a word, is read by its spelling only, as an unknown one would be.
    spelled_names: float = 0.5
    spelled_words: float = 0.15
    # Two words whose teacher vectors are nearer than this are no negatives of each other.
    synonym: float = 0.65
    # Smooth inverse frequency (Arora et al. 2017) of the first vectors.
    rarity: float = 1e-3
    seed: int = 0


def main() -> None:
    """Read, learn the vocabulary, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    arguments = parser.parse_args()
    train(arguments.data, arguments.out, Teacher(), Recipe())


def train(folder: Path, out: Path, teacher: Teacher, recipe: Recipe) -> None:
    """Train on the data of `folder` and save the model to `out`."""
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    started = time.monotonic()
    data = read_training_data(folder)
    pieces = learn_vocabulary(korean_texts(data), english_texts(data), [*teacher.words, *data.news_words])
    log(started, f"{len(pieces)} tokens")
    reader, speller = build_tokenizer(pieces), build_tokenizer(spelling_pieces(pieces))
    pools = {
        "sentences": Pool.of(data.sentences, reader),
        "words": Pool.of(data.words, reader, speller),
        "names": Pool.of(data.names, reader, speller),
        "questions": Pool.of(with_cloze_questions(data.questions), reader),
        "forms": Pool.of(data.forms, reader),
    }
    log(started, ", ".join(f"{len(pool.weights)} {name}" for name, pool in pools.items()))
    lessons = read_lessons(data, pieces, reader, teacher, recipe.dimension)
    log(started, f"the teacher has read {len(data.taught)} texts")
    table = first_vectors(pieces, pools, lessons, recipe.rarity)
    mean, tables = torch.zeros_like(table), 0
    for step, losses in learn(table, pools, lessons, recipe):
        if step >= recipe.mean_from * recipe.steps and step % recipe.mean_every == 0:
            mean += table
            tables += 1
        if step % 100 == 0:
            log(started, f"step {step} of {recipe.steps}: " + ", ".join(f"{k} {v:.3f}" for k, v in losses.items()))
    mean /= tables
    mean[0] = 0.0  # what is unknown says nothing
    save(out, reader, mean.numpy())
    log(started, f"saved to {out}")


def log(started: float, message: str) -> None:
    """Print a line with the seconds since `started`."""
    print(f"{time.monotonic() - started:6.0f} s  {message}", flush=True)


def korean_texts(data: TrainingData) -> Iterator[str]:
    """The texts that the Korean pieces are learned from, each as often as its weight says."""
    draw = random.Random(0)
    for pool in (data.sentences, data.words, data.names, data.questions, data.forms):
        for left, right, weight in zip(pool.left, pool.right, pool.weights, strict=True):
            for _ in range(int(weight) + (draw.random() < weight % 1)):
                yield from (left, right) if pool is data.questions else (left,)


def english_texts(data: TrainingData) -> Iterator[str]:
    """The texts that the English words and spelling pieces are learned from."""
    for pool in (data.sentences, data.words, data.names, data.questions):
        yield from pool.right


@dataclass(frozen=True)
class Drawn:
    """The texts of a step. `pairs` and `matched` are (pool, numbers of its pairs, one side, other side).

    `taught` and `alone` are the numbers of the pairs, and of the English texts, that the teacher has read; `read` are
    the Korean and English sides of the former, and the latter.
    """

    pairs: list[tuple[str, Numbers, Texts, Texts]]
    matched: list[tuple[str, Numbers, Texts, Texts]]
    taught: Numbers
    alone: Numbers
    read: list[Texts]


def learn(
    table: torch.Tensor, pools: dict[str, Pool], lessons: Lessons, recipe: Recipe
) -> Iterator[tuple[int, dict[str, float]]]:
    """Train `table` in place; after each step yield its number and its losses by name.

    Adam, kept for the rows of the step only: a row that is not in the batch neither moves nor forgets.
    """
    draw = np.random.default_rng(recipe.seed)
    first_moment, second_moment = torch.zeros_like(table), torch.zeros_like(table)
    for step in range(1, recipe.steps + 1):
        drawn = drawn_for(step, pools, lessons, recipe, draw)
        averaged = [text for *_, left, right in drawn.pairs for text in (left, right)] + drawn.read
        texts = averaged + [text for *_, asked, told in drawn.matched for text in (asked, told)]
        tokens, place = np.unique(np.concatenate([text.tokens for text in texts]), return_inverse=True)
        rows = table[tokens].requires_grad_()
        places = torch.split(torch.from_numpy(place), [len(text.tokens) for text in texts])
        means = [mean_vectors(where, text, rows) for where, text in zip(places, averaged, strict=False)]
        shorter = recipe.shorter[step % len(recipe.shorter)]
        losses = losses_of_means(means, drawn, pools, lessons, shorter, recipe)
        losses |= losses_by_tokens(rows, places[len(averaged) :], drawn, pools, recipe)
        torch.autograd.backward(torch.stack(list(losses.values())).sum())

        with torch.no_grad():
            gradient = rows.grad
            assert gradient is not None
            first = first_moment[tokens] * 0.9 + gradient * 0.1
            second = second_moment[tokens] * 0.99 + gradient.square() * 0.01
            first_moment[tokens], second_moment[tokens] = first, second
            rate = recipe.learning_rate * min(1.0, step / recipe.warm_up) * (1 - (step - 1) / recipe.steps)
            table[tokens] = rows - rate * first / (second.sqrt() + 1e-8)
        yield step, {name: loss.item() for name, loss in losses.items()}


def losses_of_means(
    means: list[torch.Tensor],
    drawn: Drawn,
    pools: dict[str, Pool],
    lessons: Lessons,
    shorter: int,
    recipe: Recipe,
) -> dict[str, torch.Tensor]:
    """How far the texts' means are from those of their pairs, and from the teacher's vectors."""
    losses = {}
    for number, (name, chosen, *_) in enumerate(drawn.pairs):
        left, right = means[2 * number : 2 * number + 2]
        same = alike(pools[name], chosen)
        if name == "words":
            meaning = lessons.words[chosen]
            same |= (meaning @ meaning.T > recipe.synonym) & ~torch.eye(len(meaning), dtype=torch.bool)
            told = nested(left, meaning, same, shorter, recipe) + nested(right, meaning, same, shorter, recipe)
            losses["taught words"] = recipe.taught_words_weight * told
        losses[name] = nested(left, right, same, shorter, recipe)
    korean, english, english_alone = means[-3:]
    for name, said, meaning in (
        ("taught Korean", korean, lessons.pair_meanings[drawn.taught]),
        ("taught English", english, lessons.pair_meanings[drawn.taught]),
        ("taught English alone", english_alone, lessons.english_meanings[drawn.alone]),
    ):
        none = torch.zeros(len(said), len(said), dtype=torch.bool)
        losses[name] = recipe.taught_weight * nested(said, meaning, none, shorter, recipe)
    return losses


def losses_by_tokens(
    rows: torch.Tensor,
    places: Sequence[torch.Tensor],
    drawn: Drawn,
    pools: dict[str, Pool],
    recipe: Recipe,
) -> dict[str, torch.Tensor]:
    """How far the texts' tokens are from finding their likes in the texts of their pairs."""
    losses = {}
    for number, (name, chosen, asked, told) in enumerate(drawn.matched):
        asked_places, told_places = places[2 * number : 2 * number + 2]
        scores = late.likeness(asked, asked_places, told, told_places, rows)
        loss = late.contrast(scores, alike(pools[name], chosen), recipe.scale)
        losses[f"{name} by tokens"] = recipe.matched_weight * loss
    return losses


def drawn_for(step: int, pools: dict[str, Pool], lessons: Lessons, recipe: Recipe, draw: np.random.Generator) -> Drawn:
    """Draw the texts of a step."""
    pairs = [(name, *pairs_of(name, pool, recipe, draw)) for name, pool in pools.items()]
    taught = lessons.pairs.draw(recipe.taught_pairs, draw)
    alone = draw.integers(0, len(lessons.english_meanings), recipe.taught_english)
    read = [
        text.thinned(recipe.thinning, recipe.least, draw)
        for text in (*lessons.pairs.sides(taught), lessons.english.take(alone))
    ]
    matched = [(name, *matched_pairs(name, pools[name], step, recipe, draw)) for name in ("sentences", "questions")]
    return Drawn(pairs, matched, taught, alone, read)


def pairs_of(name: str, pool: Pool, recipe: Recipe, draw: np.random.Generator) -> tuple[Numbers, Texts, Texts]:
    """A batch of `pool`: the numbers of its pairs and their two sides as this step reads them."""
    chosen = pool.draw(getattr(recipe, name), draw)
    spelled = {"names": recipe.spelled_names, "words": recipe.spelled_words}.get(name, 0.0)
    left, right = (side.take(chosen, draw.random() < spelled) for side in (pool.left, pool.right))
    if name in ("sentences", "questions"):
        least = recipe.least_of_passage if name == "questions" else recipe.least
        left, right = left.thinned(recipe.thinning, recipe.least, draw), right.thinned(recipe.thinning, least, draw)
    return chosen, left, right


def matched_pairs(
    name: str, pool: Pool, step: int, recipe: Recipe, draw: np.random.Generator
) -> tuple[Numbers, Texts, Texts]:
    """Pairs of `pool` for the match by tokens: their numbers, and the asking and the asked side."""
    chosen = pool.draw(recipe.matched, draw)
    left, right = pool.sides(chosen)
    asked, told = (right, left) if name == "sentences" and step % 2 else (left, right)
    return chosen, asked.shortened(recipe.most_asked, draw), told.shortened(recipe.most_told, draw)


def alike(pool: Pool, chosen: Numbers) -> torch.Tensor:
    """Which other pairs of the batch share a side, and so are no negatives."""
    sides = [side.group[chosen] for side in (pool.left, pool.right)]
    same = np.logical_or(*(side[:, None] == side for side in sides))
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)


def contrast(left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, scale: float) -> torch.Tensor:
    """Symmetric InfoNCE (van den Oord et al. 2018): row `i` of `left` belongs to row `i` of `right`."""
    scores = scale * functional.normalize(left) @ functional.normalize(right).T
    scores = scores.masked_fill(same, -1e4)
    both = scores.logsumexp(dim=1) + scores.logsumexp(dim=0) - 2 * scores.diagonal()
    return both.mean()


def nested(left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, shorter: int, recipe: Recipe) -> torch.Tensor:
    """The contrast by all dimensions and by the first `shorter` (Matryoshka, Kusupati et al. 2022)."""
    cut = contrast(left[:, :shorter], right[:, :shorter], same, recipe.scale)
    return contrast(left, right, same, recipe.scale) + recipe.shorter_weight * cut


if __name__ == "__main__":
    main()
