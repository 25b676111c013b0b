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


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("쿠팡은 빠른정산을 넓힌다.", "Coupang · fast settlement"),
        ("새온 지역 의원 환자는 1000명당 15.8명이다.", "patients"),
        ("누리담이 판매자에게 물건값을 주지 못했다.", "Nuridam · sellers · payment for goods"),
        ("들메군의 투표는 힘을 잃었다.", "Deulme county"),
        ("미국 연방준비제도는 금리를 내렸다.", "U.S. Federal Reserve · rate"),
        ("인태오 모아담 대표는 서울에서 고개를 숙였다.", "In Tae-o · chief executive · Seoul"),
    ],
)
def test_korean_words_are_told_as_the_news_uses_them(sentence: str, told: str) -> None:
    assert told in (gloss(sentence, "en") or "")


@pytest.mark.parametrize(
    ("sentence", "told", "not_told"),
    [
        ("Coupang said its fast settlement service will be extended.", "쿠팡 · 빠른 · 정산", "금식"),
        ("The course record survived a headwind of 7.5 meters per second.", "기록 · 생존 · 7.5m", "물론"),
        ("The agency reported a miscarriage.", "기관", "소속사"),
        ("Exports of olive oil to the US rose.", "수출 · 기름 · 미국", "올리브영"),
        ("The bank told us of a rise.", "은행", "미국"),
        ("Olive Young opened a store.", "올리브영 · 매장", "기름"),
        ("Runner Bong Joon-ho's team won silver.", "Bong Joon-ho", "원"),
        ("President Lee Jae-myung met the press.", "대통령 · 이재명", "Jae-myung"),
        ("Its rival Byeorion Tech was sued.", "Byeorion Tech", "빅테크"),
        ("The zoo named it after Ma Jeong-hwan of the Linfield Museum.", "Ma Jeong-hwan · Linfield Museum", "박물관"),
    ],
)
def test_english_words_are_told_as_the_news_uses_them(sentence: str, told: str, not_told: str) -> None:
    said = gloss(sentence, "ko") or ""
    assert told in said
    assert not_told not in said


def test_what_only_compares_or_reports_is_left_out() -> None:
    told = gloss("환불 요청도 3400건 넘게 쌓였다고 말했다.", "en")
    assert told == "Automatic gloss: refund · request · more than 3,400 cases"


def test_a_compound_of_short_words_is_no_name() -> None:
    assert "Am" not in (gloss("병원이 새 암센터를 연다.", "en") or "").split(": ")[1]


def test_a_counter_is_no_animal() -> None:
    assert "dog" not in (gloss("나뭇잎 모양 장식 서른두 개가 나왔다.", "en") or "")


def test_people_are_counted_in_korean() -> None:
    assert "1만1300명" in (gloss("South Korea's carrier faces a lawsuit by 11,300 customers.", "ko") or "")
