"""Draws docs/demo.svg, the README's picture: real output of the sample's first article. python docs/picture.py"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from rich.console import Console

from stemmata import flow, read
from stemmata.cli import shown
from stemmata.desk import encoder
from stemmata.model import Document

sample = Path(str(files("stemmata") / "sample" / "articles.jsonl"))
document = next(d for d in read.documents([sample]) if isinstance(d, Document))
told = flow.analysis(document, encoder(), flow.Settings())
with Path("/dev/null").open("w") as nowhere:
    shown.screen = Console(record=True, width=110, highlight=False, file=nowhere, force_terminal=True)
    shown.print_document(document, told.statements)
    drawn = shown.screen.export_svg(title="stemmata show")
    own = re.sub(r"@font-face \{.*?\}|<!--.*?-->", "", drawn, flags=re.DOTALL)  # no font from elsewhere
    (Path(__file__).parent / "demo.svg").write_text(own, "utf8")
