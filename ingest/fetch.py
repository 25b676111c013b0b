"""Fetches pages for the library: the only code that touches the network for articles.

Only http and https, only public addresses (checked after the name is resolved, and the connection is made to the
address that was checked), redirects hop by hop with the same checks, robots.txt, one deadline, one size limit.
"""

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from ingest.clean import PageKind, RawPage
from ingest.problems import ItemProblem
from ingest.robots import ALLOW_ALL, ALLOW_NONE, Rules, parse_robots

if TYPE_CHECKING:
    import httpx

AGENT = "newsroom-assistant"
USER_AGENT = f"{AGENT}/0.1 (reads articles that its user names)"
DEADLINE_S = 20.0
LARGEST_PAGE = 10_000_000
_LARGEST_ROBOTS = 500_000
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
_KINDS: dict[str, PageKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/hwp+zip": "hwpx",
    **dict.fromkeys(_FEED_TYPES, "feed"),
}
# IPv6 forms that carry an IPv4 address in their last 32 bits, or, for 6to4, after the first 16.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
T = TypeVar("T")


class FetchFailed(ItemProblem):
    """The page could not be fetched, or may not be."""


@dataclass(frozen=True)
class _Reply:
    """An answer with its body decoded, no longer than was asked for."""

    url: "httpx.URL"
    status: int
    content: bytes
    media_type: str
    charset: str | None
    location: str | None


class Fetcher:
    """Fetches pages, and asks each site's robots.txt once."""

    def __init__(
        self, allow_hosts: Collection[str] = (), *, deadline_s: float = DEADLINE_S, largest: int = LARGEST_PAGE
    ) -> None:
        """`allow_hosts` names hosts that may be private; each page has `deadline_s` and `largest` decoded bytes."""
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._deadline_s = deadline_s
        self._largest = largest
        self._robots: dict[str, Rules] = {}

    def fetch(self, url: str) -> RawPage:
        """Fetch the page at `url`. Raises FetchFailed with the reason."""
        until = time.monotonic() + self._deadline_s
        return _within(self._deadline_s, lambda: self._fetch(url, until))

    def _fetch(self, url: str, until: float) -> RawPage:
        import httpx

        try:
            reply = self._follow(_parse(url), until)
        except httpx.TimeoutException:
            raise FetchFailed("too_slow", seconds=f"{self._deadline_s:g}") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed("fetch_failed", error=str(error) or type(error).__name__) from None
        if reply.status != 200:
            raise FetchFailed("status", status=reply.status)
        kind = _KINDS.get(reply.media_type)
        if kind is None:
            raise FetchFailed("media_type", media_type=reply.media_type or "?")
        return RawPage(reply.content, kind, reply.charset, str(reply.url))

    def _follow(self, url: "httpx.URL", until: float) -> _Reply:
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._rules_for(url, until).allow(url.raw_path.decode("ascii")):
                raise FetchFailed("robots", host=url.host)
            reply = self._get(url, until, self._largest)
            if reply.status not in _REDIRECTS or not reply.location:
                return reply
            url = _parse(str(url.join(reply.location)))
        raise FetchFailed("redirects", most=_MOST_REDIRECTS)

    def _rules_for(self, url: "httpx.URL", until: float) -> Rules:
        """The site's rules; a site that cannot say them (a server error) is not read. (RFC 9309, 2.3.1)"""
        site = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if site not in self._robots:
            reply = self._get(_parse(site), until, _LARGEST_ROBOTS)
            for _ in range(_MOST_REDIRECTS):
                if reply.status not in _REDIRECTS or not reply.location:
                    break
                reply = self._get(_parse(str(reply.url.join(reply.location))), until, _LARGEST_ROBOTS)
            if reply.status == 200:
                self._robots[site] = parse_robots(reply.content.decode("utf-8", "replace"), AGENT)
            else:
                self._robots[site] = ALLOW_NONE if reply.status >= 500 else ALLOW_ALL
        return self._robots[site]

    def _get(self, url: "httpx.URL", until: float, largest: int) -> _Reply:
        """One request to one checked address."""
        import httpx

        address = self._checked_address(url)
        left = until - time.monotonic()
        if left <= 0:
            raise FetchFailed("too_slow", seconds=f"{self._deadline_s:g}")
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
            "Accept-Language": "ko,en;q=0.9",
            "Accept-Encoding": "gzip",
        }
        # Environment proxies are not used: a proxy would look the name up again, past the check.
        with httpx.Client(timeout=left, trust_env=False, verify=_ssl_context(), headers=headers) as client:
            target = url.copy_with(host=str(address))
            with client.stream("GET", target, extensions={"sni_hostname": url.raw_host.decode("ascii")}) as response:
                content = (
                    b"".join(_body(response, largest, until, self._deadline_s)) if response.status_code == 200 else b""
                )
                media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                location = response.headers.get("Location")
                return _Reply(url, response.status_code, content, media_type, response.charset_encoding, location)

    def _checked_address(self, url: "httpx.URL") -> Address:
        """An address of the host, when all of its addresses may be connected to."""
        try:
            found = socket.getaddrinfo(url.raw_host.decode("ascii"), url.port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise FetchFailed("host_not_found", host=url.host) from None
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        if url.host.lower() not in self._allow_hosts and not all(map(is_public, addresses)):
            raise FetchFailed("host_private", host=url.host)
        return addresses[0]


def fetch(url: str, *, allow_hosts: Collection[str] = ()) -> RawPage:
    """Fetch one page; see `Fetcher`. Raises FetchFailed with the reason."""
    return Fetcher(allow_hosts).fetch(url)


@cache
def _ssl_context() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, also when it is an IPv4 address in IPv6 clothes."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (address in _NAT64 or int(address) >> 32 == 0):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _parse(url: str) -> "httpx.URL":
    import httpx

    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchFailed("not_an_address") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchFailed("scheme")
    if parsed.userinfo:
        raise FetchFailed("credentials")
    return parsed.copy_with(fragment=None)


def _body(response: "httpx.Response", largest: int, until: float, seconds: float) -> Iterator[bytes]:
    """The decoded body in pieces; raises FetchFailed once it is too long or too late."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise FetchFailed("packed", encoding=encoding)
    unpack = None if encoding in ("identity", "") else zlib.decompressobj(wbits=31)
    size = 0
    for received in response.iter_raw():
        try:
            piece = unpack.decompress(received, largest - size + 1) if unpack else received
        except zlib.error:
            raise FetchFailed("page_damaged") from None
        size += len(piece)
        if size > largest:
            raise FetchFailed("page_too_large", megabytes=f"{largest / 1e6:g}")
        if time.monotonic() > until:
            raise FetchFailed("too_slow", seconds=f"{seconds:g}")
        yield piece


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns, or FetchFailed at the deadline, however the other side drips."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # handed to the caller below
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise FetchFailed("too_slow", seconds=f"{seconds:g}")
    return results[0]
