"""What a model may say beyond the words of the cited sentence, because the day of its article says it."""

import pytest

from assistant.answer import Citation
from assistant.borne_out import checked, is_foreign
from assistant.names import shipped_names


def cited(quote: str, published_at: str | None = "2025-08-07T20:00:00+09:00", article: str = "a") -> Citation:
    return Citation(
        marker="1.1",
        article=article,
        content_hash="h",
        title="T",
        publisher="P",
        published_at=published_at,
        url=None,
        start=0,
        end=len(quote),
        quote=quote,
    )


def support(text: str, *citations: Citation) -> str:
    return checked(text, citations, shipped_names()).support


PEAK = "솔내도의 전력 수요가 7일 오후 5시 20분 6140㎿까지 치솟았다."


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("솔내도의 전력 수요가 8월 7일 6140㎿까지 치솟았다.", cited(PEAK)),
        ("솔내도의 전력 수요가 2025년 8월 7일 6140㎿까지 치솟았다.", cited(PEAK)),
        ("Demand in Solnae peaked at 6,140 MW on Aug. 7, 2025.", cited(PEAK)),
        ("요금은 2025년 3월 1일부터 1550원이다.", cited("요금이 3월 1일 첫차부터 1550원으로 오른다.", "2025-01-24")),
        ("교육은 2024년 12월 2일에 시작한다.", cited("교육은 12월 2일 시작한다.", "2024-11-12")),
        ("교육은 2024년 12월 30일에 끝났다.", cited("교육은 12월 30일 끝났다.", "2025-01-03")),
        (
            "The bank left its rate at 4.5% on Nov. 14.",
            cited("The bank left its rate at 4.5% on Thursday.", "2024-11-14"),
        ),
        ("8월 7일 기준 밀린 돈은 213억원이다.", cited("밀린 돈이 213억원으로 불어났다.")),
        ("As of Aug. 7 the arrears came to 21.3 billion won.", cited("밀린 돈이 213억원으로 불어났다.")),
    ],
)
def test_a_date_that_the_day_of_the_article_tells_is_borne_out(text: str, citation: Citation) -> None:
    assert support(text, citation) == "supported"


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("솔내도의 전력 수요가 9월 7일 6140㎿까지 치솟았다.", cited(PEAK)),
        ("솔내도의 전력 수요가 2024년 8월 7일 6140㎿까지 치솟았다.", cited(PEAK)),
        ("솔내도의 전력 수요가 8월 7일 6140㎿까지 치솟았다.", cited(PEAK, None)),
        ("솔내도의 전력 수요가 8월 7일 6140㎿까지 치솟았다.", cited(PEAK, "언젠가")),
        ("공장은 8월 7일에 멈췄다.", cited("공장은 지난달 7일 멈췄다.")),
        ("공장은 2025년 3월 1일에 문을 연다.", cited("공장은 내년 3월 1일 문을 연다.")),
        (
            "The bank left its rate at 4.5% on Nov. 14.",
            cited("The bank left its rate at 4.5% on Tuesday.", "2024-11-14"),
        ),
        ("밀린 돈은 8월 7일 213억원으로 늘었다.", cited("밀린 돈이 213억원으로 불어났다.")),
        ("8월 6일 기준 밀린 돈은 213억원이다.", cited("밀린 돈이 213억원으로 불어났다.")),
        ("8월 7일 기준 밀린 돈은 231억원이다.", cited("밀린 돈이 213억원으로 불어났다.")),
    ],
)
def test_any_other_date_is_not(text: str, citation: Citation) -> None:
    assert support(text, citation) in ("unsupported", "contradicted")


def test_of_two_articles_neither_day_is_taken_for_the_day_of_a_report() -> None:
    first, second = (
        cited("밀린 돈은 128억원이다.", "2024-09-03", "a"),
        cited("밀린 돈은 213억원이다.", "2024-09-19", "b"),
    )
    assert support("9월 19일 기준 밀린 돈은 128억원이고 그 뒤 213억원이 됐다.", first, second) == "unsupported"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("There were no blackouts.", "정전은 없었다."),
        ("사망자는 없습니다.", "Nobody has died."),
        ("The lake has never frozen.", "그 호수는 한 번도 언 적이 없다."),
    ],
)
def test_a_faithful_sentence_with_nothing_to_check_stays_unchecked(text: str, quote: str) -> None:
    assert support(text, cited(quote)) == "unchecked"


@pytest.mark.parametrize("text", ["기사에 여러 내용이 있습니다.", "Customers were very happy.", "좋은 질문입니다."])
def test_a_sentence_on_something_else_is_unsupported(text: str) -> None:
    assert support(text, cited("정전은 없었다.")) == "unsupported"


@pytest.mark.parametrize(
    ("text", "known", "foreign"),
    [
        ("쿠팡은 承担折扣费用한다.", "", True),
        ("Купанг заплатит за скидки.", "", True),
        ("美 법원이 韓 기업의 손을 들어 줬다.", "", False),
        ("기온이 3.5℃ 올랐고 5㎝의 눈이 왔다.", "", False),
        ("Müller and Nguyễn agreed.", "", False),
        ("왕이(王毅)가 왔다.", "왕이(王毅) 부장이 왔다.", False),
        ("1,550.", "", False),
    ],
)
def test_a_script_that_is_neither_ours(text: str, known: str, foreign: bool) -> None:
    assert is_foreign(text, known) is foreign
