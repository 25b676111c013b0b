# ruff: noqa: E501 -- lines of these pages are as long as newsrooms make them
"""Pages as readers save them, from newsrooms that do not exist: what goes in, and what must come out.

Every page is (text, lines that must stay, words that must be gone, title, publisher, author, published_at).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    name: str
    text: str
    article: str
    title: str | None
    publisher: str | None = None
    author: str | None = None
    published_at: str | None = None


SAVED_KOREAN = Page(
    "menus above, buttons, caption, byline, comment box below",
    """\
경제·산업 정치 사회
문화·연예 스포츠 글로벌
오피니언 포토·영상 기획&연재
한빛TV 이벤트 포럼

달토끼마켓·구름배달 "동네 가게와 함께"…수수료 내리고 정산 당긴다(종합)

본문 글자 크기 설정
글자크기 설정 시 다른 기사의 본문도 동일하게 적용됩니다.

중소벤처부, 달토끼마켓·구름배달과 상생 방안 논의

[한빛뉴스24 윤서하 기자] 한가람 중소벤처부 장관은 12일 서울 마포구 상생회관에서 배달 업계와 만나 동네 가게 지원 방안을 논의했다. 달토끼마켓과 구름배달은 각자 계획을 발표하며 '동행'에 나서겠다고 밝혔다.

왼쪽부터 한가람 중소벤처부 장관, 오다미 달토끼마켓 대표가 12일 상생회관에서 기념 사진을 촬영하고 있다. [사진=중소벤처부]

한 장관은 "배달은 동네 가게의 새 길이다. 함께 걸어야 한다"고 말했다.

◇달토끼마켓, 수수료 2%p 인하

달토끼마켓은 내년 3월부터 수수료를 9.8%에서 7.8%로 내린다. 정산 주기도 15일에서 3일로 줄인다.

구름배달은 포장 수수료를 받지 않기로 했다.

/윤서하 기자(seoha@hanbit24.example)



주요뉴스


공유하기

주소가 복사되었습니다.
원하는 곳에 붙여넣기 해주세요.
alert

댓글 쓰기 제목 달토끼마켓·구름배달 "동네 가게와 함께"…수수료 내리고 정산 당긴다(종합)

댓글-

첫 번째 댓글을 작성해 보세요.

로딩중
댓글 바로가기


오늘톡톡 인기 댓글을 확인해보세요.



TIMELINE



포토 S/T/O/R/Y""",
    """\
달토끼마켓·구름배달 "동네 가게와 함께"…수수료 내리고 정산 당긴다(종합)

중소벤처부, 달토끼마켓·구름배달과 상생 방안 논의

[한빛뉴스24 윤서하 기자] 한가람 중소벤처부 장관은 12일 서울 마포구 상생회관에서 배달 업계와 만나 동네 가게 지원 방안을 논의했다. 달토끼마켓과 구름배달은 각자 계획을 발표하며 '동행'에 나서겠다고 밝혔다.

왼쪽부터 한가람 중소벤처부 장관, 오다미 달토끼마켓 대표가 12일 상생회관에서 기념 사진을 촬영하고 있다. [사진=중소벤처부]

한 장관은 "배달은 동네 가게의 새 길이다. 함께 걸어야 한다"고 말했다.

◇달토끼마켓, 수수료 2%p 인하

달토끼마켓은 내년 3월부터 수수료를 9.8%에서 7.8%로 내린다. 정산 주기도 15일에서 3일로 줄인다.

구름배달은 포장 수수료를 받지 않기로 했다.

/윤서하 기자(seoha@hanbit24.example)""",
    '달토끼마켓·구름배달 "동네 가게와 함께"…수수료 내리고 정산 당긴다(종합)',
    "한빛뉴스24",
    "윤서하",
)

WIRE_KOREAN = Page(
    "a wire story: date line, dateline in brackets, related list in the middle, rights line",
    """\
본문 바로가기
홈
정치
경제
산업
사회
로그인
구름배달, 포장 수수료 없앤다
입력 2024.11.12 17:23
수정 2024.11.12 18:40
글자크기
인쇄하기
(서울=누리통신) 강도윤 기자 = 구름배달이 포장 주문에 받던 수수료를 없앤다고 12일 밝혔다.
구름배달 본사 [누리통신 자료사진]
적용 시점은 2025. 1. 1.이다. 대상은 전국 12만 가게다.
관련기사
달토끼마켓도 수수료 내린다
배달 업계 "출혈 경쟁 우려"
구름배달 관계자는 "가게가 살아야 배달도 산다"며 "내년에는 광고비도 낮추겠다"고 말했다.
dyk@nuri.example
제보는 카카오톡 okjebo
<저작권자(c) 누리통신, 무단 전재-재배포, AI 학습 및 활용 금지>2024/11/12 17:23 송고
많이 본 뉴스
1위 첫눈, 다음 주 온다
2위 달토끼마켓 정산 3일로
댓글 12
좋은 소식이네요. 우리 동네 가게들도 좋아하겠습니다.""",
    """\
구름배달, 포장 수수료 없앤다
(서울=누리통신) 강도윤 기자 = 구름배달이 포장 주문에 받던 수수료를 없앤다고 12일 밝혔다.
구름배달 본사 [누리통신 자료사진]
적용 시점은 2025. 1. 1.이다. 대상은 전국 12만 가게다.
구름배달 관계자는 "가게가 살아야 배달도 산다"며 "내년에는 광고비도 낮추겠다"고 말했다.
dyk@nuri.example""",
    "구름배달, 포장 수수료 없앤다",
    "누리통신",
    "강도윤",
    "2024-11-12T17:23:00+09:00",
)

LOCAL_KOREAN = Page(
    "a local paper: breadcrumb, reporter under the title, afternoon clock, rights line with the paper's name",
    """\
홈 > 지역 > 전북

전주 막걸리 골목, 불이 다시 켜졌다

문가온 기자
승인 2024-11-05 오후 2:07

공유
페이스북
카카오톡

"손님이 돌아왔어요."

막걸리 골목의 주전자 소리가 2년 만에 다시 들린다. 시는 간판 정비에 3억원을 썼다.

시장 상인회는 다음을 바란다.

- 주차장 40면
- 밤 11시 막차
- 공중화장실

문가온 기자 gaon@onnuri.example

저작권자 © 온누리일보 무단전재 및 재배포 금지

이 기사를 공유합니다
온누리일보 뉴스레터를 구독하세요!""",
    """\
전주 막걸리 골목, 불이 다시 켜졌다

문가온 기자

"손님이 돌아왔어요."

막걸리 골목의 주전자 소리가 2년 만에 다시 들린다. 시는 간판 정비에 3억원을 썼다.

시장 상인회는 다음을 바란다.

- 주차장 40면
- 밤 11시 막차
- 공중화장실

문가온 기자 gaon@onnuri.example""",
    "전주 막걸리 골목, 불이 다시 켜졌다",
    "온누리일보",
    "문가온",
    "2024-11-05T14:07:00+09:00",
)

SAVED_ENGLISH = Page(
    "cookie notice, menu, share row, byline, newsletter box, related list, rights line",
    """\
Skip to main content
We use cookies to improve your experience on our site.
Accept all cookies
Home
News
Business
Technology
Opinion
Subscribe

Moonrabbit Market to cut fees for small shops

By Harper Quinn
Published: Nov. 12, 2024, 5:23 p.m. KST
Share this article
Facebook Twitter LinkedIn Email

SEOUL (Harbor Wire) - Moonrabbit Market will lower its commission from 9.8% to 7.8% next March, the company said on Tuesday. "Shops come first. Delivery comes second," Chief Executive Oh Da-mi said.

Advertisement

The platform will also pay merchants within three days instead of 15.

Related articles
Cloud Delivery drops takeout fee
Rivals fear a price war

Some 120,000 shops in the U.S. and Korea are covered. It is the first cut since 2019.

Sign up for our newsletter
Get the Morning Brief delivered to your inbox.

© 2024 Harbor Wire. All rights reserved.
Most read
Snow is coming next week
Comments (3)
Great news. I love it here in my little shop.""",
    """\
Moonrabbit Market to cut fees for small shops

By Harper Quinn

SEOUL (Harbor Wire) - Moonrabbit Market will lower its commission from 9.8% to 7.8% next March, the company said on Tuesday. "Shops come first. Delivery comes second," Chief Executive Oh Da-mi said.

The platform will also pay merchants within three days instead of 15.

Some 120,000 shops in the U.S. and Korea are covered. It is the first cut since 2019.""",
    "Moonrabbit Market to cut fees for small shops",
    "Harbor Wire",
    "Harper Quinn",
    "2024-11-12T17:23:00+09:00",
)

TWO_AUTHORS = Page(
    "two authors, a date without a zone, a long goodbye",
    """\
# Cloud Delivery drops takeout fee

By Robin Vale and Sam Okafor, The Tidewater Post
November 12, 2024

Cloud Delivery said it would stop charging shops for takeout orders. Why now? "Because they asked," a spokesperson said.

The change starts Jan. 1, 2025.

Read more
Moonrabbit Market to cut fees
Join the conversation
Terms of Service""",
    """\
# Cloud Delivery drops takeout fee

By Robin Vale and Sam Okafor, The Tidewater Post
November 12, 2024

Cloud Delivery said it would stop charging shops for takeout orders. Why now? "Because they asked," a spokesperson said.

The change starts Jan. 1, 2025.""",
    "Cloud Delivery drops takeout fee",
    "The Tidewater Post",
    "Robin Vale, Sam Okafor",
    "2024-11-12",
)

COLUMN_KOREAN = Page(
    "a column: equals sign in the bracket, several share words on one line, reporter page box",
    """\
[기자수첩] 배달비의 온도

입력 : 2024-11-20 06:00:00   수정 : 2024-11-20 09:12:44
페이스북 트위터 카카오톡 URL복사 인쇄
글자크기 가 가 가 가

[샛별경제=노을 기자] 배달비는 누가 내는가. 이 질문에 답하는 이는 드물다.

소비자는 가게가 낸다고 믿는다.
가게는 소비자가 낸다고 믿는다.
플랫폼은 말이 없다.

그러나 영수증은 말한다. 3,000원 가운데 1,200원이 가게 몫이었다.

노을 기자의 다른기사 보기
ⓒ 샛별경제 & saetbyeol.example, 무단전재 및 재배포 금지
이 기사 어떠셨나요?
좋아요 3 화나요 1 후속기사 원해요 9""",
    """\
[기자수첩] 배달비의 온도

[샛별경제=노을 기자] 배달비는 누가 내는가. 이 질문에 답하는 이는 드물다.

소비자는 가게가 낸다고 믿는다.
가게는 소비자가 낸다고 믿는다.
플랫폼은 말이 없다.

그러나 영수증은 말한다. 3,000원 가운데 1,200원이 가게 몫이었다.""",
    "[기자수첩] 배달비의 온도",
    "샛별경제",
    "노을",
    "2024-11-20T06:00:00+09:00",
)

TICKER_KOREAN = Page(
    "a ticker and the site's name above the title, counters, tags and footer below",
    """\
데일리모아
로그인 | 회원가입 | 전체기사
2024년 11월 20일 (수)
뉴스 경제 사회 IT 오피니언
속보 [속보] 내일 전국에 눈
[단독] 하늘바다, 1500억 들여 물류센터 짓는다
박하늘 기자 (sky@moa.example)
기자페이지
등록 2024.11.20 08:15
댓글 0
가
하늘바다 물류센터 조감도. /하늘바다 제공

하늘바다가 경남 김해에 1500억원을 들여 물류센터를 짓는다. 내년 상반기 착공한다.

하늘바다는 20일 경상남도와 투자협약을 맺었다. 일자리 800개가 생긴다.

박완서 대표는 "남부권 배송이 하루 빨라진다"고 했다.

[사진] 하늘바다 물류센터 조감도
박하늘 기자 sky@moa.example
<ⓒ데일리모아, 무단 전재 및 재배포 금지>
#하늘바다 #물류센터 #김해
좋아요 0
훈훈해요 0
많이 본 기사
1
내일 전국에 눈
2
하늘바다 물류센터
회사소개 | 광고문의 | 개인정보처리방침 | 청소년보호정책
서울시 중구 세종대로 1 | 대표전화 02-000-0000
""",
    """\
[단독] 하늘바다, 1500억 들여 물류센터 짓는다
박하늘 기자 (sky@moa.example)
하늘바다 물류센터 조감도. /하늘바다 제공

하늘바다가 경남 김해에 1500억원을 들여 물류센터를 짓는다. 내년 상반기 착공한다.

하늘바다는 20일 경상남도와 투자협약을 맺었다. 일자리 800개가 생긴다.

박완서 대표는 "남부권 배송이 하루 빨라진다"고 했다.

[사진] 하늘바다 물류센터 조감도
박하늘 기자 sky@moa.example""",
    "[단독] 하늘바다, 1500억 들여 물류센터 짓는다",
    "데일리모아",
    "박하늘",
    "2024-11-20T08:15:00+09:00",
)

ABOUT_THE_AUTHOR = Page(
    "the paper's name above, updated and published on one line, counters, who the author is below",
    """\
The Tidewater Post
Search
Sign In
Subscribe
BUSINESS
Cloud Delivery drops takeout fee
The move follows a rival's cut
Robin Vale
Updated November 13, 2024 at 9:02 a.m. EST|Published November 12, 2024 at 5:23 p.m. EST
4 min
Share
Comment
12
Save
A courier in Seoul on Tuesday. (Sam Okafor/The Tidewater Post)
Cloud Delivery said Tuesday it would stop charging shops for takeout orders.
“They asked. We listened,” Chief Executive Lee Na-ri said.
Analysts were skeptical.
Gift Article
What readers are saying
Comments are AI-generated summaries.
Share
12 Comments
Robin Vale is a reporter for The Tidewater Post. @robinvale
Most Read Business
1
Snow is coming
Company
About The Post
""",
    """\
Cloud Delivery drops takeout fee
The move follows a rival's cut
Robin Vale
A courier in Seoul on Tuesday. (Sam Okafor/The Tidewater Post)
Cloud Delivery said Tuesday it would stop charging shops for takeout orders.
“They asked. We listened,” Chief Executive Lee Na-ri said.
Analysts were skeptical.""",
    "Cloud Delivery drops takeout fee",
    "The Tidewater Post",
    "Robin Vale",
    "2024-11-12T17:23:00-05:00",
)

TEXT_PAGES = (
    SAVED_KOREAN,
    WIRE_KOREAN,
    LOCAL_KOREAN,
    SAVED_ENGLISH,
    TWO_AUTHORS,
    COLUMN_KOREAN,
    TICKER_KOREAN,
    ABOUT_THE_AUTHOR,
)

KOREAN_HTML = """\
<!DOCTYPE html><html lang="ko"><head><meta charset="euc-kr"><title>구름배달, 포장 수수료 없앤다 - 누리통신</title>
<meta property="og:title" content="구름배달, 포장 수수료 없앤다 | 누리통신"><meta property="og:site_name" content="누리통신">
<link rel="canonical" href="https://nuri.example/news/20241112-1">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BreadcrumbList"},
{"@type":"NewsArticle","headline":"구름배달, 포장 수수료 없앤다","datePublished":"2024-11-12T17:23:00+09:00",
"author":[{"@type":"Person","name":"강도윤 기자"}],"publisher":{"@type":"Organization","name":"누리통신"}}]}</script>
</head><body><nav><ul><li><a href="/a">정치</a></li><li><a href="/b">경제</a></li><li><a href="/c">사회</a></li></ul></nav>
<header><h1>구름배달, 포장 수수료 없앤다</h1><p>입력 2024.11.12 17:23</p><button>글자크기</button></header>
<article><h2>내년부터 전국 12만 가게에</h2>
<figure><img src="a.jpg" alt=""><figcaption>구름배달 본사 전경. [사진=구름배달]</figcaption></figure>
<p>(서울=누리통신) 강도윤 기자 = 구름배달이 포장 주문에 받던 수수료를 없앤다고 12일 밝혔다. 대상은 전국 12만 가게다.<br>
적용 시점은 2025. 1. 1.이다.</p>
<p>구름배달 관계자는 "가게가 살아야 <b>배달도</b> 산다"며 "내년에는 <a href="/x">광고비도</a> 낮추겠다"고 말했다.</p>
<ul><li>포장 수수료 폐지</li><li>광고비 인하</li></ul>
<blockquote>상생은 약속이다.</blockquote>
<p>강도윤 기자 dyk@nuri.example</p></article>
<div class="related"><h3>관련기사</h3><ul><li><a href="1">달토끼마켓도 수수료 내린다</a></li>
<li><a href="2">배달 업계 "출혈 경쟁 우려"</a></li></ul></div>
<div class="comments"><p>댓글 3</p><p>좋은 기사네요.</p></div>
<footer>ⓒ 누리통신 무단 전재 및 재배포 금지</footer></body></html>"""

ENGLISH_HTML = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Moonrabbit Market to cut fees | Harbor Wire</title>
<meta property="og:site_name" content="Harbor Wire"><meta name="author" content="By Harper Quinn">
<meta property="article:published_time" content="2024-11-12T08:23:00Z"></head><body>
<div role="dialog"><p>We use cookies to improve your experience.</p><button>Accept all</button></div>
<nav><a href="/">Home</a><a href="/news">News</a><a href="/biz">Business</a></nav>
<main><h1>Moonrabbit Market to cut fees</h1><p>By Harper Quinn</p>
<div class="share"><a href="#">Facebook</a> <a href="#">Twitter</a> <a href="#">Email</a></div>
<p>Moonrabbit Market will lower its commission from 9.8% to 7.8% next March, the company said on Tuesday.
"Shops come first," Chief Executive Oh Da-mi said.</p>
<p>The platform will also pay merchants within three days instead of 15. Some 120,000 shops are covered.</p>
<aside><h3>Related articles</h3><p><a href="/1">Cloud Delivery drops takeout fee</a></p></aside>
<p>It is the first cut since 2019, when the market opened its doors to shops outside the capital.</p>
<div class="newsletter"><h4>Sign up for our newsletter</h4><form><input type="email"><button>Go</button></form></div></main>
<footer>© 2024 Harbor Wire. All rights reserved.</footer></body></html>"""

CLEAN = (
    "쿠팡은 6일 지원을 약속했다.",
    "봄밤\n\n  바람이 분다\n  홈으로 가는 길\n  검색하듯 별을 세다\n\n닫기 전에\n다음을 묻는다",
    "장보기\n\n- 우유\n- 달걀\n- 공유기\n\n끝.",
    "메뉴는 다음과 같다.\n\n정치\n경제\n사회\n문화\n\n독자는 그 가운데 하나를 고른다.",
    "Home\n\nI came home late.\nThe door was closed.\n\n  Next\n  to it, a light.\n\nMore\nor less.",
    "Q. 왜 지금인가?\nA. 가게가 원해서다.\n\nQ. 비용은?\nA. 3억원.",
    '"댓글은 남기지 마세요."\n\n그가 남긴 마지막 글이다. 2024년 11월 6일의 일이었다.',
    "2024년 11월 6일\n\n오늘은 비가 왔다.\n우산을 잃어버렸다.",
    "Meeting notes\n\n1. Share the plan.\n2. Print it.\n3. Email the team.\n\nSubscribe to nothing. Trust no one.",
    "첫째 문단이다. 쿠팡이 낸 자료다.\n\n\n\n둘째 문단은 네 줄 아래에 있다.\n\t들여 쓴 줄도 있다.",
)
