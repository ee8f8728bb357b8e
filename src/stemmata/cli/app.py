"""The front door: the app, its two consoles, the options that verbs share, and how a verb ends."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from errno import ENOSPC
from getpass import getuser
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text
from typer.core import TyperGroup

from stemmata import __version__
from stemmata.model import MisusedError, StemmataError
from stemmata.pages.marked import visible

if TYPE_CHECKING:
    from stemmata.desk import Case


class Panel(StrEnum):
    """What the verbs are listed under."""

    READ = "Read and compare"
    LOOK = "Look"
    DECIDE = "Decide"
    HAND_OUT = "Hand out"


STOPPED: Final = "stopped; what was finished is kept, and the same command goes on from there"
EVERY: Final = 10.0  # seconds between two lines on how far something is, in a log: few enough to read, for an hour too
_SEARCH: Final = "statements CASE --search WORDS, documents CASE --search WORDS"
_MEANT: Final = {"search": _SEARCH, "find": _SEARCH}  # verbs that people try, and what does it
_UsageError: Any = typer.BadParameter.__base__  # typer's own: it exports what is made of it alone


class Grouped(TyperGroup):
    """Lists the verbs under what they are for."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = _MEANT.get(args[0]) or ", ".join(get_close_matches(args[0], self.list_commands(ctx), n=2))
            ctx.fail(f"no such verb {args[0]!r}" + (f" (near it: {near})" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        verbs = {name: command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))}
        wide = formatter.width - 6 - max(map(len, verbs))
        for panel in Panel:
            with formatter.section(panel):
                formatter.write_dl(
                    [
                        (name, command.get_short_help_str(wide))
                        for name, command in verbs.items()
                        if getattr(command, "rich_help_panel", None) == panel
                    ],
                    col_max=max(map(len, verbs)) + 2,
                )


app = typer.Typer(
    name="stemmata",
    cls=Grouped,
    help="Who said it, who copied it, what changed: attribution and lineage of news, on this machine alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Screen(Console):
    """A console on which no article steers the terminal: what would turn or hide text is shown, whoever prints it."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for piece in super().render(renderable, options):
            yield piece if piece.control else piece._replace(text=visible(piece.text))

    def on_broken_pipe(self) -> None:
        drop_output()  # whoever read it has what they wanted
        raise SystemExit(0)


screen = Screen(highlight=False)
notes = Screen(stderr=True, highlight=False)

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="the case file, news.stemmata say")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines (what a pipe gets anyway)")]
WithText = Annotated[
    bool, typer.Option("--text", help="as JSON, and first the text as read, which all offsets count in")
]
Broad = Annotated[bool, typer.Option(help="also beliefs, intentions and feelings told of someone")]
Private = Annotated[bool, typer.Option(help="let URLs lead to this machine and to private networks")]
Who = Annotated[
    str | None,
    typer.Option(envvar="STEMMATA_WHO", help="in whose name it is logged (else your login)", show_envvar=True),
]
Why = Annotated[str, typer.Option(help="why: kept in the log")]


def tell(what: str, style: str = "", *, to: Console | None = None) -> None:
    """A line, however long: on the screen unless told."""
    (to or screen).print(Text(what, style), soft_wrap=True)


def complain(what: str) -> None:
    """A mistake, or an article that could not be read, on one line."""
    tell(f"stemmata: {what}", to=notes)


def then(*said: str) -> None:
    """What can be done next, for a person at a terminal."""
    if screen.is_terminal:
        tell("\n".join(f"then: {line}" for line in said), "dim")


class _TerminatedError(KeyboardInterrupt):
    """SIGTERM, as a scheduler or a closing terminal sends it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Ends what is done inside with one line where it is stopped: exit 130 by SIGINT, 143 by SIGTERM."""

    def terminated(*_: object) -> None:
        raise _TerminatedError

    ours = threading.current_thread() is threading.main_thread()  # no other may set it
    before = signal.signal(signal.SIGTERM, terminated) if ours else None
    try:
        yield
    except KeyboardInterrupt as how:
        notes.print(STOPPED)
        raise typer.Exit(143 if isinstance(how, _TerminatedError) else 130) from None
    finally:
        if ours:
            signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@contextmanager
def told_now_and_then(said: Callable[[], str]) -> Iterator[None]:
    """Tells how far it is with what is done inside, where nothing is drawn: on stderr, in a pipe or a file."""
    if notes.is_terminal:
        yield
        return
    begun, done = time.monotonic(), threading.Event()

    def again() -> None:
        while not done.wait(EVERY):
            tell(f"{said()}, {time.monotonic() - begun:,.0f} s", to=notes)

    telling = threading.Thread(target=again, daemon=True)
    telling.start()
    try:
        yield
    finally:
        done.set()
        telling.join()


def may_write(path: Path, *, kind: str, mark: str | None, force: bool) -> None:
    """Raises where a file that is handed on may not be written: over a folder, a case, or (unless `force`) another file
    than one of that `kind`, which has `mark` near its beginning; over none where that is None."""
    from stemmata.case.file import MAGIC

    if path.is_dir():
        raise StemmataError(f"{path} is a folder: name a file in it")
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            head = file.read(4_096)
    except OSError as fault:
        raise StemmataError(f"cannot read {path}: {fault.strerror}; name another place") from fault
    if head.startswith(MAGIC):
        raise StemmataError(f"{path} is a case, or another SQLite file, and not written over: name another file")
    if not force and (mark is None or mark.encode() not in head):
        what = f"is no {kind} of ours" if mark else "is there already"
        raise StemmataError(f"{path} {what}: name another file, or write over it with --force")


def write_out(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Writes a file that is handed on (`may_write` first): whole, or not at all. Makes its folder."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_text(text, encoding)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as fault:
        raise StemmataError(f"cannot write {path}: {fault.strerror}; name another place") from fault


def decider(who: str | None) -> str:
    """In whose name a decision is logged."""
    try:
        return who or getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        raise StemmataError("who decides? nobody has a login here: say it with --who, or set STEMMATA_WHO") from None


def main() -> None:
    """Runs a verb. A caller's mistake is one line on stderr and exit 1, or 2 where the verb does not take what was
    typed or nothing was checked; a closed pipe is quiet. What goes into a pipe or a file is UTF-8 everywhere."""
    _opened_streams()
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        code = app(standalone_mode=False)
    except StemmataError as mistake:
        complain(str(mistake))
        sys.exit(2 if isinstance(mistake, MisusedError) else 1)
    except _UsageError as mistake:
        if type(mistake).__name__ == "NoArgsIsHelpError":
            mistake.show()
        else:
            complain(_misused(mistake))
        sys.exit(2)
    except typer.Abort:
        sys.exit(1)
    except OSError as fault:
        if fault.errno != ENOSPC:
            raise
        drop_output()
        complain("there is no room for what is printed: send it elsewhere")
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _opened_streams() -> None:
    """Lets what is printed go nowhere where a standard stream was closed before we began: its number would be that of
    the next file that is opened, of a case say."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open


def drop_output() -> None:
    """Lets what is still to be printed go nowhere: whoever read it has closed the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _misused(mistake: Any) -> str:
    """What a verb does not take, where, and what it does take."""
    said = mistake.format_message().strip().rstrip(".")
    what = said[0].lower() + said[1:].replace("Value error, ", "").replace("Input should be", "has to be")
    if mistake.ctx is None:
        return f"{what}; stemmata --help tells more"
    at = mistake.ctx.command_path
    usage = mistake.ctx.get_usage().partition(":")[2]
    typed = re.sub(r"[{}]", "", " ".join(usage.split())).replace("......", "...")
    verb = at.rpartition(" ")[2] if mistake.ctx.parent else ""
    form = f"type {typed}; " if what.startswith(("missing", "got unexpected")) else ""
    return f"{f'{verb}: ' if verb else ''}{what}; {form}{at} --help tells more"


def _version(asked: bool) -> None:
    if asked:
        screen.print(f"stemmata {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


@contextmanager
def opened(path: Path, *, create: bool | None = False) -> Iterator[Case]:
    from stemmata.desk import Case

    with Case(path, create=create, busy=lambda line: notes.print(Text(line))) as case:
        if case.notice:
            notes.print(Text(case.notice))
        yield case
