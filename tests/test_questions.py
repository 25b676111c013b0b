import pytest

from assistant.questions import amount_asked, compares, form_asked, has_asked, has_new_numeral, kind_of, parts_of, shows


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("쿠팡이 약속한 건 뭐야?", "statement"),
        ("what did Coupang pledge?", "statement"),
        ("예산이 얼마야?", "number"),
        ("How many people came?", "number"),
        ("축제는 언제 열려?", "date"),
        ("Who runs it?", "person"),
        ("왜 미뤄졌어?", "reason"),
        ("배추가 싸진 건 뭐 때문이야?", "reason"),
        ("여자로 보는 근거가 뭐야?", "reason"),
        ("How come the theaters run it with captions?", "reason"),
        ("On what ground was it turned down?", "reason"),
        ("Did it lower the fee when it opened?", "thing"),
        ("And when will it be back?", "date"),
        ("Until when can they appeal?", "date"),
        ("며칠 동안 쉬어?", "number"),
        ("Will it pay people who came late?", "thing"),
        ("By whom was it made, and who paid?", "person"),
        ("What is the county's rough estimate of its damage?", "number"),
    ],
)
def test_kind_of_a_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("우승 상금하고 한국인 1위 상금 각각 얼마야", ("우승 상금 얼마야", "한국인 1위 상금 얼마야")),
        ("What did it cost, and who paid for it?", ("What did it cost", "who paid for it?")),
        ("잘 안 서는 건 뭐고, 화면이 꺼진 건 뭐야?", ("잘 안 서는 건 뭐고", "화면이 꺼진 건 뭐야?")),
        ("What do Naver and Kakao spend, respectively?", ("What do Naver spend?", "What do Kakao spend?")),
        (
            "What did Naver and the Linfield Museum say?",
            ("What did Naver say?", "What did the Linfield Museum say?"),
        ),
        ("What did Naver and Kakao pledge?", ("What did Naver pledge?", "What did Kakao pledge?")),
        ("What did Naver, Kakao and Samsung each pledge?",
         ("What did Naver pledge?", "What did Kakao pledge?", "What did Samsung pledge?")),
        ("How much did the fare and the pass rise, respectively?",
         ("How much did the fare rise?", "How much did the pass rise?")),
        ("네이버와 카카오, 삼성전자는 각각 무엇을 약속했나?",
         ("네이버는 무엇을 약속했나?", "카카오는 무엇을 약속했나?", "삼성전자는 무엇을 약속했나?")),
        ("네이버와 삼성전자는 무엇을 약속했나?", ("네이버는 무엇을 약속했나?", "삼성전자는 무엇을 약속했나?")),
        ("쿠팡과 네이버는 함께 뭘 하기로 했어?", ("쿠팡과 네이버는 함께 뭘 하기로 했어?",)),
        ("시장에서 배추랑 무가 각각 얼마야?", ("시장에서 배추가 얼마야?", "시장에서 무가 얼마야?")),
        ("월급 인상액, 노조안이랑 회사안이 각각 얼마야?",
         ("월급 인상액, 노조안이 얼마야?", "월급 인상액, 회사안이 얼마야?")),
        ("그린 S2하고 온새 E1, 한 번 충전하면 각각 몇 킬로 가?",
         ("그린 S2 한 번 충전하면 몇 킬로 가?", "온새 E1 한 번 충전하면 몇 킬로 가?")),
        ("쿠팡이 약속한 건 뭐야?", ("쿠팡이 약속한 건 뭐야?",)),
        ("다 갚겠다고 했고, 그날은 언제야? 왜?", ("다 갚겠다고 했고, 그날은 언제야? 왜?",)),
        ("며칠까지 다 갚겠다고 했고, 그날은 어떻게 됐어?", ("며칠까지 다 갚겠다고 했고", "그날은 어떻게 됐어?")),
        ("지분을 몇 퍼센트 갖고 있고 의결권은 몇 퍼센트야?",
         ("지분을 몇 퍼센트 갖고 있고", "의결권은 몇 퍼센트야?")),
        ("네이버하고 테슬라는 교육에 각각 얼마를 써?", ("네이버는 교육에 얼마를 써?", "테슬라는 교육에 얼마를 써?")),
        ("네이버와 카카오의 대표는 각각 누구야?", ("네이버의 대표는 누구야?", "카카오의 대표는 누구야?")),
    ],
)  # fmt: skip
def test_parts_of_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    ("question", "fits", "does_not"),
    [
        ("벌금이 얼마야?", "벌금 3000만원을 물었다.", "직원 30명이 일한다."),
        ("몇 명이 왔어?", "1200명이 왔다.", "값은 1200원이다."),
        ("몇 퍼센트 올랐어?", "7.2% 올랐다.", "72명 늘었다."),
        ("How much did the expedition cost?", "It cost $4.2 million.", "It lasted 42 days."),
        ("What time did it start?", "It began at 9:03 a.m.", "It began in 2019."),
        ("How late was the ship?", "배는 11일 늦었다.", "배는 세 척이다."),
        ("What were the odds?", "118.6 대 1로 가장 높았다.", "84㎡가 낮았다."),
        ("며칠 동안 쉬어?", "사흘간 쉰다.", "6곳이 쉰다."),
    ],
)
def test_the_amount_that_is_asked_for(question: str, fits: str, does_not: str) -> None:
    amount = amount_asked(question)
    assert amount is not None
    assert amount.search(fits)
    assert not amount.search(does_not)


@pytest.mark.parametrize(
    "question", ["What happened to its shares?", "Why did it keep the key rate unchanged?", "가운데 앉은 건 뭐야?"]
)
def test_no_amount_is_asked_for(question: str) -> None:
    assert form_asked(question) is None


@pytest.mark.parametrize(
    ("question", "fits", "does_not"),
    [
        ("언제부터 볼 수 있어?", "The enclosure opens at Easter.", "The twins weigh 118 grams."),
        ("When is the next dive?", "다음 잠수는 9월로 잡혔다.", "값은 1200원이다."),
        ("값이 얼마야?", "값은 1200원이다.", "4월에 열린다."),
    ],
)
def test_the_form_of_a_time_or_an_amount(question: str, fits: str, does_not: str) -> None:
    form = form_asked(question)
    assert form is not None
    assert form.search(fits)
    assert not form.search(does_not)


@pytest.mark.parametrize("question", ["시장이랑 마트가 각각 얼마 들어?", "How far apart are the two estimates?"])
def test_a_question_that_compares(question: str) -> None:
    assert compares(question)
    assert not compares("시장에서 얼마 들어?")


def test_what_is_asked_for_is_in_the_text() -> None:
    assert has_asked("Who won?", "Helena Maddox won.")
    assert not has_asked("Who won?", "Nobody won.")
    assert has_asked("언제 열려?", "행사는 9월에 열린다.")
    assert not has_asked("언제 열려?", "행사는 서울에서 열린다.")


def test_a_numeral_of_the_question_is_not_new() -> None:
    assert has_new_numeral("2024년 매출이 얼마야?", "2024년 매출은 30억원이다.")
    assert not has_new_numeral("2024년 매출이 얼마야?", "2024년 매출은 줄었다.")


def test_a_reason_shows() -> None:
    assert shows("reason", "값이 내린 것은 가을배추가 나오기 시작해서다.")
    assert not shows("reason", "행사는 3일 열린다.")
