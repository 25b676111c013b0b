"""Write a table and its tokenizer as a sentence-transformers folder."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from ingest.embed import Vectors

_PACKAGE = "sentence_transformers.sentence_transformer.modules"
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": f"{_PACKAGE}.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_PACKAGE}.Normalize"},
]


def save(folder: Path, tokenizer: Tokenizer, table: Vectors) -> None:
    """Save `table` (one row a token) as 8-bit rows with a scale each: StaticEmbedding reads these as float32."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps({"similarity_fn_name": "cosine"}) + "\n", encoding="utf-8"
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    scales = np.maximum(np.abs(table).max(axis=1), 1e-9) / 127
    rows = np.round(table / scales[:, None]).astype(np.int8)
    save_file({"embeddings": rows, "weights": scales.astype(np.float32)}, str(folder / "model.safetensors"))
    (folder / "model.safetensors").chmod(0o644)
