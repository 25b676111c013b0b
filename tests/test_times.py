from datetime import date

import pytest

from assistant.times import Asked, BadDate, Period, asked_times, is_later, moment

TODAY = date(2024, 11, 22)  # a Friday


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("어제 무슨 일이 있었어?", date(2024, 11, 21), date(2024, 11, 21)),
        ("What did Naver say yesterday?", date(2024, 11, 21), date(2024, 11, 21)),
        ("지난주 쿠팡 소식", date(2024, 11, 11), date(2024, 11, 17)),
        ("지난 주에 뭐래", date(2024, 11, 11), date(2024, 11, 17)),
        ("news from last week", date(2024, 11, 11), date(2024, 11, 17)),
        ("지난달 소식", date(2024, 10, 1), date(2024, 10, 31)),
        ("지난달 물가가 올랐다는 소식", date(2024, 10, 1), date(2024, 10, 31)),
        ("지난달 발표된 매출", date(2024, 10, 1), date(2024, 10, 31)),
        ("작년에 무슨 일이 있었어?", date(2023, 1, 1), date(2023, 12, 31)),
        ("What happened last year?", date(2023, 1, 1), date(2023, 12, 31)),
        ("What was said last month about prices?", date(2024, 10, 1), date(2024, 10, 31)),
        ("지난주 축제", date(2024, 11, 11), date(2024, 11, 17)),
        ("2024년 11월에 무엇을 약속했나", date(2024, 11, 1), date(2024, 11, 30)),
        ("What was pledged in November 2024?", date(2024, 11, 1), date(2024, 11, 30)),
        ("올해 3월 무슨 일이", date(2024, 3, 1), date(2024, 3, 31)),
        ("지난해 12월 회의", date(2023, 12, 1), date(2023, 12, 31)),
        ("12월 회의", date(2023, 12, 1), date(2023, 12, 31)),
        ("in December", date(2023, 12, 1), date(2023, 12, 31)),
        ("11월 6일 간담회", date(2024, 11, 6), date(2024, 11, 6)),
        ("올해 계획", date(2024, 1, 1), date(2024, 12, 31)),
        ("since Monday", date(2024, 11, 18), None),
        ("월요일부터 파업", date(2024, 11, 18), None),
        ("what has happened since November 6, 2024", date(2024, 11, 6), None),
        ("2024년 3월까지", None, date(2024, 3, 31)),
        ("before March 2024", None, date(2024, 3, 31)),
        ("two days ago", date(2024, 11, 20), date(2024, 11, 20)),
        ("사흘 전 사고", date(2024, 11, 19), date(2024, 11, 19)),
        ("in the past 7 days", date(2024, 11, 15), date(2024, 11, 22)),
        ("최근 3일 뉴스", date(2024, 11, 19), date(2024, 11, 22)),
    ],
)
def test_words_for_time_are_days(question: str, start: date | None, end: date | None) -> None:
    assert asked_times(question, TODAY).period == Period(start, end)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("쿠팡의 작년 매출은 얼마야?", date(2023, 1, 1)),
        ("작년 쿠팡 매출", date(2023, 1, 1)),
        ("지난해에 반도체 수출이 얼마나 늘었나?", date(2023, 1, 1)),
        ("2019년 영업이익", date(2019, 1, 1)),
        ("지난달 물가는 얼마나 올랐어?", date(2024, 10, 1)),
        ("올해 실적", date(2024, 1, 1)),
        ("What was Coupang's revenue last year?", date(2023, 1, 1)),
        ("last year's record net profit", date(2023, 1, 1)),
        ("how high were exports in October 2024?", date(2024, 10, 1)),
        ("prices last month", date(2024, 10, 1)),
    ],
)
def test_a_figure_or_an_event_of_a_long_time_is_told_in_it_and_later(question: str, start: date) -> None:
    assert asked_times(question, TODAY).period == Period(start, None)


@pytest.mark.parametrize(
    "question", ["쿠팡이 뭘 약속했어?", "다음 주 일정", "2030년 목표", "2월 30일", "the May protests"]
)
def test_no_day_that_can_have_been_told_of(question: str) -> None:
    assert asked_times(question, TODAY) == Asked(None, newest=False)


@pytest.mark.parametrize("question", ["the latest on Coupang", "쿠팡 최근 소식", "지금 얼마야", "How many now?"])
def test_asking_for_the_newest(question: str) -> None:
    assert asked_times(question, TODAY).newest


def test_a_period_is_told_of_for_as_long_again() -> None:
    yesterday = Period(date(2024, 11, 21), date(2024, 11, 21)).with_reports()
    assert yesterday.has(TODAY)
    assert not yesterday.has(date(2024, 11, 20))


def test_a_day_is_over_at_its_end() -> None:
    assert not is_later("2024-11-22T23:00:00+09:00", moment("2024-11-22"))
    assert is_later("2024-11-23", moment("2024-11-22"))
    assert is_later("2024-11-22T09:00:00+09:00", moment("2024-11-21T23:00:00+00:00"))
    assert not is_later(None, moment("1999-01-01"))


def test_an_impossible_date_is_said_to_be_one() -> None:
    with pytest.raises(BadDate, match="2024-13-40"):
        moment("2024-13-40")
