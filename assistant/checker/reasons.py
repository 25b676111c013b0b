"""The reasons of a verdict in Korean, for a reader of a Korean draft; `verify` words them in English."""

import re

_FORMS = tuple(
    (re.compile(pattern, re.DOTALL), korean)
    for pattern, korean in (
        (
            r"contradicts: (?P<said>.+), as the claim gives it vs (?P<given>.+) in the text",
            "수치가 다른 대상의 것입니다: 이 문장 ‘{said}’, 기사 ‘{given}’",
        ),
        (
            r"contradicts: (?P<said>.+) vs no such denial",
            "이 문장은 부정하지만(‘{said}’) 기사에는 그런 부정이 없습니다",
        ),
        (r"contradicts: says that it is so vs (?P<given>.+)", "이 문장은 긍정하지만 기사는 부정합니다(‘{given}’)"),
        (
            r"contradicts: not (?P<said>\S+) vs (?P<given>.+)",
            "이 문장은 부정하고(‘{said}’) 기사는 긍정합니다(‘{given}’)",
        ),
        (
            r"contradicts: (?P<said>.+) vs not (?P<given>\S+)",
            "이 문장은 긍정하고(‘{said}’) 기사는 부정합니다(‘{given}’)",
        ),
        (r"contradicts: (?P<said>.+) vs (?P<given>.+)", "서로 다릅니다: 이 문장 ‘{said}’, 기사 ‘{given}’"),
        (r"not in the cited text: (?P<said>.+)", "기사 문장에 없는 내용: {said}"),
        (r"agrees: (?P<said>.+)", "일치하는 내용: {said}"),
        (r"the cited words themselves", "기사 문장 그대로입니다"),
        (r"no article says anything like it", "비슷한 내용을 쓴 기사가 없습니다"),
        (r"nothing to check", "대조할 수치·날짜·이름이 없습니다"),
        (r"no citation", "근거로 든 문장이 없습니다"),
    )
)


def in_korean(reason: str) -> str:
    """A reason in Korean; the words that it quotes stay as they are."""
    for form, korean in _FORMS:
        if found := form.fullmatch(reason):
            return korean.format(**found.groupdict())
    return reason
