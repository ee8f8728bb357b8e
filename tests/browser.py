"""A real headless Chromium for tests, driven over its DevTools pipe: no driver, no package, no port.

Where there is no Chromium, `chromium()` is None and the tests that need one say that they were skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The browser reads its commands from descriptor 3 and answers on 4, whatever numbers the pipe has here.
AS_THREE_AND_FOUR = """
import fcntl, os, sys
pipe = [fcntl.fcntl(int(n), fcntl.F_DUPFD, 10) for n in sys.argv[1:3]]
for number, end in zip((3, 4), pipe):
    os.dup2(end, number)
os.execvp(sys.argv[3], sys.argv[3:])
"""
PATIENCE = 20.0  # seconds for a page or an element to be there


def chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One tab. `events` holds what the browser told of its own accord: requests, exceptions, blocked things."""

    def __init__(self, read: int, write: int) -> None:
        self._in, self._out = os.fdopen(read, "rb"), os.fdopen(write, "wb")
        self._last = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self.session: str | None = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.command(f"{domain}.enable")

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if session := getattr(self, "session", None):
            message["sessionId"] = session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while True:
            told = self._told()
            if told.get("id") == self._last:
                if "error" in told:
                    raise AssertionError(f"{method}: {told['error']['message']}")
                return dict(told["result"])
            self.events.append(told)

    def _told(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            chunk = os.read(self._in.fileno(), 1 << 16)
            if not chunk:
                raise AssertionError("the browser is gone")
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))

    def value(self, script: str) -> Any:
        """What an expression of the page comes to."""
        got = self.command("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise AssertionError(got["exceptionDetails"]["exception"]["description"])
        return got["result"].get("value")

    def wait(self, script: str) -> Any:
        """Waits until an expression is true, and tells what it came to."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if found := self.value(script):
                    return found
            except AssertionError:
                pass  # between two pages there is nothing to ask
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}; the page is {self.value('document.body.innerText')[:600]}")

    def open(self, address: str) -> None:
        self.value("window.left = true")
        self.command("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && !window.left")

    def text(self) -> str:
        return str(self.value("document.body.innerText"))

    def click(self, selector: str, *, words: str = "") -> None:
        """A click of the mouse on the first thing that is shown of that kind, and has these words in it."""
        found = f"""[...document.querySelectorAll({json.dumps(selector)})].find(
            e => e.textContent.includes({json.dumps(words)}) && e.getClientRects().length)"""
        self.wait(f"!!({found})")
        box = self.value(f"""(() => {{ const e = {found}; e.scrollIntoView({{block: "center", behavior: "instant"}});
            const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.command("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def type(self, selector: str, words: str) -> None:
        self.wait(f"!!document.querySelector({json.dumps(selector)})")
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")
        self.command("Input.insertText", text=words)

    def press(self, key: str) -> None:
        code = {"Enter": 13, "Tab": 9, "Escape": 27}[key]
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            self.command("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text)

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last call."""
        sent = [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        self.events = [e for e in self.events if e.get("method") != "Network.requestWillBeSent"]
        return sent

    def faults(self) -> list[str]:
        """Exceptions of scripts, and what the page's policy blocked, since the start."""
        found = []
        for e in self.events:
            if e.get("method") == "Runtime.exceptionThrown":
                found.append(e["params"]["exceptionDetails"]["text"])
            if e.get("method") == "Log.entryAdded" and e["params"]["entry"]["level"] == "error":
                found.append(e["params"]["entry"]["text"])
        return found

    def close(self) -> None:
        self._out.close()
        self._in.close()


@contextmanager
def browsing(program: str, profile: Path, *, width: int = 1280, height: int = 900) -> Iterator[Browser]:
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    command = [
        program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
        "--disable-dev-shm-usage", "--disable-background-networking", "--force-prefers-reduced-motion",
        f"--user-data-dir={profile}", f"--window-size={width},{height}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium runs as root only so, as in most CI
    ]  # fmt: skip
    piped = [sys.executable, "-c", AS_THREE_AND_FOUR, str(theirs_in), str(theirs_out), *command]
    with subprocess.Popen(piped, pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL) as running:
        os.close(theirs_in)
        os.close(theirs_out)
        one = Browser(ours_in, ours_out)
        try:
            yield one
        finally:
            one.close()
            running.terminate()
            running.wait(20)
