import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from ingest.fetch import USER_AGENT, Fetcher, FetchFailed, fetch, is_public
from ingest.robots import parse_robots

PAGE = "<html><body><p>쿠팡은 지원을 약속했다.</p></body></html>".encode()
Handler = Callable[[BaseHTTPRequestHandler], None]


def reply(body: bytes = PAGE, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Handler:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body))}.items() | headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return handle


class Site:
    """A web server on loopback; `pages` maps paths to what they answer."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {"/robots.txt": reply(b"", 404)}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        site = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.agents.add(self.headers["User-Agent"])
                site.pages.get(self.path, reply(b"", 404))(self)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.address = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def fetch_here(url: str) -> bytes | str:
    return fetch(url, allow_hosts=["localhost"]).content


def test_a_page_comes_with_its_address_and_kind(site: Site) -> None:
    site.pages["/news?id=1"] = reply()
    page = fetch(f"{site.address}/news?id=1#top", allow_hosts=["LOCALHOST"])
    assert (page.content, page.kind, page.charset, page.url) == (PAGE, "html", "utf-8", f"{site.address}/news?id=1")
    assert site.agents == {USER_AGENT}


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.pages["/"] = reply(gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetch_here(f"{site.address}/") == PAGE


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://①②⑦.0.0.1/",
    ],
)
def test_private_addresses_are_refused_in_every_spelling(address: str) -> None:
    with pytest.raises(FetchFailed, match=r"not a public address|was not found|not a web address"):
        fetch(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "223.130.192.248", "2404:6800:4004::1", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_private_host_is_not_connected_to(site: Site) -> None:
    with pytest.raises(FetchFailed, match="ASSISTANT_ALLOW_HOSTS"):
        fetch(site.address)
    assert site.asked == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.com/", "http://", "https://a:b@example.com/", "http://[x"]
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(FetchFailed):
        fetch(address)


def test_redirects_are_followed_and_the_last_address_is_kept(site: Site) -> None:
    site.pages["/old"] = reply(b"", 302, Location="/new")
    site.pages["/new"] = reply()
    assert fetch(f"{site.address}/old", allow_hosts=["localhost"]).url == f"{site.address}/new"


def test_a_redirect_to_a_private_host_is_refused(site: Site) -> None:
    site.pages["/old"] = reply(b"", 302, Location=f"http://127.0.0.1:{site.server.server_port}/new")
    with pytest.raises(FetchFailed, match="not a public address"):
        fetch_here(f"{site.address}/old")
    assert "/new" not in site.asked


def test_a_redirect_to_a_file_is_refused(site: Site) -> None:
    site.pages["/old"] = reply(b"", 302, Location="file:///etc/passwd")
    with pytest.raises(FetchFailed, match="http"):
        fetch_here(f"{site.address}/old")


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.pages["/old"] = reply(b"", 302, Location="/old")
    with pytest.raises(FetchFailed, match="redirects"):
        fetch_here(f"{site.address}/old")


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_too_large_is_refused_by_its_decoded_size(site: Site, packed: bool) -> None:
    body = b"a" * 3_000_000
    site.pages["/"] = reply(gzip.compress(body), Content_Encoding="gzip") if packed else reply(body)
    with pytest.raises(FetchFailed, match="larger than 1 MB"):
        Fetcher(["localhost"], largest=1_000_000).fetch(f"{site.address}/")


def test_a_dripping_server_is_left_at_the_deadline(site: Site) -> None:
    over = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not over.wait(0.05):
            try:
                request.wfile.write(b"X-Drip: 1\r\n")
            except OSError:
                return

    site.pages["/"] = drip
    try:
        with pytest.raises(FetchFailed, match=r"within 0\.5 seconds"):
            Fetcher(["localhost"], deadline_s=0.5).fetch(f"{site.address}/")
    finally:
        over.set()


def test_robots_txt_is_respected_and_asked_once(site: Site) -> None:
    site.pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /private", kind="text/plain")
    site.pages["/open"] = site.pages["/private/a"] = reply()
    fetcher = Fetcher(["localhost"])
    assert fetcher.fetch(f"{site.address}/open").content == PAGE
    with pytest.raises(FetchFailed, match=r"robots\.txt"):
        fetcher.fetch(f"{site.address}/private/a")
    assert site.asked == ["/robots.txt", "/open"]


def test_a_site_that_cannot_say_its_rules_is_not_read(site: Site) -> None:
    site.pages["/robots.txt"] = reply(b"", 503)
    site.pages["/"] = reply()
    with pytest.raises(FetchFailed, match=r"robots\.txt"):
        fetch_here(f"{site.address}/")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"", 404), "404"),
        (reply(b"\x89PNG", kind="image/png"), "image/png"),
        (reply(b"not packed", Content_Encoding="gzip"), "damaged"),
        (reply(b"x", Content_Encoding="br"), "br"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(site: Site, answer: Handler, reason: str) -> None:
    site.pages["/"] = answer
    with pytest.raises(FetchFailed, match=reason):
        fetch_here(f"{site.address}/")


def test_a_host_that_is_not_there() -> None:
    with pytest.raises(FetchFailed, match="not found"):
        fetch("https://no-such-host.invalid/")


def test_a_closed_port() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(FetchFailed, match="cannot be fetched"):
            fetch_here(f"http://localhost:{held.getsockname()[1]}/")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.html", True),
        ("User-agent: Other\nDisallow: /", "/a", True),
        ("User-agent: Other\nUser-agent: newsroom-assistant\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("user-AGENT: * # all\nDISALLOW: /b # no", "/b", False),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    ],
)
def test_robots_rules(rules: str, path: str, allowed: bool) -> None:
    assert parse_robots(rules, "newsroom-assistant").allow(path) is allowed
