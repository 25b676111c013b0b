"""Names of people, places and organisations in a claim, and whether the cited text has them in either script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.alignment import SOUNDS_ALIKE, Word, same_word, stem_of, translated
from assistant.names import shipped_names
from assistant.romanise import similarity
from assistant.translation import commonness, is_known, translations
from ingest.tokens import is_hangul

_CAPITALISED = re.compile(
    r"(?<![A-Za-zÀ-ɏ\d'’])(?P<name>[A-ZÀ-Þ][A-Za-z\dÀ-ɏ]*(?:[-'’.&]?[A-Za-zÀ-ɏ]+)*"
    r"(?:\s(?:of|de|da|van|von|der|la|le|bin|al|&)(?=\s[A-ZÀ-Þ])|\s[A-ZÀ-Þ][A-Za-z\dÀ-ɏ]*(?:[-'’.&]?[A-Za-zÀ-ɏ]+)*)*)"
)
# Capitalised, but not a name of its own.
_TITLES = frozenset(
    """
    the a an in on at of for to from by and but or it its he she they we i his her their this that these those there
    mr mrs ms dr sir prof professor president minister prime chairman chairwoman chair chief executive ceo coach captain director
    judge justice senator governor mayor secretary general king queen prince princess pope lawyer attorney candidate
    researcher defender midfielder striker goalkeeper forward pitcher jury actor actress singer author writer novelist
    representative spokesman spokeswoman commissioner ambassador vice deputy former first second lady officer
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer autumn winter celsius fahrenheit am pm phase
    after before when while as if since until during under over about around nearly more most some no not nobody none
    both each every all many few several another other only also then now here what who which where why how one two
    three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred half at with without
    between among following according despite although because once through against by unlike like so yet than
    critics officials police residents voters researchers doctors experts engineers farmers organisers organizers prosecutors
    lawmakers visitors investigators authorities rescuers analysts economists scientists workers students teachers players
    company companies government ministry court city council board union state states republic national international global
    co inc ltd corp corporation group party committee commission agency department bureau office ministry bank university
    institute association foundation news times daily centre center county province district river island islands bay sea
    mount lake cup league open world championship games award prize project plan act law bill
    """.split()
)
# They say what kind of company it is, and are often translated or left out.
_COMPANY_WORDS = frozenset(
    """
    pharma pharmaceutical pharmaceuticals electronics construction telecom telecommunications motor motors chemical chemicals
    energy holdings securities insurance engineering industries industrial heavy systems technologies technology tech
    entertainment foods food airlines air airways shipbuilding steel life card capital partners labs studio studios media networks
    solutions bio biologics retail logistics mobility games software semiconductor materials shipping hospital church school
    """.split()
)
_GIVEN_NAME = re.compile(r"[A-Z][a-z]{1,6}-[A-Za-z][a-z]{0,6}")
# The share of sentences from which a word counts as an everyday one.
_EVERYDAY = 2e-4
_RARE = 3e-5
_PLACES = frozenset(
    """
    서울 부산 대구 인천 광주 대전 울산 세종 수원 성남 고양 용인 창원 청주 전주 천안 포항 경주 김해 구미 춘천 원주 강릉 속초 동해 삼척 목포 여수
    순천 광양 군산 익산 제주 서귀포 안동 진주 통영 거제 평택 화성 안산 안양 부천 의정부 파주 김포 남양주 충주 제천 아산 서산 당진 보령 나주
    정읍 남원 김천 영천 상주 문경 밀양 양산 사천 철원 홍천 평창 정선 영월 태백 고성 양양 인제 울릉 독도 판문점 개성 평양 신의주
    강원 충북 충남 전북 전남 경북 경남 경기도 강원도 충청북도 충청남도 전라북도 전라남도 경상북도 경상남도 제주도
    미국 중국 일본 한국 북한 러시아 영국 프랑스 독일 이탈리아 스페인 포르투갈 네덜란드 벨기에 스위스 오스트리아 스웨덴 노르웨이 덴마크 핀란드
    폴란드 체코 헝가리 그리스 튀르키예 터키 우크라이나 이스라엘 팔레스타인 이란 이라크 시리아 레바논 요르단 사우디아라비아 카타르 이집트 리비아
    튀니지 모로코 알제리 남아프리카공화국 나이지리아 케냐 에티오피아 수단 가나 인도 파키스탄 방글라데시 스리랑카 네팔 태국 베트남 캄보디아 라오스
    미얀마 말레이시아 싱가포르 인도네시아 필리핀 대만 홍콩 몽골 카자흐스탄 우즈베키스탄 호주 뉴질랜드 캐나다 멕시코 쿠바 브라질 아르헨티나 칠레 페루
    콜롬비아 베네수엘라 에콰도르 아일랜드 아이슬란드 크로아티아 세르비아 루마니아 불가리아 아프가니스탄
    뉴욕 워싱턴 로스앤젤레스 시카고 보스턴 샌프란시스코 시애틀 휴스턴 애틀랜타 마이애미 런던 맨체스터 리버풀 파리 리옹 마르세유 니스 베를린 뮌헨
    함부르크 프랑크푸르트 로마 밀라노 나폴리 베네치아 마드리드 바르셀로나 리스본 암스테르담 브뤼셀 제네바 취리히 빈 프라하 부다페스트 바르샤바
    스톡홀름 오슬로 코펜하겐 헬싱키 더블린 아테네 이스탄불 모스크바 키이우 예루살렘 가자 텔아비브 두바이 도하 테헤란 카이로 베이징 상하이 선전
    광저우 칭다오 타이베이 도쿄 오사카 교토 후쿠오카 삿포로 나고야 요코하마 히로시마 하노이 호찌민 방콕 마닐라 자카르타 쿠알라룸푸르 뉴델리
    뭄바이 시드니 멜버른 브리즈번 오클랜드 토론토 밴쿠버 몬트리올 멕시코시티 상파울루 리우데자네이루 부에노스아이레스 산티아고
    유니세프 유네스코 나토 적십자 국제적십자사 세계보건기구 국제통화기금 세계은행 국제연합 유럽연합 유엔 그린피스 국경없는의사회 국제노동기구
    한국은행 금융감독원 금융위원회 공정거래위원회 기획재정부 국세청 관세청 기상청 통계청 질병관리청 국방부 외교부 통일부 법무부 교육부 환경부
    국토교통부 보건복지부 고용노동부 산업통상자원부 행정안전부 문화체육관광부 농림축산식품부 해양수산부 중소벤처기업부 과학기술정보통신부 여성가족부
    헌법재판소 대법원 감사원 방송통신위원회 한국전력 국민연금공단
    아시아 유럽 아프리카 북미 남미 중동
    """.split()
)
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕"
_ROLES = (
    "교수|대표|의원|장관|차관|총리|대통령|시장|지사|도지사|군수|구청장|회장|부회장|사장|부사장|이사장|이사|위원장|위원|원장|총재|총장|학장|청장|국장|과장|실장|"
    "팀장|본부장|센터장|소장|단장|감독|코치|선수|작가|감독|배우|가수|변호사|판사|검사|기자|앵커|연구원|박사|의사|간호사|후보|씨|군|양|대변인|비서관|수석|"
    "특사|대사|사무총장|총장|주교|추기경|스님|목사|신부|화가|시인|소설가|디자이너|셰프|투수|포수|타자|공격수|수비수|미드필더|골키퍼|심판|병장|대위|소령|중령|대령|장군|사령관|경감|경위"
)
_PERSON = re.compile(rf"(?<![가-힣\d])(?P<name>[{_SURNAMES}][가-힣]{{1,2}})\s(?=(?:{_ROLES})(?![가-힣]{{3}}))")
_PARTICLE = r"(?:은|는|이|가|을|를|의|에|와|과|도|에게|에서|로|으로|께서|에는|에서는|보다|부터|까지|이나|이라고|라고|라는|처럼|만|뿐|에게서|한테|측은|측이|측|씨는|씨가|씨)"
_HANGUL = re.compile("[가-힣]")
_NOMINAL = re.compile(rf"(?<![가-힣A-Za-z\d])(?P<word>[가-힣]{{2,8}}?)(?P<particle>{_PARTICLE})?(?![가-힣])")
_VERBAL = re.compile(
    r"(?:다|고|며|면|게|지|던|된|한|할|했|하|해|돼|되|될|져|진|려|러|서|자|음|임|기|는|은|을|든|린|난|친|킨|인|운|온|른|든|쓴|낸|낼|일|어|여|워|와|라|까|네|죠|요|듯|채|뒤|긴|론|길|릴|질|칠|킬|을|를|록|도)$"
)
# A syllable that ends in ㅆ is the past or 있, 겠: a verb.
_PAST = re.compile("[" + "".join(chr(code) for code in range(0xAC00 + 20, 0xD7A4, 28)) + "]")
# Endings that make a common noun of what stands before them.
_NOUN_ENDINGS = tuple(
    "들 장 자 원 관 사 소 실 부 과 회 팀 층 성 용 형 화 률 율 량 액 비 료 세 금 권 식 전 후 내 외 간 측 씨 님 급 제 법 안 론 력 품 물 점 지 기 복 차 선 역 적 "
    "대 단 군 구 시 도 국 청 서 인 가 수 생 학 값 폭 때 곳 말 초 중 하 상 위 편 분 째 당 여 별 판 본 책 집 방 문 길 터 철 탑 띠 줄 꾼 뿐 망 권 채 호 기 항 급 층 "
    "사업 대회 시설 센터 업체 회사 지역 단체 제도 정책 기업 공장 운동 행사 계획 은행 병원 학교 대학 기관 선수 대표 위원 직원 주민 시민".split()
)


@dataclass(frozen=True)
class Mention:
    """A name in a text, at `text[start:end]`, as its words.

    A name that is not `certain` may also be an ordinary word: one that begins an English sentence, or a loan word.
    """

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    certain: bool = True


def names_not_in(claim: str, cited: str, claim_words: Sequence[Word], cited_words: Sequence[Word]) -> list[Mention]:
    """The names of `claim` that `cited` has in no spelling.

    A word that only may be a name counts when `cited` has a name in its place, one that `claim` leaves out.
    """
    absent = _absent(claim, cited, cited_words)
    if all(mention.certain for mention in absent):
        return absent
    left_out = [mention for mention in _absent(cited, claim, claim_words) if mention.certain or _is_rare(mention)]
    if not left_out:
        return [mention for mention in absent if mention.certain]
    return absent


def names_of(text: str) -> list[Mention]:
    """The names of a text, those that may be ordinary words left out."""
    found = [*_english_names(text, crossing=False), *_korean_names(text)]
    return [mention for mention in found if mention.certain]


def _is_rare(mention: Mention) -> bool:
    """Whether what may be a name is no everyday word."""
    if is_hangul(mention.text):
        return commonness(stem_of(mention.text)) < _EVERYDAY
    return not all(map(_is_ordinary, mention.words))


def _absent(text: str, other: str, other_words: Sequence[Word]) -> list[Mention]:
    """The names of one text that another does not have."""
    crossing = bool(_HANGUL.search(text)) != bool(_HANGUL.search(other))
    found = []
    for mention in _english_names(text, crossing):
        if crossing and not mention.certain and all(map(_is_ordinary, mention.words)) and len(mention.words) == 1:
            continue  # a word that begins the sentence
        if not _english_name_in(mention, other, other_words):
            found.append(mention)
    return found + [mention for mention in _korean_names(text) if not _korean_name_in(mention, other, other_words)]


def _english_names(text: str, crossing: bool) -> Iterator[Mention]:
    """Capitalised words in a row.

    Uncertain are: one word that begins a sentence, and, before a text in the other script, a short acronym or
    ordinary words, which are translated by their sense (Customs Enforcement).
    """
    for start, name in _capitalised(text):
        words = [w.strip(".'’") for w in name.split()]
        names = [w for w in words if w.lower() not in _TITLES and w[:1].isupper()]
        if not names:
            continue
        before = text[:start].rstrip()
        begins = (not before or before[-1] in ".!?:\"“'‘") and len(names) == 1 and names[0] == words[0]
        by_sense = crossing and (all(map(_is_ordinary, names)) or (names[0].isupper() and len(names[0]) < 5))
        is_person = len(names) > 1 and bool(_GIVEN_NAME.fullmatch(names[-1]))
        yield Mention(start, start + len(name), " ".join(words), tuple(names), is_person or not (begins or by_sense))


def _capitalised(text: str) -> Iterator[tuple[int, str]]:
    """Runs of capitalised words; a possessive ends one (Kiwoom's An Woo-jin is two)."""
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        for piece in re.split(r"['’]s?(?:\s|$)", match[0]):
            at = text.find(piece, start)
            start = at + len(piece)
            if piece:
                yield at, piece


@lru_cache(maxsize=1 << 12)
def _is_ordinary(word: str) -> bool:
    """Whether a word has a sense to translate: one of everyday sentences, or known by other than its sound."""
    if shipped_names().others((stem_of(word),)):
        return False
    parts = [stem_of(part) for part in word.split("-")]
    return all(
        commonness(part) >= _EVERYDAY or (commonness(part) >= _RARE and not _is_english_loan(part)) for part in parts
    )


def _english_name_in(mention: Mention, cited: str, cited_words: Sequence[Word]) -> bool:
    """Every word of the name is there, or those that make it a name (Garam of Garam Pharma)."""
    lower = cited.lower()
    korean = next((name for name, pattern in _COUNTRY_WORDS.items() if pattern.fullmatch(mention.text)), None)
    if korean and (korean in cited or _COUNTRY_WORDS[korean].search(cited)):
        return True
    if mention.text.isupper() and _is_acronym(mention.text, cited_words):
        return True
    has_korean = any(word.is_hangul for word in cited_words)
    if mention.text.lower() in lower or (has_korean and _whole_name_in(mention, cited_words)):
        return True
    if has_korean and len(mention.words) == 2 and _GIVEN_NAME.fullmatch(mention.words[1]):
        return False  # a Korean person's name stands in Korean text as a whole, or not at all
    there = [_english_word_in(word, lower, cited_words) for word in mention.words]
    if all(there):
        return True
    if not any(there):
        return False
    if has_korean and all(
        found or word.lower() in _COMPANY_WORDS or _is_ordinary(word)
        for word, found in zip(mention.words, there, strict=True)
    ):
        return True
    is_family_name = there[-1] and not _is_ordinary(mention.words[-1]) and len(mention.words) < 4
    return is_family_name and not _another_first_name(mention, cited, cited_words)


def _english_word_in(word: str, cited: str, cited_words: Sequence[Word]) -> bool:
    stem = stem_of(word)
    if re.search(rf"\b{re.escape(word.lower())}", cited):
        return True
    for other in cited_words:
        if other.is_hangul:
            if same_word(other.stem, stem) or _begins_with(other.text, word):
                return True
        elif other.stem == stem:
            return True
    return False


def _is_acronym(letters: str, words: Sequence[Word]) -> bool:
    """AI for "artificial intelligence"."""
    initials = "".join(word.text[0].upper() for word in words if not word.is_hangul)
    return letters.replace(".", "") in initials


def _begins_with(hangul: str, latin: str) -> bool:
    """Whether a Korean word begins with the name and goes on: 가람제약 with Garam."""
    if len(latin) < 3:
        return False
    return any(similarity(hangul[:size], latin) >= SOUNDS_ALIKE + 0.08 for size in range(2, min(len(hangul), 7) + 1))


def _whole_name_in(mention: Mention, cited_words: Sequence[Word]) -> bool:
    """Han Ji-woo stands in Korean as one word, 한지우; the words of others may stand apart."""
    joined = " ".join(mention.words)
    for word, following in zip(cited_words, [*cited_words[1:], None], strict=False):
        if not word.is_hangul:
            continue
        if _begins_with(word.text, joined):
            return True
        if following and similarity(word.stem + following.stem, joined) >= SOUNDS_ALIKE:
            return True
    return False


def _another_first_name(mention: Mention, cited: str, cited_words: Sequence[Word]) -> bool:
    """Whether the cited text puts another name before the last word of this one."""
    last = stem_of(mention.words[-1])
    for before, word in pairwise(cited_words):
        if same_word(last, word.stem) and cited[before.end : word.start] == " ":
            if before.text[:1].isupper() and before.text.lower() not in _TITLES:
                return True
            if before.is_hangul and not is_known(before.stem):
                return True
    return False


def _korean_names(text: str) -> Iterator[Mention]:
    seen: set[int] = set()
    for match in _PERSON.finditer(text):
        name = match["name"]
        if not is_known(name) and not _is_common(name):
            seen.add(match.start())
            yield Mention(match.start(), match.end(), name, (name,))
    for match in _NOMINAL.finditer(text):
        word = match["word"]
        if match.start() in seen:
            continue
        mention = Mention(match.start(), match.end("word"), word, (word,))
        if word in _PLACES or shipped_names().others((word,)) or (len(word) > 2 and word[-1] in "시군구도" and word[:-1] in _PLACES):
            yield mention
        elif _is_unknown(word, match["particle"]) or _is_loan(word):
            yield replace(mention, certain=False)


def _is_unknown(word: str, particle: str | None) -> bool:
    if is_known(word) or is_known(stem_of(word)) or (particle and is_known(word + particle)):
        return False
    if _PAST.search(word) or word[-1] in "은는을를고며지게" or (particle is None and _VERBAL.search(word)):
        return False
    return not _is_common(word)


@lru_cache(maxsize=1 << 13)
def _is_english_loan(word: str) -> bool:
    """Whether the table's first translations of an English word are its own sound: Naver, Donghae."""
    return any(similarity(korean, word) >= SOUNDS_ALIKE for korean, _ in translations(stem_of(word))[:3] if is_hangul(korean))


@lru_cache(maxsize=1 << 13)
def _is_loan(word: str) -> bool:
    """Whether the table's first translation of a word is its own sound: 오슬로, but also 버스."""
    found = [english for english, _ in translations(word)[:2]]
    return len(word) > 1 and any(similarity(word, english) >= SOUNDS_ALIKE for english in found)


@lru_cache(maxsize=1 << 13)
def _is_common(word: str) -> bool:
    """Whether a word is made of known words and noun endings only: 물류센터, 관광열차, 최고데이터책임자."""
    if len(word) < 2:
        return False
    for ending in _NOUN_ENDINGS:
        head = word.removesuffix(ending)
        if head != word and ((is_known(head) and len(head) > 1) or (len(head) > 2 and _is_common(head))):
            return True
    for cut in range(2, len(word) - 1):
        if is_known(word[:cut]) and (is_known(word[cut:]) or _is_common(word[cut:])):
            return True
    return word[0] in "새옛첫전현신총부재친반비무한양각제" and len(word) > 2 and is_known(word[1:])


def _korean_name_in(mention: Mention, cited: str, cited_words: Sequence[Word]) -> bool:
    word = mention.words[0]
    bare = word[:-1] if len(word) > 2 and word[-1] in "시군구도" and word[:-1] in _PLACES else word
    if bare in cited:
        return True
    for other in cited_words:
        if other.is_hangul:
            if len(bare) > 1 and other.text[0] == bare[0] and _is_abbreviation(bare, other.stem):
                return True
        elif translated(bare, other.stem) or similarity(bare, other.text) >= SOUNDS_ALIKE:
            return True
    capitalised = [w for w in cited_words if not w.is_hangul and w.text[:1].isupper()]
    for one, two in pairwise(capitalised):
        if similarity(bare, f"{one.text} {two.text}") >= SOUNDS_ALIKE + 0.08:
            return True
    return _COUNTRY_WORDS.get(bare) is not None and bool(_COUNTRY_WORDS[bare].search(cited))


_COUNTRY_WORDS = {
    "미국": re.compile(r"\b(?:The )?(?:US|U\.S\.?|USA|United States|America\w*|Washington)\b|미[·\s(]|한미|미중|(?<![가-힣])미(?=\s)|주미|대미"),
    "영국": re.compile(r"\b(?:The )?(?:UK|U\.K\.?|Britain|British|England|English|London)\b|英"),
    "한국": re.compile(r"\b(?:South )?(?:Korea\w*|Seoul)\b|국내|우리나라|한미|한일|한중|한[·]"),
    "북한": re.compile(r"\b(?:North Korea\w*|Pyongyang|DPRK)\b|북[·]|남북|대북|방북"),
    "중국": re.compile(r"\b(?:China|Chinese|Beijing)\b|한중|미중|중[·]"),
    "일본": re.compile(r"\b(?:Japan\w*|Tokyo)\b|한일|일[·]"),
    "유럽": re.compile(r"\b(?:Europe\w*|EU|euro\w*)\b", re.IGNORECASE),
    "유럽연합": re.compile(r"\b(?:European Union|EU)\b|EU"),
    "유엔": re.compile(r"\b(?:The )?(?:UN|U\.N\.?|United Nations)\b|국제연합|유엔"),
    "남미": re.compile(r"South America\w*|Latin America\w*"),
    "북미": re.compile(r"North America\w*"),
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
    "사우디아라비아": re.compile(r"Saudi\w*(?: Arabia)?"),
    "인도": re.compile(r"India\w*"),
    "가자": re.compile(r"Gaza\w*"),
    "빈": re.compile(r"Vienna|Wien"),
}  # fmt: skip


def _is_abbreviation(one: str, other: str) -> bool:
    """공정위 for 공정거래위원회: the shorter's syllables stand in the longer in order."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return len(shorter) > 1 and is_hangul(shorter) and all(syllable in rest for syllable in shorter)
