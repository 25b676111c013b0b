"""The page's MCP endpoint, spoken to by the protocol's own client."""

import base64
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.web.people import QUESTIONS_A_MINUTE
from tests.browser import PATIENCE, REPOSITORY, serving

ARTICLE = "가람마트는 신선식품 상인의 배송비 45억원을 대신 내겠다고 약속했다. 지원은 다음 달에 시작한다."


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path) as address:
        yield address


def talk(app: str, say: Callable[[ClientSession], Awaitable[Any]], **headers: str) -> Any:
    """What `say` makes of a session with the endpoint."""

    async def session() -> Any:
        async with (
            httpx.AsyncClient(headers=headers, timeout=PATIENCE) as http,
            streamable_http_client(f"{app}/mcp", http_client=http) as (read, write, _),
            ClientSession(read, write) as client,
        ):
            await client.initialize()
            return await say(client)

    return anyio.run(session)


def login(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_an_assistant_asks_searches_and_adds(app: str) -> None:
    async def say(client: ClientSession) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == {"ask", "search", "add"}
        assert all(tool.description for tool in tools)
        assert {tool.name: tool.inputSchema["required"] for tool in tools} == {
            "ask": ["question"],
            "search": ["query"],
            "add": ["text"],
        }
        answer = (await client.call_tool("ask", {"question": "쿠팡이 약속한 건 뭐야?"})).structuredContent
        assert answer is not None
        assert "쿠팡" in answer["sentences"][0]["citations"][0]["quote"]
        found = (await client.call_tool("search", {"query": "쿠팡", "k": 2})).structuredContent
        assert found is not None
        assert len(found["result"]) == 2
        added = (await client.call_tool("add", {"text": ARTICLE, "title": "가람마트"})).structuredContent
        assert added is not None
        assert added["status"] == "added"
        answer = (await client.call_tool("ask", {"question": "가람마트가 약속한 배송비는?"})).structuredContent
        assert answer is not None
        assert answer["sentences"][0]["citations"][0]["article"] == added["article_id"]
        silent = (await client.call_tool("ask", {"question": "솔빛항공은 언제 취항해?"})).structuredContent
        assert silent is not None
        assert silent["abstained"]
        assert silent["nearest"][0]["quote"] in ARTICLE

    talk(app, say)


def test_the_page_does_not_wait_for_it() -> None:
    loaded = "import assistant.web.page, sys; print(any(name.split('.')[0] == 'mcp' for name in sys.modules))"
    said = subprocess.run([sys.executable, "-c", loaded], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_what_cannot_be_done_is_said_in_words(app: str) -> None:
    async def say(client: ClientSession) -> None:
        empty = await client.call_tool("ask", {"question": " "})
        assert empty.isError
        assert "empty" in str(empty.content)
        nobody = await client.call_tool("remove", {"article": "a1"})
        assert nobody.isError

    talk(app, say)


def test_a_web_page_cannot_reach_it_under_another_name(app: str) -> None:
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    headers = {"Accept": "application/json, text/event-stream"}
    assert httpx.post(f"{app}/mcp", json=ping, headers=headers, timeout=PATIENCE).status_code == 200
    for stranger in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        answer = httpx.post(f"{app}/mcp", json=ping, headers=headers | stranger, timeout=PATIENCE)
        assert answer.status_code in (403, 421)


def test_names_and_passwords_hold_for_it_as_for_the_page(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.write_text("김기자:비밀:번호\nlee:lee\n")
    with serving(tmp_path, "--auth", str(people)) as app:
        for headers in ({}, login("lee", "wrong"), login("lee", ""), login("", ""), login("nobody", "lee")):
            refused = httpx.post(f"{app}/mcp", json={}, headers=headers, timeout=PATIENCE)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Basic"

        async def ask(client: ClientSession) -> list[bool]:
            results = [await client.call_tool("search", {"query": "쿠팡", "k": 1})]
            return [result.isError for result in results]

        assert talk(app, ask, **login("김기자", "비밀:번호")) == [False]

        async def hurry(client: ClientSession) -> Any:
            for _ in range(QUESTIONS_A_MINUTE):  # refused at once, so that a slow machine gets them into a minute too
                assert "empty" in str((await client.call_tool("search", {"query": " "})).content)
            return await client.call_tool("search", {"query": " "})

        assert "a minute" in str(talk(app, hurry, **login("lee", "lee")).content)
        assert talk(app, ask, **login("김기자", "비밀:번호")) == [False]
