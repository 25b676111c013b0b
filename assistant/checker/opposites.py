"""Opposites: approved and rejected, 허용 and 금지, and whether a text says the one or the other."""

import re
from collections.abc import Iterator, Set

from assistant.checker.bilingual import Bilingual
from assistant.checker.polarity import Sign

# How a Korean noun becomes a verb: 허용했다, 허용된.
_DO = "했|하|한|할|해|됐|되|된|될|돼|키로|시"
_LIFTED = r"(?:\s?조치)?(?:를|가)?\s?(?:풀|푼|해제|철폐|폐지|없애|해지)"

# Opposites: topic, words for yes, words for no. A negation at the word turns it round.
_OPPOSITES: tuple[tuple[str, Bilingual, Bilingual], ...] = tuple(
    (topic, Bilingual(yes, re.IGNORECASE), Bilingual(no, re.IGNORECASE))
    for topic, yes, no in (
        ("accept", r"받아들[이였일여]|수용(?=" + _DO + r")|수락|승낙|\baccept(?:s|ed|ing)?\b",
         r"거부(?=" + _DO + r"|당)|거절|일축|\b(?:reject|rebuff)(?:s|ed|ing)?\b|\brefus(?:e|es|ed|ing)\b|"
         r"\bturn(?:s|ed|ing)?\sdown\b"),
        ("approve", r"승인|가결|(?<!국회 )통과(?=" + _DO + r")|의결|\bapprov(?:e|es|ed|ing|al)\b|\bpass(?:es|"
        r"ed)\s(?:the|a|an)\b|\bendors(?:e|es|ed)\b|\b(?:adopted)\b",
         r"부결|기각|반려|불허|거부(?=" + _DO + r"|당)|\breject(?:s|ed|ing|ion)?\b|\bdismiss(?:es|ed)\b|"
         r"\bturn(?:s|ed|ing)?\sdown\b|\bvot(?:ed|ing)\sdown\b|\bvetoe?[sd]\b|\bthr(?:ew|own)\sout\b"),
        ("allow", r"허용|허가(?=" + _DO + r"|를)|허락|\ballow(?:s|ed|ing)?\b|\bpermit(?:s|ted|ting)?\b|"
        r"\blegali[sz](?:e|es|ed|ing)\b|금지(?=" + _LIFTED + r")|"
         r"\b(?:lift|end|remov|scrap|drop|repeal)\w*\s(?:the|a|its)\s(?:\w+\s)?(?:ban|prohibition)\b",
         r"금지(?!" + _LIFTED + r")|불허|(?<!the )(?<!its )\bban(?:s|ned|ning)?\b|"
         r"\bprohibit(?:s|ed|ing)?\b|\bforb(?:id|ids|ade|idden)\b|"
         r"\boutlaw(?:s|ed)?\b|\bbarr?(?:s|ed|ing)\b"),
        ("confirm", r"시인|인정했|인정하|확인했|확인하|확인됐|\bconfirm(?:s|ed|ing)?\b|\badmit(?:s|ted|ting)?\b|"
        r"\backnowledg(?:e|es|ed|ing)\b",
         r"부인(?=" + _DO + r")|부정했|부정하|반박|\bden(?:y|ies|ied|ying)\b|\brefut(?:e|es|ed|ing)\b"),
        ("succeed", r"성공|\bsucceed(?:s|ed|ing)?\b|\bsuccess(?:ful|fully)?\b|\bmanag(?:e|es|ed)\sto\b", r"실패|"
        r"\bfail(?:s|ed|ure|ures|ing)?\b|\bunsuccessful\b"),
        ("agree", r"합의(?=" + _DO + r"|에\s(?:이|도달)|를)|동의(?=" + _DO + r"|를)|타결|\bagre(?:e|es|ed|ement|"
        r"eing)\b", r"결렬|\bdisagre(?:e|es|ed|ement)\b|\bcollaps(?:e|ed|es)\b|\bbroke\sdown\b"),
        ("support", r"찬성|\bin\sfavou?r\b|\bvot(?:e|ed|es|ing)\sfor\b|\bback(?:s|ed|ing)\b|\bsupport(?:s|ed|"
         r"ing)\b", r"반대(?=했|하|한|의|"
        r"표|에|로|를|해)|\boppos(?:e|es|ed|ing)\b|\bopposition\sto\b|\bagainst\sthe\b|\bvot(?:e|ed|es|ing)\sagainst\b"),
        ("guilty", r"유죄|(?:벌금|징역)[^.]{0,20}선고|\b(?:fined|sentenced|jailed)\b|\bguilty\b|\bconvict(?:s|ed|"
         r"ion)?\b", r"무죄|\bacquit(?:s|ted|tal)?\b|\binnocent\b|"
        r"\bnot\sguilty\b|\bcleared\b"),
        ("include", r"포함(?=" + _DO + r")|\binclud(?:e|es|ed)\b", r"제외(?=" + _DO + r")|"
        r"배제(?=" + _DO + r")|\brul(?:e|es|ed|ing)\sout\b|"
        r"\bexclud(?:e|es|ed|ing)\b|\bleft\sout\b"),
        ("open", r"개방(?=" + _DO + r")|재개장|개장(?=" + _DO + r")|문을\s(?:다시\s)?[여열연]|재개관|"
         r"\b(?:re)?open(?:s|ed|ing)?\b", r"폐쇄|폐장|"
        r"폐관|휴관|문을\s닫|\bclos(?:e|es|ed|ing|ure)\b|\bshut(?:s|ting|down)?\b"),
        ("run", r"재개(?!발|장)|착수|시작(?=" + _DO + r")|개시|\bresum(?:e|es|ed|ing)\b|\bbeg[iau]n(?:s|"
        r"ning)?\b|\bstart(?:s|ed|ing)?\b|\blaunch(?:es|ed|ing)?\b",
         r"중단|중지|\bhalt(?:s|ed|ing)?\b|\bsuspend(?:s|ed|ing)?\b|\bstop(?:s|ped|ping)?\b"),
        ("keep", r"유지(?=" + _DO + r")|존속|고수|\bmaintain(?:s|ed|ing)?\b|\bkept\b|\bkeep(?:s|"
        r"ing)?\b|\bretain(?:s|ed|ing)?\b",
         r"폐지|철회|백지화|\babolish(?:es|ed|ing)?\b|\bscrap(?:s|ped|ping)\b|\bwithdr(?:aw|ew|awn|awing)\b|"
         r"\brepeal(?:s|ed)?\b|\babandon(?:s|ed|ing)?\b"),
        ("attend", r"참석|참가(?=" + _DO + r")|\battend(?:s|ed|ing)?\b", r"불참|\babsent\b|\bboycott(?:s|ed|"
        r"ing)?\b|\bskip(?:s|ped|ping)\b|\bstay(?:s|ed)\saway\b"),
        ("legal", r"합법|합헌|적법|(?<!il)(?<!un)\blegal\b|\blawful\b|(?<!un)\bconstitutional\b", r"불법|위법|"
        r"위헌|\billegal(?:ly)?\b|\bunlawful(?:ly)?\b|\bunconstitutional\b"),
        ("safe", r"안전하|안전한|안전하다|\bsafe\b", r"위험하|위험한|\bunsafe\b|\bdangerous\b"),
        ("surplus", r"흑자|순이익|\bsurplus(?:es)?\b|\bnet\s(?:profit|income)\b", r"적자|순손실|\bdeficits?\b|"
         r"\bnet\sloss\b|"
        r"\blost\s(?=[$€£¥₩\d])"),
        ("release", r"석방|풀려나|풀어줬|보석 허가|\breleas(?:e|es|ed)\b|\bfreed\b", r"구속(?=" + _DO + r"|기소)|"
        r"체포|수감|\barrest(?:s|ed|ing)?\b|\bdetain(?:s|ed|ing)?\b|\bjail(?:s|ed|ing)?\b"),
        ("possible", r"수\s있|가능(?=하|해|한|할)|\bmay\b(?!\s(?:not|never))|\bcan\b(?!\s(?:not|never|by\sno|"
        r"hardly|barely|no))|\bable\sto\b|\bavailable\b", r"수\s없|수는\s없|수도\s없|불가|"
        r"면\s안\s[되된돼됩]|\bmust\snot\b|\bcannot\b|\bcan['’]t\b|\bunable\b|\bunavailable\b|"
        r"\bnot\savailable\b|\bmay\snot\b"),
        ("positive", r"긍정적|낙관|호평|\boptimis(?:tic|m)\b|\bpositive\b|\bprais(?:e|ed|es)\b", r"부정적|비관|"
        r"혹평|\bpessimis(?:tic|m)\b|\bnegative\b|\bcriticis?z?(?:e|ed|es)\b"),
        ("extreme", r"사상\s최고|역대\s최고|최고치|최대치|사상\s최대|역대\s최대|\bhighest\b|"
        r"\brecord\shigh\b", r"사상\s최저|역대\s최저|최저치|최소치|역대\s최소|\blowest\b|\brecord\slow\b"),
        ("strengthen", r"강화(?=" + _DO + r"|를|방)|\btighten(?:s|ed|ing)?\b|\btougher\b|"
        r"\bstricter\b", r"완화(?=" + _DO + r"|를|방)|\bloosen(?:s|ed|ing)?\b|\brelax(?:es|ed|ing)?\b|"
        r"\beas(?:e|es|ed|ing)\b"),
        ("hire", r"채용(?=" + _DO + r"|을)|\bhir(?:es|ed)\b|\brecruit(?:s|ed|ing)?\b", r"해고|감원|정리해고|"
        r"\blay(?:ing)?\soff\b|\blaid\soff\b|\blayoffs?\b|\bfir(?:ed|ing)\b|\bcut(?:ting|s)?\sjobs\b"),
        ("join", r"가입(?=" + _DO + r"|을)|합류|\bjoin(?:s|ed|ing)?\b", r"탈퇴|이탈(?!리아)|\bleav(?:e|es|ing)\b|"
        r"\bquit(?:s|ting)?\b|\bwithdr(?:aw|ew|awn)\sfrom\b"),
        ("uphold", r"확정(?=" + _DO + r")|원심을\s(?:그대로\s)?(?:유지|확정)|\buph(?:e|o)ld(?:s|ing)?\b|"
         r"\bstands\b", r"파기|뒤집|"
        r"\boverturn(?:s|ed|ing)?\b|\bquash(?:es|ed|ing)?\b|\bstruck\sdown\b|\bthrew\sout\b|\bset\saside\b"),
        ("beat", r"웃돌|상회|\bbeat(?:s|ing)?\b|\bexceed(?:s|ed|ing)?\b|\bsurpass(?:es|ed|ing)?\b|\btopp(?:ed|ing)\b",
         r"밑돌|하회|못\s?미[치쳤친쳐]|미달|\b(?:fell|fall|falls|falling)\sshort\b|\bshort\sof\b|"
         r"\bmissed\sexpectations\b"),
        ("cancel", r"연기(?=" + _DO + r")|미[뤘뤄룬루]|\bpostpon(?:e|es|ed|ing)\b|\bput\s(?:back|off)\b|"
         r"\bdelay(?:s|ed|ing)?\b",
         r"취소(?=" + _DO + r")|\bcancel(?:s|led|ed|ling|ing)?\b|\bcall(?:s|ed)\soff\b"),
        ("pace", r"가팔라|가속|오름폭[이을]\s(?:커|키|확대)|상승\s?폭[이을]\s(?:커|키|확대)|\baccelerat(?:e|es|ed|"
         r"ing)\b|\bquicken(?:s|ed|ing)?\b",
         r"둔화|오름폭[이을]\s(?:줄|축소|좁)|상승\s?폭[이을]\s(?:줄|축소|좁)|\bslow(?:s|ed|ing)?\b"),
        ("just", r"직후|\b(?:shortly|soon|right|immediately|just|minutes|hours|moments)\safter\b",
         r"직전|\b(?:shortly|right|immediately|just|minutes|hours|moments)\sbefore\b"),
        ("trade", r"사들[이인였일여]|매수|매입|인수(?=" + _DO + r")|\bb(?:uy|uys|ought|uying)\b|\bpurchas(?:e|es|"
         r"ed|ing)\b",
         r"팔아|팔았|매도|매각|처분(?=" + _DO + r")|\bs(?:ell|ells|old|elling)\b"),
        ("early", r"일찍|앞당|\bearlier\sthan\b|\bahead\sof\b", r"늦게|늦[춰췄]|\blater\sthan\b|\bbehind\sschedule\b"),
        ("north", r"(?<!동)(?<!서)북[부쪽]|\bnorth(?:ern)?\b(?!\s?(?:Korea|America|east|west))",
         r"(?<!동)(?<!서)남[부쪽]|\bsouth(?:ern)?\b(?!\s?(?:Korea|America|Africa|Jeolla|Gyeong|Chung|east|west))"),
        ("east", r"동[부쪽](?!권|화재)|\beast(?:ern)?\b(?!\s(?:Asia|Sea))", r"서[부쪽](?!터)|\bwest(?:ern)?\b"),
        ("left", r"왼[쪽손발]|\bleft(?:\s(?!out|behind|the)|-)(?=\w+)", r"오른[쪽손발]|\bright(?=\s(?:foot|hand|"
         r"arm|leg|knee|shoulder|eye|side))"),
        ("home", r"국내(?=\s)|내수|\bdomestic\b", r"해외(?=\s)|\b(?:foreign|overseas)\b(?!\s(?:minist|office|"
         r"affairs))"),
        ("win", r"이겼|이겨|이긴|승소|승리(?=했|를\s거|하)|\bw[io]ns?\b(?=\s(?:the|a|an|its|his|her|their|by|"
         r"against|\d+-\d))",
         r"(?<![가-힣])졌[다고지으]|패소|패배|\bl(?:ost|oses?)\b(?=\s(?:the|a|an|its|his|her|their|by|to|\d+-\d)\s)"),
        ("go ahead", r"강행|돌입(?=했|하|한|해)|예정대로|\bw?[eo]nt?\sahead\swith\b|\bgo(?:es|ing)?\sahead\swith\b|"
         r"\b(?:press|push)\w*\s(?:ahead|on)\swith\b|\bproceed(?:s|ed|ing)?\swith\b",
         r"철회(?=" + _DO + r"|를)|취소(?=" + _DO + r"|를)|거둬들|무산|백지화|\bcall(?:s|ed|ing)?\soff\b|"
         r"\bcancel(?:s|led|ed|ling|ing)?\b|\bscrap(?:s|ped|ping)\b|\bwithdr(?:aw|ew|awn)\b|\bshelv(?:e|es|ed)\b"),
        ("hurt", r"다쳤|다친(?!\s[가-힣]+(?:은|이|도)\s없)|부상을\s입|\b(?:injured|hurt|wounded)\b",
         r"다친\s[가-힣]+(?:은|이|도)\s없|(?:인명|부상자?|사상자?)\s?(?:피해)?[은는이가도]?\s없|\buninjured\b|"
         r"\bunhurt\b|"
         r"\bno\s(?:injuries|casualties)\b"),
        ("killed", r"숨졌|숨진(?!\s[가-힣]+(?:은|이|도)\s없)|사망했|목숨을\s잃|\b(?:killed|died)\b",
         r"(?:숨진|숨지거나\s다친|다치거나\s숨진)\s[가-힣]+(?:은|이|도)\s없|(?:인명|사망자?|"
         r"사상자?)\s?(?:피해)?[은는이가도]?\s없|"
         r"\bno\s(?:deaths|fatalities|casualties)\b"),
        ("appoint", r"임명(?=" + _DO + r")|선임(?=" + _DO + r")|발탁|위촉|영입(?=" + _DO + r")|\bappoint(?:s|ed|"
         r"ing)?\b",
         r"해임|경질|파면|면직|사임|사퇴(?=" + _DO + r"|를|의)|물러[나났난]|\bdismiss(?:ed|al)\b|\bsack(?:s|ed|"
         r"ing)\b|\bousted\b|\bresign(?:s|ed|ing|ation)?\b|\bstep(?:s|ped|ping)?\sdown\b"),
        ("advance", r"진출(?=" + _DO + r"|을|에)|\badvanc(?:e|es|ed)\sto\b|\bqualif(?:y|ied|ies)\b",
         r"탈락|고배를|\bmissed\sout\b|\beliminated\b|\bknocked\sout\b|\bcrashed\sout\b|\bbowed\sout\b"),
        ("elect", r"당선|재선에\s성공|\b(?:re-?)?elected\b", r"낙선|낙마|\blost\s(?:the|his|her|"
         r"its)\s(?:\w+\s)?(?:election|seat|race)\b"),
        ("indict", r"(?<!불)기소(?=" + _DO + r")|\bindict(?:s|ed|ment)?\b|\bcharged\swith\b",
         r"불기소|무혐의|혐의\s?없음|\bdropp?(?:ed|ing)\s(?:the\s|all\s)?charges\b|\bcleared\sof\b"),
        ("deploy", r"배치(?=" + _DO + r")|파병|\bdeploy(?:s|ed|ing|ment)?\b",
         r"철수(?=" + _DO + r"|를)|철군|\bpull(?:s|ed|ing)?\sout\b|\bwithdr(?:aw|ew|awn)\b"),
        ("create", r"도입(?=했|한다|하기로|됐|된다)|신설(?=했|한다|하기로|됐|된다)|제정|출범|\bintroduc(?:e|es|ed|"
         r"ing|tion)\b|\bset(?:s|ting)?\sup\b|\bestablish(?:es|ed|ing)?\b|\bcreat(?:e|es|ed|ing)\b",
         r"폐지(?=" + _DO + r"|를)|해체(?=" + _DO + r"|를)|\babolish(?:es|ed|ing)?\b|\bdisband(?:s|ed|ing)?\b|"
         r"\bdissolv(?:e|es|ed|ing)\b|\bdo(?:es|ing)?\saway\swith\b"),
        ("build", r"건설(?=" + _DO + r")|신축|건립|\bbuil(?:d|ds|ding|t)\s(?:a|an|the|its|two|three|new)\b|"
         r"\berect(?:s|ed|ing)?\b",
         r"철거|허[무물]|\bdemolish(?:es|ed|ing)?\b|\b(?:tear|tore|torn|knock|knocked|pull|pulled)(?:ing|s)?\sdown\b"),
        ("comply", r"준수|(?:규정|약속|법|기한|원칙)을\s(?:지[켰키킨])|\bcompl(?:y|ies|ied)\b|\b(?:kept|"
         r"honou?red)\s(?:its|his|her|their)\spromise\b",
         r"위반|어[겼긴기]|\bviolat(?:e|es|ed|ing|ion)\b|\bbreach(?:es|ed|ing)?\b|\bbr(?:eak|oke|oken)\s(?:the|its|"
         r"his|her|their)\s(?:rules?|promises?|law)\b"),
        ("welcome", r"환영(?=" + _DO + r"|의|한다)|\bwelcom(?:e|es|ed|ing)\b",
         r"규탄|비난(?=" + _DO + r")|\bcondemn(?:s|ed|ing)?\b|\bdenounc(?:e|es|ed|ing)\b|\bdeplor(?:e|es|ed)\b"),
        ("contract", r"체결|(?:계약|협정|협약)을\s맺|(?:계약|협정|협약)에\s서명|\bsign(?:s|ed|ing)?\b(?=\s(?:a|an|"
         r"the|its|up)\b)",
         r"(?:계약|협정|협약)을?\s?(?:파기|해지|종료)|\bterminat(?:e|es|ed|ing)\b|\bt(?:ear|ore|orn)\sup\b|"
         r"\bpull(?:s|ed)?\sout\sof\b"),
        ("lend", r"빌려[주줬준]|\blen(?:d|ds|t|ding)\b(?!er)", r"빌렸|빌린|\bborrow(?:s|ed|ing)?\b"),
        ("arrive", r"입국|도착(?=" + _DO + r")|귀국|\barriv(?:e|es|ed|ing|al)\b",
         r"출국|출발(?=" + _DO + r")|\bdepart(?:s|ed|ing|ure)?\b|\bleft\sfor\b|\bset\soff\b"),
        ("sold out", r"매진|완판|\bsold\sout\b", r"미분양|팔리지\s않|안\s팔|\bunsold\b"),
        ("recover", r"회복(?=" + _DO + r")|호전|개선(?=" + _DO + r")|\brecover(?:s|ed|ing|y)?\b|\bimprov(?:e|es|ed|"
         r"ing)\b", r"악화|나빠[졌지진]|\bworsen(?:s|ed|ing)?\b|\bdeteriorat(?:e|es|ed|ing)\b"),
        ("alert", r"발령(?=" + _DO + r")|발효(?=" + _DO + r")|\bissu(?:e|es|ed|ing)\b(?=[^.;]{0,40}(?:warning|"
         r"alert|advisory|order))",
         r"(?:경보|주의보|특보|명령|경계)[가를는]?\s?해제|\b(?:lift|cancel|"
         r"withdr[ae]w)\w*\b(?=[^.;]{0,40}(?:warning|alert|advisory|order))"),
        ("go on", r"계속(?=된|되|됐|한다|하기|했|할)|이어[갔진졌지가]|지속(?=" + _DO + r")|\bcontinu(?:e|es|ed|"
         r"ing)\b|\bgo(?:es)?\son\b|\bunder\sway\b",
         r"끝[났나낸내]|종료(?=" + _DO + r")|종결|막을\s내|\b(?:is|are|was)\sover\b|\bend(?:s|ed)\b|"
         r"\bcame\sto\san\send\b"),
        ("alone", r"단독(?=으로|\s)|\balone\b|\bunilateral(?:ly)?\b|\bon\s(?:its|their|his|her)\sown\b",
         r"공동(?=으로|\s개발|\s투자|\s운영|\s주최)|\bjoint(?:ly)?\b|\btogether\swith\b"),
        ("willing", r"자진|자발적|스스로|\bvoluntar(?:y|ily)\b|\bof\s(?:its|their|his|her)\sown\saccord\b",
         r"강제(?=로|\s)|\bforc(?:ed|ibly)\b(?=\s(?:out|to)?)|\binvoluntar(?:y|ily)\b"),
        ("survive", r"생존(?=했|한|자)|살아남|목숨을\s건[졌진]|\bsurviv(?:e|es|ed|ing|ors?)\b",
         r"숨졌|사망(?=했|한)|\bdied\b|\bkilled\b|\bfatal(?:ly)?\b"),
        ("warm", r"따뜻|포근|더[웠워운]|\bwarm(?:er|est)?\b|\bhot(?:ter|test)?\b", r"추[웠워운]|쌀쌀|\bcold(?:er|"
         r"est)?\b|\bcool(?:er|est)?\b"),
        ("grant", r"인용(?=했|하|됐|된)|발부|받아들[였여이]|\bgrant(?:s|ed|ing)?\b", r"기각|각하(?=했|하|됐)|"
         r"\bdismiss(?:es|ed)\b|\bden(?:y|ied|ies)\b|\brefus(?:e|es|ed)\b|\bthr(?:ew|own)\sout\b"),
        ("custody", r"(?<!불)구속\s?(?:기소|영장을\s발부|수감)|\bin\s(?:custody|detention)\b",
         r"불구속|\bwithout\s(?:detention|arrest)\b|\bon\sbail\b"),
        ("rating", r"잘한다|\bapprov(?:e|es|ed)\sof\b|\bapproval\b", r"못한다|잘못한다|\bdisapprov(?:e|es|ed|al)\b"),
        ("target", r"(?:목표|기한)[를을]?\s?(?:달성|이[뤘루룬]|지[켰킨]|채[웠운])|\b(?:met|hit|achiev\w+|reach\w+|"
         r"beat)\s(?:the|its|their|his|her|a)\s(?:\w+\s)?(?:targets?|goals?|deadline)\b",
         r"(?:목표|기한)[를을에]?\s?(?:미달|못|넘[겼긴]|놓[쳤친]|미치지)|\b(?:miss\w*|f[ea]ll\sshort\sof)\s(?:the|"
         r"its|their|his|her|a)\s(?:\w+\s)?(?:targets?|goals?|deadline)\b"),
        ("stay", r"잔류|유임|연임|\b(?:stay|remain)(?:s|ed|ing)?\b(?=\s(?:in|as|at|with|on|a)\b)",
         r"(?<![가-힣])떠[났나난]|물러[나났난]|이적(?=" + _DO + r")|\bleav(?:e|es|ing)\b|\bquit\b|\bresign(?:s|ed|"
         r"ing)?\b|\bstep(?:s|ped|ping)?\sdown\b"),
        ("lead", r"앞[섰서선](?!\s?$)|\b(?:lead|leads|leading|ahead\sof)\b", r"뒤[졌처쳐진지]|뒤처|\btrail(?:s|ed|"
         r"ing)?\b|\b(?:lag|lags|lagged)\b"),
        ("lift", r"(?:규제|제한|제재|통제|조치|봉쇄)[를을]?\s?(?:풀|푼|해제|철폐|완화)|\b(?:lift|eas|end|remov|"
         r"scrap|drop)\w*\b(?=\s(?:\w+\s){0,3}(?:restrictions?|curbs?|controls?|sanctions?|checks|limits?|blockade))",
         r"(?:규제|제한|제재|통제|조치|봉쇄)[를을]?\s?(?:연장|유지|강화|더\s|부과|\d+개월\s?(?:더\s)?연장)|"
         r"\b(?:extend|prolong|keep|kept|maintain|tighten|impos)\w*\b(?=\s(?:\w+\s){0,3}(?:restrictions?|curbs?|"
         r"controls?|sanctions?|checks|limits?|blockade))"),
        ("extend", r"연장(?=" + _DO + r"|을)|\bextend(?:s|ed|ing)?\b", r"단축|\bshorten(?:s|ed|ing)?\b"),
    )
)  # fmt: skip
_TURNED_AFTER = re.compile(
    r"[가-힣]{0,4}(?:지(?:는|도|를)?\s?(?:않|못|말)|(?:에|는\s데|은\s데)\s?실패|(?:를|을)\s?(?:거부|거절|부인|"
    r"포기|철회)|\s?수[가는도]?\s?없|도\s못)"
)
_IF_NOT = re.compile(r"으면|는\s한|고는|도록")  # says nothing of whether
_TURNED_BEFORE = re.compile(
    r"(?:\b(?:not|never|cannot|unable\sto|no|nobody|none)|n['’]t|\bfail(?:s|ed|ing)?\sto|\brefus(?:e|es|ed|ing)\sto|"
    r"\bdeclin(?:e|es|ed|ing)\sto|\bno\splans\sto|\bwithout|"
    r"\b(?:nobody|no\sone|none)(?:\s\w+){0,4}|\b(?:keep|kept|prevent|stopp?|block|barr?)(?:s|ed|"
    r"ing)?\s[^.;]{1,60}\sfrom)"
    r"\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)  # fmt: skip


def stances(text: str, topics: Set[str] | None = None) -> Iterator[Sign]:
    """For each topic with opposites (of those given) that `text` speaks of: whether it says yes or no."""
    for topic, yes, no in _OPPOSITES:
        if topics is not None and topic not in topics:
            continue
        for pattern, sign in ((yes, 1), (no, -1)):
            for match in pattern.finditer(text):
                after = _TURNED_AFTER.match(text, match.end())
                before = _TURNED_BEFORE.search(text, max(0, match.start() - 80), match.start())
                if after and _IF_NOT.match(text, after.end()):
                    continue
                if (after or before) and not _holds_negation(match[0]):
                    start, end = before.start() if before else match.start(), after.end() if after else match.end()
                    yield Sign(start, end, -sign, topic, turned=True)
                else:
                    yield Sign(*match.span(), sign, topic)


def _holds_negation(word: str) -> bool:
    return bool(re.match(r"수|불가|면|못|must|can|unab|unav|not|may", word, re.IGNORECASE))
