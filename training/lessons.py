"""What the teacher says, in the table's own dimensions: where words start, and what sentences mean."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from ingest.embed import Vectors
from training.batches import Numbers, Pool, Texts, mean_vectors
from training.data import Pairs, TrainingData
from training.teacher import Teacher
from training.vocabulary import EDGE, Piece


@dataclass(frozen=True)
class Lessons:
    """The teacher's unit vectors, one row a text, shape `(texts, dimension)`.

    `starts` are of the whole words of the vocabulary, numbered `whole`; `words` of the English side of each pair of
    words; `pairs` are Korean and English sentences, and `english` texts that have no translation.
    """

    whole: list[int]
    starts: torch.Tensor
    words: torch.Tensor
    pairs: Pool
    pair_meanings: torch.Tensor
    english: Texts
    english_meanings: torch.Tensor


def read_lessons(
    data: TrainingData, pieces: list[Piece], reader: Tokenizer, teacher: Teacher, dimension: int
) -> Lessons:
    """Let the teacher read; its vectors are centred and turned onto the `dimension` axes where they vary most."""
    whole = [number for number, (token, _) in enumerate(pieces) if len(token) > 2 and token[0] == token[-1] == EDGE]
    word_vectors = teacher.vectors([pieces[number][0].strip(EDGE) for number in whole])
    text_vectors = teacher.vectors(data.taught)
    word_centre, text_centre = word_vectors.mean(axis=0), text_vectors.mean(axis=0)
    spread = np.concatenate([(word_vectors - word_centre)[::3], (text_vectors - text_centre)[::7]])
    axes = np.linalg.svd(spread, full_matrices=False)[2][:dimension].T

    def reduced(vectors: Vectors, centre: Vectors) -> torch.Tensor:
        return functional.normalize(torch.from_numpy((vectors - centre) @ axes))

    place = {text: number for number, text in enumerate(data.taught)}
    sentences = data.sentences
    paired = [number for number, text in enumerate(sentences.right) if text in place]
    pairs = Pairs(
        [sentences.left[number] for number in paired],
        [sentences.right[number] for number in paired],
        [sentences.weights[number] for number in paired],
    )
    alone = sorted(set(place) - set(pairs.right), key=place.__getitem__)
    meanings = reduced(text_vectors, text_centre)
    return Lessons(
        whole=whole,
        starts=reduced(word_vectors, word_centre),
        words=reduced(teacher.vectors(data.words.right), word_centre),
        pairs=Pool.of(pairs, reader),
        pair_meanings=meanings[[place[text] for text in pairs.right]],
        english=Texts.of(alone, reader),
        english_meanings=meanings[[place[text] for text in alone]],
    )


def first_vectors(pieces: list[Piece], pools: dict[str, Pool], lessons: Lessons, rarity: float) -> torch.Tensor:
    """Where the table starts: English words at their teacher's vectors, Korean pieces amid their translations.

    Both shrink with their frequency: smooth inverse frequency with parameter `rarity` (Arora et al. 2017).
    """
    table = torch.randn(len(pieces), lessons.starts.shape[1]) * 0.03
    table[lessons.whole] = lessons.starts * 1.6

    sums, counts, seen = torch.zeros_like(table), torch.zeros(len(pieces)), np.zeros(len(pieces))
    for name, trust in (("words", 1.0), ("sentences", 0.2)):
        pool = pools[name]
        korean, english = pool.left.read, pool.right.read
        meaning = functional.normalize(mean_vectors(torch.from_numpy(english.tokens), english, table))
        length = np.diff(korean.starts)
        text: Numbers = np.repeat(np.arange(len(length)), length)
        share = torch.from_numpy((trust * pool.weights / length)[text]).float()
        sums.index_add_(0, torch.from_numpy(korean.tokens), meaning[text] * share[:, None])
        counts.index_add_(0, torch.from_numpy(korean.tokens), share)
        seen += np.bincount(np.concatenate([korean.tokens, english.tokens]), minlength=len(pieces))
    hangul = torch.tensor(["가" <= token[0] <= "힣" for token, _ in pieces]) & (counts > 0)
    amid = sums[hangul] / counts[hangul, None]
    table[hangul] = functional.normalize(amid - amid.mean(dim=0)) * 1.2
    return table * torch.from_numpy(rarity / (rarity + seen / seen.sum())).float()[:, None]
