import json
from pathlib import Path

import pytest

from assistant.checker.reasons import told
from assistant.checker.verify import check, check_pairs
from ingest.errors import UserError

ALARMS = {"unsupported", "contradicted"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Sixty billion won will be spent.", "600억원을 쓴다."),
        ("10 million people live there.", "그곳에는 1000만 명이 산다."),
        ("It took two hours.", "두 시간이 걸렸다."),
        ("About 30 restaurants joined.", "30여 곳의 식당이 참여했다."),
        ("She visits four times a month.", "그는 한 달에 네 번 찾는다."),
        ("About 11 million tourists came.", "관광객 1103만1665명이 왔다."),
        ("더 많은 절반 이상이 찬성했다.", "More than 50 percent were in favour."),
        ("대표는 11월 6일 서울을 찾았다.", "The chief executive visited Seoul on 6 November 2024."),
        ("South Korea was beaten by China 2-1.", "중국이 한국을 2-1로 꺾었다."),
        ("평일에는 두 시간 더 문을 연다.", "도서관은 평일 운영을 두 시간 늘린다. 주말에는 6시에 문을 닫는다."),
        ("It took an hour and 20 minutes.", "1시간 20분이 걸렸다."),
        ("Sales fell in January-March.", "1분기 매출이 줄었다."),
        ("One in four bottles came back.", "병의 25%가 회수됐다."),
        ("The council will end the ban on fishing.", "의회는 낚시 금지를 풀기로 했다."),
        ("Fishing will no longer be banned.", "의회는 낚시 금지를 해제한다."),
        ("해안에는 30~80㎜, 산지에는 150㎜의 비가 온다.", "산지에 150㎜의 비가 온다. 해안은 30~80㎜다."),
        ("Han Ji-woo spoke first.", "한지우 교수가 먼저 말했다."),
        ("네이버와 쿠팡이 참석했다.", "Naver and Coupang attended."),
        ("The city said it would not raise fares.", "시는 요금을 올리지 않겠다고 밝혔다."),
        ("두 나라는 합의에 실패했다.", "The two countries failed to agree."),
        ("No one was hurt.", "다친 사람은 없었다."),
        ("물가는 1.6% 올랐다.", "Consumer prices rose 1.6 percent."),
        ("It will open in four cities.", "부산, 대구, 광주, 제주에 문을 연다."),
        ("버스 요금이 200원 오른다.", "Bus fares rise from 1,500 won to 1,700 won."),
        ("The talks lasted an hour and a half.", "회담은 90분 동안 이어졌다."),
        ("한은이 기준금리를 내렸다.", "The Bank of Korea cut its key rate."),
        ("The team won 3-1.", "팀이 3대1로 이겼다."),
        ("상승세가 둔화했다.", "The rise slowed."),
        (
            "소말린은 남성이 2명 숨지고 여성이 3명 다쳤다고 했다.",
            "소말린은 남성 2명이 숨지고 여성 3명이 부상했다고 했다.",
        ),
    ],
)
def test_faithful_claims_pass(claim: str, cited: str) -> None:
    verdict = check(claim, [cited])
    assert verdict.support not in ALARMS, verdict.reasons


@pytest.mark.parametrize(
    ("claim", "cited", "support", "reason"),
    [
        ("이자는 6%다.", "이자는 5%다.", "contradicted", "contradicts: 6% vs 5%"),
        ("이자는 6%다.", "이자는 그대로다.", "unsupported", "not in the cited text: 6%"),
        ("The plan costs 6 billion won.", "이 사업에는 600억원이 든다.", "contradicted", "6 billion won vs 600억원"),
        ("The fine is 300,000 yen.", "과태료는 30만원이다.", "contradicted", "300,000 yen vs 30만원"),
        ("The rate rose 0.25 percent.", "금리가 0.25%포인트 올랐다.", "contradicted", "0.25 percent vs 0.25%포인트"),
        ("It opens on 9 May.", "5월 3일 문을 연다.", "contradicted", "9 May vs 5월 3일"),
        ("It opens on Monday.", "It opens on Friday, 2 May.", "contradicted", "Monday vs Friday"),
        ("눈이 5~15㎝ 쌓인다.", "눈이 5~10㎝ 쌓인다.", "contradicted", "15㎝ vs 10㎝"),
        ("수출이 7% 줄었다.", "Exports rose 7 percent.", "contradicted", "줄었다 vs rose"),
        ("회사는 몸값을 지불하겠다고 했다.", "The company will not pay the ransom.", "contradicted", "not pay"),
        ("The company will pay.", "The company will not pay.", "contradicted", "not pay"),
        ("The board rejected the plan.", "이사회는 계획을 승인했다.", "contradicted", "rejected vs 승인"),
        ("Choi Min-ho spoke first.", "한지우 교수가 먼저 말했다.", "unsupported", "not in the cited text: Choi Min-ho"),
        ("회담은 제네바에서 열린다.", "Talks will be held in Oslo.", "unsupported", "not in the cited text: 제네바"),
        ("China exported 47.3 tonnes.", "한국은 47.3톤을, 중국은 12.9톤을 수출했다.", "contradicted", "12.9톤"),
        (
            "The blue team scored 88 points.",
            "The red team scored 88 points and the blue team 73.",
            "contradicted",
            "73",
        ),
        ("Fares fall to 1,500 won from 1,700 won.", "요금이 1500원에서 1700원으로 오른다.", "contradicted", "1500원"),
        ("It opens at the end of this month.", "다음 달 말 문을 연다.", "contradicted", "다음 달"),
        ("The Financial Supervisory Service cut rates.", "한국은행이 금리를 내렸다.", "contradicted", "한국은행"),
        ("팀은 2대1로 이겼다.", "The team won 3-1.", "contradicted", "3-1"),
        ("The court upheld the ruling.", "법원은 원심을 파기했다.", "contradicted", "파기"),
        ("지붕이 무너져 사람이 다쳤다.", "No one was hurt when the roof collapsed.", "contradicted", "No one"),
        ("The bank cut its rate to 4.5 percent.", "은행은 금리를 4.5%로 유지했다.", "contradicted", "cut vs 유지"),
        ("소방대원 3명이 다쳤다.", "소방대원 3명이 출동했다. 다친 사람은 없었다.", "contradicted", "다친 사람은 없"),
        ("노조는 파업을 강행했다.", "The union called off its strike.", "contradicted", "강행"),
        ("It arrived early on Sunday.", "It arrived late on Sunday.", "contradicted", "late"),
        ("요금은 1500원이다.", "요금이 1500원에서 1700원으로 올랐다.", "contradicted", "1500원 → 1700원"),
        ("독일은 금메달 16개를 땄다.", "Norway won 16 gold medals while Germany took 12.", "contradicted", "12"),
    ],
)
def test_planted_errors_are_named(claim: str, cited: str, support: str, reason: str) -> None:
    verdict = check(claim, [cited])
    assert verdict.support == support
    assert reason in "; ".join(verdict.reasons)


@pytest.mark.parametrize(
    ("claim", "cited", "korean"),
    [
        ("요금은 1650원이다.", "요금은 1550원이다.", "이 문장: ‘1650원’ / 기사: ‘1550원’"),
        ("회담은 제네바에서 열린다.", "Talks will be held in Oslo.", "기사 문장에 없는 내용: 제네바"),
        ("회사는 지불하지 않는다.", "회사는 지불한다.", "이 문장은 부정하고(‘지불’) 기사는 긍정합니다(‘지불한다’)."),
        ("회사는 비용을 지원하기로 했다.", "회사는 비용을 지원하지 않기로 했다.", "부정"),
        ("정부는 합병을 허용했다.", "정부는 합병을 불허했다.", "기사: "),
        ("매출이 6% 늘었다.", "매출은 지난해보다 6% 늘었다고 밝혔다.", "일치하는 내용: 6%"),
        ("매출이 6% 늘었다.", "지난해 매출이 6% 늘었다고 밝혔다.", "기사 문장 그대로입니다."),
        ("음식은 소박하다.", "그는 요리를 배웠다.", "대조할 수치·날짜·이름이 없습니다."),
        ("그는 웃었다.", "", "근거로 든 문장이 없습니다."),
    ],
)
def test_reasons_can_be_read_in_korean(claim: str, cited: str, korean: str) -> None:
    shown = told(check(claim, [cited]).reasons, "ko")
    assert korean in shown
    assert not any(word in shown for word in ("contradicts", "claim", "text", "cited", " vs ", "not "))


@pytest.mark.parametrize(
    ("claim", "cited", "english"),
    [
        ("Sales rose 6%.", "Sales rose 5%.", "Here “6%”, in the article “5%”."),
        ("Talks will be held in Geneva.", "Talks will be held in Oslo.", "Not in the article's sentence: Geneva."),
        ("He smiled.", "", "Nothing is cited."),
    ],
)
def test_reasons_can_be_read_in_english(claim: str, cited: str, english: str) -> None:
    assert told(check(claim, [cited]).reasons, "en") == english


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The union was accused by the airline of lying.", "The airline accused the union of lying about pay."),
        ("The bridge was repaired before the election.", "선거를 치르기 전에 다리를 고쳤다."),
        ("The city will build a library in Gimje.", "김제시는 도서관을 지을 계획이다. 위치는 김제역 앞이다."),
        ("탐나라인은 지난해 41만 명을 제주로 실어 날랐다.", "Tamna Lines carried 410,000 people to Jeju last year."),
        ("The fee doubles to a litre's price.", "요금이 1리터 값의 두 배로 오른다."),
        ("Fans waited between two and three hours.", "팬들은 두 시간에서 세 시간을 기다렸다."),
        ("The dam is 700 years old; it was begun in 833 AD.", "댐은 700년 되었고 833년에 짓기 시작했다."),
        ("만2천 명이 서명했다.", "12,000 people signed."),
        ("헌법 9조를 고친다.", "Article 9 of the constitution will be revised."),
        ("6·25 전쟁에 참전했다.", "He fought in the Korean War."),
        ("The bank left its rate unchanged on Thursday.", "은행은 27일 금리를 동결했다."),
        ("경북 포항에 공장이 들어선다.", "A factory will be built in Pohang."),
        ("A Dubai-based exchange was robbed.", "두바이 거래소가 털렸다."),
        ("그는 포기하지 않았다.", "He did not give up."),
        ("Trimming its lineup, the festival raised funding.", "영화제는 상영작을 줄이는 대신 지원을 늘렸다."),
        ("등록되지 않은 아기 30명이 확인됐다.", "Thirty unregistered babies were found."),
        ("The union will strike unless the plan is withdrawn.", "계획을 철회하지 않으면 노조는 파업한다."),
    ],
)
def test_free_renderings_pass(claim: str, cited: str) -> None:
    verdict = check(claim, [cited])
    assert verdict.support not in ALARMS, verdict.reasons


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The committee meets on Thursday.", "위원회는 다음 주 회의를 연다."),
        ("The project will not help small firms.", "이 사업은 작은 회사를 도울 것이다."),
        ("장관은 계획을 발표하지 않았다.", "The minister announced the plan."),
        ("The regulator fined Google.", "당국은 네이버에 과징금을 물렸다."),
        ("An event to rival the carnival of Egypt.", "브라질의 카니발에 맞먹는 행사다."),
        ("사망자는 1명이다.", "Nine people died."),
        ("80세 이하가 65%를 차지한다.", "Sixty-five percent are aged 80 or older."),
        ("The city bought 40 buses and 12 trucks.", "시는 버스 12대와 트럭 40대를 샀다."),
    ],
)
def test_errors_across_the_languages_are_flagged(claim: str, cited: str) -> None:
    assert check(claim, [cited]).support in ALARMS


def test_what_states_nothing_checkable_is_unchecked() -> None:
    verdict = check("Her food is simple and warm.", ["The chef learned to cook from her grandmother."])
    assert (verdict.support, verdict.reasons) == ("unchecked", ("nothing to check",))


@pytest.mark.parametrize("cited", [[], [""], ["  "]])
def test_a_claim_without_a_citation_is_unsupported(cited: list[str]) -> None:
    assert check("It rained.", cited).support == "unsupported"


def test_facts_may_come_from_several_cited_sentences() -> None:
    cited = ["누리온은 90억원을 기부했다.", "기부식은 5월 3일 열렸다."]
    assert check("Nurion gave 9 billion won on 3 May.", cited).support == "supported"
    assert check("Nurion gave 9 billion won on 3 May.", cited[:1]).support == "unsupported"


def test_every_slice_of_a_cited_sentence_passes() -> None:
    lines = (Path(__file__).parents[1] / "eval" / "checker" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    for sentence in {sentence for line in lines for sentence in json.loads(line)["cited"]}:
        words = sentence.split()
        for start, end in ((0, len(words)), (0, len(words) // 2 + 1), (len(words) // 2, len(words))):
            assert check(" ".join(words[start:end]), [sentence]).support not in ALARMS


def test_pairs_in_a_file_are_checked_line_by_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    pairs = [
        json.dumps({"id": 1, "claim": "이자는 6%다.", "cited": ["이자는 5%다."]}),
        "not json",
        json.dumps({"id": "x", "claim": "no cited"}),
        "",
        json.dumps({"id": 2, "claim": "이자는 5%다.", "cited": "이자는 5%다."}),
    ]
    source.write_text("\n".join(pairs), encoding="utf-8")
    check_pairs(source, target)
    out = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert out[0] == {"id": 1, "support": "contradicted", "reasons": ["contradicts: 6% vs 5%"]}
    assert out[1]["id"] is None
    assert "error" in out[1]
    assert out[2]["id"] == "x"
    assert "error" in out[2]
    assert out[3]["support"] == "supported"
    assert len(out) == 4


def test_the_pairs_are_not_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "claim": "a", "cited": ["b"]}\n', encoding="utf-8")
    with pytest.raises(UserError, match="--out"):
        check_pairs(source, source)
    assert source.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["\x00", "0" * 5000, "1,", "%", "가" * 3000, "٣٤", "a" * 5000, "- - -", "1" * 400 + "억원"]
)
def test_odd_text_is_no_error(text: str) -> None:
    assert check(text, ["그는 6%라고 했다."]).support
    assert check("그는 6%라고 했다.", [text]).support
