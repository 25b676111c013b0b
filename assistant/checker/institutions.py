"""Public bodies by their names and short names in both languages: 한국은행, 한은 and the Bank of Korea are one."""

import re

from assistant.checker.bilingual import Bilingual

_BODIES = tuple(
    Bilingual(pattern)
    for pattern in (
        r"한국은행|한은|금융통화위원회|금통위|\bBank of Korea\b|\bBOK\b|중앙은행|(?i:\bcentral bank\b)",
        r"금융감독원|금감원|\bFinancial Supervisory Service\b|\bFSS\b|(?i:\bfinancial (?:regulator|watchdog)\b)",
        r"금융위원회|금융위|\bFinancial Services Commission\b|\bFSC\b",
        r"공정거래위원회|공정위|\bFair Trade Commission\b|\bK?FTC\b|(?i:\bantitrust (?:regulator|watchdog)\b)",
        r"국회|\bNational Assembly\b|(?i:\bparliament)",
        r"대법원|\bSupreme Court\b|(?i:\btop court\b)",
        r"헌법재판소|헌재|\bConstitutional Court\b",
        r"고등법원|고법|\bHigh Court\b|(?i:\bappeals court\b|\bappellate court\b)",
        r"지방법원|지법|\bDistrict Court\b",
        r"감사원|\bBoard of Audit\b",
        r"국민연금|\bNational Pension Service\b|\bNPS\b",
        r"통계청|국가데이터처|\bStatistics Korea\b|(?i:\bstatistics (?:agency|office)\b)",
        r"기상청|\bMeteorological (?:Administration|Agency|Office)\b|(?i:\bweather (?:agency|service|office)\b)",
        r"질병관리청|질병청|\bDisease Control\b|\bKDCA\b|(?i:\bhealth agency\b)",
        r"국세청|\bNational Tax Service\b|\bNTS\b|(?i:\btax (?:agency|office|authorit))",
        r"관세청|\bCustoms Service\b|(?i:\bcustoms\b)",
        r"교육부|\bEducation Minist(?:ry|er)\b|\b[Mm]inist(?:ry|er) of [Ee]ducation\b|"
        r"(?i:\beducation minist(?:ry|er)\b)",
        r"법무부|\bMinistry of Justice\b|(?i:\bjustice minist(?:ry|er)\b)",
        r"국방부|\bMinistry of (?:National )?Defen[cs]e\b|(?i:\bdefen[cs]e minist(?:ry|er)\b)|\bPentagon\b",
        r"외교부|외무부|\bMinistry of Foreign Affairs\b|(?i:\bforeign (?:ministry|office)\b)",
        r"통일부|(?i:\bunification minist(?:ry|er)\b|\bministry of unification\b)",
        r"환경부|(?i:\benvironment minist(?:ry|er)\b|\bministry of (?:the )?environment\b|\bclimate minist(?:ry|er)\b)",
        r"보건복지부|복지부|(?i:\b(?:health|welfare) minist(?:ry|er)\b|\bministry of health\b)",
        r"고용노동부|노동부|(?i:\blabou?r minist(?:ry|er)\b|\bministry of (?:employment|labou?r)\b)",
        r"국토교통부|국토부|(?i:\b(?:land|transport) minist(?:ry|er)\b|\bministry of (?:land|transport))",
        r"문화체육관광부|문체부|(?i:\bculture minist(?:ry|er)\b|\bministry of culture\b)",
        r"기획재정부|기재부|재정경제부|재무부|(?i:\bfinance minist(?:ry|er)\b|"
        r"\bministry of (?:economy and )?finance\b|"
        r"\btreasury\b)",
        r"행정안전부|행안부|(?i:\binterior minist(?:ry|er)\b|\bministry of the interior\b)",
        r"산업통상자원부|산업통상부|산업부|(?i:\b(?:industry|trade) minist(?:ry|er)\b|\bministry of (?:trade|"
        r"industry))",
        r"해양수산부|해수부|(?i:\b(?:oceans|fisheries) minist(?:ry|er)\b|\bministry of oceans\b)",
        r"농림축산식품부|농식품부|(?i:\bagriculture minist(?:ry|er)\b|\bministry of agriculture\b)",
        r"과학기술정보통신부|과기정통부|(?i:\bscience (?:and \w+ )?minist(?:ry|er)\b|\bministry of science\b)",
        r"여성가족부|여가부|성평등가족부|(?i:\bgender (?:equality )?minist(?:ry|er)\b|\bministry of gender\b)",
        r"국제통화기금|\bIMF\b|\bInternational Monetary Fund\b",
        r"세계은행|\bWorld Bank\b",
        r"세계보건기구|\bWHO\b|\bWorld Health Organi[sz]ation\b",
        r"세계무역기구|\bWTO\b|\bWorld Trade Organi[sz]ation\b",
        r"경제협력개발기구|\bOECD\b",
        r"유네스코|\bUNESCO\b|\bUnesco\b",
        r"유니세프|\bUNICEF\b|\bUnicef\b",
        r"검찰|(?i:\bprosecut(?:ors|ion)\b)",
        r"경찰|(?i:\bpolice\b)",
        r"소방|(?i:\bfire (?:officials|department|service|authorit|agency)|\bfirefighters?\b)",
        r"해양경찰|해경|(?i:\bcoast ?guard\b)",
    )
)


def replaced_body(claim: str, cited: str) -> tuple[str, str] | None:
    """A body of the claim that the cited text does not name, and the one that it names and the claim does not."""
    said = _bodies(claim)
    given = _bodies(cited) if said else {}
    new, left_out = [b for b in said if b not in given], [b for b in given if b not in said]
    if new and left_out:
        return said[new[0]][0], given[left_out[0]][0]
    return None


def shared_bodies(claim: str, cited: str) -> list[tuple[int, int]]:
    """Where the claim names bodies that the cited text names too, by whatever name."""
    said = _bodies(claim)
    given = _bodies(cited) if said else {}
    return [match.span() for number, match in said.items() if number in given]


def _bodies(text: str) -> dict[int, re.Match[str]]:
    """Where a text names each body, by its number in the table."""
    found = ((number, next(body.finditer(text), None)) for number, body in enumerate(_BODIES))
    return {number: match for number, match in found if match}
