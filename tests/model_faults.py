"""Plays what can go wrong with a language model, and prints what the reader saw, as docs/language-models.md has it.

`python -m tests.model_faults`: each fault is played by a real HTTP server on this machine to the whole assistant.
"""

import re
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.sample import sample_articles
from assistant.settings import Settings
from ingest.embed import load_embedder
from ingest.library import Library
from tests.openai_server import (
    MODEL,
    Connection,
    ModelServer,
    Reply,
    cut,
    endless,
    error,
    event,
    hanging,
    raw,
    streamed,
    whole,
)

QUESTION = "What did Coupang pledge?"
SAID = "Coupang will cover the cost of discount promotions."
KEY = "sk-the-secret-key-0123456789"
SECONDS = (3.0, 2.0)
# Said before each reason, and left out of the table.
OPENINGS = (
    "The language model did not answer, so these are quotes: ",
    "Incomplete: only the finished sentences of the model's answer are shown. ",
)
HALF_A_SYLLABLE = 'data: {"choices": [{"delta": {"content": "네'.encode()[:-1]
OUT_OF_MEMORY = event({"error": {"message": "CUDA out of memory", "type": "server_error", "code": 500}})


def faults(marker: str) -> dict[str, Sequence[Reply]]:
    """The replies of the server for each fault, the last one for all further requests.

    `marker` is the number of the sentence that bears out what the model says.
    """
    good = f"{SAID} {marker} "
    return {
        "401, 403": [error(401, f"Incorrect API key provided: {KEY}")],
        "404": [error(404, "model not found")],
        "400 over a parameter": [error(400, "stream_options is not supported"), streamed(good)],
        "400, 413: the prompt is too long": [error(400, "maximum context length is 4096 tokens")],
        "another 4xx": [error(418, f"I am a teapot, {KEY}")],
        "429, then an answer": [error(429, retry_after="0.1"), streamed(good)],
        "429 for ever": [error(429, retry_after="0.1")],
        "429 `insufficient_quota`, 402": [error(429, "quota", "insufficient_quota")],
        "5xx, then an answer": [error(503, retry_after="0.1"), streamed(good)],
        "5xx for ever": [error(503, "overloaded", retry_after="0.1")],
        "a redirect": [raw(b"", "text/html", 307, location="http://example.org/")],
        "it does not stream": [whole(good)],
        "HTML": [raw(b"<html>Login</html>", "text/html")],
        "broken JSON": [raw(b"{nonsense", "application/json")],
        "no choices": [raw(b'{"choices": []}', "application/json")],
        "an answer of no words": [streamed("")],
        "no word in time": [hanging(threading.Event())],
        "keep-alive comments and no word": [_comments],
        "a stream that never ends": [endless("and more ", opening=good, every_s=0.2)],
        "it hangs after the first sentence": [hanging(threading.Event(), good + "Naver will")],
        "the stream breaks": [cut(good + "Naver will")],
        "the stream breaks in a Hangul byte": [cut(good, tail=HALF_A_SYLLABLE)],
        "it breaks before the first sentence is finished": [cut("Coupang will")],
        "an error event in the middle": [cut(good, tail=OUT_OF_MEMORY)],
        "its length limit": [streamed(good + "Naver will", finish="length")],
        "its content filter": [streamed(good + "Naver will", finish="content_filter")],
        "it cites nothing": [streamed("Coupang is a fine company.")],
        "it repeats itself without end": [endless(good)],
        "it answers in another language": [streamed(f"쿠팡은 할인 프로모션 비용을 부담한다. {marker}")],
        "it writes Chinese": [streamed(f"Coupang将承担折扣促销的费用。 {marker}")],
        "a sentence on something else": [streamed(f"{SAID} {marker} Everybody was happy. {marker}")],
        "`<think>`, also without its opening tag": [streamed(f"Okay, 70 billion? {marker}\n</think>\n{good}")],
        "a code fence around the answer": [streamed(f"```\n{good}\n```")],
        "markers before the sentences": [streamed(f"{marker} {SAID}")],
        "a marker of no sentence": [streamed(f"{SAID} {marker}[99.1] All is well. [0]")],
        "a figure that is not there": [streamed(f"Coupang will spend 70 billion won. {marker}")],
        "“The passages do not say this.”": [streamed("The passages do not say this.")],
        "`NOT_IN_PASSAGES`": [streamed("NOT_IN_PASSAGES")],
    }


def main() -> None:
    """Print the table."""
    print("| What happens | Requests | What you see |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), load_embedder()) as library:
        library.add(sample_articles())
        print(f"| No server at the address | 0 | {seen(_ask(library, 'http://127.0.0.1:9/v1'))} |")
        for name, replies in faults(_marker(library)).items():
            with ModelServer(*replies) as server:
                answer = _ask(library, server.url)
                print(f"| {name} | {len(server.requests)} | {seen(answer)} |")


def seen(answer: Answer) -> str:
    """What the page shows, in short: whose sentences, and the notices word for word but for their opening."""
    shown = "the model's answer" if answer.answerer == "llm" else "quotes"
    if answer.abstained:
        shown = f"no answer: “{answer.reason}”"
    elif any("replaced by the cited text" in notice for notice in answer.notices):
        shown = "the cited sentence in place of the model's"
    if any(notice.startswith(OPENINGS[1]) for notice in answer.notices):
        shown = "the finished sentence, incomplete"
    notices = " ".join(f"“{notice}”" for notice in answer.notices)
    for opening in OPENINGS:
        notices = notices.replace(opening, "")
    return re.sub(r"127\.0\.0\.1:\d+", "HOST", f"{shown}: {notices}" if notices else shown).replace(MODEL, "MODEL")


def _ask(library: Library, url: str) -> Answer:
    settings = Settings(
        library=library.folder,
        chat_model=MODEL,
        chat_base_url=url,
        chat_api_key=KEY,
        chat_timeout_s=SECONDS[0],
        chat_first_token_s=SECONDS[1],
    )
    return Assistant(library, settings).ask(QUESTION)


def _marker(library: Library) -> str:
    """The number, as the model sees it, of the sentence on Coupang's pledge."""
    for number, hit in enumerate(Assistant(library, Settings(library=library.folder)).ask(QUESTION).passages, 1):
        spans = hit.article.sentences[hit.chunk.first : hit.chunk.last]
        for place, span in enumerate(spans, 1):
            if "cover the cost of discount promotions" in span.of(hit.article.text):
                return f"[{number}.{place}]"
    raise AssertionError("the sample tells what Coupang pledged")


def _comments(connection: Connection) -> None:
    connection.head(transfer_encoding="chunked")
    while not connection.client_left(0.05):
        connection.chunk(b": keepalive\n\n")


if __name__ == "__main__":
    main()
