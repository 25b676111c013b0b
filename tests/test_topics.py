import pytest

from assistant.topics import is_of_several, topic_of


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("쿠팡은 또 빠른정산을 열기로 했다.", "쿠팡은"),
        ("이봉의 서울대 교수는 알맞지 않다고 말했다.", "이봉의 서울대 교수는"),
        ("회사는 대책을 내놨다.", None),
        ("이 회사는 대책을 내놨다.", None),
        ("높은 값을 불렀다.", None),
        ("대상은 7번과 19번이다.", None),
    ],
)
def test_topic_of_a_korean_sentence(sentence: str, topic: str | None) -> None:
    assert topic_of(sentence, "ko") == topic


def test_topic_of_an_english_sentence() -> None:
    assert (
        topic_of("Coupang pledged to seek out products made by small merchants.", "en") == "Coupang pledged to seek out"
    )
    assert topic_of("It will also extend fast settlement.", "en") is None
    assert topic_of("So are children under 12.", "en") is None
    assert topic_of("The two who dissented wanted a larger sum.", "en") is None


def test_a_topic_of_several() -> None:
    assert is_of_several("네이버와 카카오, 쿠팡, 당근(당근마켓) 등 주요 기업은")
    assert is_of_several("Naver, Kakao and Coupang said")
    assert not is_of_several("이봉의 서울대 교수는")
    assert not is_of_several("쿠팡(로켓그로스, 로켓배송)은")
