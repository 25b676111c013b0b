"""Which way a sentence says things went (up or down), and whether it says that they did: words with a sign."""

import re
from dataclasses import dataclass

from assistant.checker.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Sign:
    """A word at `text[start:end]` that says up (+1) or down (-1), or yes (+1) or no (-1) about `topic`.

    `turned`: whether a negation beside the word, and in the span with it, gives it its sign.
    """

    start: int
    end: int
    sign: int
    topic: str = ""
    turned: bool = False


_RISE = Bilingual(
    r"(?:증가|상승|성장|인상|확대)(?=율|률|\s?폭|세[가는]\s?(?:[가-힣]+\s){0,3}?(?:꺾|둔화|주춤|멈))(?P<none>)|"
    r"늘(?=었|어|리|린|려|릴|며|고|면|자|기|지|은|던)|증가|증액|증원|상승|급등|급증|폭등|상향|인상(?!적|을 남|"
    r"이 깊|파)|반등|확대|확장|강세|호전|"
    r"오름세|치솟|(?<!우려가 )(?<!불안이 )(?<!목소리가 )커[졌지진질]|불어[나난났]|뛰었|뛰어올|뛴|껑충|올랐|오르[고며면는기자]|(?<!에 )오른(?!쪽|손|발|편)|오를|"
    r"올라(?!가|온|왔|와|탔|서|섰|선)|올라선|올라섰|"
    r"올리[고며면기지는자되도]|올렸|올린|올려|올릴|높아[졌지진질]|높였|높이[고며기는자되도]|높인|높일|키우|"
    r"키웠|키운|키울|넓혔|넓히|"
    r"빨라[졌지진]|길어[졌지진]|비싸[졌지진]|성장했|성장하|"
    r"가팔라[졌지진]|\b(?:add(?:s|ed|ing)?(?=\s(?:about\s|some\s|nearly\s|around\s)?[$€£]?\d)|ris(?:e|es|en|ing)|"
    r"rose|increas(?:e|es|ed|ing)|gr(?:ow|ows|ew|owing)|climb(?:s|ed|ing)?|jump(?:s|ed|"
    r"ing)?|surg(?:e|es|ed|ing)|"
    r"soar(?:s|ed|ing)?|gain(?:s|ed|ing)?|higher|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|expand(?:s|ed|ing)?|"
    r"rebound(?:s|ed|ing)?|advanc(?:e|es|ed|ing)(?=\s(?:by\s)?(?:about\s|some\s|nearly\s)?\d)|"
    r"strengthen(?:s|ed|ing)?|widen(?:s|ed|ing)?|wider|boost(?:s|ed|ing)?|accelerat(?:e|es|ed|"
    r"ing)|swell(?:s|ed|ing)?|heighten(?:s|ed|ing)?|escalat(?:e|es|ed|ing)|intensif(?:y|ied|ies)|deepen(?:s|ed|"
    r"ing)?|mount(?:s|ed|ing)?(?=\b(?!\s[A-Z]))|"
    r"doubl(?:es|ed|ing)|(?:to|will)\sdouble|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|outpac(?:e|es|ed|ing)|rall(?:y|ies|ied)|"
    r"upgrad(?:e|es|ed|ing)|"
    r"warmer|hotter|faster|longer(?<!no longer)|spik(?:e|ed|es)|skyrocket(?:ed|s)?|more\sexpensive|"
    r"(?:went|go|goes|going|gone|edg(?:e|es|ed|ing)|push(?:es|ed|ing)?|put(?:s|ting)?|tick(?:s|ed)|mov(?:e|es|"
    r"ed|ing)|was|were|is|are|sent|inch(?:ed)?|mark(?:ed|s))\s(?:\w+\s){0,2}?up|"
    r"up\s(?=(?:by\s|about\s|some\s|around\s|nearly\s|from\s)?(?:\$|€|£|₩|a\s)?(?:\d|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|slightly|sharply)))\b",
    re.IGNORECASE,
)  # fmt: skip
_FALL = Bilingual(
    r"(?:오름폭|상승\s?폭|증가\s?폭|오름세|상승세)(?:이|가|을|를|은|는)?\s?(?:전주보다\s|전월보다\s)?(?:크게\s|"
    r"다소\s|소폭\s)?(?:줄|축소|작아|좁|둔화|주춤|꺾)(?P<pace>)|"
    r"(?:감소|하락|인하|축소)(?=율|률|\s?폭|세[가는]\s?(?:[가-힣]+\s){0,3}?(?:꺾|둔화|주춤|멈))(?P<none>)|"
    r"(?<!줄)줄(?=었|어|이|인|여|였|일|고|며|면|지|기|자|던)|감소|감액|감축|감원|하락|급락|급감|폭락|하향|인하|축소|"
    r"둔화|약세|악화|위축|후퇴|"
    r"내림세|내림폭|내렸|내리[고며면기지는자되도]|내린|내려(?!받|앉|오|왔|온|놓|다|졌|진|지|가|갔)|내려가|내려갔|내려갈|"
    r"내릴|"
    r"낮아[졌지진질]|낮췄|낮추|낮춘|낮춰|낮출|작아[졌지진]|떨어[졌지진질뜨트]|깎았|깎[은아이]|꺾였|꺾이|빠졌|"
    r"좁혔|좁혀|좁히|짧아[졌지진]|느려[졌지진]|"
    r"저렴해|싸[졌진](?![가-힣])|"
    r"\b(?:fall(?:s|en|ing)?(?!\sshort|\sof\s\d)|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)(?!\sto)|"
    r"decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?|"
    r"cut(?:s|ting)?(?!\soff)|reduc(?:e|es|ed|ing|tion)|shrink(?:s|ing)?|shr[au]nk|slump(?:s|ed|ing)?|plung(?:e|"
    r"es|ed|ing)|plummet(?:s|ed|ing)?|"
    r"tumbl(?:e|es|ed|ing)|slid(?:e|es)?|slip(?:s|ped|ping)?|slow(?:s|ed|ing)|eas(?:e|es|ed|ing)|weaken(?:s|ed|ing)?|"
    r"narrow(?:s|ed|ing|er)?|trim(?:s|med|ming)?|halv(?:e|es|ed|ing)|cheaper|cooler|colder|slower(?=\sthan)|"
    r"shorter|less\sexpensive|"
    r"slash(?:es|ed|ing)?|shed|dip(?:s|ped)?|s[au]nk|sink(?:s|ing)?|retreat(?:s|ed|ing)?|shav(?:ed?|ing)|"
    r"downgrad(?:e|es|ed|ing)|"
    r"los(?:t|es|ing)\s(?=\d)|scal(?:e|es|ed|ing)\sback|crash(?:ed)?(?=\s\d)|"
    r"(?:went|go|goes|going|gone|edg(?:e|es|ed|ing)|push(?:es|ed|ing)?|tick(?:s|ed)|mov(?:e|es|ed|ing)|was|were|"
    r"is|are|brought|bring(?:s|ing)?|inch(?:ed)?)\s(?:\w+\s){0,2}?down|"
    r"down\s(?=(?:by\s|about\s|some\s|around\s|nearly\s|from\s)?(?:\$|€|£|₩|a\s)?(?:\d|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|slightly|sharply)))\b",
    re.IGNORECASE,
)  # fmt: skip
# 높다, 많다 and their opposites compare only when something is compared.
_COMPARED_MORE = re.compile(
    r"(?:보다|비해|대비|%(?:포인트|p)?|도|배|㎝|명|건|개|원|회|곳|편|대)\s(?:[가-힣]+\s)?(?P<word>높[은다았고으아]|"
    r"많[은다았고아으]|비싸|빠르|빨랐|길)"
)
_COMPARED_LESS = re.compile(
    r"(?:보다|비해|대비|%(?:포인트|p)?|도|배|㎝|명|건|개|원|회|곳|편|대)\s(?:[가-힣]+\s)?(?P<word>낮[은다았고으아]|"
    r"적[은다었고어으]|싸[다고게]|싼|느리|짧)"
)
_ENGLISH_MORE = re.compile(
    r"(?:percent|per cent|%|points?|degrees?|times|won|dollars)\s(?P<word>more)\b(?!\s\w+ly)|"
    r"\b(?P<word2>more)\s(?:[a-z]+\s){1,2}than\b",
    re.I,
)
_ENGLISH_LESS = re.compile(
    r"(?:percent|per cent|%|points?|degrees?|won|dollars|people|\d)\s(?P<word>less|fewer)\b|\b(?P<word2>less|"
    r"fewer)\s(?:[a-z]+\s){1,2}than\b",
    re.I,
)
# Rain comes down, courts hand down, cups are lifted up: no rise or fall.
_NO_CHANGE = re.compile(
    r"(?:비|눈|눈이|비가|폭우|폭설|결정|판결|명령|선고|평가|지시|처분|결론|특보|경보|주의보|판단|조치|들어|쏘아|"
    r"뛰어|걸어|실어|끌어|득점|성과|기록|실적|골|안타|글|사진|영상|게시물|"
    r"불|입|손|고개|버스에서|열차에서|차에서|자리에|무대에|결승에|4강에|8강에|산에|줄을|줄이)(?:을|를|이|가)?\s?$"
)


def directions(text: str) -> list[Sign]:
    """The words of `text` that say that something rose (+1) or fell (-1), in order."""
    found = []
    for pattern, sign in (
        (_RISE, 1),
        (_FALL, -1),
        (_COMPARED_MORE, 1),
        (_COMPARED_LESS, -1),
        (_ENGLISH_MORE, 1),
        (_ENGLISH_LESS, -1),
    ):
        for match in pattern.finditer(text):
            groups = {name for name, value in match.groupdict().items() if value is not None}
            start, end = match.span(next(iter(groups & {"word", "word2"}), 0))
            if not groups & {"none", "pace"} and not _NO_CHANGE.search(text[max(0, start - 8) : start]):
                found.append(Sign(start, end, sign))
    return sorted(set(found), key=lambda sign: sign.start)


# What stayed as it was.
_HOLD = re.compile(
    r"동결|그대로|\b(?:left|leaves?|leaving|kept|keep(?:s|ing)?|held|hold(?:s|ing)?|"
    r"maintain(?:s|ed|ing)?)\b(?=[^.;,]{0,40}?\b(?:at|steady|unchanged)\b)|\bunchanged\b|유지(?=하|했|한|해|됐|되)",
    re.IGNORECASE,
)


def holds(text: str) -> list[Sign]:
    """The words of `text` that say that something stayed as it was."""
    return [Sign(*match.span(), 0) for match in _HOLD.finditer(text)]


# What turns a statement round. The idioms before are taken out first: "not only" says yes.
_IDIOMS = re.compile(
    r"뿐(?:만)?\s?아니라|뿐(?:만)?\s?아니고|지\s않을\s수\s없|지\s않고는|수밖에\s없|다름\s?없|틀림\s?없|상관\s?없|관계\s?없|끊임\s?없|끊이지\s?않|그치지\s?않|"
    r"변함이?\s?없|변[화동]가?이?\s?없|어김\s?없|끝없|턱없|못\s?박|없다(?:고|며)\s(?:[가-힣]+\s){0,3}부인|못지\s?않|적지\s?않|머지\s?않|빠짐\s?없|아낌\s?없|"
    r"유례\s?없|전례\s?없|지\s?않으면|지\s?않는\s한|그렇지\s?않|지\s?(?:않|못하)도록|[년월일간]도\s안\s?[돼되된]|형편\s?없|이상\s?없|지나지\s?않아|얼마\s안|지\s?않아도|지\s?못하게|못\s?생|거의\s(?:[가-힣]+\s){0,3}?[가-힣]*(?:지\s?않|없)|지\s?않(?:을래|나요|니\?)|것도\s?없|"
    r"밖에\s(?:[가-힣]+\s){0,3}?[가-힣]*(?:없|지\s?않|지\s?못)|아랑곳\s?없|없지\s?않|뿐이\s?아니|"
    r"\b(?:no|not)\s(?:earlier|before)\s(?:than\b)?|\bnot\s(?:only|just|merely|least|to\smention)\b|"
    r"\bno\s(?:later|more|fewer|less|sooner)\sthan\b|\bnothing\s(?:but|more\sthan)\b|\bwhether\sor\snot\b|"
    r"\bno\sdoubt\b|\bNo\.?\s?\d|\bif\snot\b|\bwhy\snot\b|\bno\smatter\b|\bno\sother\b|\bnot\sso\smuch\b|"
    r"\bnot\suntil\b|\bno\sdifference\b|\bno\ssurprise\b|n['’]t\s(?:he|she|it|they|you|we|I)\b",
    re.IGNORECASE,
)
# A no that is itself denied says yes: 기각하지 않고, "did not reject".
_CANCELLED = re.compile(
    r"(?:기각|부인|거부|거절|반대|금지|취소|중단|철회|폐지|제외|배제|포기|멈추|막)(?:하|되)?지(?:는|도)?\s?(?:않|못)|"
    r"(?:\bnot|n['’]t)\s(?:be\s)?(?:reject|refuse|cancel|ban|scrap|halt|stop|withdraw|oppose|exclude|"
    r"rule\sout)(?:n|s|ed|ned|ped)?\b",
    re.IGNORECASE,
)
_KOREAN_NO = re.compile(
    r"(?:지(?:는|도|를|조차)?|진)\s?(?:않|못|아니하|말(?=[라아고았자]))|지\s?마(?=[^가-힣]|라|세|십|$)|"
    r"[가-힣]\s?못[하해]|(?<![가-힣])안(?=[됐돼된되냈했할]|들[어리])|(?<![가-힣])(?:안|못)\s(?=[가-힣])(?![가-힣]+(?:에|의|을|"
    r"를|에서|으로)(?![가-힣]))|없(?!애|앴|앤|이)|"
    r"(?:(?<![가-힣])|(?<=[가-힣][이가만은는]\s))(?:아니(?!라[^고는며]|라$|면)|아(?:닌(?!가)|[닙님닐]))|불가능|불가(?=[^가-힣]|하|능|를|로)|(?<![가-힣])못(?=했|한다|하[는고며]|할)|"
    r"미보고|아냐|(?<!지도\s)(?<!지도)(?<!지\s)(?:모르[겠는]|모른|몰[라랐])"
)
_ENGLISH_NO = re.compile(
    r"\b(?:not|cannot|never|neither|nor|nobody|none|no-one|nothing)\b|n['’]t\b|\bno\s(?!\d)|"
    r"\b(?:fail(?:s|ed|ing)?\sto|refus(?:e|es|ed|ing)\sto|declin(?:e|es|ed|ing)\sto|unable\sto|unavailable|unlikely|"
    r"unaware|unwilling|uninjured|unhurt|unharmed|unsuccessful|impossible|nowhere|no\slonger|ceas(?:e|es|ed)\sto|"
    r"stopp(?:ed|ing)\sshort)\b",
    re.IGNORECASE,
)
# Words that say no in themselves: they excuse a "not" on the other side without being one. First verbs and nouns that
# the other language has words of its own for, then degrees and prefixes, which it may well put as a "not".
_NO_BY_VERB = Bilingual(
    r"불참|불구속|체납|미납|연체|무산|실패|거부|거절|기각|부결|반대|금지|중단|취소|부인|제외|면제|불허|결렬|막[았는아을겠기고]|"
    r"예방|방지|피하|피했|차단|폐지|철회|포기|그쳤|그친|그치|모면|배제|해소|종료|끝[났나내]|만료|마감|중지|유예|보류|연기|"
    r"없애|없앤|없앴|동결|놓[쳤치]|굽히|회피|외면|침묵|탈락|미루|미뤄|미룬|빠[져진졌]|사라|잃|지연|멈[췄추춘춰]|면하|정전|결항|"
    r"고사|닫[았는아은]|금하|배척|반려|불발|좌초|거두|유찰|"
    r"\b(?:reject\w*|ban(?:s|ned|ning)?|bar(?:s|red|ring)|block\w*|prevent\w*|avoid\w*|cancel\w*|scrap\w*|halt\w*|stop\w*|"
    r"exempt\w*|exclud\w*|rul(?:e|ed|es)\sout|fre(?:e|ed)\sof|oppos\w*|against|prohibit\w*|forbid\w*|suspend\w*|"
    r"(?<!-)(?:ends|ended)|los(?:e|es|ing|t)|clos\w*|turn(?:s|ed|ing)?\sdown|acquit\w*|withdr\w*|abandon\w*|waiv\w*|"
    r"freez\w*|froze\w*|postpon\w*|delay\w*|outage\w*|skip\w*|remain\w*|insist\w*|vow\w*)\b",
    re.IGNORECASE,
)
_NO_BY_DEGREE = Bilingual(
    r"몰래|싫|불사|무의미|무당|결백|비(?=영어|정규|정상|공개|공식|상임|핵)|무단|무면허|무허가|미등록|미신고|견디지\s못|무료|미달|부재|무혐의|무죄|부족|"
    r"미흡|무사|밑[으에돌]|아래|대신|모자|공석|어렵|힘들|아직|허위|거짓|아니라|없이|미만|이하|불과|밖에|비어|모르|모른|몰[랐라]|"
    r"늦|못\s?미|"
    r"\b(?:without|neglect\w*|absent|absence|miss(?:ed|es|ing)?|den(?:y|ied|ies|ying)|lack\w*|free|short\sof|fell\sshort|"
    r"falls?\sshort|shortage\w*|shy\sof|fail\w*|refus\w*|declin\w*|except|outside|un-?[a-z]{3,}|non-?[a-z]{4,}|"
    r"away\sfrom|in(?:valid|formal|eligible|complete|sufficient|nocent)|under|fewer|less|below|illegal|dismiss\w*|instead|"
    r"spar(?:ed|es)|unless|few|little|def(?:y|ied|ies|ying)|resist\w*|ignor\w*|evad\w*|dodg\w*|vacant|silent|silence|"
    r"forg[oe]\w*|difficult|yet|too\s\w+|[a-z]{3,}less|blind\w*|dis(?:approv|agree|allow|miss|put)\w*|delinquen\w*|"
    r"overdue|unpaid|depriv\w*|struggl\w*|improper\w*|rather\sthan|rare\w*|hardly|barely|escape\w*|out\sof|"
    r"seldom|nary|innocen\w*|poor|stranger|at\sa\sloss|away|(?:keep|kept)(?:s|ing)?\s[^.;]{0,60}?from\s\w+ing|ruled|despite|gave\sup|give\sup)\b",
    re.IGNORECASE,
)


def negations(text: str) -> list[Sign]:
    """The plain negations of `text` (않, 못, 없; not, never, no, failed to), idioms such as "not only" left out."""
    masked = _IDIOMS.sub(_blank, _CANCELLED.sub(_blank, text))
    found = [Sign(*match.span(), -1) for pattern in (_KOREAN_NO, _ENGLISH_NO) for match in pattern.finditer(masked)]
    found.sort(key=lambda sign: sign.start)
    # "no one ... nor", "no longer": two patterns on one word are one negation.
    return [s for s, before in zip(found, [None, *found], strict=False) if before is None or s.start >= before.end]


def noes_in_themselves(text: str) -> list[str]:
    """The words of `text` that carry a no of their own (hardly, 부족, unpaid...) and the idioms that hold one."""
    kept = _CANCELLED.sub(_blank, text)
    found = [match[0] for pattern in (_NO_BY_DEGREE, _IDIOMS) for match in pattern.finditer(kept)]
    return found + [match[0] for match in _CANCELLED.finditer(text)]


def verbs_of_no(text: str) -> list[str]:
    """The words of `text` for a stop, a refusal or a loss, which the other language has words of its own for."""
    return [match[0] for match in _NO_BY_VERB.finditer(_CANCELLED.sub(_blank, text))]


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])
