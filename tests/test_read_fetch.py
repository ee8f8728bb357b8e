"""One page from the web: from a server on this machine, and refusals of every address that is not public."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from stemmata import __version__
from stemmata.model import Document, Refusal
from stemmata.read import Limits, documents
from stemmata.read.fetch import is_public

TEXT = "The dam above Karsk may fail within a week, engineers said on Monday, after a café had flooded."
PAGE = f"<html><head><title>Dam may fail</title></head><body><article><p>{TEXT}</p></article></body></html>"

BOMB = gzip.compress(b"x" * 5_000_000)


class Site(BaseHTTPRequestHandler):
    """`pages` maps a path to status, headers and body; what was asked for is kept in `asked`."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = {}  # noqa: RUF012
    asked: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        if self.path == "/drip":  # a head that never ends
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(100):
                self.wfile.write(f"X-{n}: x\r\n".encode())
                time.sleep(0.05)
            return
        status, headers, body = self.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: some of these clients leave in the middle."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    html = {"Content-Type": "text/html; charset=utf-8"}
    monkeypatch.setattr(Site, "asked", [])
    monkeypatch.setattr(
        Site,
        "pages",
        {
            "/dam?a=%C3%A9&b=1": (200, html, PAGE.encode()),
            "/dam": (200, html, PAGE.encode()),
            "/gzip": (200, html | {"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
            "/half": (200, html | {"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode() * 9)[:-99]),
            "/not-gzip": (200, html | {"Content-Encoding": "gzip"}, PAGE.encode()),
            "/brotli": (200, html | {"Content-Encoding": "br"}, PAGE.encode()),
            "/bomb": (200, html | {"Content-Encoding": "gzip"}, BOMB),
            "/chunks": (
                200,
                html | {"Transfer-Encoding": "chunked"},
                b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (PAGE[:40].encode(), PAGE[40:].encode(), b"")),
            ),
            "/latin": (200, {"Content-Type": "text/html; charset=windows-1252"}, PAGE.encode("cp1252")),
            "/plain": (200, {"Content-Type": "text/plain"}, TEXT.encode()),
            "/said": (200, {"Content-Type": "text/plain; charset=iso-8859-1"}, f"{TEXT} Angéla".encode()),
            "/short": (200, html | {"Content-Length": "9999"}, PAGE.encode()),
            "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
            "/nothing": (200, {}, PAGE.encode()),
            "/gone": (404, html, PAGE.encode()),
            "/odd": (599, html, b""),
            "/large": (200, html, PAGE.encode() * 2_000),
            "/moved": (302, {"Location": "dam#top"}, b""),
            "/moved-away": (301, {"Location": "ftp://karsk.example/"}, b""),
            "/moved-secret": (301, {"Location": "//ana:pass@127.0.0.1/"}, b""),
            "/moved-nowhere": (302, {"Location": "http://[::1"}, b""),
            "/round": (307, {"Location": "/round"}, b""),
            **{f"/hop{n}": (303, {"Location": f"/hop{n - 1}" if n > 1 else "/dam"}, b"") for n in range(1, 7)},
        },
    )
    server = Server(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def page(url: str, **options: Any) -> Document:
    (document,) = documents([url], **{"allow_private": True} | options)
    assert isinstance(document, Document)
    return document


def reason(url: str, **options: Any) -> str:
    (refusal,) = documents([url], **{"allow_private": True} | options)
    assert isinstance(refusal, Refusal)
    assert "\n" not in refusal.reason
    return refusal.reason


def test_a_page(site: str) -> None:
    document = page(f"{site}/dam")
    assert (document.text, document.title, document.url) == (TEXT, "Dam may fail", f"{site}/dam")
    assert document.evidence
    assert document.evidence.location == f"{site}/dam"
    assert document.evidence.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()


@pytest.mark.parametrize("path", ["/gzip", "/chunks", "/latin", "/plain", "/dam?a=é&b=1#part", "/hop5"])
def test_pages_of_every_kind(site: str, path: str) -> None:
    assert page(site + path).text == TEXT


def test_a_text_of_utf_8_is_read_as_such_whatever_its_server_says(site: str) -> None:
    assert page(f"{site}/said").text == f"{TEXT} Angéla"


def test_what_the_server_is_told(site: str) -> None:
    page(f"{site}/moved")
    assert [path for path, _ in Site.asked] == ["/moved", "/dam"]
    for _, headers in Site.asked:
        assert headers["User-Agent"] == f"stemmata/{__version__}"
        assert headers["Host"] == site.removeprefix("http://")
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_the_url_of_a_moved_page_is_where_it_was_found(site: str) -> None:
    document = page(f"{site}/moved")
    assert document.url == f"{site}/dam"
    assert document.evidence
    assert document.evidence.location == f"{site}/moved"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "the server answered 404 (Not Found)"),
        ("/odd", "the server answered 599"),
        ("/pdf", "not a page of text: the server sent “application/pdf”"),
        ("/nothing", "no content type"),
        ("/large", "larger than 200,000 bytes"),
        ("/bomb", "larger than 200,000 bytes"),
        ("/short", "IncompleteRead"),
        ("/half", "half a page: what it is packed in ends too early"),
        ("/not-gzip", "cannot be read (“Error -3 while decompressing"),
        ("/brotli", "packed in a way that was not asked for (“br”)"),
        ("/round", "more than 5 redirects"),
        ("/hop6", "more than 5 redirects"),
        ("/moved-nowhere", "sends to what is no URL (“http://[::1”)"),
        ("/moved-away", "only http and https are fetched, not “ftp”"),
        ("/moved-secret", "user name or password"),
    ],
)
def test_pages_that_are_refused(site: str, path: str, says: str) -> None:
    assert says in reason(site + path, limits=Limits(max_page_bytes=200_000))


def test_a_server_that_drips_is_cut_off(site: str) -> None:
    start = time.monotonic()
    assert "not finished after 0.3 seconds" in reason(f"{site}/drip", limits=Limits(total_seconds=0.3))
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://sarn.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://ana:pass@sarn.example/", "user name or password"),
        ("http://@sarn.example/", "user name or password"),
        ("http:///a", "without a host"),
        ("http://sarn.example:port/", "not a URL"),
        ("http://[::1/", "not a URL"),
        ("http://sarn example/", "without a host"),
        ("http://" + "x" * 70 + ".example/", "without a host"),
        ("http://127.0.0.1:1/", "Connection refused"),
        ("http://sarn.invalid/", "no address is known for sarn.invalid"),
    ],
)
def test_urls_that_are_refused(url: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str, *rest: Any, **more: Any) -> Any:
        if host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 1))]
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert says in reason(url)


def test_a_password_is_not_kept() -> None:
    (refusal,) = documents(["https://ana:s3cret@sarn.example/dam"])
    assert isinstance(refusal, Refusal)
    assert refusal.location == "https://…@sarn.example/dam"
    assert "s3cret" not in refusal.reason


# Addresses


@pytest.mark.parametrize(
    "address",
    str.split("""
    127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1
    255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00::1 fec0::1 ff02::1 2001:db8::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 2002:7f00:1::1
    100::1"""),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_read_unless_it_may_be(site: str, host: str) -> None:
    assert "not a public address" in reason(site.replace("127.0.0.1", host) + "/dam", allow_private=False)
    assert Site.asked == []


def resolved(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Lets names resolve to `answers`, one look-up after the other; gives the list of the names that were asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, *rest: Any, **more: Any) -> Any:
        if host.replace(".", "").isdigit():  # an address that was checked
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in answers[len(asked) - 1]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    assert "leads to 10.0.0.1" in reason("http://sarn.example/", allow_private=False)


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolved(monkeypatch, ["127.0.0.1"], ["203.0.113.9"])  # the second answer would lead elsewhere
    url = site.replace("127.0.0.1", "sarn.example") + "/dam"
    assert page(url).url == url
    assert asked == ["sarn.example"]
    assert Site.asked[0][1]["Host"] == url.split("/")[2]


def test_every_redirect_is_checked_again(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    monkeypatch.setattr(
        "stemmata.read.fetch._answer", lambda *a: "http://inside.example/" if Site.asked == [] else None
    )
    assert "inside.example leads to 127.0.0.1" in reason("http://sarn.example/", allow_private=False)


def test_the_next_address_is_tried(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, ["127.0.0.9", "127.0.0.1"])
    assert page(site.replace("127.0.0.1", "sarn.example") + "/dam").text == TEXT


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate for the test is made with openssl")
def test_the_certificate_has_to_be_of_the_host(tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert -days 2"
    name = "-subj /CN=sarn.example -addext subjectAltName=DNS:sarn.example"
    subprocess.run(f"{make} {name}".split(), cwd=tmp_path, check=True, capture_output=True)
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert"))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    server = Server(("127.0.0.1", 0), Site)
    server.socket = served.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    resolved(monkeypatch, *[["127.0.0.1"]] * 3)
    try:
        untrusted = f"https://sarn.example:{server.server_port}/dam"
        assert "self-signed certificate" in reason(untrusted)
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        assert page(untrusted).text == TEXT
        assert "not valid for 'torkhun.example'" in reason(untrusted.replace("sarn", "torkhun"))
    finally:
        server.shutdown()
        server.server_close()


# A table of URLs


def test_a_table_of_urls(site: str, tmp_path: Path) -> None:
    path = tmp_path / "urls.csv"
    path.write_text(
        f"url,outlet,published\n{site}/dam,Sarn Post,2033-10-10\n{site}/gone,,\nhttps://a:b@sarn.example/,,\n"
    )
    document, gone, secret = documents([path], allow_private=True)
    assert isinstance(document, Document) and isinstance(gone, Refusal) and isinstance(secret, Refusal)
    assert (document.text, document.outlet, document.published) == (TEXT, "Sarn Post", "2033-10-10")
    assert document.evidence and document.evidence.location == f"{site}/dam"
    assert (gone.location, gone.reason) == (f"{path}#3", f"{site}/gone: the server answered 404 (Not Found)")
    assert secret.location == f"{path}#4"
    assert "a:b" not in secret.reason
