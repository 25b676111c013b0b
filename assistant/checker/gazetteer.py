"""Word lists for finding names: titles, kinds of company, places, family names, roles, noun endings, countries."""

import re

# Capitalised, but not a name of its own.
TITLES = frozenset(
    """
    the a an in on at of for to from by and but or it its he she they we i his her their this that these those there
    mr mrs ms dr sir mp mps mep meps ceo ceos
    prof professor president minister prime chairman chairwoman chair chief executive ceo coach
    captain director
    judge justice senator governor mayor secretary general king queen prince princess pope lawyer attorney candidate
    researcher defender midfielder striker goalkeeper forward pitcher jury actor actress singer author writer novelist
    representative spokesman spokeswoman commissioner ambassador vice deputy former first second lady officer
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer autumn winter celsius fahrenheit am pm phase
    after before when while as if since until during under over about around nearly more most some no not nobody none
    both each every all many few several another other only also then now here what who which where why how one two
    three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred half at with without
    between among following according despite although because once through against by unlike like so yet than
    critics officials police residents voters researchers doctors experts engineers farmers organisers
    organizers prosecutors
    lawmakers visitors investigators authorities rescuers analysts economists scientists workers students
    teachers players
    company companies government ministry court city council board union state states republic national
    international global
    co inc ltd corp corporation group party committee commission agency department bureau office ministry bank
    university
    institute association foundation news times daily centre center county province district river island
    islands bay sea
    mount lake cup league open world championship games award prize project plan act law bill
    """.split()
)
# Also ordinary words (delivery, means, that is), or said of what is in them (an African country).
AMBIGUOUS_PLACES = frozenset(
    "인도 수단 이란 가나 개성 가자 고성 사천 진도 영주 상주 파리 니스 로마 대전 광주 우리 "
    "아시아 유럽 아프리카 북미 남미 중동".split()
)
CONTINENTS = frozenset("Asia Asian Africa African Europe European American Western Eastern".split())
# Loan words that are no names, though they sound like their English.
EVERYDAY_LOANS = frozenset(
    """
    경기 서비스 모델 코치 프로그램 시스템 버스 택시 컴퓨터 인터넷 카메라 프로젝트 센터 그룹 스포츠 게임 리그 에너지
    데이터 뉴스 드라마 콘서트 티켓 호텔 아파트 엘리베이터 터널 트럭 드론 로봇 바이러스 백신 마스크 플라스틱 카드
    온라인 디지털 스마트 커피 카페 피자 치킨 와인 아이디어 이벤트 캠페인 포럼 세미나 인터뷰 메시지 사이트 콘텐츠
    채널 소프트웨어 하드웨어 스튜디오 앨범 투어 무대 슈퍼마켓 마트 브랜드 디자인 시리즈 페이지 테스트 리포트
    스캔들 테러 쇼핑 레스토랑 메뉴 서버 파일 클럽 코스 배터리 엔진 타이어 핸들 브레이크 페인트 시멘트 케이블
    기타 달러 유로 하마 라고 우리 지나 갤러리 펀드 스트리트
    모터 펌프 탱크 미사일 헬기 헬리콥터 요트 보트 트랙터 오토바이
    """.split()
)
# What a text may leave unsaid to readers at home, and one in the other language says.
HOME = frozenset("South Korea Korean Koreans Seoul".split())
UNSAID_PLACES = frozenset("한국 미국 서울 국내".split())
# What is called by the place where it is: 인천항, 서울고법.
PLACE_ENDINGS = (
    "항 공항 국제공항 역 시청 시 군 구 도 대 대학교 지법 고법 지방법원 고등법원 지검 지방검찰청 경찰서 경찰청 "
    "시장 도지사 교육청 병원 시의회 도의회 박물관 미술관"
).split()

# They say what kind of company it is, and are often translated or left out.
COMPANY_WORDS = frozenset(
    """
    pharma pharmaceutical pharmaceuticals electronics construction telecom telecommunications motor motors
    chemical chemicals
    energy holdings securities insurance engineering industries industrial heavy systems technologies technology tech
    entertainment foods food airlines air airways shipbuilding steel life card capital partners labs studio
    studios media networks
    solutions bio biologics retail logistics mobility games software semiconductor materials shipping hospital
    church school
    """.split()
)
COMPANY_ENDINGS = tuple(
    "중공업 자동차 전자 건설 화학 제철 물산 증권 생명 화재 카드 항공 백화점 그룹 은행 병원 대학교 신문 일보 제약 "
    "바이오 조선 해운 통신 텔레콤 식품 호텔 캐피탈 보험 초등학교 중학교 고등학교 재단 방송".split()
)
PLACES = frozenset(
    """
    서울 부산 대구 인천 광주 대전 울산 세종 수원 성남 고양 용인 창원 청주 전주 천안 포항 경주 김해 구미 춘천
    원주 강릉 속초 동해 삼척 목포 여수
    순천 광양 군산 익산 제주 서귀포 안동 진주 통영 거제 평택 화성 안산 안양 부천 의정부 파주 김포 남양주 충주
    제천 아산 서산 당진 보령 나주
    정읍 남원 김천 영천 상주 문경 밀양 양산 사천 철원 홍천 평창 정선 영월 태백 고성 양양 인제 울릉 독도 판문점
    개성 평양 신의주
    강원 충북 충남 전북 전남 경북 경남 경기도 강원도 충청북도 충청남도 전라북도 전라남도 경상북도 경상남도 제주도
    미국 중국 일본 한국 북한 러시아 영국 프랑스 독일 이탈리아 스페인 포르투갈 네덜란드 벨기에 스위스 오스트리아
    스웨덴 노르웨이 덴마크 핀란드
    폴란드 체코 헝가리 그리스 튀르키예 터키 우크라이나 이스라엘 팔레스타인 이란 이라크 시리아 레바논 요르단
    사우디아라비아 카타르 이집트 리비아
    튀니지 모로코 알제리 남아프리카공화국 나이지리아 케냐 에티오피아 수단 가나 인도 파키스탄 방글라데시 스리랑카
    네팔 태국 베트남 캄보디아 라오스
    미얀마 말레이시아 싱가포르 인도네시아 필리핀 대만 홍콩 몽골 카자흐스탄 우즈베키스탄 호주 뉴질랜드 캐나다
    멕시코 쿠바 브라질 아르헨티나 칠레 페루
    콜롬비아 베네수엘라 에콰도르 아일랜드 아이슬란드 크로아티아 세르비아 루마니아 불가리아 아프가니스탄
    뉴욕 워싱턴 로스앤젤레스 시카고 보스턴 샌프란시스코 시애틀 휴스턴 애틀랜타 마이애미 런던 맨체스터 리버풀
    파리 리옹 마르세유 니스 베를린 뮌헨
    함부르크 프랑크푸르트 로마 밀라노 나폴리 베네치아 마드리드 바르셀로나 리스본 암스테르담 브뤼셀 제네바 취리히
    빈 프라하 부다페스트 바르샤바
    스톡홀름 오슬로 코펜하겐 헬싱키 더블린 아테네 이스탄불 모스크바 키이우 예루살렘 가자 텔아비브 두바이 도하
    테헤란 카이로 베이징 상하이 선전
    광저우 칭다오 타이베이 도쿄 오사카 교토 후쿠오카 삿포로 나고야 요코하마 히로시마 하노이 호찌민 방콕 마닐라
    자카르타 쿠알라룸푸르 뉴델리
    뭄바이 시드니 멜버른 브리즈번 오클랜드 토론토 밴쿠버 몬트리올 멕시코시티 상파울루 리우데자네이루
    부에노스아이레스 산티아고
    유니세프 유네스코 나토 적십자 국제적십자사 세계보건기구 국제통화기금 세계은행 국제연합 유럽연합 유엔
    그린피스 국경없는의사회 국제노동기구
    한국은행 금융감독원 금융위원회 공정거래위원회 기획재정부 국세청 관세청 기상청 통계청 질병관리청 국방부
    외교부 통일부 법무부 교육부 환경부
    국토교통부 보건복지부 고용노동부 산업통상자원부 행정안전부 문화체육관광부 농림축산식품부 해양수산부
    중소벤처기업부 과학기술정보통신부 여성가족부
    헌법재판소 대법원 감사원 방송통신위원회 한국전력 국민연금공단
    아시아 유럽 아프리카 북미 남미 중동
    """.split()
)
SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성"
    "차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕봉어맹편피옥예인금은국두경용탁육제라단"
)
ROLES = (
    "교수|대표|의원|장관|차관|총리|대통령|시장|지사|도지사|군수|구청장|회장|부회장|사장|부사장|이사장|이사|"
    "위원장|위원|원장|총재|총장|학장|청장|국장|과장|실장|"
    "팀장|본부장|센터장|소장|단장|감독|코치|선수|작가|감독|배우|가수|변호사|판사|검사|기자|앵커|연구원|박사|"
    "의사|간호사|후보|씨|군|양|대변인|비서관|수석|"
    "특사|대사|사무총장|총장|주교|추기경|스님|목사|신부|화가|시인|소설가|디자이너|셰프|투수|포수|타자|공격수|"
    "수비수|미드필더|골키퍼|심판|병장|대위|소령|중령|대령|장군|사령관|경감|경위"
)

PARTICLE = (
    r"(?:은|는|이|가|을|를|의|에|와|과|도|에게|에서|로|으로|께서|에는|에서는|보다|부터|까지|이나|이라고|"
    r"라고|라는|처럼|만|뿐|에게서|한테|측은|측이|측|씨는|씨가|씨)"
)

# Endings that make a common noun of what stands before them.
NOUN_ENDINGS = tuple(
    "들 장 자 원 관 사 소 실 부 과 회 팀 층 성 용 형 화 률 율 량 액 비 료 세 금 권 식 전 후 내 외 간 측 씨 님 "
    "급 제 법 안 론 력 품 물 점 지 기 복 차 선 역 적 "
    "대 단 군 구 시 도 국 청 서 인 가 수 생 학 값 폭 때 곳 말 초 중 하 상 위 편 분 째 당 여 별 판 본 책 집 방 "
    "문 길 터 철 탑 띠 줄 꾼 뿐 망 권 채 호 기 항 급 층 "
    "사업 대회 시설 센터 업체 회사 지역 단체 제도 정책 기업 공장 운동 행사 계획 은행 병원 학교 대학 기관 선수 "
    "대표 위원 직원 주민 시민".split()
)

# How English text and Korean headlines call what does not sound the same in both.
SPOKEN_OF_AS = {
    "서울": re.compile(r"(?:Greater )?Seoul|수도권", re.IGNORECASE),
    "미국": re.compile(r"\b(?:The )?(?:US|U\.S\.?|USA|United States|America\w*|Washington)\b|미[·\s(]|한미|미중|"
    r"(?<![가-힣])미(?=\s)|주미|대미"),
    "영국": re.compile(r"\b(?:The )?(?:UK|U\.K\.?|Britain|British|England|English|London)\b|英"),
    "한국": re.compile(r"\b(?:South )?(?:Korea\w*|Seoul)\b|국내|우리나라|한미|한일|한중|한[·]"),
    "북한": re.compile(r"\b(?:North Korea\w*|Pyongyang|DPRK|the North)\b|\bNorth(?![a-z ])|"
    r"북[·]|남북|대북|방북|탈북|북송"),
    "중국": re.compile(r"\b(?:China|Chinese|Beijing)\b|한중|미중|중[·]"),
    "일본": re.compile(r"\b(?:Japan\w*|Tokyo)\b|한일|일제|일[·]"),
    "유럽": re.compile(r"\b(?:Europe\w*|EU|euro\w*)\b", re.IGNORECASE),
    "유럽연합": re.compile(r"\b(?:European Union|European Commission|EU|Brussels)\b|EU|집행위|브뤼셀"),
    "유엔": re.compile(r"\b(?:The )?(?:UN|U\.N\.?|United Nations|Security Council)\b|국제연합|유엔"),
    "남미": re.compile(r"South America\w*|Latin America\w*"),
    "북미": re.compile(r"North America\w*|북중미"),
    "중동": re.compile(r"(?:the )?Middle East\w*|Mideast"),
    "아시아": re.compile(r"Asia\w*"),
    "아프리카": re.compile(r"Africa\w*"),
    "튀르키예": re.compile(r"Turk\w*|Türkiye|터키"),
    "터키": re.compile(r"Turk\w*|Türkiye|튀르키예"),
    "독일": re.compile(r"German\w*"),
    "프랑스": re.compile(r"France|French"),
    "네덜란드": re.compile(r"(?:the )?Netherlands|Dutch"),
    "스위스": re.compile(r"Switzerland|Swiss"),
    "스페인": re.compile(r"Spain|Spanish"),
    "덴마크": re.compile(r"Denmark|Danish|Danes"),
    "폴란드": re.compile(r"Poland|Polish"),
    "그리스": re.compile(r"Greece|Greek"),
    "체코": re.compile(r"Czech\w*"),
    "러시아": re.compile(r"Russia\w*|Moscow"),
    "아일랜드": re.compile(r"Ireland|Irish"),
    "노르웨이": re.compile(r"Norw\w*"),
    "스웨덴": re.compile(r"Swed\w*"),
    "벨기에": re.compile(r"Belgi\w*"),
    "포르투갈": re.compile(r"Portug\w*"),
    "이탈리아": re.compile(r"Ital\w*"),
    "태국": re.compile(r"Thai\w*"),
    "필리핀": re.compile(r"(?:the )?Philippine\w*|Filipino"),
    "우크라이나": re.compile(r"Ukrain\w*|Kyiv"),
    "사우디아라비아": re.compile(r"Saudi\w*(?: Arabia)?|사우디"),
    "전북": re.compile(r"North Jeolla(?: Province)?|전라북도|전북특별자치도"),
    "전남": re.compile(r"South Jeolla(?: Province)?|전라남도"),
    "경북": re.compile(r"North Gyeongsang(?: Province)?|경상북도"),
    "경남": re.compile(r"South Gyeongsang(?: Province)?|경상남도"),
    "충북": re.compile(r"North Chungcheong(?: Province)?|충청북도"),
    "충남": re.compile(r"South Chungcheong(?: Province)?|충청남도"),
    "인도": re.compile(r"India\w*"),
    "가자": re.compile(r"Gaza\w*"),
    "빈": re.compile(r"Vienna|Wien"),
}  # fmt: skip
