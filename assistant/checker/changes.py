"""Which way a sentence says that things went: the words for up, for down and for staying as they were."""

import re

from assistant.checker.bilingual import Bilingual
from assistant.checker.polarity import Sign


def _regular(stems: str) -> str:
    """English verbs with their endings: climb, climbs, climbed, climbing."""
    return "|".join(rf"{stem}(?:s|ed|ing)?" for stem in stems.split())


def _with_e(stems: str) -> str:
    """English verbs in -e with their endings: rise, rises, rising."""
    return "|".join(rf"{stem}(?:e|es|ed|ing)" for stem in stems.split())


# "Up 3 percent", "down by a third".
_MEASURED = (
    r"\s(?=(?:by\s|about\s|some\s|around\s|nearly\s|from\s)?(?:\$|€|£|₩|a\s)?"
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|slightly|sharply))"
)
_WENT = r"went|go|goes|going|gone|edg(?:e|es|ed|ing)|push(?:es|ed|ing)?|tick(?:s|ed)|mov(?:e|es|ed|ing)|inch(?:ed)?"
_WENT += "|was|were|is|are"
# 증가율, "상승세가 꺾였다": of a rise, not that there is one.
_OF_A_CHANGE = r"(?=율|률|\s?폭|세[가는]\s?(?:[가-힣]+\s){0,3}?(?:꺾|둔화|주춤|멈))(?P<none>)"

_RISE = Bilingual(
    "|".join(
        (
            rf"(?:증가|상승|성장|인상|확대){_OF_A_CHANGE}",
            r"늘(?=었|어|리|린|려|릴|며|고|면|자|기|지|은|던)|증가|증액|증원|급증|불어[나난났]",
            r"상승|급등|폭등|상향|인상(?!적|을 남|이 깊|파)|반등|강세|호전|오름세|치솟|껑충",
            r"뛰었|뛰어올|뛴|올랐|오르[고며면는기자]|(?<!에 )오른(?!쪽|손|발|편)|오를",
            r"올라(?!가|온|왔|와|탔|서|섰|선)|올라선|올라섰",
            r"올리[고며면기지는자되도]|올렸|올린|올려|올릴|높아[졌지진질]|높였|높이[고며기는자되도]|높인|높일",
            r"(?<!우려가 )(?<!불안이 )(?<!목소리가 )커[졌지진질]|키우|키웠|키운|키울|확대|확장|넓혔|넓히",
            r"빨라[졌지진]|길어[졌지진]|비싸[졌지진]|가팔라[졌지진]|성장했|성장하",
            r"\b(?:"
            + "|".join(
                (
                    r"ris(?:e|es|en|ing)|rose|gr(?:ow|ows|ew|owing)|higher|wider|rall(?:y|ies|ied)",
                    _regular("climb jump soar gain lift expand rebound strengthen widen boost swell heighten deepen"),
                    _with_e("increas surg rais accelerat escalat tripl quadrupl outpac upgrad"),
                    r"intensif(?:y|ied|ies)|mount(?:s|ed|ing)?(?=\b(?!\s[A-Z]))|spik(?:e|ed|es)|skyrocket(?:ed|s)?",
                    r"doubl(?:es|ed|ing)|(?:to|will)\sdouble|warmer|hotter|faster|longer(?<!no longer)|more\sexpensive",
                    r"add(?:s|ed|ing)?(?=\s(?:about\s|some\s|nearly\s|around\s)?[$€£]?\d)",
                    r"advanc(?:e|es|ed|ing)(?=\s(?:by\s)?(?:about\s|some\s|nearly\s)?\d)",
                    rf"(?:{_WENT}|put(?:s|ting)?|sent|mark(?:ed|s))\s(?:\w+\s){{0,2}}?up|up{_MEASURED}",
                )
            )
            + r")\b",
        )
    ),
    re.IGNORECASE,
)
_FALL = Bilingual(
    "|".join(
        (
            r"(?:오름폭|상승\s?폭|증가\s?폭|오름세|상승세)(?:이|가|을|를|은|는)?\s?"
            r"(?:전주보다\s|전월보다\s)?(?:크게\s|다소\s|소폭\s)?(?:줄|축소|작아|좁|둔화|주춤|꺾)(?P<pace>)",
            rf"(?:감소|하락|인하|축소){_OF_A_CHANGE}",
            r"(?<!줄)줄(?=었|어|이|인|여|였|일|고|며|면|지|기|자|던)|감소|감액|감축|감원|급감|축소|위축",
            r"하락|급락|폭락|하향|인하|둔화|약세|악화|후퇴|내림세|내림폭",
            r"내렸|내리[고며면기지는자되도]|내린|내릴|내려(?!받|앉|오|왔|온|놓|다|졌|진|지|가|갔)|내려가|내려갔|내려갈",
            r"낮아[졌지진질]|낮췄|낮추|낮춘|낮춰|낮출|작아[졌지진]|떨어[졌지진질뜨트]",
            r"깎았|깎[은아이]|꺾였|꺾이|빠졌|좁혔|좁혀|좁히|짧아[졌지진]|느려[졌지진]|저렴해|싸[졌진](?![가-힣])",
            r"\b(?:"
            + "|".join(
                (
                    r"fall(?:s|en|ing)?(?!\sshort|\sof\s\d)|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)(?!\sto)",
                    r"cut(?:s|ting)?(?!\soff)|reduc(?:e|es|ed|ing|tion)|shrink(?:s|ing)?|shr[au]nk|shed|s[au]nk|sink(?:s|ing)?",
                    _regular("lower slump plummet weaken retreat"),
                    _with_e("decreas plung tumbl eas halv downgrad"),
                    r"slid(?:e|es)?|slip(?:s|ped|ping)?|slow(?:s|ed|ing)|narrow(?:s|ed|ing|er)?|trim(?:s|med|ming)?",
                    r"slash(?:es|ed|ing)?|dip(?:s|ped)?|shav(?:ed?|ing)|scal(?:e|es|ed|ing)\sback",
                    r"cheaper|cooler|colder|slower(?=\sthan)|shorter|less\sexpensive",
                    r"los(?:t|es|ing)\s(?=\d)|crash(?:ed)?(?=\s\d)",
                    rf"(?:{_WENT}|brought|bring(?:s|ing)?)\s(?:\w+\s){{0,2}}?down|down{_MEASURED}",
                )
            )
            + r")\b",
        )
    ),
    re.IGNORECASE,
)
# 높다, 많다 and their opposites compare only when something is compared.
_THAN = r"(?:보다|비해|대비|%(?:포인트|p)?|도|배|㎝|명|건|개|원|회|곳|편|대)\s(?:[가-힣]+\s)?"
_COMPARED_MORE = re.compile(rf"{_THAN}(?P<word>높[은다았고으아]|많[은다았고아으]|비싸|빠르|빨랐|길)")
_COMPARED_LESS = re.compile(rf"{_THAN}(?P<word>낮[은다았고으아]|적[은다었고어으]|싸[다고게]|싼|느리|짧)")
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
