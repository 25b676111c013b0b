"""The happy path once against a real model server: `python -m tests.real_model_server`.

llama.cpp (from `xllamacpp`) serves a model made here, in a second and without a download: a tiny transformer whose
attention and feed-forward weights are zero, so that each token is followed by one fixed token. It writes the answer
below whatever it is asked, which is enough to see the protocol, the prompt's length and the Korean text through.

Needs `pip install xllamacpp gguf`.
"""

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.answer import Hit, SentenceReady
from assistant.generate import LLMAnswerer
from assistant.language_model import LanguageModel
from ingest.article import Article, chunk_of
from ingest.language import sentence_spans

TEXT = "쿠팡은 할인 비용을 부담하겠다고 밝혔다. 빠른정산을 로켓그로스 판매자까지 넓힌다."
PIECES = ("쿠팡은", " 할인", " 비용을", " 부담한다.", " [1", ".1]", " 빠른정산도", " 넓힌다.", " [1.", "2]")
ASSISTANT = "<|assistant|>"
WIDTH, HEADS, HIDDEN, CONTEXT = 320, 4, 32, 16384


def write_model(path: Path) -> None:
    """A one-layer llama whose next token depends on the last one alone: PIECES after ASSISTANT, then the end."""
    import gguf  # type: ignore[import-not-found,import-untyped,unused-ignore]

    kind = gguf.TokenType
    tokens = [("<unk>", kind.UNKNOWN), ("<s>", kind.CONTROL), ("</s>", kind.CONTROL), (ASSISTANT, kind.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", kind.BYTE) for byte in range(256)]
    chain = [3, *range(len(tokens), len(tokens) + len(PIECES)), 2]
    tokens += [(piece.replace(" ", "▁"), kind.NORMAL) for piece in PIECES]

    vectors = np.eye(len(tokens), WIDTH, dtype=np.float32)  # each token a direction of its own
    output = np.zeros_like(vectors)
    for token, following in pairwise(chain):
        output[following, token] = 1.0

    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text.encode() for text, _ in tokens])
    writer.add_token_scores([0.0 if token_kind == kind.NORMAL else -1000.0 for _, token_kind in tokens])
    writer.add_token_types([int(token_kind) for _, token_kind in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_space_prefix(False)
    writer.add_chat_template("{% for m in messages %}{{ m['content'] }}\n{% endfor %}" + ASSISTANT)

    zeros = np.zeros((WIDTH, WIDTH), np.float32)
    writer.add_tensor("token_embd.weight", vectors)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for name in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"blk.0.{name}.weight", np.ones(WIDTH, np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        writer.add_tensor(f"blk.0.{name}.weight", zeros)
    for name, shape in (("ffn_gate", (HIDDEN, WIDTH)), ("ffn_up", (HIDDEN, WIDTH)), ("ffn_down", (WIDTH, HIDDEN))):
        writer.add_tensor(f"blk.0.{name}.weight", np.zeros(shape, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> int:
    """Serve the model, ask it, and compare: 0 when the answer and its citations are as written above."""
    try:
        import xllamacpp  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        print("This check needs two more packages: pip install xllamacpp gguf", file=sys.stderr)
        return 2
    spans = sentence_spans(TEXT, "ko")
    article = Article("coupang", TEXT, "ko", spans)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.gguf"
        write_model(path)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.hostnames, params.port = ["127.0.0.1"], 0
        params.n_ctx, params.n_parallel, params.warmup = CONTEXT, 1, False
        params.cpuparams.n_threads = 2
        server = xllamacpp.Server(params)
        model = LanguageModel("tiny", f"{server.listening_address}/v1", None, timeout_s=30, first_token_s=20)
        answerer = LLMAnswerer(model)
        events = list(answerer.stream("쿠팡이 뭘 약속했나?", "ko", [Hit(chunk_of(article, 0, 0, 2), article, 1.0)]))
    got = [
        (said.sentence.text, [citation.quote for citation in said.sentence.citations])
        for said in events
        if isinstance(said, SentenceReady)
    ]
    wanted = [
        ("쿠팡은 할인 비용을 부담한다.", [spans[0].of(TEXT)]),
        ("빠른정산도 넓힌다.", [spans[1].of(TEXT)]),
    ]
    for text, quotes in got:
        print(text, "<-", *quotes)
    print(answerer.last)
    if got != wanted:
        print(f"not what the model was made to say: {wanted}", file=sys.stderr)
    return int(got != wanted)


if __name__ == "__main__":
    sys.exit(main())
