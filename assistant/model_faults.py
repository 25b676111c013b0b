"""What can go wrong between us and a language model, told in one line that says what to do next."""

import re
from dataclasses import dataclass
from typing import Any

from ingest.article import Language

# kind: what the reader is told; {host}, {model}, {seconds} and {words} (the server's own, shortened) may be used
_TEXTS: dict[str, dict[Language, str]] = {
    "unreachable": {
        "en": "The language model at {host} cannot be reached: start its server, or correct OPENAI_BASE_URL.",
        "ko": "언어 모델 서버 {host}에 연결할 수 없습니다. 서버를 켜거나 OPENAI_BASE_URL을 바로잡으세요.",
    },
    "settings": {
        "en": "The connection to {host} cannot be prepared ({words}): check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and "
        "SSL_CERT_FILE.",
        "ko": "{host}에 연결할 준비를 할 수 없습니다({words}). HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE을 "
        "확인하세요.",
    },
    "slow start": {
        "en": "The language model at {host} sent nothing within {seconds} seconds: raise "
        "ASSISTANT_CHAT_TIMEOUT, or set a faster ASSISTANT_CHAT_MODEL.",
        "ko": "언어 모델({host})이 {seconds}초 안에 응답하지 않았습니다. ASSISTANT_CHAT_TIMEOUT을 늘리거나 "
        "ASSISTANT_CHAT_MODEL을 더 빠른 모델로 바꾸세요.",
    },
    "too slow": {
        "en": "The language model at {host} did not finish within {seconds} seconds: raise ASSISTANT_CHAT_TIMEOUT, "
        "or set a faster ASSISTANT_CHAT_MODEL.",
        "ko": "언어 모델({host})이 {seconds}초 안에 답변을 끝내지 못했습니다. ASSISTANT_CHAT_TIMEOUT을 늘리거나 "
        "ASSISTANT_CHAT_MODEL을 더 빠른 모델로 바꾸세요.",
    },
    "busy": {
        "en": "The language model at {host} takes no more requests at the moment: ask again in a minute.",
        "ko": "언어 모델({host})이 지금은 요청을 더 받지 않습니다. 잠시 뒤에 다시 물어보세요.",
    },
    "no quota": {
        "en": "The account at {host} has no quota left: add credit there, or set another OPENAI_API_KEY.",
        "ko": "{host} 계정의 사용 한도가 다 찼습니다. 한도를 늘리거나 다른 OPENAI_API_KEY를 설정하세요.",
    },
    "key refused": {
        "en": "{host} refused the key: check OPENAI_API_KEY.",
        "ko": "{host}이(가) 키를 거부했습니다. OPENAI_API_KEY를 확인하세요.",
    },
    "not found": {
        "en": "{host} does not know the model {model}, or nothing is at this address: check ASSISTANT_CHAT_MODEL and "
        "OPENAI_BASE_URL, which usually ends in /v1.",
        "ko": "{host}에 모델 {model}이(가) 없거나 주소가 틀렸습니다. ASSISTANT_CHAT_MODEL과 OPENAI_BASE_URL(보통 /v1로 "
        "끝남)을 확인하세요.",
    },
    "too long": {
        "en": "The passages are too long for {model}: set an ASSISTANT_CHAT_MODEL, or a server, with a longer context.",
        "ko": "기사 구절이 {model} 모델이 읽을 수 있는 길이를 넘습니다. 더 긴 문맥을 받는 모델이나 서버 설정을 쓰세요.",
    },
    "refused": {
        "en": "{host} refused the request ({words}): check ASSISTANT_CHAT_MODEL and the server's settings.",
        "ko": "{host}이(가) 요청을 거부했습니다({words}). ASSISTANT_CHAT_MODEL과 서버 설정을 확인하세요.",
    },
    "moved": {
        "en": "{host} sends requests on to another address: set OPENAI_BASE_URL to the final one.",
        "ko": "{host}이(가) 요청을 다른 주소로 돌립니다. OPENAI_BASE_URL을 최종 주소로 바꾸세요.",
    },
    "server error": {
        "en": "The server at {host} reported an error of its own ({words}): look at its log, or ask again.",
        "ko": "{host} 서버에서 오류가 났습니다({words}). 서버 로그를 확인하거나 다시 물어보세요.",
    },
    "not the protocol": {
        "en": "What {host} sent is not the OpenAI chat protocol: check OPENAI_BASE_URL, which usually ends in /v1.",
        "ko": "{host}의 응답이 OpenAI 채팅 형식이 아닙니다. OPENAI_BASE_URL(보통 /v1로 끝남)을 확인하세요.",
    },
    "empty": {
        "en": "{model} at {host} answered with nothing: ask again, or set another ASSISTANT_CHAT_MODEL.",
        "ko": "{host}의 {model} 모델이 빈 답을 보냈습니다. 다시 물어보거나 ASSISTANT_CHAT_MODEL을 바꾸세요.",
    },
    "cut off": {
        "en": "The connection to {host} broke before the answer was finished: ask again.",
        "ko": "답변이 끝나기 전에 {host}와의 연결이 끊겼습니다. 다시 물어보세요.",
    },
    "length": {
        "en": "{model} reached its length limit: ask a narrower question.",
        "ko": "{model} 모델의 답변이 길이 제한에 걸렸습니다. 더 좁혀서 물어보세요.",
    },
    "filtered": {
        "en": "{host} withheld the rest of the answer by its content filter: word the question differently.",
        "ko": "{host}의 콘텐츠 필터가 나머지 답변을 막았습니다. 질문을 다르게 적어 보세요.",
    },
    "loop": {
        "en": "{model} kept repeating itself and was stopped: set a more capable ASSISTANT_CHAT_MODEL if this happens "
        "often.",
        "ko": "{model} 모델이 같은 말을 되풀이해 멈췄습니다. 자주 그러면 ASSISTANT_CHAT_MODEL을 더 나은 모델로 "
        "바꾸세요.",
    },
    "uncited": {
        "en": "Nothing {model} wrote could be traced to a sentence of the articles: set a more capable "
        "ASSISTANT_CHAT_MODEL if this happens often.",
        "ko": "{model} 모델의 답변 가운데 기사 문장으로 확인되는 것이 없습니다. 자주 그러면 ASSISTANT_CHAT_MODEL을 더 "
        "나은 모델로 바꾸세요.",
    },
}

_SECRET = re.compile(r"(?i)\b(?:sk|key|bearer|token)[-_ ][^\s'\",}]+")


class ModelFault(Exception):
    """A call to a language model that went wrong; `kind` says how, `tell` says it to the reader."""

    def __init__(self, kind: str, **facts: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts

    def tell(self, language: Language) -> str:
        """One line: what went wrong, and what to do next."""
        return _TEXTS[self.kind][language].format(**self.facts)


@dataclass(frozen=True)
class Target:
    """The model that is called and the host it is called at, as they are named to the reader."""

    model: str
    host: str

    def fault(self, kind: str, **facts: str) -> ModelFault:
        """A fault of this kind at this model."""
        return ModelFault(kind, model=self.model, host=self.host, **facts)

    def fault_of(self, error: Exception, secret: str, *, started: bool) -> ModelFault:
        """What the client library's error means, after some text (`started`) or before any.

        The server's own words are passed on, shortened and without `secret`.
        """
        import openai

        words = _safe(error, secret)
        match error:
            case ModelFault():
                return error
            case openai.APIStatusError(status_code=status):
                return self.fault(_kind_of_status(status, error, words), words=words)
            case openai.APIConnectionError():
                return self.fault("cut off" if started else "unreachable")
            case openai.APIError():  # an error told in the middle of a stream
                return self.fault("server error", words=words)
            case _:  # HTML, broken JSON, no choices, broken UTF-8: each library layer has errors of its own
                return self.fault("cut off" if started else "not the protocol")


def is_quota_exhausted(error: Any) -> bool:
    """Whether the account is out of quota, which no waiting mends (OpenAI sends it as a 429 too)."""
    return error.status_code == 402 or "insufficient_quota" in f"{error.code} {error.type} {error.body}"


def _kind_of_status(status: int, error: Exception, words: str) -> str:
    if status in (402, 429):
        return "no quota" if is_quota_exhausted(error) else "busy"
    if status in (401, 403):
        return "key refused"
    if status in (400, 413, 422):
        lower = words.lower()
        return "too long" if status == 413 or ("context" in lower or "too long" in lower) else "refused"
    if 300 <= status < 400:
        return "moved"
    return "not found" if status in (404, 405) else "server error" if status >= 500 else "refused"


def _safe(error: Exception, secret: str) -> str:
    body = getattr(error, "body", None)
    words = body.get("message") if isinstance(body, dict) else None
    if not isinstance(words, str):
        words = f"status {getattr(error, 'status_code', '?')}"
    words = words.replace(secret, "***") if secret else words
    words = _SECRET.sub("***", " ".join(words.split()))
    return words if len(words) <= 160 else words[:160] + "…"
