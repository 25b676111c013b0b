import pytest

from assistant.gloss import LABEL, gloss


def test_names_amounts_and_terms_in_english() -> None:
    told = gloss("네이버는 앞으로 5년 동안 600억원을 들여 소상공인 1000만명에게 인공지능 활용법을 가르친다.", "en")
    assert told is not None
    assert told.startswith("Automatic gloss: ")
    for part in ("Naver", "5 years", "60 billion won", "10 million people", "artificial intelligence"):
        assert part in told


def test_names_amounts_and_terms_in_korean() -> None:
    told = gloss("Coupang will pay 60 billion won to its Rocket Growth sellers on Sept. 4.", "ko")
    assert told is not None
    assert told.startswith("자동 풀이: ")
    for part in ("쿠팡", "600억원", "로켓그로스", "판매자", "9월 4일"):
        assert part in told


def test_an_unknown_korean_name_is_romanised() -> None:
    assert "Park Chan-ul" in (gloss("박찬울 대표는 고개를 숙였다.", "en") or "")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_to_tell_is_no_gloss(language: str) -> None:
    assert gloss("!?", language) is None  # type: ignore[arg-type]
    assert set(LABEL) == {"ko", "en"}
