import pytest

from ingest.tokens import search_tokens, stems


@pytest.mark.parametrize(
    "word", ["쿠팡은", "쿠팡이", "쿠팡의", "쿠팡을", "쿠팡에서는", "쿠팡까지", "쿠팡이라고", "쿠팡"]
)
def test_a_korean_name_is_one_word_whatever_its_particle(word: str) -> None:
    assert stems(word) == ["쿠팡"]


@pytest.mark.parametrize("word", ["약속했다", "약속한", "약속하기로", "약속하겠다고", "약속했나"])
def test_verbs_made_of_a_noun_meet_their_noun(word: str) -> None:
    assert stems(word) == ["약속"]


def test_short_words_are_left_whole() -> None:
    assert stems("나는 이 가") == ["나는", "이", "가"]


def test_compounds_share_bigrams_with_their_parts() -> None:
    assert set(search_tokens("빠른정산")) & set(search_tokens("정산을")) == {"#정산"}


def test_english_words_meet_their_inflections() -> None:
    assert stems("Coupang's pledges pledged") == ["coupang", "pledg", "pledg"]


def test_numbers_are_compared_without_separators_and_in_any_width() -> None:
    assert stems("1,000만 ６００") == ["1000", "만", "600"]


def test_a_latin_name_with_a_particle_is_found() -> None:
    assert stems("Coupang이 NAVER의") == ["coupang", "이", "naver", "의"]
