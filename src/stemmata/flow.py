"""The steps in order, on one page: a document goes in, its findings come out. Pure: no case, no network, no print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from stemmata import __version__
from stemmata.attribute import Decoding, statements
from stemmata.model import Document, Refusal, Run, Statement

if TYPE_CHECKING:
    from stemmata.encode import Encoder

AHEAD = 2  # documents in work or waiting for each worker: enough to keep it busy, and memory flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set. `broad`: also beliefs, intentions and feelings told of someone, as PolNeAR counts them."""

    broad: bool = False
    min_confidence: float = 0.0  # statements under it are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One document and what was found in it."""

    document: Document
    statements: tuple[Statement, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def run(encoder: Encoder, settings: Settings) -> Run:
    """What makes the findings: stored beside each of them."""
    return Run(version=__version__, weights=encoder.digest, settings=asdict(settings))


def analysis(document: Document, encoder: Encoder, settings: Settings) -> Analysis:
    """Attribution of one document. Text in a language other than English is kept and not analysed."""
    if document.lang not in (None, "en"):
        where = document.evidence.location if document.evidence else document.id
        reason = f"written in another language ({document.lang}): kept, not analysed; only English is analysed"
        return Analysis(
            document=document, refusals=(Refusal(location=where, step="attribute", reason=reason, kept=True),)
        )
    found = encoder.tokens(document.text)
    decoding = Decoding(**encoder.decoding["broad" if settings.broad else "said"])
    encoded = encoder.encoded(found, convention=int(settings.broad))
    told = statements(document, found, encoded, encoder.heads, decoding)
    return Analysis(document=document, statements=sure_enough(told, settings.min_confidence))


def sure_enough(told: tuple[Statement, ...], least: float) -> tuple[Statement, ...]:
    """The statements of at least that confidence, none pointing to one that is left out."""
    kept = {s.id for s in told if s.confidence >= least}
    return tuple(s if s.inside in kept else replace(s, inside=None) for s in told if s.id in kept)


def analyses(
    documents: Iterable[Document], encoder: Encoder, settings: Settings, *, workers: int = 1
) -> Iterator[Analysis]:
    """The analyses of `documents`, in their order, `workers` at a time; reads no further ahead than it must."""
    if workers <= 1:
        yield from (analysis(d, encoder, settings) for d in documents)
        return
    source = iter(documents)
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[Analysis]] = []
        try:
            for document in source:
                waiting.append(pool.submit(analysis, document, encoder, settings))
                if len(waiting) >= workers * AHEAD:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()
