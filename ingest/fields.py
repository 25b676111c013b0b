"""What a page's own lines say about it: who published it, who wrote it, and when."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ingest.article import Language

KST = timezone(timedelta(hours=9), "KST")


@dataclass(frozen=True)
class Facts:
    """What is known about an article besides its text; what is not known is None. Times are ISO 8601."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_at: str | None = None

    def or_else(self, other: "Facts") -> "Facts":
        """These facts, with the gaps filled from `other`."""
        return Facts(
            self.title or other.title,
            self.publisher or other.publisher,
            self.author or other.author,
            self.published_at or other.published_at,
        )


def iso_time(value: str, language: Language) -> str:
    """ISO 8601 in one form: `2024-11-06`, or `2024-11-06T17:23:00+09:00`.

    A time without a zone is Korean time in a Korean article; in an English one its zone, and so its hour, is
    unknown, and the date alone is kept. Raises ValueError for anything that is not an ISO 8601 date or time.
    """
    value = value.strip()
    if len(value) <= 10:
        return date.fromisoformat(value).isoformat()
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        if language == "en":
            return time.date().isoformat()
        time = time.replace(tzinfo=KST)
    return time.isoformat()


_NAME = r"[가-힣]{2,4}"
_ROLE = (
    r" ?(?:선임|수습|인턴|객원|전문|의학전문|과학전문|경제전문|대|국제부|경제부|사회부|정치부)? ?"
    r"(?:기자|특파원|통신원|논설위원|칼럼니스트|앵커|리포터|에디터|PD)"
)
_MAIL = r"[(<\[]? {0,3}[\w.+-]+@[\w.-]+\w {0,3}[)>\]]?"
_OUTLET = (
    r"\S{1,12}(?:일보|신문|뉴스|뉴스\d+|경제|방송|타임스|타임즈|데일리|투데이|저널|헤럴드|미디어|매거진|통신|통신사|TV"
    r"|닷컴|비즈|포스트|매일)"
)
_PLACES = frozenset(
    "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 수원 성남 용인 고양 창원 청주"
    " 전주 춘천 안동 무안 포항 여수 과천 의정부 평양 워싱턴 뉴욕 도쿄 베이징 상하이 런던 파리 베를린 제네바 하노이"
    " 모스크바 브뤼셀 실리콘밸리 로스앤젤레스".split()
)
_OUTLET_WORDS = re.compile(
    r"\b(?:Press|News|Times|Post|Journal|Herald|Daily|Today|Reuters|AFP|AP|Bloomberg|Yonhap|Agency|Tribune|Examiner"
    r"|Review|Gazette|Wire|Media|Guardian|Observer|Chronicle|Standard|Globe|Mail|Telegraph|Courier|Ledger|Star)\b"
)

# [아이뉴스24 정유림 기자] … / [헤럴드경제=김철수 기자] / [한빛일보 | 세종=김철수 기자]
_BRACKET = re.compile(
    rf"^ {{0,8}}[\[(【〔<](?P<publisher>[^\[\]()【】=|@\n]{{2,20}}?) {{0,3}}(?:[ =|/]|[ |] {{0,3}}{_NAME}=) {{0,3}}"
    rf"(?P<names>{_NAME}(?:[·,ㆍ] ?{_NAME}){{0,5}}){_ROLE} {{0,3}}[\])】〕>]",
    re.MULTILINE,
)
# (서울=연합뉴스) 김철수 이영희 기자 = … / [세종=뉴시스]김철수 기자 =
_LEAD = re.compile(
    rf"^ {{0,8}}[\[(【](?P<place>[^\[\]()【】=\n]{{1,15}})=(?P<publisher>[^\[\]()【】=\n]{{2,15}})[\])】]"
    rf"(?: {{0,3}}(?P<names>{_NAME}(?:[·,ㆍ ] ?{_NAME}){{0,5}}){_ROLE})?",
    re.MULTILINE,
)
_OPENING = re.compile(rf"^ {{0,8}}(?P<names>{_NAME}(?:[·,ㆍ ] ?{_NAME}){{0,5}}){_ROLE} {{0,3}}= ", re.MULTILINE)
_BYLINE = re.compile(
    rf"^[ /▶■◆*|]{{0,8}}(?:(?P<publisher>{_OUTLET}) {{0,3}}[|/=]? {{0,3}})?"
    rf"(?:(?:글·사진|글|취재|기사|기자명) {{0,3}}[=:]? {{0,3}})?"
    rf"(?P<names>{_NAME}(?:[·,ㆍ] ?{_NAME}){{0,5}}){_ROLE} {{0,3}}(?:{_MAIL})? {{0,3}}$",
    re.MULTILINE,
)
_NAME_AND_MAIL = re.compile(rf"(?<![가-힣])(?P<names>{_NAME}){_ROLE} {{0,3}}{_MAIL}")
_NOT_NAMES = frozenset("본지 담당 취재 사진 인턴 수습 전문 현장 동료 선임 객원 시민 편집 온라인 뉴스".split())

_PERSON = r"[A-Z][\w.'’-]+(?: +(?:de|van|von|[A-Z][\w.'’-]*)){1,3}"
_ENGLISH_BYLINE = re.compile(
    rf"^(?:By|BY|Written by|Reported by|Reporting by) +(?P<names>{_PERSON}(?:(?:, +and|,| +and| *&) +{_PERSON})*)"
    r"(?: *[,|•;–—-] *(?P<rest>.{0,80}))?$",
    re.MULTILINE,
)
# Robin Vale is a reporter for The Tidewater Post.
_ABOUT_AUTHOR = re.compile(
    rf"^(?P<names>{_PERSON}) is an? (?:[a-z]+ ){{0,4}}(?:reporter|correspondent|writer|editor|columnist|journalist)"
    r"(?:.{0,60}?\s(?:for|at|with) (?P<publisher>(?:The |the )?[A-Z]\w+(?: [A-Z]\w+){0,3}))?",
    re.MULTILINE,
)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Za-z. ]{1,30}(?:,\s[A-Z][\w. ]{1,20})?\s)?"
    r"\((?P<publisher>[A-Z][A-Za-z]{1,12}(?:\s[A-Z]\w{1,12}){0,3})\)\s*[-–—]",
    re.MULTILINE,
)
_RIGHTS = re.compile(
    r"^(?:.{0,20}?|.{0,150}[|·] {0,3})(?:저작권자|[Cc]opyright|COPYRIGHT|ⓒ|©)[ ©ⓒ:]{0,4}(?:\([cC]\))?[ ©ⓒ]{0,4}"
    r"(?:(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?)?[\s,.]*(?:by\s)?"
    r"(?P<publisher>[^.,|<>()\[\]\n]{2,40}?)\s*(?:[.,|<>()\[\]-]|무단|All\s)(?=.*(?:무단|금지|[Rr]eserved|RESERVED))",
    re.MULTILINE,
)

_KOREAN_DATE = (
    r"(?P<year>(?:19|20)\d\d)\s?[.\-/년]\s?(?P<month>\d{1,2})\s?[.\-/월]\s?(?P<day>\d{1,2})(?:\s?일|\.)?"
    r" {0,3}(?:\([월화수목금토일]\))?[ ,]{0,4}"
    r"(?:[\[(]?(?P<half>오전|오후|AM|PM)? {0,3}(?P<hour>\d{1,2})\s?(?::|시)\s?(?P<minute>\d{2})"
    r"(?:분|:(?P<second>\d\d))?[\])]?)?"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_CLOCK = (
    r"(?P<hour{0}>\d{{1,2}})[:.](?P<minute{0}>\d\d)(?:\s?(?P<half{0}>[AaPp]\.?[Mm]\.?))?"
    r"(?:\s?\(?(?P<zone{0}>[A-Z]{{2,4}})\)?)?"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_ENGLISH_DATE = (
    rf"(?:{_CLOCK.format(1)},?\s+(?:on\s+)?)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
    rf"(?:(?P<name1>{_MONTH})\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?|(?P<day2>\d{{1,2}})\s+(?P<name2>{_MONTH}))\s+(?P<year>(?:19|20)\d\d)"
    rf"(?:[ ,|–—-]{{0,4}}(?:at )?{_CLOCK.format(2)})?"
)
_PUBLISHED = (
    r"(?:기사\s?입력|최초\s?입력|입력|등록|승인|송고\s?시간|송고|발행일|발행|게재|게시|작성일|작성|보도)\s?"
    r"(?:시간|일시|일자|일)?"
)
_PUBLISHED_ENGLISH = r"(?:First\s+)?(?:Published|Posted|PUBLISHED|POSTED)(?:\s+(?:on|at))?"
_CHANGED = (
    r"(?:최종\s?)?(?:수정|업데이트|갱신)\s?(?:시간|일시|일)?|(?:Last\s+)?(?:Updated|Modified|UPDATED)(?:\s+(?:on|at))?"
)
_AFTER_LABEL = r"[\s:：.|]{0,4}"
_BEFORE_LABEL = r"^(?:.{0,60}(?:기자|@[\w.]+|\||•)\s*|By .{0,60}\s|[가-힣]{2,4}\s+)?[^\w\n]{0,4}"
_DATED = re.compile(rf"{_BEFORE_LABEL}{_PUBLISHED}{_AFTER_LABEL}{_KOREAN_DATE}", re.MULTILINE)
_DATED_ENGLISH = re.compile(rf"{_BEFORE_LABEL}{_PUBLISHED_ENGLISH}{_AFTER_LABEL}{_ENGLISH_DATE}", re.MULTILINE)
_DATED_IN_FIGURES = re.compile(rf"{_BEFORE_LABEL}{_PUBLISHED_ENGLISH}{_AFTER_LABEL}{_KOREAN_DATE}", re.MULTILINE)
_BARE_DATE = re.compile(rf"^\s*{_KOREAN_DATE}\s*$", re.MULTILINE)
_BARE_ENGLISH_DATE = re.compile(rf"^\s*{_ENGLISH_DATE}\s*$", re.MULTILINE)


def _anonymous(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_DATE_LINE = re.compile(
    rf"[\s|/·-]*(?:(?:{_PUBLISHED}|{_PUBLISHED_ENGLISH}|{_CHANGED}){_AFTER_LABEL}"
    rf"(?:{_anonymous(_KOREAN_DATE)}|{_anonymous(_ENGLISH_DATE)})[\s|,/·]*)+(?:기사\s?원문)?\s*"
)
_HEADING_LINES = 6
_LONGEST_HEADING = 80
_ZONES = {"KST": 9, "JST": 9, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7}


def is_date_line(line: str) -> bool:
    """Whether a line says nothing but when the page was published or changed."""
    return len(line) <= 150 and bool(_DATE_LINE.fullmatch(line))


def is_byline(line: str) -> bool:
    """Whether a line says nothing but who wrote the article."""
    return len(line) <= 150 and bool(_BYLINE.match(line) or _ENGLISH_BYLINE.match(line))


def is_bare_date(line: str, with_time: bool = False) -> bool:
    """Whether a line is a date, or a date and a time (`with_time`: only these), and nothing else."""
    found = len(line) <= 80 and (_BARE_DATE.match(line) or _BARE_ENGLISH_DATE.match(line))
    return bool(found) and not (with_time and not re.search(r"\d[:.]\d\d\b|\d시", line))


def is_outlet(line: str) -> bool:
    """Whether a line looks like the name of a newspaper or station: "The Tidewater Post", "온누리일보"."""
    line = line.strip()
    if re.fullmatch(_OUTLET, line):
        return True
    return len(line) <= 40 and bool(_OUTLET_WORDS.search(line)) and all(word[0].isupper() for word in line.split()[-2:])


def facts_in(text: str, language: Language) -> Facts:
    """What the text of a page says of itself, in the forms newsrooms use; nothing is guessed."""
    publisher, author = _korean_names(text) if language == "ko" else _english_names(text)
    rights = _RIGHTS.search(text)
    if publisher is None and rights:
        publisher = rights["publisher"].strip(" '\"‘’“”")
    return Facts(publisher=publisher, author=author, published_at=_published_at(text, language))


def _korean_names(text: str) -> tuple[str | None, str | None]:
    publisher = author = None
    for pattern in (_BRACKET, _LEAD, _OPENING, _BYLINE, _NAME_AND_MAIL):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            publisher = publisher or _outlet(groups.get("publisher"))
            author = author or _people(groups.get("names"))
            if author:
                break
    return publisher, author


def _outlet(name: str | None) -> str | None:
    """A publisher's name without the place that newsrooms put beside it."""
    words = [word for word in (name or "").split() if word not in _PLACES]
    return " ".join(words) or None


def _people(names: str | None) -> str | None:
    people = [name for name in re.split(r"[·,ㆍ\s]+", names or "") if name and name not in _NOT_NAMES]
    return ", ".join(people) or None


def _english_names(text: str) -> tuple[str | None, str | None]:
    publisher = author = None
    if byline := _ENGLISH_BYLINE.search(text):
        names = re.split(r",\s+and\s+|,\s+|\s+and\s+|\s*&\s*", byline["names"])
        outlets = [name for name in names if _OUTLET_WORDS.search(name)]
        author = ", ".join(_in_title_case(name) for name in names if name not in outlets) or None
        rest = re.split(r"[,|•;]", byline["rest"] or "")[-1].strip()
        publisher = outlets[-1] if outlets else rest if _OUTLET_WORDS.search(rest) else None
    if author is None and (about := _ABOUT_AUTHOR.search(text)):
        author, publisher = about["names"], publisher or about["publisher"]
    if publisher is None and (dateline := _DATELINE.search(text)):
        publisher = dateline["publisher"]
    return publisher, author


def _in_title_case(name: str) -> str:
    return name.title() if name.isupper() else name


def _published_at(text: str, language: Language) -> str | None:
    for pattern in (_DATED, _DATED_ENGLISH, _DATED_IN_FIGURES):
        if (found := pattern.search(text)) and (time := _iso(found.groupdict(), language)):
            return time
    return None


def date_under_title(text: str, title: str | None, language: Language) -> str | None:
    """The date that stands on a line of its own between the headline (or the first line) and the first paragraph."""
    lines = [line for line in text.splitlines() if line.strip()]
    head = next((number for number, line in enumerate(lines) if line.strip() == title), 0)
    for line in lines[head + 1 : head + _HEADING_LINES]:
        if len(line) > _LONGEST_HEADING:
            break
        found = _BARE_DATE.match(line) or _BARE_ENGLISH_DATE.match(line)
        if found and (time := _iso(found.groupdict(), language)):
            return time
    return None


def _iso(parts: dict[str, str | None], language: Language) -> str | None:
    """The date in a match, with its time where the zone is known; None when there is no such day."""
    month_name, day = (
        parts.get("name1") or parts.get("name2"),
        parts.get("day") or parts.get("day1") or parts.get("day2"),
    )
    month = _MONTHS.index(month_name[:3].lower()) + 1 if month_name else int(parts["month"] or 0)
    clock = {
        name: parts.get(name) or parts.get(name + "1") or parts.get(name + "2")
        for name in ("hour", "minute", "half", "zone")
    }
    zone = _zone(clock["zone"], language)
    try:
        day_only = date(int(parts["year"] or 0), month, int(day or 0))
        if clock["hour"] is None or zone is None:
            return day_only.isoformat()
        hour = _hour(int(clock["hour"]), clock["half"])
        second = int(parts.get("second") or 0)
        return datetime(*day_only.timetuple()[:3], hour, int(clock["minute"] or 0), second, tzinfo=zone).isoformat()
    except ValueError:
        return None


def _zone(name: str | None, language: Language) -> timezone | None:
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    return KST if language == "ko" and name is None else None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    afternoon = half == "오후" or half.lower().startswith("p")
    return hour % 12 + 12 * afternoon
