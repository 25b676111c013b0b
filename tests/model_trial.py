"""Asks a language model of yours 26 questions over the sample articles, and tells what became of its answers.

`python -m tests.model_trial`, with ASSISTANT_CHAT_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY set as for the
assistant. Half the questions are Korean; some cross the languages, ask for two things, follow up on another, or have
no answer in the articles.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.generate import generator
from assistant.generation import Generation
from assistant.names import names_of
from assistant.request import Request
from assistant.sample import sample_articles
from assistant.settings import Settings
from ingest.embed import load_embedder
from ingest.library import Library


@dataclass(frozen=True)
class Asked:
    """A question; a right answer matches all of `says`, and is silence where that is empty."""

    question: str
    says: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What came of a question; `made` is the model's account, None where it failed."""

    asked: Asked
    answer: Answer
    made: Generation | None

    @property
    def is_cited(self) -> bool:
        """Whether at least one sentence of the model's own is shown."""
        return self.made is not None and self.made.kept > 0

    @property
    def is_right(self) -> bool:
        """Whether the answer says what it must, in the model's words or in those of the article."""
        if not self.asked.says or self.answer.abstained:
            return self.answer.abstained and not self.asked.says
        return all(re.search(pattern, self.answer.answer, re.IGNORECASE) for pattern in self.asked.says)


QUESTIONS = (
    Asked("쿠팡이 입점 상인들한테 해 주겠다고 한 게 뭐야?", ("할인|discount", "정산|settlement")),
    Asked("모아담이 판매자에게 못 준 돈은 마지막 보도 기준으로 얼마까지 늘었나요?", (r"347억|34\.7 billion",)),
    Asked("오르벡스 드레스덴 공장 예산이 얼마에서 얼마로 줄었어?", (r"23억|2\.3 billion", r"18억|1\.8 billion")),
    Asked("해솔모바일 과징금이 얼마고 첫 재판은 언제 열려?", (r"62억|6\.2 billion", r"9월 4일|Sept\. 4")),
    Asked("가람시 버스 요금은 지금 얼마고 청소년은 얼마야?", ("1,?550", "850")),
    Asked("소래 마라톤 우승자는 상금을 모두 얼마나 받았나?", ("5,?000만|50 million|5,?500만|55 million",)),
    Asked("브린들 팜 치즈를 먹고 숨진 사람이 있나요?", ("없|nobody|no one",)),
    Asked("한터대 총장은 등록금 인상에 대해 뭐라고 했어?"),
    Asked("토스는 소상공인에게 어떤 지원을 약속했나?"),
    Asked("은여울강 물고기가 죽은 원인과 과태료 납부 기한은?", ("구리|copper",)),
    Asked("까치 2호가 싣고 간 위성 가운데 분리되지 못한 건 몇 기고 왜 그랬어?", ("문|door",)),
    Asked("그럼 카카오는?", ("카카오|Kakao",), ("네이버는 소상공인 교육에 얼마를 쓰기로 했어?",)),
    Asked("왜 줄었대?", ("후원사|sponsor",), ("블루고라니가 받은 우승 상금은 얼마야?",)),
    Asked("What is Nurisom doing differently from Nurisaem for merchants?", ("settle|paying|payment|정산",)),
    Asked("How much snow fell in Mirinae and how many villagers were cut off?", (r"38\.5", r"\b64|sixty-four")),
    Asked("Did Garam's bus fare go up in 2024?", ("reject|not |freez|froze|부결|않",)),
    Asked("Who runs Hanteo University's planning office and what did he say about prices?", ("Yuk|육하진", "36")),
    Asked("What is the population of Belonia?"),
    Asked("How long is the gold earring found in tomb number 7, and whose tomb is it?", (r"5\.8",)),
    Asked("Why did the Deulme-Beodeul merger fail?", (r"31\.6|turnout|투표율",)),
    Asked("Which scooter was recommended, and how far did Haruride go on one charge?", ("Green|그린휠", "47")),
    Asked("Who is the chief executive of Tallowby and how much of the company does she own?", ("Achterberg", "17")),
    Asked("What did the peak power demand in Solnae reach, and were there blackouts?", ("6,?140", "no |not |없")),
    Asked("Does the Belonian central bank plan to cut rates in December?", ("not say|would not|did not|declin",)),
    Asked("and Orvix?", (r"7\.2",), ("How much did Orvex's revenue grow in the third quarter?",)),
    Asked(
        "When did he file for it?", ("12 days",), ("Who is the head of Moadam and was court protection considered?",)
    ),
)


def trial(settings: Settings) -> Iterator[Told]:
    """Each question, asked of the sample articles with the model of the settings."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), load_embedder()) as library:
        library.add(sample_articles())
        model = generator(settings, names=partial(names_of, library))
        assistant = Assistant(library, settings, model)
        for asked in QUESTIONS:
            answer = assistant.ask(Request(asked.question, history=asked.after))
            yield Told(asked, answer, model.last if answer.answerer == "llm" else None)


def figures(told: list[Told]) -> dict[str, str]:
    """The table's rows: what share of the answers, or of the model's sentences, are as they should be."""
    made = [each.made for each in told if each.made]
    answerable = [each for each in told if each.asked.says]
    kept = sum(each.kept for each in made)
    written = kept + sum(each.replaced + each.dropped for each in made)
    parts = {
        "answers of the model with a citation that holds": (sum(t.is_cited for t in answerable), len(answerable)),
        "sentences kept by the strict check": (kept, written),
        "sentences in the question's language": (kept - sum(each.strange for each in made), kept),
        "right, by the words they must have": (sum(t.is_right for t in answerable), len(answerable)),
        "silent where the articles do not say": (
            sum(t.is_right for t in told if not t.asked.says),
            len(told) - len(answerable),
        ),
        "quotes in the model's place": (sum(t.answer.answerer == "extractive" for t in told), len(told)),
    }
    return {name: f"{part} of {whole}" for name, (part, whole) in parts.items()}


def main() -> None:
    """Print every answer, and the figures."""
    told = []
    for each in trial(Settings.from_environment()):
        told.append(each)
        understood = f" → {each.answer.understood_as}" if each.answer.understood_as else ""
        print(f"\n{' / '.join([*each.asked.after, each.asked.question])}{understood}")
        for sentence in each.answer.sentences:
            print(f"  {sentence.text} {[citation.marker for citation in sentence.citations]} {sentence.support}")
        for line in (each.answer.reason, *each.answer.notices):
            print(f"  – {line}" if line else "", end="\n" if line else "")
        print(
            f"  {'right' if each.is_right else 'NOT RIGHT'}, {each.answer.timings_ms['total'] / 1000:.0f} s", flush=True
        )
    print()
    for name, figure in figures(told).items():
        print(f"| {name} | {figure} |")


if __name__ == "__main__":
    main()
