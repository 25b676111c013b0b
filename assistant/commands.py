"""What the commands do. Each takes its options and a session, and returns the exit status.

They know neither whether the library is open for them alone, nor whose terminal they print to (`assistant.session`).
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.session import Session
from ingest.errors import UserError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.chat import Assistant
    from assistant.filters import Filters
    from assistant.request import Request
    from ingest.pipeline import ItemOutcome

Json = dict[str, Any]


def ingest(options: argparse.Namespace, session: Session) -> int:
    """Add articles, make the indexes anew, or both."""
    from ingest.pipeline import ingest_sources

    if options.rebuild:
        session.rebuild(lambda done, total: session.screen.progress(done, total, "articles"))
        session.screen.close()
        session.screen.warn(f"The indexes of {session.settings.library} are made anew.")
    if not options.sources:
        if options.rebuild:
            return 0
        raise UserError("Nothing to add: name files, folders or web addresses.")
    with session.library() as library:
        allowed = session.settings.allow_hosts
        return _tell(session, ingest_sources(library, options.sources, allowed, session.folder), options.json)


def feeds(options: argparse.Namespace, session: Session) -> int:
    """Remember, list, forget or read feeds."""
    from ingest.fetch import Fetcher
    from ingest.refresh import fetch_feed, refresh

    with session.library() as library:
        allowed = session.settings.allow_hosts
        if options.action == "list":
            known = library.feeds.all()
            if options.json:
                _print_json(session, [asdict(feed) for feed in known])
            else:
                for feed in known:
                    state = feed.problem or f"{feed.articles} articles"
                    session.screen.print("\t".join((feed.address, feed.refreshed_at or "-", state)))
            return 0
        if options.action == "refresh":
            return _tell(session, refresh(library, allowed), options.json, nothing_is_well=True)
        address = _text(options.address, "the address of a feed")
        if options.action == "remove":
            library.feeds.remove(address)
            session.screen.warn(f"forgotten: {address} (its articles stay)")
            return 0
        fetch_feed(address, Fetcher(allowed))
        library.feeds.add(address)
        return _tell(session, refresh(library, allowed, [address]), options.json, nothing_is_well=True)


def ask(options: argparse.Namespace, session: Session) -> int:
    """Answer a question, or many."""
    from assistant.request import Request

    with session.assistant(named=bool(options.library)) as assistant:
        filters = _filters(options, assistant)
        if options.lines:

            def answered(question: str, line: Json) -> Json:
                history = _strings(line.get("history", []))
                as_of = line.get("as_of") or options.as_of
                request = Request(question, options.answerer, history, filters, as_of)
                return _answer(session, assistant, request).to_json()

            return _in_bulk(options, session, answered)
        question = _text(options.question, "a question")
        answer = _answer(session, assistant, Request(question, options.answerer, filters=filters, as_of=options.as_of))
    if options.json:
        _print_json(session, answer.to_json())
    else:
        from assistant.plain import plain_answer

        session.screen.print(plain_answer(answer))
    return 0


def search(options: argparse.Namespace, session: Session) -> int:
    """Find passages for a query, or many."""
    from assistant.request import Request

    with session.assistant(named=bool(options.library)) as assistant:
        filters = _filters(options, assistant)
        if options.lines:

            def found(query: str, line: Json) -> Json:
                request = Request(query, filters=filters, as_of=line.get("as_of") or options.as_of)
                return {"hits": [hit.to_json() for hit in assistant.search(request, options.k)]}

            return _in_bulk(options, session, found)
        query = _text(options.query, "a query")
        hits = assistant.search(Request(query, filters=filters, as_of=options.as_of), options.k)
    if options.json:
        _print_json(session, {"id": None, "hits": [hit.to_json() for hit in hits]})
    else:
        from assistant.plain import plain_hits

        session.screen.print(plain_hits(hits))
    return 0


def check(options: argparse.Namespace, session: Session) -> int:
    """Hold each sentence of a draft against the library; or claims against the texts they cite."""
    from assistant.checker.verify import check_pairs
    from assistant.draft import check_draft
    from assistant.plain import plain_finding

    try:
        if options.pairs:
            if not options.out:
                raise UserError("Say where the results go: --out OUT.jsonl")
            check_pairs(session.folder / options.pairs, session.folder / options.out)
            return 0
        draft = (session.folder / _text(options.draft, "a draft: a text or Markdown file")).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Cannot read or write: {error}") from error
    with session.library() as library:
        for number, found in enumerate(check_draft(draft, library), start=1):
            session.screen.check()
            if options.json:
                _print_json(session, found.to_json())
            else:
                session.screen.print(plain_finding(number, found))
    return 0


def articles(options: argparse.Namespace, session: Session) -> int:
    """List, show or delete articles."""
    with session.library() as library:
        if options.action == "list":
            infos = library.articles()
            if options.json:
                _print_json(session, [asdict(info) for info in infos])
            else:
                for info in infos:
                    facts = (info.id, info.published_at or "-", info.publisher or "-", info.title or "-")
                    session.screen.print("\t".join(facts))
            return 0
        id = _text(options.id, "the id of an article")
        if options.action == "delete":
            library.delete(id)
            if options.json:
                _print_json(session, {"deleted": id})
            else:
                session.screen.print(f"deleted: {id}")
            return 0
        article = library.get(id)
        if options.json:
            _print_json(session, asdict(article) | {"content_hash": article.content_hash})
        else:
            session.screen.print(article.text)
    return 0


def names(options: argparse.Namespace, session: Session) -> int:
    """List the names known in both scripts, or add one."""
    from assistant.names import add_name, names_of

    with session.library() as library:
        if options.action == "add":
            add_name(library, options.spellings)
        groups = names_of(library).groups
        if options.action == "list":
            for group in groups:
                if options.json:
                    _print_json(session, asdict(group))
                else:
                    session.screen.print("\t".join((group.origin, *group.spellings)))
    return 0


def export(options: argparse.Namespace, session: Session) -> int:
    """Write all articles as lines of JSON, to a file or to stdout."""
    from ingest.export import export_lines

    with session.library() as library:
        if options.out is None:
            for line in export_lines(library):
                session.screen.print(line)
            return 0
        file, count = session.folder / options.out, 0
        try:
            with file.open("w", encoding="utf-8") as out:
                for count, line in enumerate(export_lines(library), 1):
                    out.write(line + "\n")
                    session.screen.progress(count, len(library), "articles")
        except OSError as error:
            raise UserError(f"Cannot write {file}: {error}") from error
    session.screen.close()
    session.screen.warn(f"{count} articles are in {file}")
    return 0


def backup(options: argparse.Namespace, session: Session) -> int:
    """Copy the library to a new folder."""
    folder = session.folder / options.folder
    with session.library() as library:
        library.back_up(folder)
    session.screen.warn(f"The backup is in {folder}; use it with --library {folder}")
    return 0


def doctor(options: argparse.Namespace, session: Session) -> int:
    """Check the installation and the library."""
    from assistant.doctor import examine

    findings = examine(session)
    if options.json:
        _print_json(session, [asdict(finding) for finding in findings])
    else:
        for finding in findings:
            session.screen.print(f"{'ok ' if finding.ok else 'BAD'} {finding.what}: {finding.detail}")
    return 0 if all(finding.ok for finding in findings) else 1


def _tell(session: Session, outcomes: "Iterable[ItemOutcome]", as_json: bool, nothing_is_well: bool = False) -> int:
    """Print what becomes of each item; 1 when one failed, or when there was none and that is not well."""
    counts = Counter(added=0, updated=0, unchanged=0, failed=0)
    for outcome in outcomes:
        counts[outcome.status] += 1
        if as_json:
            _print_json(session, asdict(outcome))
        elif outcome.status == "failed":
            session.screen.warn(f"failed: {outcome.source}: {outcome.reason}")
        else:
            session.screen.print(f"{outcome.status}: {outcome.title or outcome.source} ({outcome.article_id})")
        session.screen.progress(counts.total(), None, "articles")
    session.screen.close()
    session.screen.warn(", ".join(f"{number} {status}" for status, number in counts.items()))
    return 1 if counts["failed"] or not (counts.total() or nothing_is_well) else 0


def _filters(options: argparse.Namespace, assistant: "Assistant") -> "Filters":
    from assistant.filters import Filters

    return Filters(
        publishers=tuple(options.publisher or ()),
        languages=(options.language,) if options.language else (),
        articles=tuple(options.article or ()),
        since=options.since,
        until=options.until,
    ).checked(assistant.library.articles())


def _answer(session: Session, assistant: "Assistant", request: "Request") -> "Answer":
    """The whole answer; given up between two of its sentences when nobody waits for it any more."""
    from assistant.answer import Finished

    for event in assistant.stream(request):
        session.screen.check()
        if isinstance(event, Finished):
            return event.answer
    raise AssertionError("a stream ends with Finished")


def _in_bulk(options: argparse.Namespace, session: Session, work: Callable[[str, Json], Json]) -> int:
    """One result line for each input line, in order; a bad line gives its error. 1 when any line was bad."""
    if not options.out:
        raise UserError("Say where the results go: --out OUT.jsonl")
    given, results = session.folder / options.lines, session.folder / options.out
    try:
        lines = [line for line in given.read_text(encoding="utf-8").splitlines() if line.strip()]
        failed = 0
        with results.open("w", encoding="utf-8") as out:
            for done, line in enumerate(lines, 1):
                result = _one_of_bulk(line, work)
                failed += "error" in result
                out.write(json.dumps(result, ensure_ascii=False) + "\n")
                session.screen.progress(done, len(lines), "lines")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Cannot read {given} or write {results}: {error}") from error
    return 1 if failed else 0


def _one_of_bulk(line: str, work: Callable[[str, Json], Json]) -> Json:
    id = None
    try:
        item = json.loads(line)
        id = item.get("id")
        text = item["question"] if "question" in item else item["query"]
        if not isinstance(text, str):
            raise TypeError("the question is not text")
        return work(text, item) | {"id": id}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {"id": id, "error": f'each line must be {{"id", "question"}}: {error}'}
    except UserError as error:
        return {"id": id, "error": str(error)}


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("history is a list of earlier questions")
    return tuple(value)


def _text(text: str | None, what: str) -> str:
    if not text or not text.strip():
        raise UserError(f"Give {what}.")
    return text


def _print_json(session: Session, value: Json | Iterable[Any]) -> None:
    session.screen.print(json.dumps(value, ensure_ascii=False))
