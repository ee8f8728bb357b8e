"""The local page: the pages of a case over HTTP, for the one who started it. Alone names the web framework.

It listens on 127.0.0.1 alone. Whoever opens it needs the key that it was started with, as other people of the same
machine can reach that address too. The browser keeps it in a cookie that no link from another site sends along
(SameSite=Strict); without https it cannot be bound to more. Cookies know no ports: another server on 127.0.0.1 that
the same browser opens while ours runs is sent the key, and whoever runs it can read the page until ours is stopped.
Requests under another host's name are refused (DNS rebinding), and so are decisions that come from another site's page
or without the token of ours (CSRF).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemmata import growth
from stemmata.case import Case, actors, identities, judgements, parentage, subjects
from stemmata.case.actors import Speaker
from stemmata.case.grouping import ON_ACTORS
from stemmata.case.search import Question
from stemmata.case.verdicts import decisions
from stemmata.model import Judgement, StemmataError
from stemmata.pages import site, standing
from stemmata.pages.rendered import asset
from stemmata.pages.site import Frame

HOST: Final = "127.0.0.1"
PORT: Final = 8765  # the usual one: another is taken where it is not free
FORM_LIMIT: Final = 65_536  # bytes of a form: a note of 2,000 characters is 8,000 at most
FRESH: Final = 10.0  # seconds for which the counts of a large case are shown before they are taken anew
HEAVY_FRESH: Final = 60.0  # the same, of what takes a second of a core in a large case
QUICK: Final = 0.05  # seconds: counts that take no longer are taken anew for every page


HEADERS: Final = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


class Guarded:
    """Lets in whom the page is for, and nobody else; every answer says what a browser may do with it."""

    def __init__(self, inner: ASGIApp, *, port: int, key: str) -> None:
        self.inner = inner
        self.hosts = {f"{name}:{port}" for name in (HOST, "localhost")} | ({HOST, "localhost"} if port == 80 else set())
        self.cookie = f"stemmata-{port}"  # cookies do not tell ports apart
        self.key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
            await send(message)

        answer = self.refusal(Request(scope)) or self.inner
        await answer(scope, receive, headed)

    def refusal(self, request: Request) -> Response | None:
        """What is answered in the place of the page; None where nothing is against it."""
        host = request.headers.get("host", "")
        if host not in self.hosts:
            return PlainTextResponse("This page answers under its own address alone.", 421)
        if request.method == "POST" and request.headers.get("origin") != f"http://{host}":
            return PlainTextResponse("This came from another page.", 403)
        query = parse_qsl(request.url.query)
        given = dict(query).get("key")
        if given is not None and request.method == "GET" and hmac.compare_digest(given.encode(), self.key.encode()):
            rest = urlencode([(k, v) for k, v in query if k != "key"])
            answer = RedirectResponse(quote(request.url.path) + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(self.cookie, self.key, httponly=True, samesite="strict")
            return answer
        if not hmac.compare_digest(request.cookies.get(self.cookie, "").encode(), self.key.encode()):
            return PlainTextResponse(
                "Open the address that stemmata serve printed: it has the key to this page. If you did, reload.", 403
            )
        return None


T = TypeVar("T")


class Counted(Generic[T]):
    """What is counted over all documents. Of a large case it is counted aside, and the last count is shown meanwhile,
    unless `decisions` weigh in it and somebody decided since."""

    def __init__(
        self, path: Path, count: Callable[[Case], T], *, fresh: float = FRESH, decisions: bool = False
    ) -> None:
        self.path, self.count, self.fresh, self.decisions = path, count, fresh, decisions
        self.lock = threading.Lock()
        self.counting = False
        self.held: tuple[T, tuple[int, int], float, float] | None = None  # what, as of which decisions, when, how long

    def _count(self) -> T:
        begun = time.monotonic()
        with Case(self.path, create=False) as case, case.snapshot():
            seen, decided = self.count(case), judgements.tally(case)
        self.held = seen, decided, time.monotonic(), time.monotonic() - begun
        return seen

    def __call__(self, case: Case) -> T:
        if self.held is None:
            return self._count()
        seen, decided, at, took = self.held
        if took <= QUICK or (self.decisions and decided != judgements.tally(case)):
            return self._count()
        if time.monotonic() - at > self.fresh:
            with self.lock:
                aside, self.counting = not self.counting, True
            if aside:
                threading.Thread(target=self._count_aside, daemon=True).start()
        return seen

    def _count_aside(self) -> None:
        try:
            self._count()
        finally:
            self.counting = False


Page = Callable[[Case, Frame, Request], str]
Act = Callable[[Case, dict[str, str]], str]  # does what a form asks; where that leads


class Served:
    """The pages of the case at `path`, and what its forms do, in the name of `who`; `token` stands in every form."""

    def __init__(self, path: Path, *, who: str, token: str) -> None:
        self.path, self.who, self.token = path, who, token
        self.counted = Counted(path, lambda case: site.overview(case, decisions(case)))
        self.named = Counted(path, standing.named, fresh=HEAVY_FRESH)
        self.foretelling = Counted(path, lambda c: standing.foretelling(c, decisions(c)), fresh=HEAVY_FRESH)
        self.blocs = Counted(path, lambda case: standing.blocs(case, decisions(case)), decisions=True)
        with Case(path, create=False) as case:
            self.counted(case)

    def routes(self) -> list[Route]:
        return [
            *(Route(address, self._shown(page)) for address, page in self._pages().items()),
            Route("/style.css", lambda _: Response(asset("style.css"), media_type="text/css")),
            Route("/page.js", lambda _: Response(asset("page.js"), media_type="text/javascript")),
            *(
                Route(address, self._posted(act), methods=["POST"])
                for address, act in (("/judge", self._judge), ("/actor", self._correct), ("/undo", self._undo))
            ),
        ]

    def _pages(self) -> dict[str, Page]:
        counted, named = self.counted, self.named
        return {
            "/": lambda case, frame, r: site.front(case, frame, counted(case)),
            "/families": lambda case, frame, r: site.families(case, frame, at=_number(r, "at")),
            "/family": lambda case, frame, r: site.family(
                case, frame, _id(r), order=r.query_params.get("order", "gravity"),
                row=_number(r, "row"), column=_number(r, "column"),
            ),
            "/versions": lambda case, frame, r: site.versions(case, frame, _id(r, "parent"), _id(r, "child")),
            "/article": lambda case, frame, r: site.article(case, frame, _id(r)),
            "/actors": lambda case, frame, r: site.actors(frame, counted(case), at=_number(r, "at")),
            "/actor": lambda case, frame, r: site.actor(
                case, frame, _id(r), counted(case), named(case), at=_number(r, "at"), taken=_number(r, "taken"),
                stance=r.query_params.get("stance", ""),
            ),
            "/claim": lambda case, frame, r: site.claim(case, frame, _id(r), at=_number(r, "at")),
            "/search": lambda case, frame, r: site.search(case, frame, _question(r), at=_number(r, "at")),
            "/disputes": lambda case, frame, r: site.disputes(
                case, frame, at=_number(r, "at"), unsure="unsure" in r.query_params
            ),
            "/predictions": lambda case, frame, r: site.predictions(
                case, frame, self.foretelling(case), kind=r.query_params.get("kind", ""),
                order=r.query_params.get("order", "due"), at=_number(r, "at"),
            ),
            "/sides": lambda case, frame, r: site.blocs(
                case, frame, self.blocs(case), one=r.query_params.get("one", ""), other=r.query_params.get("other", "")
            ),
            "/log": lambda case, frame, r: site.log(case, frame, at=_number(r, "at")),
        }  # fmt: skip

    # What every page and every form has in common

    def _framed(self, case: Case, request: Request) -> Frame:
        query = parse_qsl(request.url.query)
        here = request.url.path + (f"?{rest}" if (rest := urlencode([(k, v) for k, v in query if k != "did"])) else "")
        seen = self.counted(case) if self.counted.held is None else self.counted.held[0]
        return Frame(
            name=self.path.stem,
            who=self.who,
            token=None if case.read_only else self.token,
            here=here,
            did=(did := judgements.standing_judgement(case, dict(query).get("did"))),
            undrawn=bool(did and parentage.edge_of(did.targets[0]) and parentage.undrawn(case)),
            uncollated=self.path.name if seen.held.documents and not seen.collated else None,
            stale=seen.stale,
        )

    def _opened(self, answer: Callable[[Case], Response]) -> Response:
        """What is answered with the case open; where it cannot be opened any more, why."""
        try:
            case = Case(self.path, create=False)
        except StemmataError as gone:
            return HTMLResponse(site.told(Frame(name=self.path.stem), "The case cannot be read", str(gone)), 503)
        with case:
            return answer(case)

    def _shown(self, page: Page) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            def of(case: Case) -> Response:
                try:
                    with case.snapshot():
                        return HTMLResponse(page(case, self._framed(case, request), request))
                except StemmataError as mistake:
                    told = site.told(self._framed(case, request), "There is no such page", str(mistake))
                    return HTMLResponse(told, 404)

            return self._opened(of)

        return answer

    def _posted(self, act: Act) -> Callable[[Request], Any]:
        def done(request: Request, form: dict[str, str]) -> Response:
            if not hmac.compare_digest(form.get("token", "").encode(), self.token.encode()):
                return PlainTextResponse("This form is of another start of the page: go back, reload, try again.", 403)

            def of(case: Case) -> Response:
                try:
                    return RedirectResponse(act(case, form), 303)
                except StemmataError as mistake:
                    return HTMLResponse(site.told(self._framed(case, request), "That was not done", str(mistake)), 400)

            return self._opened(of)

        async def answer(request: Request) -> Response:
            body = b""
            async for part in request.stream():
                body += part
                if len(body) > FORM_LIMIT:
                    return PlainTextResponse("This form is too long.", 413)
            form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
            return await run_in_threadpool(done, request, form)

        return answer

    # What forms do

    def _undo(self, case: Case, form: dict[str, str]) -> str:
        taken_back, _ = growth.undo(case, form.get("id") or "-", who=self.who)
        left = actors.actor_of(case, taken_back.targets) if taken_back.kind in ON_ACTORS else None
        back = standing_at(case, form.get("back", "/"), taken_back)
        return came_back(f"/actor?id={left}" if left else back)

    def _judge(self, case: Case, form: dict[str, str]) -> str:
        kind, words = form.get("kind", ""), form.get("why", "")[:2_000]
        why, note = ("", words) if kind == "note" else (words, "")
        about = form.get("subject", "")
        if child := form.get("child"):  # of a form that sets a parent, which is chosen or typed
            about = subjects.named(case, ("edge", form.get("parent", ""), child), anew=True)
        done, _ = growth.decide(case, kind, about, who=self.who, why=why, note=note)  # type: ignore[arg-type]
        return came_back(standing_at(case, form.get("back", "/"), done), done.id)

    def _correct(self, case: Case, form: dict[str, str]) -> str:
        left = corrected(case, form, who=self.who)
        latest = judgements.latest(case, who=self.who, kind=form.get("kind", ""))
        return came_back(f"/actor?id={left.actor.id}", latest)


def application(path: Path, *, who: str, key: str, port: int) -> ASGIApp:
    """The page of the case at `path`, for whoever has `key`. Decisions are logged as those of `who`."""
    served = Served(path, who=who, token=hmac.new(key.encode(), b"forms", hashlib.sha256).hexdigest())

    def missing(_: Request, __: Exception) -> Response:
        return HTMLResponse(site.told(Frame(name=path.stem), "There is no such page", "Its address is not one."), 404)

    return Guarded(Starlette(routes=served.routes(), exception_handlers={404: missing}), port=port, key=key)


def corrected(case: Case, form: dict[str, str], *, who: str) -> Speaker:
    """Does what the form of an actor's page decides about that actor; returns what it is now."""
    kind, actor, value, why = (form.get(k, "").strip() for k in ("kind", "id", "value", "why"))
    why = why[:2_000]
    if kind == "rename":
        return identities.rename(case, actor, value[:200], who=who, why=why)
    if kind == "set-side":
        return identities.set_side(case, actor, value[:200], who=who, why=why)
    if kind == "merge":
        return identities.merge(case, actor, value, who=who, why=why)
    if kind == "split":
        statement = form.get("statement", "").strip() or None
        return identities.split(case, actor, document=value or None, statement=statement, who=who, why=why)
    raise StemmataError(f"{kind!r} is no decision about an actor: {', '.join(ON_ACTORS)}")


def standing_at(case: Case, back: str, decided: Judgement) -> str:
    """Where a decision leads, where it may have drawn the family anew from which it came: to the family that its
    version is in now, or to that version alone."""
    pair = parentage.edge_of(decided.targets[0])
    path, _, asked = back.partition("?")
    query, mark, place = asked.partition("#")
    if pair is None or path != "/family":
        return back
    known = dict(parse_qsl(query))
    if case.value("SELECT 1 FROM families WHERE id = ?", [known.get("id", "")]):
        return back
    inside = case.value("SELECT 1 FROM members WHERE document = ?", [pair[1]])
    return f"/family?{urlencode(known | {'id': pair[1]})}{mark}{place}" if inside else f"/article?id={quote(pair[1])}"


def came_back(back: str, did: str | None = None) -> str:
    """Where a decision leads: the page that it came from, which has to be one of ours."""
    try:
        parts = urlsplit(back)
    except ValueError:
        parts = urlsplit("/")
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.netloc and back.isprintable()
    if not ours:
        parts = urlsplit("/")
    query = [(k, v) for k, v in parse_qsl(parts.query) if k != "did"] + ([("did", did)] if did else [])
    asked = f"?{urlencode(query)}" if query else ""
    return quote(parts.path) + asked + (f"#{quote(parts.fragment)}" if parts.fragment else "")


def _id(request: Request, name: str = "id") -> str:
    given = request.query_params.get(name, "")
    if not given:
        raise StemmataError(f"the address names no {name}")
    return given


def _number(request: Request, name: str) -> int:
    given = request.query_params.get(name, "0")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _question(request: Request) -> Question:
    given = {k: v.strip() or None for k, v in request.query_params.items()}
    asked = ("outlet", "actor", "act", "sourcing", "since", "until")
    return Question(words=given.get("q"), **{k: given.get(k) for k in asked})


def serve(path: Path, *, who: str, port: int | None = None, ready: Callable[[str], None]) -> None:
    """Serves the case until it is interrupted. `ready` is called with the address to open, key and all.

    `port` None takes the usual port, or any that is free where it is taken; a port that is asked for and not free is
    the caller's mistake.
    """
    with Case(path, create=False):
        pass  # a file that is no case is told before anything is started
    with listening(port) as socket_held:
        port = socket_held.getsockname()[1]
        key = secrets.token_urlsafe(24)
        app = application(path, who=who, key=key, port=port)
        ready(f"http://{HOST}:{port}/?key={key}")
        server(app).run(sockets=[socket_held])


def server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    )


def listening(port: int | None) -> socket.socket:
    try:
        return socket.create_server((HOST, PORT if port is None else port))
    except OSError as fault:
        if port is not None:
            raise StemmataError(f"port {port} cannot be had ({fault.strerror}): leave --port out") from fault
        return socket.create_server((HOST, 0))
