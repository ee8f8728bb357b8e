"""The README's code runs, and its commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stemmata.cli import app
from stemmata.model import ACTS, CHANGE_LABELS, SOURCINGS

README = (Path(__file__).parent.parent / "README.md").read_text("utf8")


def test_the_notebook_lines_run(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    sample = Path(str(files("stemmata") / "sample" / "articles.jsonl"))
    (tmp_path / "articles" / "sample.jsonl").write_bytes(sample.read_bytes())
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "“The dam may fail,”" in done.stdout


@pytest.mark.parametrize("verb", sorted(set(re.findall(r"^    stemmata ([\w-]+)", README, re.MULTILINE))))
def test_the_commands_exist(verb: str) -> None:
    assert CliRunner().invoke(app, [verb, "--help"]).exit_code == 0


def test_the_labels_are_those_of_the_model() -> None:
    for label in (*ACTS, *SOURCINGS, *CHANGE_LABELS):
        assert f"`{label}`" in README
