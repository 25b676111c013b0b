"""Invented Korean articles of a given length, the same for the same number."""

import random

_SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히"
)
_SUBJECTS = ["은", "는", "이", "가", "의", "도"]
_OBJECTS = [
    "정산 주기",
    "수수료",
    "투자 계획",
    "상생안",
    "매출",
    "배송 지역",
    "할인 비용",
    "인력",
    "연구소",
    "데이터센터",
]
_VERBS = [
    "밝혔다",
    "줄이기로 했다",
    "늘린다고 설명했다",
    "검토하고 있다",
    "발표했다",
    "약속했다",
    "미뤘다",
    "다시 정했다",
]


def korean_text(number: int, characters: int = 1500) -> str:
    """An invented article, made of sentences, of about `characters` characters."""
    chance = random.Random(number)
    sentences: list[str] = []
    while sum(len(sentence) + 1 for sentence in sentences) < characters:
        sentences.append(_sentence(chance))
    return " ".join(sentences)


def _sentence(chance: random.Random) -> str:
    name = "".join(chance.choices(_SYLLABLES, k=chance.choice([2, 3, 3, 4])))
    place = "".join(chance.choices(_SYLLABLES, k=2)) + chance.choice(["시", "구", "동"])
    amount = f"{chance.randint(2, 990)}억 원"
    day = f"{chance.randint(1, 12)}월 {chance.randint(1, 28)}일"
    return (
        f"{name}{chance.choice(_SUBJECTS)} {day} {place}에서 {chance.choice(_OBJECTS)}에 {amount}을 들여 "
        f"{chance.choice(_OBJECTS)}을 {chance.choice(_VERBS)}."
    )
