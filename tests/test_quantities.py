import pytest

from assistant.checker.dates import find_dates
from assistant.checker.quantities import find_quantities
from assistant.rendering import glosses
from assistant.romanise import romanise, similarity


def only(text: str) -> tuple[float, str]:
    (quantity,) = [q for q in find_quantities(text) if not q.weak]
    return quantity.value, quantity.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("600억원을 쓴다", 60e9, "KRW"),
        ("₩60 billion", 60e9, "KRW"),
        ("60,000,000,000 won", 60e9, "KRW"),
        ("3조 4500억 원", 3.45e12, "KRW"),
        ("3억4천만원", 340e6, "KRW"),
        ("2천5백만 명", 25e6, "count"),
        ("1103만1665명", 11_031_665, "count"),
        ("2천500동을", 2500, "count"),
        ("$3.2bn", 3.2e9, "USD"),
        ("32억 달러", 3.2e9, "USD"),
        ("€2.4 million", 2.4e6, "EUR"),
        ("£610m", 610e6, "GBP"),
        ("500 million Canadian dollars", 500e6, "CAD"),
        ("4.8 per cent", 4.8, "%"),
        ("4.8%", 4.8, "%"),
        ("0.3%포인트", 0.3, "%p"),
        ("35 basis points", 0.35, "%p"),
        ("a quarter of the budget", 25, "%"),
        ("3분의 1이", 100 / 3, "%"),
        ("절반이", 50, "%"),
        ("두 시간 만에", 7200, "second"),
        ("two and a half hours", 9000, "second"),
        ("두 시간 반", 9000, "second"),
        ("4년 6개월", 54, "month"),
        ("four and a half years", 54, "month"),
        ("사흘 만에", 3 * 86_400, "second"),
        ("9초97로", 9.97, "second"),
        ("영하 15도까지", -15, "degree"),
        ("25kg의 짐", 25, "kg"),
        ("twenty-three schools", 23, "count"),
        ("two dozen lawmakers", 24, "count"),
        ("스무 가구", 20, "count"),
        ("여덟 번째", 8, "ordinal"),
        ("40th anniversary", 40, "ordinal"),
    ],
)
def test_notations_of_one_value_are_read_alike(text: str, value: float, unit: str) -> None:
    found, name = only(text)
    assert found == pytest.approx(value)
    assert name == unit


@pytest.mark.parametrize(
    "text", ["백화점은 만장일치로 천안에 문을 열었다", "구조대와 조사 대상", "세종에서 두산이", "No one came", "두바이"]
)
def test_words_with_number_syllables_are_not_figures(text: str) -> None:
    assert [q for q in find_quantities(text) if not q.weak] == []


def test_spans_are_offsets_into_the_text() -> None:
    text = "시는 600억원을 들여 30여 곳을 고친다."
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["600억원", "30여 곳"]


def test_a_range_gives_its_unit_and_scale_to_both_ends() -> None:
    assert [(q.value, q.unit) for q in find_quantities("3 to 5 million won")] == [(3e6, "KRW"), (5e6, "KRW")]
    assert [(q.value, q.unit) for q in find_quantities("4만~6만 명")] == [(4e4, "count"), (6e4, "count")]
    assert [q.value for q in find_quantities("두세 시간")] == [7200, 10800]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("30여 곳", "about"),
        ("nearly 400 people", "nearly"),
        ("400명 가까운 사람", "nearly"),
        ("more than 25 million viewers", "more"),
        ("2500만 명이 넘는다", "more"),
        ("15명 미만", "less"),
        ("exactly 30", "exact"),
    ],
)
def test_approximations_are_noticed(text: str, bound: str) -> None:
    assert [q.bound for q in find_quantities(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2024년 11월 6일", {"year": 2024, "month": 11, "day": 6}),
        ("6 November 2024", {"year": 2024, "month": 11, "day": 6}),
        ("Nov. 6, 2024", {"year": 2024, "month": 11, "day": 6}),
        ("2024-11-06", {"year": 2024, "month": 11, "day": 6}),
        ("in May", {"month": 5}),
        ("수요일에", {"weekday": 2}),
        ("2분기", {"quarter": 2}),
        ("the second quarter", {"quarter": 2}),
        ("1990년대", {"decade": 1990}),
        ("오후 2시", {"hour": 2, "minute": 0, "half_day": "pm"}),
        ("2 p.m.", {"hour": 2, "minute": 0, "half_day": "pm"}),
        ("14:30", {"hour": 2, "minute": 30, "half_day": "pm"}),
    ],
)
def test_dates_in_both_languages(text: str, parts: dict[str, int | str]) -> None:
    assert [dict(date.parts) for date in find_dates(text)] == [parts]


@pytest.mark.parametrize(
    "text", ["It may rain and they march on.", "15일간 이어졌다", "10시간 걸린다", "속초시와 강릉시"]
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text) == ()


def test_amounts_and_dates_are_rendered_in_the_other_language() -> None:
    korean = "2024년 11월 6일 600억원, 1000만 명, 4.8%, 0.25%포인트, 두 시간, 1조2000억원"
    assert [rendered for _, rendered in glosses(korean, "en")] == [
        "6 November 2024",
        "60 billion won",
        "10 million people",
        "4.8 percent",
        "0.25 percentage points",
        "2 hours",
        "1.2 trillion won",
    ]
    english = "On 6 November 2024 about 60 billion won, $450 million, 12,500 won and two hours"
    assert [rendered for _, rendered in glosses(english, "ko")] == [
        "2024년 11월 6일",
        "약 600억원",
        "4억5000만 달러",
        "1만2500원",
        "2시간",
    ]


@pytest.mark.parametrize("amount", [0.5, 7, 12_500, 73_000, 450e6, 1.2e12, 2_614.3])
def test_a_rendered_amount_reads_back_as_itself(amount: float) -> None:
    english = glosses(f"{amount:.1f}원", "en")[0][1]
    for rendered in (english, glosses(english, "ko")[0][1]):
        value, unit = only(rendered)
        assert value == pytest.approx(amount)
        assert unit == "KRW"


def test_hangul_is_romanised_by_the_revised_rules() -> None:
    assert romanise("쿠팡") == "kupang"
    assert romanise("한지우 ABC") == "hanjiu ABC"


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("쿠팡", "Coupang"),
        ("네이버", "Naver"),
        ("이재용", "Lee Jae-yong"),
        ("훈케라스", "Junqueras"),
        ("오리올", "Oriol"),
        ("안세영", "An Se-young"),
        ("메르츠", "Merz"),
        ("오르반", "Orbán"),
        ("두테르테", "Duterte"),
        ("볼프스부르크", "Wolfsburg"),
        ("하퍼", "Harper"),
    ],
)
def test_a_name_sounds_like_itself_in_the_other_script(hangul: str, latin: str) -> None:
    assert similarity(hangul, latin) > 0.66


@pytest.mark.parametrize(("hangul", "latin"), [("김재희", "Lee Jae-hee"), ("당근", "Karrot"), ("카카오", "Naver")])
def test_other_names_do_not(hangul: str, latin: str) -> None:
    assert similarity(hangul, latin) < 0.66
