"""Stemmata: who said it, who copied it, what changed.

    >>> import stemmata
    >>> told = stemmata.analyze("“The dam may fail,” said Ana Reyk, the minister of works.")
    >>> [s.source.of(told.document.text) for s in told.statements]
    ['Ana Reyk, the minister of works']

Everything here is imported when it is first used, so that `import stemmata` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from stemmata import read
    from stemmata.desk import Case, Compared, Told, analyze, compare
    from stemmata.flow import Settings
    from stemmata.model import Document, Refusal, Span, Statement, StemmataError

_HOME = {
    "analyze": "stemmata.desk",
    "compare": "stemmata.desk",
    "read": "stemmata.read",
    "Case": "stemmata.desk",
    "Compared": "stemmata.desk",
    "Told": "stemmata.desk",
    "Settings": "stemmata.flow",
    "Document": "stemmata.model",
    "Refusal": "stemmata.model",
    "Span": "stemmata.model",
    "Statement": "stemmata.model",
    "StemmataError": "stemmata.model",
}
__all__ = [
    "Case",
    "Compared",
    "Document",
    "Refusal",
    "Settings",
    "Span",
    "Statement",
    "StemmataError",
    "Told",
    "__version__",
    "analyze",
    "compare",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'stemmata' has no attribute {name!r}")
    from importlib import import_module

    if name == "read":
        return import_module("stemmata.read")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
