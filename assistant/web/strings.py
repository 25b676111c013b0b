"""Every word of the page, in Korean and in English, in one place.

The browser chooses: Korean when its language is Korean, else English. Gradio's own components take the
strings as `gr.I18n` keys, the page's own parts as `newsroom.t(key)`. `{n}` and the like are filled in there.
"""

from typing import Final

_PAIRS: Final[dict[str, tuple[str, str]]] = {
    # key: (Korean, English)
    "product": ("뉴스룸 어시스턴트", "Newsroom Assistant"),
    "tab_ask": ("질문", "Ask"),
    "tab_library": ("기사 서고", "Library"),
    # The strip at the top
    "local": ("인용으로 답변", "Quotes only"),
    "local_detail": (
        "언어 모델을 쓰지 않습니다. 답변은 기사에서 그대로 옮긴 문장이며, 이 컴퓨터 밖으로 나가는 글은 없습니다.",
        "No language model is set. Answers are sentences quoted from the articles, and no text leaves this computer.",
    ),
    "remote": ("→ {host} · {model}", "→ {host} · {model}"),
    "remote_detail": (
        "질문과 관련 기사 문장을 {host} 서버로 보내 {model} 모델이 답변을 씁니다.",
        "Your question and the matching article sentences are sent to {host}, where {model} words the answer.",
    ),
    "remote_note": (
        "질문과 관련 기사 문장이 {host} 서버로 전송됩니다.",
        "Your question and matching article sentences are sent to {host}.",
    ),
    "settings": ("설정 보기", "Show settings"),
    "setting_answerer": ("답변 방식", "Answers"),
    "setting_embedder": ("검색 모델", "Search model"),
    "setting_library": ("서고 폴더", "Library folder"),
    "setting_articles": ("기사", "Articles"),
    "setting_llm_help": (
        "언어 모델을 쓰려면 ASSISTANT_CHAT_MODEL(다른 서버라면 OPENAI_BASE_URL도)을 지정하고 다시 시작하세요.",
        "To use a language model, set ASSISTANT_CHAT_MODEL (and OPENAI_BASE_URL for another server) and restart.",
    ),
    # Asking
    "hello": ("무엇을 찾아볼까요?", "What would you like to know?"),
    "hello_detail": (
        "서고에 있는 기사만으로 답하고, 문장마다 근거가 된 기사 문장을 바로 보여 드립니다.",
        "Answers come only from the articles in your library, and every sentence opens the sentence it stands on.",
    ),
    "hello_sample": (
        "지금은 예시 기사 {n}건이 열려 있습니다. 내 기사를 넣으면 내 서고로 바뀝니다.",
        "You are looking at {n} sample articles. Add your own and they take their place.",
    ),
    "hello_empty": ("서고가 비어 있습니다. 먼저 기사를 넣어 주세요.", "The library is empty. Add some articles first."),
    "hello_own": (
        "서고에 기사 {n}건이 있습니다. 위는 새로 들어온 기사의 제목입니다.",
        "{n} articles in your library. Above are the newest headlines.",
    ),
    "add_articles": ("기사 넣기", "Add articles"),
    "examples": ("예시 질문", "Example questions"),
    "question": ("질문", "Question"),
    "placeholder": ("기사에 대해 물어보세요", "Ask about your articles"),
    "send": ("보내기", "Send"),
    "stop": ("멈추기", "Stop"),
    "clear": ("새 대화", "New conversation"),
    "retry": ("다시 묻기", "Ask again"),
    "edit": ("질문 고치기", "Edit question"),
    "copy": ("각주와 함께 복사", "Copy with footnotes"),
    "copied": ("복사했습니다", "Copied"),
    "you": ("질문:", "You asked:"),
    "conversation": ("대화", "Conversation"),
    "understood": ("이렇게 이해했습니다: {question}", "Understood as: {question}"),
    "searching": ("기사를 찾는 중…", "Searching the articles…"),
    "writing": ("답변을 쓰는 중…", "Writing…"),
    "stopped": ("멈췄습니다.", "Stopped."),
    "failed": ("답하지 못했습니다.", "No answer could be made."),
    "lost": (
        "서버와 연결이 끊겼습니다. 프로그램이 켜져 있는지 확인하고 다시 물어 주세요.",
        "The connection to the server was lost. Check that the program is running, then ask again.",
    ),
    "unexpected": (
        "예상하지 못한 오류입니다. 자세한 내용은 프로그램을 실행한 창에 있습니다.",
        "An unexpected error; the window where the program runs has the details.",
    ),
    "quoted": ("기사 문장 그대로", "Quoted as it stands"),
    "worded": ("{model} 작성, 문장별 근거 확인", "Worded by {model}, checked sentence by sentence"),
    "sources": ("출처", "Sources"),
    "cite": ("근거 {n}: {source}", "Source {n}: {source}"),
    "abstained": ("서고의 기사에는 이 질문의 답이 없습니다.", "The articles do not say."),
    "nearest": (
        "가장 가까운 대목입니다. 답이 아니라 참고용입니다.",
        "The nearest passages, to look at. They are not an answer.",
    ),
    "unsupported": ("근거가 약합니다", "Weak support"),
    "contradicted": ("근거와 어긋납니다", "Disagrees with its source"),
    # Reading pane
    "reader": ("기사 읽기", "Reading pane"),
    "reader_empty": (
        "답변의 번호를 누르면 그 문장이 있는 기사가 여기에 열립니다.",
        "Click a number in an answer to open the article at that sentence.",
    ),
    "reader_position": ("근거 {n} / {total}", "Source {n} of {total}"),
    "reader_passage": ("가까운 대목", "Nearest passage"),
    "reader_preview": ("기사 미리보기", "Article preview"),
    "previous": ("이전 근거 (p)", "Previous source (p)"),
    "next": ("다음 근거 (n)", "Next source (n)"),
    "close": ("닫기 (Esc)", "Close (Esc)"),
    "original": ("원문 보기", "Open original"),
    "sample": ("예시", "Sample"),
    "untitled": ("제목 없음", "Untitled"),
    "undated": ("날짜 모름", "Undated"),
    "changed": (
        "이 기사는 답변이 나온 뒤에 바뀌었습니다. 답변에 인용된 문장만 보여 드립니다.",
        "This article has changed since the answer was given. Shown here is the sentence as it was quoted.",
    ),
    "deleted": (
        "이 기사는 답변이 나온 뒤에 서고에서 지워졌습니다. 답변에 인용된 문장만 보여 드립니다.",
        "This article was deleted after the answer was given. Shown here is the sentence as it was quoted.",
    ),
    "unchecked": (
        "이 기사가 그대로인지 지금은 확인할 수 없습니다. 답변 당시의 기사를 보여 드립니다.",
        "Could not check that this article is still the same. Shown here is the text as it was then.",
    ),
    # Library
    "add_files": ("파일", "Files"),
    "add_urls": ("웹 주소", "Web addresses"),
    "urls": ("웹 주소 (한 줄에 하나)", "Web addresses (one per line)"),
    "urls_placeholder": ("https://", "https://"),
    "add_text": ("붙여넣기", "Paste text"),
    "files": ("txt, md, html, pdf, docx, hwpx, jsonl, zip", "txt, md, html, pdf, docx, hwpx, jsonl, zip"),
    "paste_title": ("제목 (없으면 비워 두세요)", "Title (may stay empty)"),
    "paste_text": ("기사 본문", "Article text"),
    "paste_placeholder": (
        "기사 화면을 통째로 복사해 붙여도 됩니다. 메뉴와 공유 단추는 걸러집니다.",
        "You can paste a whole page as copied. Menus and share buttons are removed.",
    ),
    "add": ("서고에 넣기", "Add to library"),
    "progress": ("진행 상황", "Progress"),
    "working": ("넣는 중… {n}건 끝남", "Adding… {n} done"),
    "summary": ("{ok}건 처리, {failed}건 실패", "{ok} done, {failed} failed"),
    "added": ("추가됨", "Added"),
    "updated": ("바뀐 내용으로 교체됨", "Updated"),
    "unchanged": ("이미 있음", "Already there"),
    "item_failed": ("실패", "Failed"),
    "pasted": ("붙여넣은 글", "Pasted text"),
    "nothing_to_add": ("넣을 것이 없습니다.", "There is nothing to add."),
    "not_a_web_address": (
        "웹 주소가 아닙니다. http:// 또는 https:// 로 시작해야 합니다.",
        "Not a web address: it has to start with http:// or https://.",
    ),
    "listing": ("서고의 기사", "Articles in the library"),
    "filter": ("제목·매체로 찾기", "Find by title or publisher"),
    "listing_empty": ("아직 기사가 없습니다.", "No articles yet."),
    "listing_none": ("찾는 기사가 없습니다.", "No article matches."),
    "more": ("더 보기 ({n}건 남음)", "Show more ({n} left)"),
    "count": ("{n}건", "{n} articles"),
    "col_title": ("제목", "Title"),
    "col_publisher": ("매체", "Publisher"),
    "col_date": ("날짜", "Date"),
    "col_language": ("언어", "Language"),
    "ko": ("한국어", "Korean"),
    "en": ("영어", "English"),
    "open": ("열기: {title}", "Open: {title}"),
    "delete": ("삭제", "Delete"),
    "delete_named": ("삭제: {title}", "Delete: {title}"),
    "delete_sure": ("정말 지울까요?", "Delete this article?"),
    "delete_yes": ("지우기", "Delete"),
    "cancel": ("취소", "Cancel"),
    # Eval
    "tab_eval": ("평가", "Eval"),
    "eval_title": ("예시 기사로 재 본 정확도", "How good the answers are, measured on the sample articles"),
    "eval_detail": (
        "정답이 있는 질문을 예시 기사에 물어 점수를 냅니다. 언어 모델 없이 실행하며, 밖으로 나가는 글은 없습니다.",
        "Questions with known answers are put to the sample articles. No language model is used; no text leaves.",
    ),
    "eval_few": ("60문항만 실행", "Run 60 questions"),
    "eval_all": ("모두 실행 (몇 분 걸립니다)", "Run them all (takes minutes)"),
    "eval_preparing": ("예시 기사를 준비하는 중…", "Preparing the sample articles…"),
    "eval_progress": ("{total}문항 중 {n}문항 끝남", "{n} of {total} questions done"),
    "eval_heading": (
        "질문 {n}개, 기사 {articles}건. 값 옆은 95% 구간입니다.",
        "{n} questions, {articles} articles. Beside each figure its 95% interval.",
    ),
    "eval_faults": (
        "{system}: 오류 {errors}건, 빠진 결과 {missing}건. 0점으로 셉니다.",
        "{system}: {errors} errors, {missing} missing. They count as 0.",
    ),
    "eval_metric": ("지표", "Metric"),
    "eval_lower": ("낮을수록 좋음", "lower is better"),
    "eval_retrieval": ("기사 찾기", "Finding the article"),
    "eval_answer": ("답변", "Answering"),
    "eval_citations": ("근거", "Citing"),
    "eval_abstention": ("모른다고 말하기", "Saying that the articles do not say"),
    "delete_done": ("지웠습니다: {title}", "Deleted: {title}"),
}

STRINGS: Final[dict[str, dict[str, str]]] = {
    "ko": {key: korean for key, (korean, _) in _PAIRS.items()},
    "en": {key: english for key, (_, english) in _PAIRS.items()},
}

SAMPLE_QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "ko": (
        "쿠팡이 약속한 건 뭐야?",
        "네이버는 AI 교육에 얼마를 투자하나?",
        "카카오톡 선물하기 정산은 한 달에 몇 번?",
        "Which professor spoke at the platform meeting?",
    ),
    "en": (
        "What did Coupang pledge?",
        "How much will Naver invest in AI education?",
        "Which professor spoke at the platform meeting?",
        "쿠팡이 약속한 건 뭐야?",
    ),
}
"""Questions to click while the sample library is open, by the language of the page."""
