"""Follow-up questions: what is carried over from the turns before, and what is left alone."""

import pytest

from assistant.followup import resolve, standalone

PLEDGE_KO = "쿠팡이 약속한 건 뭐야?"
PLEDGE_EN = "What did Coupang pledge?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (PLEDGE_KO, "그럼 카카오는?", "카카오가 약속한 건 뭐야?"),
        (PLEDGE_KO, "네이버는 어때?", "네이버가 약속한 건 뭐야?"),
        (PLEDGE_KO, "네이버는요?", "네이버가 약속한 건 뭐야?"),
        (PLEDGE_EN, "and Kakao?", "What did Kakao pledge?"),
        (PLEDGE_EN, "What about Naver?", "What did Naver pledge?"),
        ("What happened to Caldwyn's shares?", "and Caldwen Pharma?", "What happened to Caldwen Pharma's shares?"),
        ("오르벡스 3분기 매출은 얼마였어?", "오르빅스는?", "오르빅스 3분기 매출은 얼마였어?"),
    ],
)
def test_another_name_takes_the_place_of_the_first(before: str, question: str, expected: str) -> None:
    assert standalone(question, [before]) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("가람시 버스 요금은 얼마로 올라?", "언제부터?", "가람시 버스 요금은 언제부터 올라?"),
        ("모아담 대금을 못 받은 업체가 몇 곳이야?", "왜?", "모아담 대금을 못 받은 업체가 왜?"),
        (PLEDGE_KO, "몇 명이나?", "쿠팡이 약속한 건 몇 명이나?"),
        ("How much will Naver spend?", "over how many years?", "Over how many years will Naver spend?"),
        ("Did Belonia's bank cut its rate?", "why?", "Why did Belonia's bank cut its rate?"),
        ("Who won the marathon in Sorae?", "when?", "won the marathon in Sorae: when?"),
    ],
)
def test_a_bare_question_word_takes_the_place_of_the_old_one(before: str, question: str, expected: str) -> None:
    assert standalone(question, [before]) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("How much did Naver invest in 2022?", "and in 2023?", "How much did Naver invest in 2023?"),
        ("How much did Naver invest?", "and in 2023?", "How much did Naver invest in 2023?"),
        ("네이버는 2022년에 얼마를 투자했어?", "2023년에는?", "네이버는 2023년에는 얼마를 투자했어?"),
    ],
)
def test_another_time_takes_the_place_of_the_old_one(before: str, question: str, expected: str) -> None:
    assert standalone(question, [before]) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("What is Coupang's return policy?", "What about the refund period?", "Coupang: What about the refund period?"),
        ("두리조선 임금은 얼마나 올랐어?", "정년은?", "두리조선 임금, 정년은?"),
        ("가람마트는 뭘 팔아?", "그럼 나머지는?", "가람마트의 나머지는?"),
        ("배추 값은 얼마야?", "무는?", "배추 값: 무는?"),
        ("해솔모바일에서 몇 명 정보가 샜어?", "그 회사 대표는 누구야?", "해솔모바일 대표는 누구야?"),
        ("How many homes lost power?", "When will it be back?", "homes lost power: When will it be back?"),
        (PLEDGE_KO, "더 알려줘", "쿠팡이 약속: 더 알려줘"),
        (PLEDGE_EN, "Yes", "Coupang pledge: tell me more"),
        (PLEDGE_EN, "them?", "Coupang pledge: them?"),
    ],
)
def test_a_question_without_a_subject_gets_the_one_before(before: str, question: str, expected: str) -> None:
    assert standalone(question, [before]) == expected


def test_a_carried_subject_does_not_decide_which_sentence_answers() -> None:
    resolved = resolve("Who is the administrator?", ["When did the court open rehabilitation for Moadam?"])
    assert resolved.text == "Moadam: Who is the administrator?"
    assert resolved.wording == "Who is the administrator?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (PLEDGE_KO, "and Kakao?", "Kakao가 약속한 건 뭐야?"),
        (PLEDGE_EN, "그럼 카카오는?", "What did 카카오 pledge?"),
        ("가람시 버스 요금은 얼마로 올라?", "from when?", "가람시 버스 요금: from when?"),
        ("How much did Naver invest?", "그 회사 대표는 누구야?", "Naver 대표는 누구야?"),
    ],
)
def test_the_language_may_change_between_turns(before: str, question: str, expected: str) -> None:
    assert standalone(question, [before]) == expected


@pytest.mark.parametrize(
    "question",
    [
        "벨로니아 중앙은행 기준금리는 얼마야?",
        "그럼 다온선 사고 원인은 뭐야?",
        "카카오 대표는 누구야?",
        "And why did Brindle Farm recall its cheeses?",
        "How deep is the coral reef in the Halden Sea?",
        "what did naver announce",
        "배추 한 포기 평균값은 얼마야?",
    ],
)
@pytest.mark.parametrize("before", [PLEDGE_KO, PLEDGE_EN])
def test_a_question_on_its_own_topic_is_left_alone(before: str, question: str) -> None:
    assert standalone(question, [before]) == question


def test_turns_are_resolved_one_after_the_other() -> None:
    assert standalone("그 회사 대표는 누구야?", [PLEDGE_KO, "네이버는?"]) == "네이버 대표는 누구야?"
    assert standalone("언제?", [PLEDGE_KO, "그럼 카카오는?"]) == "카카오가 약속한 건 언제?"
    history = ["Who won the Sorae Coast Marathon?", "How much was Haesol Mobile fined?"]
    assert standalone("When?", history) == "When was Haesol Mobile fined?"


@pytest.mark.parametrize("history", [[], [""], ["?!"]])
def test_without_earlier_questions_nothing_changes(history: list[str]) -> None:
    assert standalone("그럼 카카오는?", history) == "그럼 카카오는?"


@pytest.mark.parametrize("question", ["", "  ", "?", "…", "😀", "\ud83d", "'s", "몇", "은", "and", "what about?"])
def test_odd_input_does_not_fail(question: str) -> None:
    assert isinstance(standalone(question, [PLEDGE_KO, question, PLEDGE_EN]), str)


def test_a_word_that_begins_like_but_is_no_opening() -> None:
    assert standalone("what's it worth?", ["Who won the debut prize?"]) == "won the debut prize: what's it worth?"
