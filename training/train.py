"""Train the shipped embedder: `python -m training.train --data DIR --out DIR`.

A table of token vectors is learned so that the means of two texts with one meaning are near each other and far from
the others of their batch (symmetric InfoNCE). English words start from a teacher's vectors, Korean ones from the
mean of their translations'. Seeded; one thread, so that sums are added in one order.
"""

import argparse
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from training.batches import Numbers, Pool, Texts
from training.data import Pairs, TrainingData, read_training_data
from training.export import save
from training.teacher import Teacher
from training.vocabulary import Piece, build_tokenizer, learn_vocabulary, spelling_pieces


@dataclass(frozen=True)
class Recipe:
    """Every number that training depends on."""

    steps: int = 700
    learning_rate: float = 0.006
    warm_up: int = 50
    scale: float = 20.0
    dimension: int = 256
    shorter: tuple[int, ...] = (128, 64)
    shorter_weight: float = 0.5
    # Pairs a step, by pool.
    sentences: int = 768
    words: int = 1024
    names: int = 768
    questions: int = 256
    forms: int = 256
    # How often a name, or a word, is read by its spelling only, as an unknown one would be.
    spelled_names: float = 0.5
    spelled_words: float = 0.15
    # Two words whose teacher vectors are nearer than this are no negatives of each other.
    synonym: float = 0.7
    # Smooth inverse frequency (Arora et al. 2017) of the first vectors.
    rarity: float = 1e-3
    seed: int = 0


def main() -> None:
    """Read, learn the vocabulary, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    arguments = parser.parse_args()
    recipe = Recipe()
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    started = time.monotonic()

    data, teacher = read_training_data(arguments.data), Teacher()
    pieces = learn_vocabulary(korean_texts(data), english_texts(data), [*teacher.words, *data.news_words])
    log(started, f"{len(pieces)} tokens")
    reader, speller = build_tokenizer(pieces), build_tokenizer(spelling_pieces(pieces))
    pools = {
        "sentences": Pool.of(data.sentences, reader),
        "words": Pool.of(data.words, reader, speller),
        "names": Pool.of(data.names, reader, speller),
        "questions": Pool.of(with_sentence_questions(data.questions, recipe.seed), reader),
        "forms": Pool.of(data.forms, reader),
    }
    log(started, ", ".join(f"{len(pool.weights)} {name}" for name, pool in pools.items()))
    table = first_vectors(pieces, pools, teacher, recipe)
    meanings = torch.from_numpy(teacher.vectors(data.words.right))
    log(started, "first vectors ready")
    for step, losses in learn(table, pools, meanings, recipe):
        if step % 100 == 0:
            log(started, f"step {step} of {recipe.steps}: " + ", ".join(f"{k} {v:.3f}" for k, v in losses.items()))
    table[0] = 0.0  # what is unknown says nothing
    save(arguments.out, reader, table.numpy())
    log(started, f"saved to {arguments.out}")


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


def with_sentence_questions(questions: Pairs, seed: int) -> Pairs:
    """Also ask for each passage by one of its own sentences, taken out of it (inverse cloze task)."""
    draw = random.Random(seed)
    left, right, weights = [*questions.left], [*questions.right], [*questions.weights]
    for passage, weight in zip(questions.right, questions.weights, strict=True):
        sentences = re.split(r"(?<=[.!?])\s+", passage)
        if len(sentences) > 2:
            chosen = draw.randrange(len(sentences))
            left.append(sentences[chosen])
            right.append(" ".join(sentences[:chosen] + sentences[chosen + 1 :]))
            weights.append(weight)
    return Pairs(left, right, weights)


def first_vectors(pieces: list[Piece], pools: dict[str, Pool], teacher: Teacher, recipe: Recipe) -> torch.Tensor:
    """Where the table starts: English words at their teacher's vectors, Korean pieces amid their translations."""
    whole = [number for number, (token, _) in enumerate(pieces) if len(token) > 2 and token[0] == token[-1] == "▁"]
    taught = teacher.vectors([pieces[number][0].strip("▁") for number in whole])
    taught -= taught.mean(axis=0)
    axes = np.linalg.svd(taught[::3], full_matrices=False)[2][: recipe.dimension]
    table = torch.randn(len(pieces), recipe.dimension) * 0.03
    table[whole] = functional.normalize(torch.from_numpy(taught @ axes.T)) * 1.6

    sums, counts, seen = torch.zeros_like(table), torch.zeros(len(pieces)), np.zeros(len(pieces))
    for name, trust in (("words", 1.0), ("sentences", 0.2)):
        pool = pools[name]
        korean, english = pool.left.read, pool.right.read
        meaning = functional.normalize(mean_vectors(torch.from_numpy(english.tokens), english, table))
        length = np.diff(korean.starts)
        text = np.repeat(np.arange(len(length)), length)
        share = torch.from_numpy((trust * pool.weights / length)[text]).float()
        sums.index_add_(0, torch.from_numpy(korean.tokens), meaning[text] * share[:, None])
        counts.index_add_(0, torch.from_numpy(korean.tokens), share)
        seen += np.bincount(np.concatenate([korean.tokens, english.tokens]), minlength=len(pieces))
    hangul = torch.tensor(["가" <= token[0] <= "힣" for token, _ in pieces]) & (counts > 0)
    amid = sums[hangul] / counts[hangul, None]
    table[hangul] = functional.normalize(amid - amid.mean(dim=0)) * 1.2
    return table * torch.from_numpy(recipe.rarity / (recipe.rarity + seen / seen.sum())).float()[:, None]


def learn(
    table: torch.Tensor, pools: dict[str, Pool], meanings: torch.Tensor, recipe: Recipe
) -> Iterator[tuple[int, dict[str, float]]]:
    """Train `table` in place; after each step yield its number and the loss of each pool.

    Adam, kept for the rows of the step only: a row that is not in the batch neither moves nor forgets.
    """
    draw = np.random.default_rng(recipe.seed)
    first_moment, second_moment = torch.zeros_like(table), torch.zeros_like(table)
    spelled = {"names": recipe.spelled_names, "words": recipe.spelled_words}
    for step in range(1, recipe.steps + 1):
        batches: list[tuple[str, Numbers, Texts, Texts]] = []
        for name, pool in pools.items():
            chosen = pool.draw(getattr(recipe, name), draw)
            left, right = (side.take(chosen, draw.random() < spelled.get(name, 0)) for side in (pool.left, pool.right))
            batches.append((name, chosen, left, right))
        texts = [text for *_, left, right in batches for text in (left, right)]
        tokens, place = np.unique(np.concatenate([text.tokens for text in texts]), return_inverse=True)
        rows = table[tokens].requires_grad_()
        places = torch.split(torch.from_numpy(place), [len(text.tokens) for text in texts])
        means = [mean_vectors(where, text, rows) for where, text in zip(places, texts, strict=True)]

        shorter = recipe.shorter[step % len(recipe.shorter)]
        losses = {}
        for number, (name, chosen, *_) in enumerate(batches):
            left_means, right_means = means[2 * number : 2 * number + 2]
            same = alike(pools[name], chosen)
            if name == "words":
                same |= meanings[chosen] @ meanings[chosen].T > recipe.synonym
            same.fill_diagonal_(False)
            losses[name] = contrast(left_means, right_means, same, recipe.scale)
            losses[name] = losses[name] + recipe.shorter_weight * contrast(
                left_means[:, :shorter], right_means[:, :shorter], same, recipe.scale
            )
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


def mean_vectors(places: torch.Tensor, texts: Texts, rows: torch.Tensor) -> torch.Tensor:
    """The mean of each text's rows, `places` saying which rows its tokens are."""
    return functional.embedding_bag(places, rows, torch.from_numpy(texts.starts[:-1]), mode="mean")


def alike(pool: Pool, chosen: Numbers) -> torch.Tensor:
    """Which pairs of the batch share a side, and so are no negatives of each other."""
    sides = [side.group[chosen] for side in (pool.left, pool.right)]
    return torch.from_numpy(np.logical_or(*(side[:, None] == side for side in sides)))


def contrast(left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, scale: float) -> torch.Tensor:
    """Symmetric InfoNCE (van den Oord et al. 2018): row `i` of `left` belongs to row `i` of `right`."""
    scores = scale * functional.normalize(left) @ functional.normalize(right).T
    scores = scores.masked_fill(same, -1e4)
    both = scores.logsumexp(dim=1) + scores.logsumexp(dim=0) - 2 * scores.diagonal()
    return both.mean()


if __name__ == "__main__":
    main()
