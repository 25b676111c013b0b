"""The gate sees planted regressions, in the real assistant over the sample articles, and lets the rest through."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import prompts
from assistant.answer import Answer, AnswerSentence, Citation
from assistant.retrieve import OWN
from assistant.settings import Settings
from eval.adapters import read_articles
from eval.cli import main
from eval.configuration import configured
from eval.gate import GateError, baseline_of, fallen, hold, read_baseline, write_baseline
from eval.questions import Question
from eval.run import Run, claim, fill
from eval.stage import assistant_of, finder, load_gold, sample_articles, sample_gold
from eval.systems import System, assistant_system
from ingest.embed import load_embedder
from ingest.library import Library
from tests.openai_server import Connection, ModelServer, streamed
from tests.test_eval_run import QUESTIONS, Scripted
from tests.test_eval_run import run as scripted

TYPES = ("foreign", "number")  # enough that has an answer, and enough that has none


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("sample"), load_embedder()) as library:
        library.add(list(read_articles(sample_articles())))
        yield library


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    dev = load_gold(sample_gold(), "dev", ()).questions
    return [question for kind in TYPES for question in [q for q in dev if q.type == kind][:24]]


@pytest.fixture(scope="module")
def good(library: Library, questions: list[Question], tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("good")
    return put(folder, shipped(library), library, questions)


def shipped(library: Library, *changes: str) -> System:
    """The assistant as it is, or with changes such as `--set` makes."""
    return assistant_system(assistant_of(library, configured(changes, Settings(library.folder))))


def put(folder: Path, system: System, library: Library, questions: Sequence[Question]) -> Run:
    find = finder(library)
    return fill(claim(folder, {"systems": {"assistant": True}}, questions, find), [system], find)


def fell(run: Run, good: Run) -> set[str]:
    held = hold(run, baseline_of(good))
    assert bool(fallen(run, held)) == any(one.fell for one in held)
    return {one.metric for one in held if one.fell}


def test_the_same_assistant_again_passes(good: Run) -> None:
    assert fell(good, good) == set()


def test_a_retriever_that_is_off_is_caught(
    good: Run, library: Library, questions: list[Question], tmp_path: Path
) -> None:
    blind = [f"{table}.{sign}=0" for table in ("own", "foreign") for sign in OWN]
    off = put(tmp_path, shipped(library, *blind), library, questions)
    assert fell(off, good) >= {"hit@1", "hit@10", "nDCG@10", "evidence recall@10", "evidence cited"}


def test_citations_of_the_wrong_sentence_are_caught(
    good: Run, library: Library, questions: list[Question], tmp_path: Path
) -> None:
    whole = shipped(library)

    def elsewhere(citation: Citation) -> Citation:
        article = library.get(citation.article)
        span = article.sentences[-1]  # says that the story is invented, and never the answer
        return replace(citation, start=span.start, end=span.end, quote=span.of(article.text))

    def ask(question: Question) -> Answer:
        answer = whole.ask(question) if whole.ask else None
        assert answer
        shifted = [replace(s, citations=tuple(map(elsewhere, s.citations))) for s in answer.sentences]
        return replace(answer, sentences=tuple(shifted))

    found = fell(put(tmp_path, replace(whole, ask=ask), library, questions), good)
    assert found >= {"right", "answer in quotes", "evidence precision", "evidence cited"}
    assert not found & {"hit@1", "nDCG@10", "resolvable", "verbatim", "abstention recall"}


def test_answering_where_nothing_is_said_is_caught(
    good: Run, library: Library, questions: list[Question], tmp_path: Path
) -> None:
    whole = shipped(library)

    def ask(question: Question) -> Answer:
        answer = whole.ask(question) if whole.ask else None
        assert answer
        if not answer.abstained:
            return answer
        hit = answer.passages[0]
        span = hit.article.sentences[hit.chunk.first]
        where = (span.start, span.end, span.of(hit.article.text))
        cited = Citation("1.1", hit.article.id, hit.article.content_hash, None, None, None, None, *where)
        return replace(answer, abstained=False, sentences=(AnswerSentence(cited.quote, (cited,), "supported"),))

    found = fell(put(tmp_path, replace(whole, ask=ask), library, questions), good)
    assert found >= {"abstention recall", "abstention F1"}
    assert not found & {"hit@1", "nDCG@10", "resolvable", "verbatim"}


def test_one_changed_word_of_the_prompt_is_caught(library: Library, questions: list[Question], tmp_path: Path) -> None:
    """A model that does as it is told: asked for the number of the sentence, it gives it."""
    asked = [question for question in questions if question.answerable][:20]

    def reply(connection: Connection) -> None:
        prompt = server.requests[-1].prompt
        question = next(question for question in asked if question.question in prompt)
        lines = re.findall(r"^\[(\d+\.\d+)\] (.*)$", prompt, re.MULTILINE)
        said = [f"{text} [{number}]" for number, text in lines if any(answer in text for answer in question.answers)]
        told = "Put the number of the sentence" in prompt
        usage = {"prompt_tokens": 100, "completion_tokens": 7, "total_tokens": 107}
        streamed(said[0] if said and told else f"{lines[-1][1]} [{lines[-1][0]}]", usage=usage)(connection)

    ours = tmp_path / "prompts"
    shutil.copytree(Path(str(prompts.__file__)).parent, ours)
    words = ours / "answer.system.txt"
    words.write_text(words.read_text("utf-8").replace("Put the number of", "Put the name of"), "utf-8")
    with ModelServer(reply) as server:
        model = ["chat_model=tiny", f"chat_base_url={server.url}"]
        before = put(tmp_path / "a", shipped(library, *model), library, asked)
        after = put(tmp_path / "b", shipped(library, *model, f"prompts={ours}"), library, asked)
    assert before.results["assistant", asked[0].id]["answer"]["answerer"] == "llm"
    assert before.results["assistant", asked[0].id]["tokens"] == {"in": 100, "out": 7}
    found = fell(after, before)
    assert found >= {"right", "answer in quotes", "evidence cited"}
    assert not found & {"hit@1", "resolvable", "verbatim"}


def gate(*arguments: object) -> int:
    return main(["gate", *map(str, arguments)])


def test_the_gate_fails_by_name_and_lowers_no_floor_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "baseline.json"
    good = scripted(tmp_path / "good", Scripted().system()).folder
    poor = scripted(tmp_path / "poor", Scripted(abstains=False).system()).folder
    assert gate(good, "--baseline", floors) == 2
    assert "gate --update" in capsys.readouterr().err
    assert gate(good, "--baseline", floors, "--update") == 0
    assert gate(good, "--baseline", floors) == 0
    before = floors.read_text(encoding="utf-8")

    assert gate(poor, "--baseline", floors) == 1
    assert "abstention recall fell from 1.000 to 0.000" in capsys.readouterr().err
    assert gate(poor, "--baseline", floors, "--update") == 1
    assert "abstention recall 1.0 -> 0.0" in capsys.readouterr().err
    assert floors.read_text(encoding="utf-8") == before

    assert gate(poor, "--baseline", floors, "--update", "--allow-lower") == 0
    changed = set(before.splitlines()) - set(floors.read_text(encoding="utf-8").splitlines())
    assert '    "abstention recall": 1.0,' in changed
    assert gate(poor, "--baseline", floors) == 0
    assert gate(good, "--baseline", floors, "--update") == 0
    assert floors.read_text(encoding="utf-8") == before


def test_a_floor_cannot_be_lowered_by_hand(tmp_path: Path) -> None:
    floors = tmp_path / "baseline.json"
    write_baseline(floors, baseline_of(scripted(tmp_path / "run", Scripted().system())))
    floors.write_text(
        floors.read_text(encoding="utf-8").replace('"abstention recall": 1.0', '"abstention recall": 0.5')
    )
    with pytest.raises(GateError, match="not those of its scores"):
        read_baseline(floors)


def test_other_questions_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "baseline.json"
    write_baseline(floors, baseline_of(scripted(tmp_path / "run", Scripted().system())))
    fewer = scripted(tmp_path / "fewer", Scripted().system(), questions=QUESTIONS[:50]).folder
    assert gate(fewer, "--baseline", floors) == 2
    changed = [replace(QUESTIONS[1], answers=("1007",)), *QUESTIONS[2:], QUESTIONS[0]]
    assert (
        gate(scripted(tmp_path / "changed", Scripted().system(), questions=changed).folder, "--baseline", floors) == 2
    )
    assert "(1 differ: q01)" in capsys.readouterr().err


def test_a_single_false_quote_and_a_single_error_are_enough(tmp_path: Path) -> None:
    class Forger(Scripted):
        def ask(self, question: Question) -> Answer:
            answer = super().ask(question)
            if question.id == "q07":
                (sentence,) = answer.sentences
                forged = replace(sentence.citations[0], quote="상인회는 거절했다.")
                return replace(answer, sentences=(replace(sentence, citations=(forged,)),))
            return answer

    class Failing(Scripted):
        def ask(self, question: Question) -> Answer:
            if question.id == "q07":
                raise RuntimeError
            return super().ask(question)

    baseline = baseline_of(scripted(tmp_path / "good", Scripted().system()))
    forged, failed = (scripted(tmp_path / k.__name__, k().system()) for k in (Forger, Failing))
    assert [one.metric for one in hold(forged, baseline) if one.fell] == ["verbatim"]
    assert "1 errors" in " ".join(fallen(failed, hold(failed, baseline)))


def test_a_change_of_one_answer_passes(tmp_path: Path) -> None:
    class Slipping(Scripted):
        def ask(self, question: Question) -> Answer:
            if question.id == "q07":
                return Answer(question.question, "ko", "없습니다.", True, "extractive")
            return super().ask(question)

    baseline = baseline_of(scripted(tmp_path / "good", Scripted().system()))
    slipped = scripted(tmp_path / "slipped", Slipping().system())
    assert fallen(slipped, hold(slipped, baseline)) == []
    assert slipped.results["assistant", "q07"]["scores"]["right"] == [0.0, 1.0]


def test_the_shipped_assistant_holds_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate"]) == 0, capsys.readouterr()
