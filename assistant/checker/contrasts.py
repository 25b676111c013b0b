"""Things that exclude each other, of which a clause has one: north and south, men and women, imports and exports, all
and some.

The claim's must be that of the cited clause which says the same; another that stands there instead contradicts it.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.checker.alignment import Word
from assistant.checker.bilingual import Bilingual
from assistant.checker.clauses import Clause
from assistant.checker.facts import Facts, Finding
from assistant.checker.placing import clause_at, clauses_like

_KINDS: tuple[tuple[Bilingual, ...], ...] = tuple(
    tuple(Bilingual(side, re.IGNORECASE) for side in sides)
    for sides in (
        (r"(?<![가-힣동서])북(?:부|쪽|녘|서|동)|\bnorth(?:ern|east|west)?\b(?!\s(?:korea|america|carolina))",
         r"(?<![가-힣동서])남(?:부|쪽|녘|서|동)(?!아)|\bsouth(?:ern|east|west)?\b(?!\s(?:korea|america|africa|"
         r"carolina))"),
        (r"동(?:부|쪽)(?!권|화재)|\beast(?:ern)?\b(?!\s(?:asia|sea))", r"서(?:부|쪽)(?!터)|"
         r"\bwest(?:ern)?\b(?!\sbank)"),
        (r"해안|바닷가|연안|\bcoast(?:s|al|line)?\b(?!\sguard)", r"내륙|\binland\b",
         r"산지|산간|산악|\bmountain(?:s|ous)?\b|"
         r"\bhighlands?\b"),
        (r"도시|도심|\burban\b|\bcities\b", r"농촌|시골|\brural\b|\bcountryside\b"),
        (r"남성|남자|남학생|소년|\bm[ae]n\b|\bmales?\b|\bboys?\b", r"여성|여자|여학생|소녀|\bwom[ae]n\b|"
         r"\bfemales?\b|\bgirls?\b"),
        (r"어린이|아동|초등학생|\bchild(?:ren)?\b|\bkids?\b|\binfants?\b", r"성인|어른|(?<!older )\badults?\b",
         r"청소년|\bteen(?:s|agers?)\b|\badolescents?\b",
         r"노인|고령자|어르신|\belderly\b|\bseniors?\b|\bolder\s(?:people|adults)\b", r"청년|젊은\s?(?:층|이|사람)|"
         r"\byoung\s(?:people|adults|workers)\b"),
        (r"여당|집권당|\b(?:ruling|governing)\s(?:party|coalition|bloc)\b", r"야당|\bopposition\b(?!\sto)"),
        (r"수출|\bexports?\b|\bexported\b", r"수입(?=[은이을품액물국업차산\s량])(?!\s?(?:원|천|억))|\bimports?\b|"
         r"\bimported\b"),
        (r"매출|\b(?:sales|revenues?)\b", r"영업이익|\boperating\s(?:profit|income)\b", r"(?:당기)?순이익|"
         r"\bnet\s(?:profit|"
         r"income|earnings)\b"),
        (r"흑자|\bsurplus\b", r"적자|\bdeficit\b"),
        (r"보행자|\bpedestrians?\b", r"차량|승용차|자동차|\b(?:cars?|vehicles?)\b", r"자전거|\b(?:bicycles?|bikes?|"
         r"cyclists?)\b"),
        (r"사망자|숨진|숨졌|사망했|\b(?:killed|dead|deaths?|died|fatalities)\b", r"부상자|다친|다쳤|부상(?:했|을)|"
         r"\b(?:injured|hurt|"
         r"wounded|injuries)\b",
         r"실종|\bmissing\b"),
        (r"민간|\bprivate\b", r"공공|국공립|공립|국립|\bpublic\b|\bstate(?:-run|\sschools?)\b"),
        (r"대기업|\b(?:large|big)\s(?:firms|companies|businesses)\b|\bconglomerates?\b",
         r"중소기업|소상공인|\bsmall(?:er)?(?:\s(?:and|or)\smedium-sized)?\s(?:firms|companies|businesses|"
         r"merchants)\b"),
        (r"1심|\b(?:lower|district)\scourts?\b|\bfirst\strial\b", r"2심|항소심|\bappeals?\scourt\b|\bappellate\b",
         r"대법원|\b(?:supreme|top|highest)\scourt\b"),
        (r"원고|\bplaintiffs?\b", r"피고(?!인)|\bdefendants?\b"),
        (r"상원|\bsenat(?:e|ors?)\b|\bupper\shouse\b", r"하원|\blower\shouse\b|\bhouse\sof\srepresentatives\b"),
        (r"구매자|매수자|\bbuyers?\b", r"판매자|매도자|\bsellers?\b"),
        (r"세입자|임차인|\btenants?\b", r"집주인|임대인|\blandlords?\b"),
        (r"교사|교원|\bteachers?\b", r"학생|\b(?:students?|pupils?)\b", r"학부모|\bparents?\b"),
        (r"환자|\bpatients?\b", r"의사(?=[가는들은의를])|전공의|\bdoctors?\b|\bphysicians?\b", r"간호사|\bnurses?\b"),
        (r"승객|탑승객|\bpassengers?\b", r"승무원|\b(?:crew|flight\sattendants?|cabin\sstaff)\b",
         r"조종사|기장|\bpilots?\b"),
        (r"여객|\bpassenger\b", r"화물|\b(?:cargo|freight)\b"),
        (r"국내선|\bdomestic\s(?:flights?|routes?)\b", r"국제선|\binternational\s(?:flights?|routes?)\b"),
        (r"내국인|\bcitizens\b|\blocals\b", r"외국인|\bforeign(?:ers?)?\b"),
        (r"평일|\bweekdays?\b", r"주말|\bweekends?\b"),
        (r"전기차|\belectric\s(?:cars?|vehicles?)\b|\bEVs?\b", r"하이브리드|\bhybrids?\b",
         r"내연기관|휘발유차|\b(?:petrol|"
         r"gasoline)\scars?\b"),
        (r"휘발유|\b(?:petrol|gasoline)\b", r"경유(?!지)|\bdiesel\b"),
        (r"지상|\bground\b", r"지하|\bunderground\b|\bbasement\b"),
        (r"실내|\bindoors?\b", r"야외|실외|\boutdoors?\b"),
        (r"초등학교|\b(?:elementary|primary)\sschools?\b", r"중학교|\bmiddle\sschools?\b",
         r"고등학교|\bhigh\sschools?\b",
         r"대학교?(?=[은는이가을를\s에의생])|\b(?:universit(?:y|ies)|colleges?)\b"),
        (r"준결승|4강|\bsemi-?finals?\b", r"준준결승|8강|\bquarter-?finals?\b", r"(?<!준)결승(?!골|타|포|선)|"
         r"\b(?<!-)finals?\b(?!ly)", r"16강|\b(?:last|round\sof)\s16\b"),
        (r"금메달|\bgold\s(?:medal)?\b", r"은메달|\bsilver\b", r"동메달|\bbronze\b"),
        (r"우승(?=[^권])|\bwon\sthe\s(?:title|race|tournament|cup|championship|final)\b|\bchampions?\b",
         r"준우승|2위|\brunners?-up\b|\bsecond\splace\b"),
        (r"전반(?=\s?\d|에|전)|\bfirst\shalf\b", r"후반(?=\s?\d|에|전)|\bsecond\shalf\b"),
        (r"홈(?:에서|\s?경기|구장)|\bat\shome\b|\bhome\s(?:win|game|match)\b", r"원정|\b(?:away\s(?:win|game|match)|"
         r"on\sthe\sroad)\b"),
        (r"장기(?:간|적|채|금리|\s)|\blong-?(?:term|dated)\b", r"단기(?:간|적|채|금리|\s)|\bshort-?(?:term|dated)\b"),
        (r"영구|\bpermanent(?:ly)?\b", r"임시|일시적|한시|잠정|\btemporar(?:y|ily)\b|\binterim\b"),
        (r"의무(?:화|적|로)|\bmandatory\b|\bcompulsory\b|\bobligatory\b", r"자율|권고|\bvoluntary\b|\boptional\b"),
        (r"무료|\bfree\s(?:of\scharge|admission|entry)\b|\bfor\sfree\b", r"유료(?!\s?(?:구독|가입))|\bfor\sa\sfee\b|"
         r"\bpaid\sadmission\b"),
        (r"만장일치|\bunanimous(?:ly)?\b", r"표결\s끝|\bnarrow(?:ly)?\b|\bsplit\b"),
        (r"공개(?=했|하기|한|로)|\bdisclos(?:ed|e)\b|\bmade\spublic\b", r"비공개|\bundisclosed\b|"
         r"\bbehind\sclosed\sdoors\b|"
         r"\bin\sprivate\b"),
        (r"정규직|\b(?:regular|permanent|full-time)\s(?:workers?|employees?|jobs?|staff)\b",
         r"비정규직|계약직|\b(?:irregular|temporary|part-time|contract)\s(?:workers?|employees?|jobs?|staff)\b"),
        (r"가뭄|\bdrought\b", r"홍수|\bflood(?:s|ing)?\b", r"산불|\bwildfires?\b", r"지진|\bearthquakes?\b",
         r"태풍|\btyphoons?\b"),
        (r"폭염|\bheat\s?wave\b", r"한파|\bcold\s(?:snap|wave)\b"),
        (r"상류|\bupstream\b", r"하류|\bdownstream\b"),
        (r"진보|좌파|\bleft-wing\b|\bliberals?\b|\bprogressives?\b", r"보수(?!\s?(?:공사|작업|를|비))|우파|"
         r"\bright-wing\b|"
         r"\bconservatives?\b"),
        (r"최연소|\byoungest\b", r"최고령|\boldest\b"),
        (r"첫\s?번째(?=\s)|\bfirst\b(?=\s[a-z]+\s?(?:of|in)?)", r"마지막(?=\s)|\bfinal\b(?=\s(?:day|round|stage|week|"
         r"episode|game|match))|\blast\b(?=\s(?:day|round|stage|episode|game|match)\sof)"),
        (r"육상|\bby\sland\b|\bby\sroad\b", r"해상|\bby\ssea\b", r"항공편|\bby\sair\b"),
        (r"신차|\bnew\scars?\b", r"중고차|\bused\scars?\b"),
        (r"신규|\bnew\s(?:cases|customers|subscribers)\b", r"기존|\bexisting\b"),
        (r"쌀|\brice\b", r"밀(?=[은가이\s을값])|\bwheat\b", r"콩|\bsoy(?:beans?)?\b", r"옥수수|\bcorn\b|\bmaize\b",
         r"빵|\bbread\b"),
        (r"사과(?=[는가와\s·,값]|나무|밭)|\bapples?\b", r"배추|\bcabbages?\b", r"딸기|\bstrawberr(?:y|ies)\b",
         r"감귤|귤|\b(?:tangerines?|oranges?)\b"),
        (r"시즌\s?초|\bearly\s(?=on\b|in\sthe\s(?:day|morning|week|month))", r"\blate\s(?=on\b|in\sthe\s(?:day|"
         r"evening|week|month))"),
    )
)  # fmt: skip
# How much of a thing: what is said of it tells the clause, not what it is said of.
_EXTENT = tuple(
    Bilingual(side, re.IGNORECASE)
    for side in (
        r"모두(?!\s?(?:\d|약\s|합))|전원|모든|전부(?![가-힣]{2})|전량|(?<!at )\b(?:all|every|both|entire|whole|"
        r"everyone|"
        r"everybody)\b",
        r"대부분|대다수|과반|(?<!the )(?<!at )\bmost\b(?=\sof|\s[a-z]+s\b)|\bmajority\b",
        r"일부|\bsome\sof\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|"
        r"only\s\w+)\sof\s(?:them|the|those|these|its|his|their)\b|"
        r"(?:가운데|중)\s(?:\d+|한|두|세|네)\s?(?:명|곳|개|대|건|채|점|편)|\bpart(?:s|ly|ial(?:ly)?)?\b(?:\sof)?|"
        r"\b(?:a|one)[\s-](?:third|quarter|fifth|tenth)\b|[3-9]분의\s?[12]|\bminority\b",
    )
)  # fmt: skip
_AS_GOOD = 0.15


def contrast_findings(claim: Facts, cited: Facts) -> Iterator[Finding]:
    """Where the claim has one thing of a kind and the cited clause that says the same another, it is contradicted."""
    for sides in (*_KINDS, _EXTENT):
        said = _found(sides, claim.text)
        given = _found(sides, cited.text) if said else []
        if not given:
            continue
        for side, start, end in said:
            clause = clause_at(claim, start)
            if clause is None or any(clause.start <= at < clause.end and other != side for other, at, _ in said):
                continue
            words = (
                clause.all_words()
                if sides is not _EXTENT
                else tuple(w for w in clause.words if w not in clause.subject)
            )
            rival = _instead(side, clause, words, claim, cited, said, given)
            if rival:
                yield Finding("contradicts", claim.text[start:end], cited.text[slice(*rival)])
                return


def _found(sides: Sequence[Bilingual], text: str) -> list[tuple[int, int, int]]:
    """The side, start and end of each word of a kind."""
    return [(side, *match.span()) for side, pattern in enumerate(sides) for match in pattern.finditer(text)]


def _instead(
    side: int,
    clause: Clause,
    words: Sequence[Word],
    claim: Facts,
    cited: Facts,
    said: Sequence[tuple[int, int, int]],
    given: Sequence[tuple[int, int, int]],
) -> tuple[int, int] | None:
    """Where another of the kind stands in the cited clause nearest to the claim's, which has none of the claim's."""
    rest = [word for word in words if not any(start <= word.start < end for _, start, end in said)]
    near = clauses_like(clause, rest, claim, cited, _AS_GOOD)
    there = [(its, start, end) for its, start, end in given if any(_holds(other, start, cited) for other in near)]
    if any(its == side for its, _, _ in there):
        return None
    return next(((a, b) for its, a, b in there if not any(mine == its for mine, _, _ in said)), None)


def _holds(clause: Clause, start: int, cited: Facts) -> bool:
    if clause.start <= start < clause.end:
        return True
    return not clause.own and any(word.start <= start < word.end for word in clause.subject)
