"""Templates filled in. Every value is made visible and escaped on its way out; nothing of an article is ever markup."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from stemmata.model import is_doubted, is_guess
from stemmata.pages.drawing import moment
from stemmata.pages.marked import ODD, visible
from stemmata.pages.signs import GRAVITIES, LOOKS, SOURCING_WORDS, by_gravity, gravity, key, sign
from stemmata.wordings import counted, outlets_told

TITLE = 160  # characters of a title in a list or a heading: what is longer is cut, and shown in full on its own page


def rendered(template: str, **values: Any) -> str:
    """A template of `templates/`, filled in."""
    return _environment().get_template(template).render(values)


@cache
def asset(name: str) -> str:
    """The stylesheet, style.css, or the script, page.js."""
    return files("stemmata.pages").joinpath(name).read_text("utf-8")


def digest(style: str) -> str:
    """What a Content-Security-Policy names an inlined style by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("stemmata.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clipped": clipped,
        "exact": exact,
        "counted": counted,
        "when": when,
        "percent": percent,
        "spaced": lambda n: f"{n:,}",
        "sign": sign,
        "gravity": gravity,
        "by_gravity": by_gravity,
        "meaning": lambda label: LOOKS[label][2],
        "web": web_address,
        "is_guess": is_guess,
        "is_doubted": is_doubted,
    }
    environment.globals |= {
        "outlets_told": outlets_told,
        "GRAVITIES": GRAVITIES,
        "SOURCINGS": SOURCING_WORDS,
        "KEY": key(),
    }
    return environment


def _shown(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return "" if value is None else value


def exact(value: str) -> Markup:
    """A value that comes back in a form, to the character: what would turn or hide text is written as its number."""
    return Markup(ODD.sub(lambda m: f"&#{ord(m[0])};", escape(value)))


def clipped(text: str | None, most: int = TITLE) -> str:
    """One line of at most `most` characters."""
    line = " ".join((text or "")[: 8 * most].split())
    return line if len(line) <= most and len(text or "") <= 8 * most else f"{line[: most - 1].rstrip()}…"


def when(published: str | None) -> str:
    """A date as people write it; what is no date, as it stands."""
    found = moment(published)
    if found is None:
        return clipped(published, 40) or "no date"
    day = f"{found.day} {found:%b %Y}"
    return f"{day}, {found:%H:%M}" if len(published or "") > 10 else day


def percent(probability: float) -> str:
    """A likelihood as people read it; none is rounded to certainty."""
    return ">99 %" if probability >= 0.995 else "<1 %" if probability < 0.005 else f"{100 * probability:.0f} %"


def web_address(url: str | None) -> str | None:
    """The address, if it is one of the web: what else an article calls its URL ("javascript:...") is no link."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
