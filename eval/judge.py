"""A language model as judge: is the answer right, and do the cited sentences bear it out (ALCE, Gao et al. 2023).

What the judge says is kept in the run's `judge.jsonl`, with its name and the fingerprint of its prompt: the same
question to the same judge is not asked again. A judge that fails, or says neither YES nor NO, leaves the question
unscored, which is counted; asked again later it gets another chance. Its figures are never in the gate.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.answerers import Usage
from assistant.language_model import LanguageModel
from assistant.model_faults import ModelFault
from eval.intervals import Estimate, estimate
from eval.questions import Question
from eval.run import Run
from prompts.load import load_prompt

PROMPTS = {"correct": "judge_correct", "support": "judge_support"}
_WORDS = {"yes": True, "no": False}

Price = tuple[float, float]
"""Money for a million tokens in, and out."""


@dataclass(frozen=True)
class Item:
    """One thing to be judged: the prompt's name, and the values of its variables."""

    kind: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Judged:
    """One figure of the judge: its estimate over questions, how many count, and how many could not be scored."""

    name: str
    estimate: Estimate
    n: int
    unscored: int


@dataclass(frozen=True)
class Judgement:
    """What a judge made of a run. `failures` counts judgements that failed, by reason; tokens are of all of them.

    `asked` are the judgements that were wanted.
    """

    judge: str
    prompts: Mapping[str, str]
    figures: tuple[Judged, ...]
    failures: Mapping[str, int]
    tokens: tuple[int, int]
    asked: int

    @property
    def failed(self) -> bool:
        """Whether the judge gave no verdict at all, so that its figures say nothing."""
        return bool(self.asked) and sum(self.failures.values()) == self.asked


def judge_run(
    run: Run,
    model: LanguageModel,
    system: str = "assistant",
    repeats: int = 2,
    progress: Callable[[Sequence[str]], Iterable[str]] = lambda keys: keys,
) -> Judgement:
    """Put every answer of a run to a judge, `repeats` times, and add up what it says. Abstentions are not judged."""
    prompts = {kind: load_prompt(name) for kind, name in PROMPTS.items()}
    answers = _answers(run, system)
    name = f"{model.target.model} at {model.target.host}"
    keys: dict[str, tuple[Item, int]] = {}
    by_item: dict[Item, list[str]] = {}
    for item in dict.fromkeys(item for answer in answers.values() for item in answer.items()):
        for turn in range(repeats):
            key = hashlib.sha256(repr((name, prompts[item.kind].fingerprint, item, turn)).encode()).hexdigest()[:20]
            keys[key] = (item, turn)
            by_item.setdefault(item, []).append(key)
    path = run.folder / "judge.jsonl"
    known = _kept(path.read_text(encoding="utf-8").splitlines() if path.exists() else [])
    with path.open("a", encoding="utf-8") as kept:
        for key in progress([key for key in keys if known.get(key, {}).get("verdict") is None]):
            item, _ = keys[key]
            verdict, failure, tokens = _ask(model, prompts[item.kind].messages(**dict(item.values)))
            known[key] = {"key": key, "verdict": verdict, "failure": failure, "tokens": tokens}
            kept.write(json.dumps(known[key] | {"judge": name, "kind": item.kind}, ensure_ascii=False) + "\n")
            kept.flush()
    said = {item: [known[key]["verdict"] for key in of_item] for item, of_item in by_item.items()}
    reasons = [known[key]["failure"] for key in keys if known[key]["failure"]]
    tokens_in, tokens_out = (sum(known[key]["tokens"][place] for key in keys) for place in (0, 1))
    figures = _figures(run, answers, {item: verdicts[0] for item, verdicts in said.items()})
    return Judgement(
        name,
        {kind: prompt.fingerprint for kind, prompt in prompts.items()},
        (*figures, _agreement(said, repeats)),
        {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)},
        (tokens_in, tokens_out),
        len(keys),
    )


def cost(tokens: tuple[int, int], price: Price) -> float:
    """What tokens in and out cost at a price for a million of each."""
    return (tokens[0] * price[0] + tokens[1] * price[1]) / 1_000_000


@dataclass(frozen=True)
class _Answer:
    """What is judged of one answer: the whole, and each sentence with all it cites, and with each part of that."""

    correct: Item | None
    sentences: tuple[tuple[Item | None, tuple[tuple[Item, Item | None], ...]], ...]
    """Of each sentence: all of its citations (None: it has none), and each citation alone and all but it."""

    def items(self) -> Iterator[Item]:
        yield from filter(None, [self.correct])
        for joint, parts in self.sentences:
            yield from filter(None, [joint, *(item for pair in parts for item in pair)])


def _answers(run: Run, system: str) -> dict[str, _Answer]:
    """What is to be judged, by question id: the answers that were given."""
    found = {}
    for asked in run.asked:
        result = run.results.get((system, asked.question.id))
        answer = result and result["answer"]
        if answer and not answer["abstained"]:
            correct = _correct(asked.question, answer["answer"]) if asked.question.answerable else None
            found[asked.question.id] = _Answer(correct, tuple(map(_sentence, answer["sentences"])))
    return found


def _correct(question: Question, answer: str) -> Item:
    facts = [" / ".join(nugget.wordings) for nugget in question.nuggets if nugget.vital]
    right = " or ".join(question.answers) if question.answers else "\n".join(facts)
    return Item("correct", (("question", _data(question.question)), ("right", _data(right)), ("answer", _data(answer))))


def _sentence(sentence: Mapping[str, Any]) -> tuple[Item | None, tuple[tuple[Item, Item | None], ...]]:
    cited = [f"{citation['title'] or ''}: {citation['quote']}" for citation in sentence["citations"]]

    def item(quotes: Sequence[str]) -> Item:
        return Item("support", (("sentences", _data("\n".join(quotes))), ("claim", _data(sentence["text"]))))

    if len(cited) < 2:
        return (item(cited) if cited else None), ()
    return item(cited), tuple((item([one]), item(cited[:n] + cited[n + 1 :])) for n, one in enumerate(cited))


def _data(text: str) -> str:
    """Text from outside, which cannot close the block that it stands in."""
    return text.replace("<", "‹").replace(">", "›")


def _ask(model: LanguageModel, messages: Any) -> tuple[bool | None, str | None, tuple[int, int]]:
    """The verdict, or the reason why there is none; and the tokens that the server says it took."""
    text, tokens = "", (0, 0)
    try:
        with closing(model.stream(messages)) as pieces:
            for piece in pieces:
                if isinstance(piece, Usage):
                    tokens = (piece.input_tokens, piece.output_tokens)
                else:
                    text += piece
    except ModelFault as fault:
        return None, fault.tell("en"), tokens
    word = text.rpartition("</think>")[2].strip().strip(".*\"'").casefold()
    verdict = _WORDS.get(word)
    return verdict, None if verdict is not None else "neither YES nor NO", tokens


def _figures(run: Run, answers: Mapping[str, _Answer], said: Mapping[Item, bool | None]) -> list[Judged]:
    correct, recall, precision = [], [], []
    for asked in run.asked:
        answer = answers.get(asked.question.id)
        if asked.question.answerable:
            correct.append(_pair([said[answer.correct]] if answer and answer.correct else [False]))
        if answer:
            joint = [said[item] if item else False for item, _ in answer.sentences]
            recall.append(_pair(joint))
            precision.append(_pair([one for sentence in answer.sentences for one in _useful(sentence, said)]))
    names = ("judged correct", "judged citation recall", "judged citation precision")
    return [_judged(name, pairs) for name, pairs in zip(names, (correct, recall, precision), strict=True)]


def _useful(
    sentence: tuple[Item | None, tuple[tuple[Item, Item | None], ...]], said: Mapping[Item, bool | None]
) -> list[bool | None]:
    """Of each citation of a sentence, whether it serves: the claim holds, and not as well without this one (ALCE)."""
    joint, parts = sentence
    holds = said[joint] if joint else None
    if joint is None:
        return []
    if not parts or not holds:
        return [holds] * max(1, len(parts))
    useful: list[bool | None] = []
    for alone, rest in parts:
        by_itself, without = said[alone], said[rest] if rest else False
        useful.append(None if by_itself is None or without is None else by_itself or not without)
    return useful


def _pair(verdicts: Sequence[bool | None]) -> tuple[float, float] | None:
    """What counts of one question; None where the judge failed on any of it."""
    if any(verdict is None for verdict in verdicts):
        return None
    return float(sum(map(bool, verdicts))), float(len(verdicts))


def _judged(name: str, pairs: Sequence[tuple[float, float] | None]) -> Judged:
    scored = [pair for pair in pairs if pair and pair[1]]
    parts = np.array(scored, dtype=np.float64).reshape(-1, 2)
    return Judged(name, estimate(parts), len(scored), pairs.count(None))


def _agreement(said: Mapping[Item, Sequence[bool | None]], repeats: int) -> Judged:
    """How often the judge says the same when asked again, over what it judged each time."""
    pairs = [
        None if None in verdicts else (float(len(set(verdicts)) == 1), 1.0) for verdicts in said.values() if repeats > 1
    ]
    return _judged("judge agrees with itself", pairs)


def _kept(lines: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The judgements in a file, the latest of each; a last line that was cut off is none."""
    found = {}
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        found[record["key"]] = record
    return found
