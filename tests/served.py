"""The local page, running for a test: the real server on a port of its own, in a thread."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from stemmata import web

KEY = "the-key-of-this-test"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    page: str


@dataclass
class Served:
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, address: str, form: dict[str, str] | bytes | None = None, **headers: str) -> Answer:
        """One request, as a browser that has the key would send it; a header "-" is left out."""
        given = {"cookie": f"stemmata-{self.port}={KEY}", "origin": self.origin, **headers}
        body = urlencode(form) if isinstance(form, dict) else form
        if body is not None:
            given.setdefault("content-type", "application/x-www-form-urlencoded")
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, address, body, {k: v for k, v in given.items() if v != "-"})
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, **headers)

    def post(self, address: str, form: dict[str, str], **headers: str) -> Answer:
        return self.ask("POST", address, form, **headers)


@contextmanager
def served(path: Path, *, who: str = "Ida Holm") -> Iterator[Served]:
    with web.listening(None) as listening:
        port = listening.getsockname()[1]
        app = web.application(path, who=who, key=KEY, port=port)
        server = web.server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Served(port)
        finally:
            server.should_exit = True
            thread.join(10)
