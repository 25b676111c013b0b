import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.article import Language
from ingest.language import detect, sentence_spans

# One line of text each; ¦ stands where a sentence ends.
KOREAN = """\
그는 떠났다.¦ 그녀는 남았다.
회사는 적자를 냈다.¦AI 투자는 늘렸다.
회사는 적자를 냈다.¦그러나 주가는 올랐다.
정부가 나설까?¦업계는 기다린다.
정부가 나설까?¦ 업계는 기다린다.
정말 그럴까?!¦ 아무도 모른다.
그는 "내년에는 흑자다. 자신 있다"고 말했다.¦ 시장은 반신반의했다.
"됐다."고 그는 말했다.¦ 회의는 끝났다.
"됐다." 라고 그는 말했다.
"정말입니까?" 그가 물었다.¦ 답은 없었다.
"정말입니까?"라고 그가 물었다.
"우리는 준비됐다"며 "곧 시작한다"고 밝혔다.¦ 업계는 환영했다.
“우리는 준비됐다. 곧 시작한다”고 밝혔다.¦ 업계는 환영했다.
그는 ‘이제 끝났다. 그만하자.’라고 적었다.¦ 이후 연락이 끊겼다.
그는 '이제 끝났다. 그만하자'는 글을 남겼다.¦ 이후 연락이 끊겼다.
"첫째는 사람이다. 둘째는 돈이다."¦ 대표는 이 말을 세 번 되풀이하고 자리를 떴는데 아무도 따라 나서지 않았다.
성장률은 3.5%다.¦ 물가는 2.1% 올랐다.
환율은 1,385.50원에 마감했다.¦ 전날보다 4.2원 내렸다.
행사는 2024. 11. 6. 서울에서 열렸다.¦ 200명이 왔다.
행사는 2024. 11. 6.에 열렸다.¦ 200명이 왔다.
행사는 2024.11.06 17:23에 시작했다.¦ 곧 끝났다.
'24. 11. 6. 발표한 자료다.¦ 내용은 같다.
매출은 2023년 5조원이었다.¦ 2024년에는 6조원이다.
1. 가격을 내린다.
1. 가격 인하 2. 품질 개선 3. 배송 단축
가. 목적은 상생이다.¦ 나머지는 다음과 같다.
이재용(Jay Y. Lee) 회장이 참석했다.¦ 최태원 회장도 왔다.
Jay Y. Lee 회장이 참석했다.¦ 최태원 회장도 왔다.
그는 U.S. 스틸을 인수했다.¦ 가격은 비밀이다.
삼성 vs. LG의 구도다.¦ 승자는 없다.
No. 1 기업이 됐다.¦ 다음 목표는 세계다.
자세한 내용은 https://www.example.com/a.b?c=1&d=2 에 있다.¦ 확인하자.
자세한 내용은 www.example.com.¦ 확인하자.
문의는 press@example.co.kr 로 하면 된다.¦ 답장은 늦다.
그건… 잘 모르겠다.¦ 다음에 말하겠다.
나는 모르겠다…¦ 그는 한숨을 쉬었다.
투자 이어가고…디지털 전환 지원
그는 떠났다.(사진=연합뉴스)¦ 이후 소식이 없다.
기념 촬영을 하고 있다. [사진=과기정통부]
대표는 “끝났다”라고 했다.(웃음)¦ 모두 웃었다.
(서울=연합뉴스) 김철수 기자 = 정부가 6일 대책을 내놨다.¦ 시장은 조용했다.
[아이뉴스 김철수 기자] 정부가 6일 대책을 내놨다.¦ 시장은 조용했다.
쿠팡(대표 박대준. 이하 쿠팡)은 비용을 지원한다.¦ 당근도 돕는다.
'로켓그로스'(물류를 대행. 보관·포장 포함) 입점 사업자까지 확대한다.¦ 당근도 돕는다.
국.영문 자료를 함께 냈다.¦ 전.현직 장관이 왔다.
무한도전!토토가 편이 다시 나온다.¦ 반응은 뜨겁다.
놀랐다!¦ 정말 놀랐다!!¦ 끝이다.
좋아요!😀¦ 다음에 또 올게요 👍
비용은 얼마인가.¦ 누가 내는가.¦ 아직 모른다.
오전 10:30에 시작해 11:45에 끝났다.¦ 질문은 없었다.
iM뱅크가 나섰다.¦ iM증권도 따랐다.
코스피는 2,500.12로 마쳤다.¦ e커머스 주가는 올랐다.
그는 “아니다.”¦ “맞다.”¦ “모르겠다.”
정부는 "규제는 없다"고 했다.¦ "지원만 있다"고도 했다.
할인 비용을 지원한다.¦ ▲수수료 인하 ▲정산 단축도 약속했다.
그는 말했다。¦彼は去った。
책 『상생. 그 이후』를 펴냈다.¦ 값은 2만원.
약 5. 6배 늘었다.
결과는 다음과 같다.¦◇매출 5조원
기자 질문에 "네. 맞습니다. 그렇습니다." 하고 답했다.¦ 회견은 끝났다.
"""
ENGLISH = """\
He left.¦ She stayed.
Mr. Kim met Dr. Park.¦ They talked.
Jay Y. Lee met Tim Cook.¦ They shook hands.
The U.S. economy grew 2.5% in Q3.¦ Prices fell.
He moved to the U.S. in 2010.¦ He liked it.
He moved to the U.S.¦ The company followed.
He works at Apple Inc.¦ The company is large.
Apple Inc. Chief Executive Tim Cook spoke.¦ Shares rose.
Coupang Inc. said it will pay.¦ Kakao Corp. did not.
The talks began at 10 a.m. Monday.¦ They ended at 5 p.m.¦ The press waited.
It starts at 9 a.m. KST.¦ It ends at noon.
"We won. We are happy," he said.¦ Then he left.
“We won. We are happy,” he said.¦ Then he left.
"Is it over?" she asked.¦ Nobody answered.
"Is it over?" Kim asked.¦ Nobody answered.
"It is over."¦ Kim left the room.
He said, "It is over."¦ Then he left.
'I don't know. I can't say,' he said.¦ Then he left.
It cost $3.50.¦ It was worth $5.
Revenue hit 300 billion won in 2023.¦ In 2024 it fell.
Revenue peaked in 2023.¦ 45 people were hired.
See Fig. 2 and No. 7.¦ They differ.
Visit https://example.com/a?b=1.2!c for more.¦ It is free.
What?!¦ No way!¦ Yes.
Well... I don't know.¦ Maybe.
He waited...¦ Then it came.
He waited ... and it came.
The firm (founded in 1998. Sold in 2010.) is gone.¦ Nobody cares.
He said yes.¦ (He later denied it. Twice.)¦ Nobody cares.
1. Cut prices.
Prof. Lee Bong-eui of SNU Law School spoke.¦ He warned of rules.
The plan, i.e. the subsidy, e.g. for small shops, is new.¦ It helps.
He holds a Ph.D. in law.¦ He teaches.
Yahoo! shares rose.¦ Naver's fell.
J. R. R. Tolkien wrote it.¦ C. S. Lewis read it.
Plan B failed.¦ Plan C.¦ It worked.
It ended badly.¦The firm collapsed.
Booking.Com and Node.js are names.¦ So is Amazon.com.
iPhone sales fell.¦ iPad sales rose.
The deal closes on Nov. 6.¦ Lawyers agree.
St. Louis is in Missouri.¦ Mt. Fuji is not.
The ratio is 3.14159 vs. 2.71828.¦ Both are odd.
Robert Downey Jr. plays the lead.¦ It opens in May.
He said "no." and left.
The law was passed.[1]¦ It took effect in May.[2][3]¦ Nobody noticed.
Great news!🎉¦ We ship today.
Sen. Warren, Rep. Lee and Gov. Hochul met in Washington, D.C. on Friday.¦ No deal came.
The '90s were fun.¦ The 2000s weren't.¦ 'Twas so.
"""


def cut(text: str, language: Language) -> list[str]:
    return [span.of(text) for span in sentence_spans(text, language)]


def labelled(lines: str) -> list[str]:
    return lines.splitlines()


@pytest.mark.parametrize("line", labelled(KOREAN))
def test_korean_sentences(line: str) -> None:
    assert cut(line.replace("¦", ""), "ko") == [piece.strip() for piece in line.split("¦")]


@pytest.mark.parametrize("line", labelled(ENGLISH))
def test_english_sentences(line: str) -> None:
    assert cut(line.replace("¦", ""), "en") == [piece.strip() for piece in line.split("¦")]


def test_line_breaks_end_sentences() -> None:
    text = "◇네이버, 600억원 투자…카카오 강화\r\n\r\n- 수수료 인하\r- 정산 단축\n  1. 배송.  \n\u2028끝났다."
    assert cut(text, "ko") == [
        "◇네이버, 600억원 투자…카카오 강화",
        "- 수수료 인하",
        "- 정산 단축",
        "1. 배송.",
        "끝났다.",
    ]


def test_a_stray_quotation_mark_does_not_swallow_the_text() -> None:
    text = '화면은 6" 크기다. 가격은 그대로다. 그는 "좋다. 사겠다"고 했다. 끝이다.'
    assert cut(text, "ko")[0] == '화면은 6" 크기다.'
    assert cut(text, "ko")[-1] == "끝이다."
    assert len(cut('He said "yes. ' + "It goes on and on. " * 60 + 'The end."', "en")) > 50


text_pieces = st.one_of(
    st.sampled_from(
        ["다.", "요?", "했다.", "그는 ", "쿠팡", "\r\n", "\n\n", "\u2028", " ", "\u00a0", "\u3000", '"', "'", "“", "”"]
    ),
    st.sampled_from(
        ["(", ")", "[사진]", "…", "...", "?!", "Mr. ", "U.S. ", "3.5%", "2024. 11. 6. ", "👩‍👩‍👧", "😀", "。", "◇"]
    ),
    st.sampled_from(
        ["The firm ", "ended.", "It ", "e\u0301", "ᄒ", "\u200b", "\ufeff", "\0", "\x1c", "http://a.b/c?d "]
    ),
    st.text(max_size=8),
)
any_text = st.lists(text_pieces, max_size=40).map("".join)


@given(any_text, st.sampled_from(["ko", "en"]))
@example("\x1c.\x1d \x85", "ko")
@example("", "en")
def test_spans_hold_every_visible_character_once_and_in_order(text: str, language: Language) -> None:
    spans = sentence_spans(text, language)
    position = 0
    for span in spans:
        assert text[position : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        assert len(span.of(text).splitlines()) == 1
        position = span.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize("piece", [".", "?", "\"'", "( ", "'a ", '"a. ', "다. ", "U.S. ", "“", ".)", '다." ', "[1]."])
def test_long_odd_lines_come_back(piece: str) -> None:
    text = piece * 100_000
    spans = sentence_spans(text, "ko")
    assert (spans[0].start, spans[-1].end) == (0, len(text.rstrip()))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("쿠팡이 약속한 건 뭐야?", "ko"),
        ("Coupang이 뭘 약속했어?", "ko"),
        ("Kakao CEO Jung Shin-a 누구야?", "ko"),
        ("AI 투자 얼마", "ko"),
        ("ChatGPT는?", "ko"),
        ("그럼 카카오는?", "ko"),
        ("what did Coupang pledge?", "en"),
        ("What is 소상공인시장진흥공단?", "en"),
        ("what did 쿠팡 pledge?", "en"),
        ("쿠팡 pledge?", "en"),
        ("네이버 AI", "ko"),
        ("쿠팡", "ko"),
        ("Coupang", "en"),
        ("2024?", "en"),
        ("", "en"),
        ("네이버(NAVER)와 카카오(Kakao)는 6일 인공지능(AI) 협력 양해각서(MOU)를 체결했다고 밝혔다.", "ko"),
        ("Science minister Yoo Sang-im (유상임) met the heads of Naver (네이버) and Kakao (카카오) in Seoul.", "en"),
    ],
)
def test_detect(text: str, language: Language) -> None:
    assert detect(text) == language


def test_detect_reads_long_text_by_its_letters() -> None:
    assert detect("정부는 6일 the platform policy 를 발표했다. " * 50) == "ko"
    assert detect("The ministry (과기정통부) announced a policy on Wednesday. " * 50) == "en"
