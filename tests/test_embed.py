"""The embedder seam: the shipped model, and any sentence-transformers model instead."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.embed import SHIPPED_MODEL, EmbedderUnavailable, StaticEmbedder, load_embedder
from ingest.errors import UserError

TEXTS = [
    "쿠팡은 소상공인의 할인 비용을 부담하겠다고 약속했다.",
    "Coupang pledged to bear the cost of discounts for small merchants.",
    "한국은행이 기준금리를 연 3.25%로 내렸다.",
    "The central bank cut its key rate to 3.25%, citing weak demand.",
    "ⓒ 2024 … café, don't!",
]


@pytest.fixture(scope="module")
def shipped() -> StaticEmbedder:
    embedder = load_embedder()
    assert isinstance(embedder, StaticEmbedder)
    return embedder


def test_sentence_transformers_reads_the_same_vectors(shipped: StaticEmbedder) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(SHIPPED_MODEL), device="cpu").encode(TEXTS)
    ours = shipped.encode_passages(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), shipped.dimension)
    assert ours.dtype == np.float32
    assert (ours * theirs).sum(axis=1).min() >= 0.99999


def test_the_shipped_model_needs_no_torch() -> None:
    code = (
        "import sys; from ingest.embed import load_embedder; load_embedder().encode_queries(['쿠팡']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_folder_is_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED_MODEL.rglob("*")) <= 32_000_000


def test_rows_have_length_one_and_do_not_depend_on_the_batch(shipped: StaticEmbedder) -> None:
    together = shipped.encode_passages(TEXTS)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-6)
    alone = np.concatenate([StaticEmbedder(SHIPPED_MODEL).encode_passages([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


def test_a_text_without_words_has_the_zero_vector(shipped: StaticEmbedder) -> None:
    assert not shipped.encode_passages(["", "…"]).any()
    assert shipped.encode_passages([]).shape == (0, shipped.dimension)


def test_a_sentence_is_nearest_to_its_translation(shipped: StaticEmbedder) -> None:
    vectors = shipped.encode_passages(TEXTS[:4])
    likeness = vectors[[0, 2]] @ vectors[[1, 3]].T
    assert likeness.argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("name", "spelling", "other"),
    [("쿠팡", "Coupang", "coup"), ("네이버", "Naver", "never"), ("카카오", "Kakao", "cocoa")],
)
def test_a_name_is_nearer_to_its_other_spelling_than_to_a_lookalike(
    shipped: StaticEmbedder, name: str, spelling: str, other: str
) -> None:
    hangul, latin, lookalike = shipped.word_vectors([name, spelling, other])
    assert hangul @ latin > max(hangul @ lookalike, latin @ lookalike) + 0.1


def test_the_fingerprint_names_the_weights(shipped: StaticEmbedder, tmp_path: Path) -> None:
    assert StaticEmbedder(SHIPPED_MODEL).fingerprint == shipped.fingerprint
    for file in ("tokenizer.json", "model.safetensors"):
        (tmp_path / file).write_bytes((SHIPPED_MODEL / file).read_bytes())
    weights = bytearray((tmp_path / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    assert StaticEmbedder(tmp_path).fingerprint != shipped.fingerprint


@pytest.fixture(scope="module")
def own_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of five words that has a query prompt and a passage prompt."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    words = {"[UNK]": 0, "ask": 1, "tell": 2, "merchant": 3, "river": 4}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    model: Any = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=np.eye(5, dtype=np.float32))],
        prompts={"query": "ask ", "document": "tell "},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("own") / "model"
    model.save(str(folder))
    return folder


def test_any_sentence_transformers_model_works_with_its_prompts(own_model: Path) -> None:
    embedder = load_embedder(str(own_model))
    assert (embedder.name, embedder.dimension) == (str(own_model), 5)
    half = 0.5**0.5
    assert embedder.encode_queries(["merchant"]) == pytest.approx(np.array([[0, half, 0, half, 0]]))
    assert embedder.encode_passages(["river"]) == pytest.approx(np.array([[0, 0, half, 0, half]]))
    assert embedder.encode_passages([]).shape == (0, 5)


def test_another_model_has_another_fingerprint(own_model: Path, shipped: StaticEmbedder) -> None:
    assert load_embedder(str(own_model)).fingerprint == load_embedder(str(own_model)).fingerprint
    assert load_embedder(str(own_model)).fingerprint != shipped.fingerprint


def test_a_model_that_is_not_here_is_refused_with_the_way_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="hf download nobody/no-such-model"):
        load_embedder("nobody/no-such-model")
    with pytest.raises(UserError, match="does not hold a sentence-transformers model"):
        load_embedder(str(tmp_path))
    with pytest.raises(EmbedderUnavailable, match="Reinstall"):
        StaticEmbedder(tmp_path)
