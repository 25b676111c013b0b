"""The optional cross-encoder, with a real one that is small and knows nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import Assistant
from assistant.rerank import Reranker, RerankerUnavailable
from assistant.retrieve import HybridRetriever
from assistant.settings import Settings
from ingest.clean import make_article
from ingest.library import Library
from tests.fakes import HashEmbedder

QUESTION = "Where did the river rise?"


def cross_encoder(folder: Path, labels: int = 1) -> Path:
    """Saves a tiny BERT with random weights that scores a pair."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(1)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "river", "rose", "metres", "town", *(str(n) for n in range(100))]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    wrapped: Any = PreTrainedTokenizerFast  # untyped too
    wrapped(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    make: Any = BertConfig  # its arguments are not typed
    config = make(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=labels,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    texts = [f"The river rose {n} metres in town. Report {n} says so." for n in range(40)]
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        library.add([make_article(text, id=f"a{n}") for n, text in enumerate(texts)])
        yield library


def test_the_best_passages_come_in_the_order_of_the_cross_encoder(library: Library, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = cross_encoder(tmp_path / "model")
    before = HybridRetriever(library=library).search(QUESTION, 40)
    settings = Settings(library=library.folder, reranker=str(folder))
    after = Assistant(library, settings).search(QUESTION, 40)

    model: Any = CrossEncoder(str(folder), device="cpu")
    likely = dict(
        zip(
            [hit.chunk.id for hit in before[:30]],
            model.predict([(QUESTION, hit.chunk.text) for hit in before[:30]]).tolist(),
            strict=True,
        )
    )
    assert [hit.chunk.id for hit in after[:30]] == sorted(likely, key=lambda id: -likely[id])
    assert [hit.chunk.id for hit in after[:30]] != [hit.chunk.id for hit in before[:30]]
    assert [hit.chunk.id for hit in after[30:]] == [hit.chunk.id for hit in before[30:]]
    assert [hit.score for hit in after] == [hit.score for hit in before]


def test_a_cross_encoder_that_is_not_here_is_refused_with_the_way_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(RerankerUnavailable, match="hf download nobody/no-such-model"):
        Reranker("nobody/no-such-model")
    with pytest.raises(RerankerUnavailable, match="does not hold a cross-encoder"):
        Reranker(str(tmp_path))


def test_a_model_with_several_scores_a_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RerankerUnavailable, match="3 scores a pair"):
        Reranker(str(cross_encoder(tmp_path / "model", labels=3)))


def test_nothing_found_is_nothing_to_reorder(tmp_path: Path) -> None:
    assert Reranker(str(cross_encoder(tmp_path / "model"))).reranked(QUESTION, [], lambda ids: {}) == []


def test_the_setting_names_it() -> None:
    assert Settings.from_environment({"ASSISTANT_RERANKER": "some/model"}).reranker == "some/model"
    assert Settings.from_environment({}).reranker is None
