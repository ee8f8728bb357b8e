"""The house keeps to its plan: who imports whom, which module alone names a heavy library, what `import` costs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stemmata.language.force import commitment, marked
from stemmata.language.phrases import listed
from stemmata.language.quantities import quantities
from stemmata.language.wording import folded, words
from stemmata.lists import pattern
from stemmata.model import Span
from stemmata.resolve.names import TOKEN
from stemmata.surface import WORD

ROOT = Path(__file__).parent.parent / "src" / "stemmata"

# module (the first part of its path) -> what it may import of ours, at run time
OURS = {
    "model": set(),
    "surface": {"model"},
    "lists": set(),
    "read": {"model", "lists"},
    "acts": {"model", "lists"},
    "encode": {"model", "surface", "acts"},
    "attribute": {"model", "surface", "acts"},
    "language": {"model", "surface", "lists"},
    "groups": set(),
    "resolve": {"model", "surface", "lists", "language", "groups"},
    "weighing": set(),
    "wordings": {"model"},
    "pairs": {"model", "encode"},
    "collate": {"model", "surface", "lists", "language", "groups", "weighing", "pairs"},
    "dispute": {"model", "surface", "language", "weighing", "pairs"},
    "flow": {"model", "wordings", "encode", "acts", "attribute", "resolve", "collate", "dispute"},
    "case": {"model", "surface", "wordings", "groups", "resolve", "dispute"},
    "comparison": {"model", "wordings", "surface", "collate", "case", "flow"},
    "growth": {"model", "encode", "acts", "case", "collate", "dispute", "flow"},
    "export": {"model", "wordings", "dispute", "case", "export"},
    "pages": {"model", "wordings", "surface", "case", "dispute", "pages"},
    "web": {"model", "case", "growth", "pages"},
    "__main__": {"cli"},
    "desk": {
        "model",
        "wordings",
        "read",
        "encode",
        "flow",
        "comparison",
        "growth",
        "dispute",
        "case",
        "export",
        "pages",
    },
}
ALONE = {
    "onnxruntime": {"encode"},
    "tokenizers": {"encode"},
    "threadpoolctl": {"encode"},
    "trafilatura": {"read"},
    "py3langid": {"read"},
    "markdown_it": {"read"},
    "sqlite3": {"case"},
    "pyarrow": {"export"},
    "pandas": {"export"},
    "polars": {"export"},
    "jinja2": {"pages"},
    "networkx": {"dispute", "export"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "typer": {"cli"},
    "rich": {"cli"},
    "torch": set(),
}
MODULES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Dotted names that a module imports, those under TYPE_CHECKING left out."""
    tree = ast.parse(path.read_text("utf8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names if node.module == "stemmata"}
    return found


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def asked(path: Path) -> set[str]:
    """The modules of ours that a module names anywhere, also for its types alone; not the package itself."""
    paths = {dotted(p) for p in MODULES}
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {x if (x := f"{node.module}.{a.name}") in paths else node.module for a in node.names}
    return (found & paths) - {"stemmata"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_follow_the_table(path: Path) -> None:
    here = room(path)
    named = imports(path)
    if here not in ("cli", "__init__"):
        ours = {n.split(".")[1] for n in named if n.startswith("stemmata.")} - {"__version__", here}
        assert ours <= OURS[here]
    for library, allowed in ALONE.items():
        if any(n == library or n.startswith(library + ".") for n in named):
            assert here in allowed


def test_no_module_comes_round_to_itself() -> None:
    """Nor by what TYPE_CHECKING hides: each can be read after those that it names."""
    waiting = {dotted(p): asked(p) for p in MODULES}
    while ready := {m for m, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {m: needs for m, needs in waiting.items() if m not in ready}
    assert waiting.keys() == set()


@pytest.mark.parametrize("room", ["attribute", "case", "collate", "dispute", "growth", "language", "resolve"])
def test_a_room_says_what_is_in_it_in_the_order_of_its_imports(room: str) -> None:
    inside = {p.stem: {n.removeprefix(f"stemmata.{room}.") for n in asked(p)} for p in (ROOT / room).glob("[!_]*.py")}
    said = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text("utf8"))) or ""
    order = [name for name in re.findall(r"`(\w+)`", said.split("import each other")[-1]) if name in inside]
    assert sorted(order) == sorted(inside)
    for n, name in enumerate(order):
        assert inside[name] & inside.keys() <= set(order[:n]), name


def test_the_word_lists_are_read_in_one_place() -> None:
    assert [p.name for p in MODULES if '"lexicon" /' in p.read_text("utf8")] == ["lists.py"]


def test_nobody_imports_the_command_line() -> None:
    others = [p for p in MODULES if room(p) not in ("cli", "__main__")]
    assert not [p for p in others if any(n.startswith("stemmata.cli") for n in imports(p))]


def test_import_is_light() -> None:
    heavy = ("numpy", "onnxruntime", "pyarrow", "trafilatura", "rich", "typer", "sqlite3")
    program = f"import sys, stemmata; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


def test_no_module_has_grown_past_its_room() -> None:
    assert {p.name: n for p in MODULES if (n := len(p.read_text("utf8").splitlines())) > 700} == {}


def _lost(name: str, kind: str, form: str) -> bool:
    """Whether a form that is listed is not found in itself. What it is about stands behind it: "around 40"."""
    text, whole = f"{form} 40 cuts", Span(0, len(form))
    if name == "dispute":
        stems = [w.norm for w in words(form, (whole,))]
        return [x[:2] for x in listed("dispute", kind).within(stems)] != [(0, len(stems))]
    if name == "conditions":
        return pattern(name, kind).fullmatch(form.replace("*", "some").replace(" …", "")) is None
    if name in ("titles", "bodies", "closed"):
        return TOKEN.fullmatch(form) is None
    if kind == "idiom":
        return bool(quantities(form, (whole,)))
    if name != "force" or kind in ("antonym", "prefixed"):
        return folded(form) != form or WORD.fullmatch(form) is None
    if kind == "cue":
        return commitment(form, whole) is None
    return [m.span for m in marked(text, (Span(0, len(text)),), kind)][:1] != [whole]


@pytest.mark.parametrize("name", ["bodies", "closed", "conditions", "dispute", "force", "numbers", "titles", "wording"])
def test_what_a_list_holds_is_found_where_it_stands(name: str) -> None:
    rows = [line.split("\t") for line in (ROOT / "lexicon" / f"{name}.tsv").read_text("utf8").splitlines()[1:]]
    assert [row[:2] for row in rows if _lost(name, row[1], row[0])] == []


def test_no_evidence_has_two_meanings() -> None:
    """No function writes one name twice into what it gives."""
    twice = []
    for path in (p for room in ("collate", "dispute") for p in (ROOT / room).glob("*.py")):
        for f in (n for n in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(n, ast.FunctionDef)):
            written = [n for n in ast.walk(f) if isinstance(n, (ast.Assign, ast.AugAssign))]
            named = [
                (ast.unparse(n.targets[0] if isinstance(n, ast.Assign) else n.target), ast.literal_eval(k))
                for n in written
                if isinstance(n.value, ast.Dict)
                for k in n.value.keys
                if isinstance(k, ast.Constant)
            ]
            twice += [(path.name, f.name, x) for x in set(named) if named.count(x) > 1]
    assert twice == []
