"""How the shipped embedder is made and measured, on data small enough to see through."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from ingest.embed import StaticEmbedder
from training import late
from training.batches import Texts
from training.data import Pairs, held_out_names, read_training_data, with_cloze_questions
from training.evaluate import ndcg, ranks, set_figures
from training.export import save
from training.vocabulary import build_tokenizer, spelling_pieces

PIECES = [("<unk>", 0.0), ("▁", -3.0), ("▁coup▁", -2.0), ("coup", -8.0), ("ang", -8.0), ("쿠팡", -8.0), ("은", -5.0)]
PIECES += [("쿠", -12.0), ("팡", -12.0)]


def write_rows(file: Path, rows: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_a_known_word_is_read_whole_and_an_unknown_one_is_spelled() -> None:
    reader = build_tokenizer(PIECES)
    assert reader.encode("coup").tokens == ["▁coup▁"]
    assert reader.encode("Coupang").tokens == ["▁", "coup", "ang", "▁"]
    assert reader.encode("쿠팡은").tokens == ["쿠팡", "은"]


def test_the_speller_gives_the_pieces_the_same_numbers() -> None:
    reader, speller = build_tokenizer(PIECES), build_tokenizer(spelling_pieces(PIECES))
    assert speller.encode("쿠팡은").tokens == ["쿠", "팡", "은"]
    assert speller.encode("쿠팡은").ids == [reader.token_to_id(token) for token in ("쿠", "팡", "은")]


def test_a_saved_table_reads_as_it_was(tmp_path: Path) -> None:
    table = np.random.default_rng(0).normal(size=(len(PIECES), 16)).astype(np.float32)
    save(tmp_path, build_tokenizer(PIECES), table)
    read = StaticEmbedder(tmp_path).word_vectors(["coup", "쿠팡은"])
    meant = np.stack([table[2], table[5] + table[6]])
    meant /= np.linalg.norm(meant, axis=1, keepdims=True)
    assert (read * meant).sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_ranks_count_ties_against_the_wanted_passage() -> None:
    scores = np.array([[0.9, 0.5, 0.1], [0.5, 0.5, 0.1], [0.3, 0.2, 0.1]], dtype=np.float32)
    rank = ranks(scores, np.array([0, 0, 2]))
    assert rank.tolist() == [1, 2, 3]
    assert ndcg(rank) == pytest.approx([1, 1 / np.log2(3), 0.5])
    assert ndcg(np.array([10, 11])) == pytest.approx([1 / np.log2(11), 0])


def test_unanswerable_questions_are_left_out_of_a_set(tmp_path: Path) -> None:
    save(tmp_path / "model", build_tokenizer(PIECES), np.eye(len(PIECES), dtype=np.float32))
    write_rows(tmp_path / "set" / "passages.jsonl.gz", [{"id": "a", "text": "coup"}, {"id": "b", "text": "쿠팡"}])
    questions: list[dict[str, Any]] = [
        {"question": "coup", "passage_id": "a"},
        {"question": "쿠팡은", "passage_id": "b"},
        {"question": "coup", "passage_id": "b", "is_impossible": True},
    ]
    write_rows(tmp_path / "set" / "questions.jsonl.gz", questions)
    figures = dict(set_figures(StaticEmbedder(tmp_path / "model"), tmp_path / "set"))
    assert {name: values.tolist() for name, values in figures.items()} == {
        "set hit@1 dense": [1, 1],
        "set nDCG@10 dense": [1, 1],
    }


@pytest.fixture
def small_world(tmp_path: Path) -> Path:
    """A folder of training data with enough names to hold some out, and little else."""
    syllables = [chr(code) for code in range(0xAC00, 0xAC00 + 60)]
    names = [
        {"ko": a + b, "en": f"{word}{chr(97 + i)}{chr(97 + j % 26)}{'x' * (j // 26)}", "source": "wikidata"}
        for word, firsts in (("Name", syllables[:26]), ("Other", syllables[26:52]))
        for i, a in enumerate(firsts)
        for j, b in enumerate(syllables)
    ]
    write_rows(tmp_path / "lexicon_koen.jsonl.gz", names)
    write_rows(tmp_path / "parallel_koen.jsonl.gz", [{"ko": "비가 온다.", "en": "It rains.", "source": "koen_stsb"}])
    write_rows(tmp_path / "news_koen.jsonl.gz", [{"ko": "소상공인", "en": "small merchants", "kind": "term"}])
    for language in ("ko", "en"):
        write_rows(tmp_path / f"query_passage_{language}.jsonl.gz", [{"query": "q", "passage": "p"}])
    write_rows(tmp_path / "paraphrase_ko.jsonl.gz", [{"group": 0, "text": "가"}, {"group": 0, "text": "나"}])
    with gzip.open(tmp_path / "inflections_ko.tsv.gz", "wt", encoding="utf-8") as lines:
        lines.write("form\tlemma\n갔다\t가다\n")
    return tmp_path


def test_held_out_names_are_in_no_training_pair(small_world: Path) -> None:
    held_out = held_out_names(small_world)
    data = read_training_data(small_world)
    assert len(set(held_out)) == 2000
    assert held_out == held_out_names(small_world)
    assert len(data.names) == 2 * 26 * 60 - 2000
    assert not set(held_out) & set(zip(data.names.left, data.names.right, strict=True))
    assert data.taught[0] == "It rains."
    assert data.taught[-2:] == ["p", "q"]


def test_a_held_out_name_is_kept_out_of_our_own_texts_too(
    small_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    korean, english = held_out_names(small_world)[0]
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "terms.tsv").write_text("금리 인상\trate hike\n", encoding="utf-8")
    (texts / "sentences.tsv").write_text(
        f"그는 {korean} 씨를 만났다.\tHe met her.\n그는 떠났다.\tHe left.\n", encoding="utf-8"
    )
    asked = {"ko": "누구?", "en": "who", "passage_ko": "그가 왔다.", "passage_en": f"Then {english} came."}
    (texts / "questions.jsonl").write_text(json.dumps(asked) + "\n", encoding="utf-8")
    monkeypatch.setattr("training.news.OWN", texts)
    data = read_training_data(small_world)
    assert data.sentences.right == ["It rains.", "He left."]
    assert set(data.questions.right) == {"p"}
    assert "rate hike" in data.words.right


def test_a_passage_is_also_asked_for_by_its_own_sentences() -> None:
    passage = "Prices rose again in May. Rents led the increase. The bank will meet in June. Markets expect a cut."
    short = "Too short. To be. Cut up."
    pairs = with_cloze_questions(Pairs(["Why?", "What?"], [passage, short], [6.0, 6.0]))
    assert (pairs.left[:2], pairs.right[:2], pairs.weights[:2]) == (["Why?", "What?"], [passage, short], [6.0, 6.0])
    assert sorted(pairs.left[2:]) == sorted(passage.replace(". ", ".|").split("|"))
    for sentence, rest in zip(pairs.left[2:], pairs.right[2:], strict=True):
        assert sentence not in rest
        assert sorted(f"{rest} {sentence}".split()) == sorted(passage.split())
    assert pairs.weights[2:] == pytest.approx([1.0] * 4)


def test_a_long_text_is_shortened_to_some_of_its_tokens_in_order() -> None:
    texts = Texts(np.arange(1003), np.array([0, 3, 1003]))
    drawn = [texts.shortened(5, np.random.default_rng(seed)) for seed in range(2)]
    for shortened in drawn:
        assert shortened.starts.tolist() == [0, 3, 8]
        assert shortened.tokens[:3].tolist() == [0, 1, 2]
        assert (np.diff(shortened.tokens) > 0).all()
    assert drawn[0].tokens.tolist() != drawn[1].tokens.tolist()


def test_each_token_finds_the_likest_token_of_the_other_text() -> None:
    rows = torch.tensor([[2.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 3.0], [-1.0, 0.0]])
    asked = Texts(np.array([0, 1]), np.array([0, 2]))  # a long vector eastwards and a short one northwards
    told = Texts(np.array([2, 4, 3]), np.array([0, 1, 3]))
    asked_places, told_places = torch.from_numpy(asked.tokens), torch.from_numpy(told.tokens)
    found = late.likeness(asked, asked_places, told, told_places, rows)
    # "East" alone has the first token whole, the second not at all; "west, north" has the second.
    assert found.tolist() == [pytest.approx([2 / 3, 1 / 3])]
    alone = late.likeness(told, told_places, asked, asked_places, rows)
    assert alone.tolist() == [[1.0], [pytest.approx(3 / 4)]]


def test_thinning_takes_tokens_of_long_texts_only() -> None:
    texts = Texts(np.arange(1004), np.array([0, 4, 1004]))
    thinned = texts.thinned(0.2, 4, np.random.default_rng(0))
    assert thinned.tokens[:4].tolist() == [0, 1, 2, 3]
    assert thinned.tokens[4] == 4
    assert thinned.starts.tolist() == [0, 4, len(thinned.tokens)]
    assert 750 < len(thinned.tokens) < 850
    assert (np.diff(thinned.tokens) > 0).all()
