"""Conversations as they were held, each user's own, in one SQLite file; and test questions made of bad answers.

A turn is kept as the page shows it, but for the articles' texts: what is deleted from the library is not kept here.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from ingest.errors import UserError
from ingest.language import detect

_LONGEST_TITLE = 120
_LONGEST_NOTE = 2000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    user TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, changed REAL NOT NULL, PRIMARY KEY (user, id)
);
CREATE TABLE IF NOT EXISTS turns (
    user TEXT NOT NULL, conversation TEXT NOT NULL, position INTEGER NOT NULL, view TEXT NOT NULL,
    PRIMARY KEY (user, conversation, position),
    FOREIGN KEY (user, conversation) REFERENCES conversations (user, id) ON DELETE CASCADE
);
"""

Json = dict[str, Any]


class UnknownConversation(UserError):
    """This user has no such conversation, or not that far."""


class Conversations:
    """Every call is for one user, by the name of their login ("" when nobody has to log in), and reaches no other's."""

    def __init__(self, file: Path, gold: Path) -> None:
        """`file` is the database, made at its first use; `gold` the JSON Lines file that takes the test questions."""
        self.file = file
        self.gold = gold
        self._writing_gold = Lock()

    def titles(self, user: str) -> list[Json]:
        """The user's conversations, the latest first: id, title, and when each last changed (seconds since 1970)."""
        with self._open() as database:
            rows = database.execute(
                "SELECT id, title, changed FROM conversations WHERE user = ? ORDER BY changed DESC, id", (user,)
            ).fetchall()
        return [{"id": id, "title": title, "changed": changed} for id, title, changed in rows]

    def turns(self, user: str, conversation: str) -> list[Json]:
        """The turns of a conversation, the first first; none when there is no such conversation."""
        with self._open() as database:
            rows = database.execute(
                "SELECT view FROM turns WHERE user = ? AND conversation = ? ORDER BY position", (user, conversation)
            ).fetchall()
        return [json.loads(view) for (view,) in rows]

    def keep(self, user: str, conversation: str, position: int, view: Json) -> None:
        """Put a finished turn at its position, counted from 0; what stood there or after it is gone.

        The first question is the title until the user gives another.
        """
        kept = {key: value for key, value in view.items() if key != "articles"}
        with self._open() as database:
            database.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET changed = excluded.changed",
                (user, conversation, view["question"][:_LONGEST_TITLE], time.time()),
            )
            place = (user, conversation, position)
            database.execute("DELETE FROM turns WHERE user = ? AND conversation = ? AND position >= ?", place)
            database.execute("INSERT INTO turns VALUES (?, ?, ?, ?)", (*place, json.dumps(kept, ensure_ascii=False)))

    def rename(self, user: str, conversation: str, title: str) -> None:
        """Give a conversation another title. Raises `UnknownConversation`."""
        if title := " ".join(title.split())[:_LONGEST_TITLE]:
            with self._open() as database:
                values = (title, user, conversation)
                done = database.execute("UPDATE conversations SET title = ? WHERE user = ? AND id = ?", values)
                _some(done)

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation. Raises `UnknownConversation`."""
        with self._open() as database:
            done = database.execute("DELETE FROM conversations WHERE user = ? AND id = ?", (user, conversation))
            _some(done)

    def rate(self, user: str, conversation: str, position: int, rating: Json) -> None:
        """Keep what the user thinks of an answer: {"good": bool, "reason": str}. Raises `UnknownConversation`."""
        rating = {"good": bool(rating["good"]), "reason": str(rating.get("reason", ""))[:_LONGEST_NOTE]}
        with self._open() as database:
            done = database.execute(
                "UPDATE turns SET view = json_set(view, '$.rating', json(?))"
                " WHERE user = ? AND conversation = ? AND position = ?",
                (json.dumps(rating), user, conversation, position),
            )
            _some(done)

    def save_gold(self, user: str, conversation: str, position: int, right: str, evidence: Sequence[Json]) -> Path:
        """Append the question to the gold file as a test question, and give the file.

        `right` is what a good answer states, `evidence` the addresses ("article", "quote") where it stands. Both empty:
        the articles do not answer it. Raises `UnknownConversation`, and `UserError` for one without the other.
        """
        turns = self.turns(user, conversation)
        if position >= len(turns):
            raise UnknownConversation("This conversation is no longer kept.")
        right = " ".join(right.split())[:_LONGEST_NOTE]
        if bool(right) != bool(evidence):
            raise UserError("A test question needs both the right answer and the sentence where it stands.")
        question = turns[position]["question"]
        case = {
            "id": f"user-{sha256(f'{user} {conversation} {position} {question}'.encode()).hexdigest()[:10]}",
            "language": detect(question),
            "question": question,
            "answerable": bool(evidence),
            "answers": [],
            "nuggets": [{"text": right, "vital": True}] if right else [],
            "evidence": [{"article": str(one["article"]), "quote": str(one["quote"])} for one in evidence],
            "type": "feedback",
            "split": "dev",
            "as_of": None,
            "history": [turn["question"] for turn in turns[:position]],
        }
        with self._writing_gold:
            self._replace_gold(case)
        return self.gold

    def _replace_gold(self, case: Json) -> None:
        """Add a case to the gold file, in place of an earlier one of the same answer."""
        self.gold.parent.mkdir(parents=True, exist_ok=True)
        lines = self.gold.read_text(encoding="utf-8").splitlines() if self.gold.exists() else []
        others = [line for line in lines if json.loads(line)["id"] != case["id"]]
        self.gold.write_text("\n".join([*others, json.dumps(case, ensure_ascii=False)]) + "\n", encoding="utf-8")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of the call's own; what the block did is kept when it ends well."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=10)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")
            database.executescript(_SCHEMA)
            with database:
                yield database


def _some(done: sqlite3.Cursor) -> None:
    if not done.rowcount:
        raise UnknownConversation("This conversation is no longer kept.")
