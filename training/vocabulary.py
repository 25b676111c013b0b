"""The tokenizer: whole English words, short pieces for the Latin words it does not know, Korean without particles.

An English word is marked at both ends (`▁coup▁`), so that a word of the vocabulary is used whole or not at all:
"Coupang" becomes short unmarked pieces that spell it, never "coup" and "ang". Korean words carry no mark: a stem
is the same token whatever particle or compound follows.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from ingest.tokens import is_hangul, stems, words

EDGE = "▁"
UNKNOWN = "<unk>"
KOREAN_PIECES, LATIN_PIECES, WHOLE_WORDS = 30_000, 4_000, 34_000
LONGEST_KOREAN_PIECE, LONGEST_LATIN_PIECE = 8, 4
# Above what any two pieces can score together, so that a known word is never spelled.
WHOLE_WORD_SCORE, EDGE_SCORE = -2.0, -3.0
SIGNS = "%$€£₩"

_LATIN = "a-zß-öø-ɏ"
_LATIN_WORD = re.compile(f"[{_LATIN}]+")

Piece = tuple[str, float]


def build_tokenizer(pieces: Sequence[Piece]) -> Tokenizer:
    """A Unigram tokenizer over `pieces` (token and log probability), of which the first is the unknown token."""
    tokenizer = Tokenizer(models.Unigram([*pieces], unk_id=0, byte_fallback=False))
    edges = Regex(f"(?<=[{_LATIN}])(?![{_LATIN}])|(?<![{_LATIN}])(?=[{_LATIN}])")
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(edges, EDGE)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def learn_vocabulary(korean: Iterable[str], english: Iterable[str], known: Iterable[str]) -> list[Piece]:
    """Choose the tokens from Korean texts, English texts and a list of English words to take whole."""
    counts = Counter(word for text in english for word in words(text.lower()) if _LATIN_WORD.fullmatch(word))
    whole = dict.fromkeys(word for word in known if _LATIN_WORD.fullmatch(word))
    for word, _ in counts.most_common():
        if len(whole) >= WHOLE_WORDS:
            break
        whole.setdefault(word)
    pieces = {UNKNOWN: 0.0, EDGE: EDGE_SCORE}
    pieces |= dict(_learn(map(_parted, korean), KOREAN_PIECES, LONGEST_KOREAN_PIECE))
    pieces |= dict(_learn(sorted(counts), LATIN_PIECES, LONGEST_LATIN_PIECE))
    pieces |= {f"{EDGE}{word}{EDGE}": WHOLE_WORD_SCORE for word in whole}
    pieces |= {sign: min(pieces.values()) for sign in SIGNS}
    return list(pieces.items())


def spelling_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """The same numbering with whole words and longer Korean pieces out of reach: what an unknown name is read by."""
    return [
        piece if piece[0] in (UNKNOWN, EDGE) or not _is_whole(piece[0]) else (f"\x00{number}", piece[1])
        for number, piece in enumerate(pieces)
    ]


def _is_whole(token: str) -> bool:
    return token.startswith(EDGE) or (is_hangul(token) and len(token) > 1)


def _parted(text: str) -> str:
    """Korean words and numbers of `text`, a word's stem apart from its particle or ending."""
    parts = []
    for word in words(text):
        if is_hangul(word):
            stem = stems(word)[0]
            parts += [stem, word[len(stem) :]] if word.startswith(stem) else [word]
        elif word[0].isdigit():
            parts += re.split(r"\D", word)
    return " ".join(parts)


def _learn(texts: Iterable[str], size: int, longest: int) -> list[Piece]:
    learner = Tokenizer(models.Unigram())
    learner.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    learner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.UnigramTrainer(
        vocab_size=size, max_piece_length=longest, unk_token=UNKNOWN, special_tokens=[UNKNOWN], show_progress=False
    )
    learner.train_from_iterator(texts, trainer)
    learned = json.loads(learner.to_str())["model"]["vocab"]
    # In the order of the alphabet: the learner's own order hangs on the number of its threads.
    return sorted((piece, score) for piece, score in learned if piece != UNKNOWN)
