"""Yes and no: the plain negations of a sentence, and the words that say no in themselves."""

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
