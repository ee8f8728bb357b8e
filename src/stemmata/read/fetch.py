"""One page from the web: http and https, public addresses only, and no more of it than a page of news is.

The host is resolved once, every address it has is checked, and the connection goes to one of those very addresses, so
that a name cannot lead somewhere else between the check and the connection. No cookies, no credentials, no proxy: the
environment is not read.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from stemmata import __version__
from stemmata.read.article import shown
from stemmata.read.encoding import UnreadableError

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.response import BaseHTTPResponse

KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_CHUNK = 16_384  # bytes at a time: what one compressed piece can blow up to stays small
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215
_REDIRECTS = (301, 302, 303, 307, 308)
_SAFE = "%/:=&?~#+!$,;'@()*[]"  # what a path and a query may hold as it is, RFC 3986


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a thing is read, and how far a fetch may go. The longest article of PolNeAR has 33,672 characters; ten
    seconds to connect and a minute in all are far over what a news site takes."""

    max_chars: int = 10_000_000  # of one text
    max_page_bytes: int = 10_000_000  # of one page of HTML, from a file or from the web
    # Of a gzip file, times its size: eleven copies of each article came to 23, one article a thousand times to 167, and
    # a trap, line ends alone, to 1,025.
    max_unpacked: int = 200
    connect_seconds: float = 10
    total_seconds: float = 60
    max_redirects: int = 5

    @property
    def max_text_bytes(self) -> int:
        return 4 * self.max_chars  # UTF-8 takes up to four bytes a character

    @property
    def max_line_bytes(self) -> int:
        return 6 * self.max_chars + 65_536  # "\\u0416" takes six, and there are the other fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back: the bytes after any decompression, and the URL after any redirects."""

    url: str
    body: bytes
    kind: str  # one of KINDS
    charset: str | None  # as the server says


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """A URL that may be asked for, in its parts."""

    url: str
    host: str
    port: int
    secure: bool
    path: str


def fetched(url: str, limits: Limits, *, allow_private: bool = False) -> Fetched:
    """The page at `url`. Raises UnreadableError: not a public address, an error of the server, no page, too slow."""
    deadline = time.monotonic() + limits.total_seconds
    for _ in range(limits.max_redirects + 1):
        target = _target(url)
        addresses = _addresses(target, limits, deadline, allow_private=allow_private)
        answer = _answer(target, addresses, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        try:
            url = urljoin(target.url, answer)
        except ValueError as fault:
            raise UnreadableError(f"{target.host} sends to what is no URL ({shown(answer, 120)})") from fault
    raise UnreadableError(f"more than {limits.max_redirects} redirects")


def without_credentials(url: str) -> str:
    """`url` as it may be shown and stored: a password in it is not."""
    return re.sub(r"(?<=//)[^/?#]*@", "…@", url)


def _target(url: str) -> _Target:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as fault:
        raise UnreadableError(f"not a URL ({shown(str(fault))})") from None
    if parts.scheme not in ("http", "https"):
        raise UnreadableError(f"only http and https are fetched, not {shown(parts.scheme)}")
    if parts.username is not None or parts.password is not None:
        raise UnreadableError("a URL with a user name or password in it is not fetched: take it out")
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", host):
        raise UnreadableError("a URL without a host that could be asked")
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    secure = parts.scheme == "https"
    usual = 443 if secure else 80
    name = (f"[{host}]" if ":" in host else host) + (f":{port}" if port not in (None, usual) else "")
    return _Target(url=f"{parts.scheme}://{name}{path}", host=host, port=port or usual, secure=secure, path=path)


def _addresses(target: _Target, limits: Limits, deadline: float, *, allow_private: bool) -> list[str]:
    """The addresses of the target's host. Raises UnreadableError where there is none, or one of them is not public."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))
        except OSError as fault:
            answers.put(fault)

    # The system's look-up takes no timeout, so it is waited for from outside.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=min(limits.connect_seconds, max(deadline - time.monotonic(), 0)))
    except queue.Empty:
        raise UnreadableError(f"the address of {target.host} could not be looked up in time") from None
    if isinstance(found, OSError) or not found:
        raise UnreadableError(f"no address is known for {target.host}")
    if not allow_private:
        for address in found:
            if not is_public(address):
                raise UnreadableError(f"{target.host} leads to {address}, which is not a public address: not fetched")
    return found


def is_public(address: str) -> bool:
    """Is `address` one of the public internet? An IPv4 address inside an IPv6 one decides for it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64[0]:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64[1] or ip.is_site_local:
            return False
    # `is_global` is not the opposite of all the others in every Python from 3.11 on.
    closed = (ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_reserved, ip.is_unspecified)
    return ip.is_global and not any(closed)


def _answer(target: _Target, addresses: list[str], limits: Limits, deadline: float) -> Fetched | str:
    """The page, or where the server sends to instead."""
    from http.client import HTTPException

    from urllib3.exceptions import HTTPError

    try:
        with closing(_connected(target, addresses, limits, deadline)) as connection:
            # A server that drips a byte at a time is never late for a socket's own timeout.
            cut = threading.Timer(max(deadline - time.monotonic(), 0), _shut, [connection.sock])
            cut.daemon = True
            cut.start()
            try:
                connection.request("GET", target.path, headers=_headers(target), preload_content=False)
                response = connection.getresponse()
                if time.monotonic() >= deadline:
                    raise TimeoutError  # cut off, and what came so far looks like an answer
                if response.status in _REDIRECTS and (location := response.headers.get("location")):
                    return str(location)
                return _page(target, response, limit=limits.max_page_bytes, deadline=deadline)
            finally:
                cut.cancel()
    except (HTTPError, HTTPException, OSError, zlib.error) as fault:
        if time.monotonic() >= deadline:
            raise UnreadableError(f"not finished after {limits.total_seconds:g} seconds") from fault
        raise UnreadableError(f"{target.host} cannot be read ({shown(_cause(fault), 120)})") from fault


def _connected(
    target: _Target, addresses: list[str], limits: Limits, deadline: float
) -> HTTPConnection | HTTPSConnection:
    """A connection to the first of `addresses` that takes one; the certificate has to be of the target's host."""
    import ssl

    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    refused: Exception = TimeoutError("no time left")
    for address in addresses:
        seconds = min(limits.connect_seconds, deadline - time.monotonic())
        if seconds <= 0:
            break
        connection = (
            HTTPSConnection(
                address,
                target.port,
                timeout=seconds,
                server_hostname=target.host,
                ssl_context=ssl.create_default_context(),
            )
            if target.secure
            else HTTPConnection(address, target.port, timeout=seconds)
        )
        try:
            connection.connect()
        except (NewConnectionError, ConnectTimeoutError) as fault:
            connection.close()
            refused = fault
        else:
            return connection
    raise refused


def _shut(connected: socket.socket) -> None:
    """Ends a connection under whoever waits for it. Not SSLSocket's own shutdown, which drops the cipher first."""
    try:
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
    except OSError:
        return  # closed meanwhile


def _headers(target: _Target) -> dict[str, str]:
    return {
        "Host": target.url.split("/")[2],
        "User-Agent": f"stemmata/{__version__}",
        "Accept": ", ".join(KINDS),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _page(target: _Target, response: BaseHTTPResponse, *, limit: int, deadline: float) -> Fetched:
    """The page of an answer. Raises TimeoutError where the answer was cut off."""
    if response.status != HTTPStatus.OK:
        known = response.status in HTTPStatus.__members__.values()
        name = f" ({HTTPStatus(response.status).phrase})" if known else ""
        raise UnreadableError(f"the server answered {response.status}{name}")
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind not in KINDS:
        raise UnreadableError(f"not a page of text: the server sent {shown(kind) if kind else 'no content type'}")
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip"):
        raise UnreadableError(f"packed in a way that was not asked for ({shown(packed)}): not read")
    unpacker = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    body = bytearray()
    while chunk := response.read1(_CHUNK, decode_content=False):
        body += unpacker.decompress(chunk) if unpacker else chunk
        if len(body) > limit:
            raise UnreadableError(f"larger than {limit:,} bytes: not read")
    if time.monotonic() >= deadline:
        raise TimeoutError  # cut off, perhaps in the middle
    if unpacker and not unpacker.eof:
        raise UnreadableError("half a page: what it is packed in ends too early; fetch it again")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return Fetched(url=target.url, body=bytes(body), kind=kind, charset=charset[1] if charset else None)


def _cause(fault: BaseException) -> str:
    """The innermost reason, which is the one that a reader understands: "Connection refused"."""
    while fault.__cause__ is not None:
        fault = fault.__cause__
    return str(
        getattr(fault, "verify_message", None) or getattr(fault, "strerror", None) or fault or type(fault).__name__
    )
