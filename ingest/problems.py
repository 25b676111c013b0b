"""Why an item gave no article: every kind of problem, with its sentence in English.

The kinds are stable: programs may go by them, and the page has each sentence in Korean too. A sentence says what is
wrong and what to do; `{name}` in it is filled from the problem's values.
"""

from typing import Final

from ingest.errors import UserError

SENTENCES: Final[dict[str, str]] = {
    # Text
    "no_text": "There is no text in it. Add a file or a page that holds an article.",
    "not_text": "This is not a text file. Add text, HTML or JSONL, saved as UTF-8.",
    "unknown_encoding": "The text is neither UTF-8 nor CP949 (EUC-KR). Save it again as UTF-8.",
    "wrong_encoding": "The text says it is {encoding} but is not. Save it again as UTF-8.",
    "half_character": "Character {number} is half a character (a lone surrogate). Save the text again as UTF-8.",
    "list_of_articles": "The page lists articles and is none itself. Give the address of one, or of the site's feed.",
    # Files, folders, archives
    "missing": "There is no such file or folder. Check the path.",
    "file_unreadable": "The file cannot be read: {error}.",
    "unreadable": "It cannot be read ({error}). The file may be damaged.",
    "file_too_large": "The file is larger than {megabytes} MB. Split it.",
    "save_as": "{suffix} files cannot be read. Save it as {other}.",
    "unknown_suffix": "{suffix} files cannot be read. Use {kinds}.",
    "no_suffix": "Files without an ending in their name cannot be read. Use {kinds}.",
    "empty_folder": "There is no article in this folder. It may hold {kinds} files.",
    "empty_archive": "There is no article in this archive. It may hold {kinds} files.",
    "archive_too_large": "The archive holds too much. Unpack it and add the folder.",
    "archive_locked": "The archive is locked with a password. Unlock it first.",
    "part_damaged": "A part of the archive is damaged ({error}).",
    "part_too_large": "A part of the archive unpacks to more than {megabytes} MB.",
    # Documents
    "wrong_kind": "The file is damaged or not of its kind ({error}).",
    "not_word": "This is not a Word document. Save it again as .docx.",
    "not_hancom": "This is not a Hancom document, or it is locked. Save it again as .hwpx.",
    "xml_damaged": "The document's XML is damaged ({error}).",
    "pdf_locked": "The PDF is locked with a password. Save it without one.",
    "pdf_too_long": "The PDF has more than {pages} pages. Split it.",
    "pdf_damaged": "The PDF is damaged ({error}). Save it again.",
    "pdf_pictures": "The PDF holds pictures of text, no text. Run text recognition (OCR) on it first.",
    "pdf_slow": "The PDF cannot be read within {seconds} seconds. Split it, or save it as text.",
    "pdf_failed": "The PDF is damaged, or takes too much memory to read. Save it again, or split it.",
    # Lines of JSON
    "line_not_json": "This line is not JSON ({error}). Write one object a line.",
    "line_not_object": 'This line is not an object. Write one object a line, with the article in "text".',
    "line_without_text": '"text" is missing. Every line needs the text of an article.',
    "line_nul": '"text" holds a NUL character at {number}. Take it out: text is kept as it is.',
    "line_field": '"{name}" must be text, not {value}.',
    "line_language": '"language" must be "ko" or "en", not "{value}".',
    "line_date": '"published_at" is no ISO 8601 date or time: "{value}". Write 2024-11-06.',
    "line_id": '"id" must be text.',
    "line_id_unprintable": '"id" holds a character that cannot be shown. Use letters, digits and signs.',
    # Web pages and feeds
    "not_an_address": "This is not a web address. Write https://…",
    "scheme": "Only http and https addresses can be read.",
    "credentials": "The address holds a user name or password. Take it out.",
    "host_not_found": "The host {host} was not found. Check the address and the network.",
    "host_private": "{host} is not a public address. To read from it, name it in ASSISTANT_ALLOW_HOSTS.",
    "robots": "{host} does not want this page read by programs (robots.txt).",
    "redirects": "The address redirects more than {most} times.",
    "status": "The server answered {status} instead of the page. Check the address.",
    "media_type": "The address holds {media_type}, not a page of text.",
    "fetch_failed": "The page cannot be fetched: {error}.",
    "too_slow": "The page did not come within {seconds} seconds. Try again later.",
    "page_too_large": "The page is larger than {megabytes} MB.",
    "packed": "The server sent the page packed as {encoding}, which was not asked for.",
    "page_damaged": "The server sent a damaged page.",
    "xml_no_feed": "This is XML, but not a feed (RSS or Atom). Give the address of a page or a feed.",
    "no_feed": "{address} is not a feed (RSS or Atom). Look on the site for the address of its feed.",
    "feed_damaged": "The feed is damaged. Check its address.",
    "feed_empty": "The feed names no article.",
    # The library
    "no_address": "The article has no web address to read it from again.",
    "not_stored": "The articles could not be stored ({error}). The library is as it was.",
}

Value = str | int | float


class ItemProblem(UserError):
    """An item gave no article: `kind` is one of `SENTENCES`, `values` what fills its sentence."""

    def __init__(self, kind: str, **values: Value) -> None:
        super().__init__(SENTENCES[kind].format(**values))
        self.kind = kind
        self.values = values


class UnreadableDocument(ItemProblem):
    """The document cannot be read: damaged, locked, or without text."""
