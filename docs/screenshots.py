"""Takes the pictures of the page in this folder, of the shipped sample, with a Chromium: python docs/screenshots.py"""

from __future__ import annotations

import base64
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser import browsing, chromium
from served import KEY, served
from stemmata.desk import Case

HERE = Path(__file__).parent
WIDTH = 1240

program = chromium()
if program is None:
    sys.exit("no Chromium on this machine: apt-get install chromium")
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "sample.stemmata"
    with Case(path) as case:
        case.add(str(files("stemmata") / "sample" / "articles.jsonl"))
        case.collate()
        family = case.families()[0].id
    pictures = {
        "stemma": (f"/family?id={family}", 860),
        "apparatus": (f"/family?id={family}#h-apparatus", 960),
        "versions": ("/versions?parent=orva-1&child=tessbury-mercury-1", 960),
        "article": ("/article?id=tessbury-mercury-1", 900),
    }
    with served(path) as page, browsing(program, Path(folder) / "profile") as browser:
        browser.open(f"{page.origin}/?key={KEY}")
        for name, (address, height) in pictures.items():
            browser.command(
                "Emulation.setDeviceMetricsOverride", width=WIDTH, height=height, deviceScaleFactor=1, mobile=False
            )
            browser.open("about:blank")  # or an address that differs after its # alone would not be loaded anew
            browser.open(page.origin + address)
            time.sleep(0.3)
            picture = browser.command("Page.captureScreenshot", format="png")["data"]
            (HERE / f"{name}.png").write_bytes(base64.b64decode(picture))
