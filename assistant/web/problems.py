"""Why an item gave no article, in the reader's language: each kind of `ingest.problems` in Korean and English."""

from typing import Final

from ingest.problems import SENTENCES

_KOREAN: Final[dict[str, str]] = {
    # Text
    "no_text": "글이 없습니다. 기사가 담긴 파일이나 페이지를 넣어 주세요.",
    "not_text": "글 파일이 아닙니다. UTF-8로 저장한 텍스트, HTML, JSONL 파일을 넣어 주세요.",
    "unknown_encoding": "글자를 읽을 수 없습니다(UTF-8도 CP949도 아님). UTF-8로 다시 저장해 주세요.",
    "wrong_encoding": "{encoding} 글이라고 하지만 그렇지 않습니다. UTF-8로 다시 저장해 주세요.",
    "half_character": "{number}번째 글자가 깨져 있습니다. UTF-8로 다시 저장해 주세요.",
    "list_of_articles": "기사가 아니라 기사 목록입니다. 기사 하나의 주소나 사이트의 피드 주소를 넣어 주세요.",
    # Files, folders, archives
    "missing": "파일이나 폴더가 없습니다. 경로를 확인해 주세요.",
    "file_unreadable": "파일을 읽을 수 없습니다: {error}",
    "unreadable": "읽을 수 없습니다({error}). 파일이 손상됐을 수 있습니다.",
    "file_too_large": "파일이 {megabytes}MB보다 큽니다. 나누어 주세요.",
    "save_as": "{suffix} 파일은 읽을 수 없습니다. {other} 형식으로 저장해 주세요.",
    "unknown_suffix": "{suffix} 파일은 읽을 수 없습니다. 읽을 수 있는 형식: {kinds}",
    "no_suffix": "이름에 확장자가 없는 파일은 읽을 수 없습니다. 읽을 수 있는 형식: {kinds}",
    "empty_folder": "폴더에 기사가 없습니다. 읽을 수 있는 형식: {kinds}",
    "empty_archive": "압축 파일에 기사가 없습니다. 읽을 수 있는 형식: {kinds}",
    "archive_too_large": "압축 파일에 든 것이 너무 많습니다. 풀어서 폴더로 넣어 주세요.",
    "archive_locked": "압축 파일에 암호가 걸려 있습니다. 암호를 풀어 주세요.",
    "part_damaged": "압축 파일의 일부가 손상됐습니다({error}).",
    "part_too_large": "압축 파일의 한 파일이 풀면 {megabytes}MB를 넘습니다.",
    # Documents
    "wrong_kind": "파일이 손상됐거나 이름과 다른 형식입니다({error}).",
    "not_word": "워드 문서가 아닙니다. .docx 형식으로 다시 저장해 주세요.",
    "not_hancom": "한글 문서가 아니거나 암호가 걸려 있습니다. .hwpx 형식으로 다시 저장해 주세요.",
    "xml_damaged": "문서의 XML이 손상됐습니다({error}).",
    "pdf_locked": "PDF에 암호가 걸려 있습니다. 암호 없이 저장해 주세요.",
    "pdf_too_long": "PDF가 {pages}쪽을 넘습니다. 나누어 주세요.",
    "pdf_damaged": "PDF가 손상됐습니다({error}). 다시 저장해 주세요.",
    "pdf_pictures": "PDF에 글이 없고 글을 찍은 그림만 있습니다. 먼저 글자 인식(OCR)을 해 주세요.",
    "pdf_slow": "PDF를 {seconds}초 안에 읽지 못했습니다. 나누거나 텍스트로 저장해 주세요.",
    "pdf_failed": "PDF가 손상됐거나 읽는 데 메모리가 너무 많이 듭니다. 다시 저장하거나 나누어 주세요.",
    # Lines of JSON
    "line_not_json": "JSON이 아닌 줄입니다({error}). 한 줄에 객체 하나를 써 주세요.",
    "line_not_object": '객체가 아닌 줄입니다. 한 줄에 객체 하나를 쓰고 기사는 "text"에 넣어 주세요.',
    "line_without_text": '"text"가 없습니다. 줄마다 기사 본문이 있어야 합니다.',
    "line_nul": '"text"의 {number}번째 글자가 NUL 문자입니다. 지워 주세요. 본문은 그대로 보관합니다.',
    "line_field": '"{name}"에는 글이 와야 하는데 {value}이(가) 있습니다.',
    "line_language": '"language"는 "ko"나 "en"이어야 합니다. 지금은 "{value}"입니다.',
    "line_date": '"published_at"이 ISO 8601 날짜나 시각이 아닙니다: "{value}". 2024-11-06처럼 써 주세요.',
    "line_id": '"id"에는 글이 와야 합니다.',
    "line_id_unprintable": '"id"에 보이지 않는 글자가 있습니다. 글자, 숫자, 기호만 써 주세요.',
    # Web pages and feeds
    "not_an_address": "웹 주소가 아닙니다. https://… 로 써 주세요.",
    "scheme": "http와 https 주소만 읽을 수 있습니다.",
    "credentials": "주소에 사용자 이름이나 암호가 들어 있습니다. 빼 주세요.",
    "host_not_found": "{host} 서버를 찾을 수 없습니다. 주소와 네트워크를 확인해 주세요.",
    "host_private": "{host} 주소는 공개된 주소가 아닙니다. 읽으려면 ASSISTANT_ALLOW_HOSTS에 적어 주세요.",
    "robots": "{host} 사이트는 프로그램이 이 페이지를 읽지 않기를 바랍니다(robots.txt).",
    "redirects": "주소가 {most}번 넘게 다른 주소로 넘어갑니다.",
    "status": "서버가 페이지 대신 {status} 오류를 보냈습니다. 주소를 확인해 주세요.",
    "media_type": "글이 담긴 페이지가 아닙니다({media_type}).",
    "fetch_failed": "페이지를 가져올 수 없습니다: {error}",
    "too_slow": "페이지가 {seconds}초 안에 오지 않았습니다. 나중에 다시 해 주세요.",
    "page_too_large": "페이지가 {megabytes}MB보다 큽니다.",
    "packed": "서버가 요청하지 않은 방식({encoding})으로 압축한 페이지를 보냈습니다.",
    "page_damaged": "서버가 손상된 페이지를 보냈습니다.",
    "xml_no_feed": "XML이지만 피드(RSS, Atom)가 아닙니다. 페이지나 피드의 주소를 넣어 주세요.",
    "no_feed": "{address}: 피드(RSS, Atom)가 아닙니다. 사이트에서 피드 주소를 찾아 주세요.",
    "feed_damaged": "피드가 손상됐습니다. 주소를 확인해 주세요.",
    "feed_empty": "피드에 기사가 없습니다.",
    # The library
    "no_address": "다시 읽을 웹 주소가 없는 기사입니다.",
    "not_stored": "기사를 저장하지 못했습니다({error}). 서고는 그대로입니다.",
}

PROBLEMS: Final = {f"problem_{kind}": (_KOREAN[kind], english) for kind, english in SENTENCES.items()}
"""Strings of the page, as in `assistant.web.strings`: Korean and English."""
