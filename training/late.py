"""Late interaction: every token of one text finds the likest token of another (ColBERT, Khattab and Zaharia 2020).

The retriever reads texts word by word; this loss puts the vectors of words where that reading needs them.
"""

import numpy as np
import torch
from torch.nn import functional

from training.batches import Texts


def likeness(
    asked: Texts, asked_places: torch.Tensor, told: Texts, told_places: torch.Tensor, rows: torch.Tensor
) -> torch.Tensor:
    """How well each text of `told` has the tokens of each text of `asked`, shape `(asked, told)`, -1 to 1.

    `..._places` say which of `rows` the tokens are. A text's score is the mean over its tokens of the greatest cosine
    among the other's, each weighed by the length of its vector: the longer, the more it says in a mean too.
    """
    asking, telling = rows[asked_places], rows[told_places]
    cosines = functional.normalize(asking) @ functional.normalize(telling).T
    lengths = np.diff(told.starts)
    # Each text's tokens, its last one repeated up to the longest: no maximum changes by that.
    token = np.minimum(np.arange(lengths.max()), lengths[:, None] - 1) + told.starts[:-1, None]
    best = cosines[:, torch.from_numpy(token.ravel())].view(len(asking), *token.shape).amax(dim=2)
    weights = asking.norm(dim=1)
    of_text = torch.from_numpy(np.repeat(np.arange(len(asked.starts) - 1), np.diff(asked.starts)))
    sums = torch.zeros(len(asked.starts) - 1, len(lengths)).index_add(0, of_text, best * weights[:, None])
    return sums / torch.zeros(len(sums)).index_add(0, of_text, weights)[:, None]


def contrast(scores: torch.Tensor, same: torch.Tensor, scale: float) -> torch.Tensor:
    """InfoNCE: row `i` of `scores` is to be greatest in column `i`; where `same` is true no difference is asked."""
    scaled = (scale * scores).masked_fill(same, -1e4)
    return (scaled.logsumexp(dim=1) - scaled.diagonal()).mean()
