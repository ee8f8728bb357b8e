"""A terminal of some width, without colours, on which the verbs of a test print."""

from __future__ import annotations

import sys

import pytest
from rich.console import Console

from stemmata.cli import drawn  # noqa: F401 - it is read when a verb draws, and has the screen from then on


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, *, width: int) -> None:
    screen = Console(force_terminal=True, width=width, color_system=None)
    for name, module in list(sys.modules.items()):
        if name.startswith("stemmata.cli.") and hasattr(module, "screen"):
            monkeypatch.setattr(module, "screen", screen)
