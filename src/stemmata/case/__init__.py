"""The case: one SQLite file that holds documents, what was found in them, and the runs that found it.

    with Case("news.stemmata") as case:
        case.put(document, statements, run)
        for entry in case.statements(speaker="rutte"):
            print(entry.published, entry.outlet, entry.source, entry.content)

A document goes in with everything found in it, in one transaction: a writer that is killed leaves all of it or nothing.
Readers never wait. Writers, in any number of processes, wait for each other. schema.sql tells what each column means.

In the order in which the modules may import each other:

- `file`: opening it, one writer at a time; `rows`, `filters`: statements as stored and told, and what is asked of them
- `documents`: documents and statements in and out, in a `Case`
- `judgements`: what people decided, the log; `parted`: single statements taken from their actor
- `verdicts`: what those decisions mean for each thing found; `subjects`: what people name when they decide
- `parentage`: which edges people set and rejected, and which trees do not show it yet
- `grouping`: figures brought together as actors; `collation`: what a case remembers of its collation
- `lineage`: families, claims and changes; `parts`: what a family falls into; `departures`: what a change brought about
- `disputes`: who disputes whom; `taken`: what actors take up and foretell
- `timeline`: documents over time; `views`: what pages ask; `search`: what people seek
- `actors`: who speaks; `identities`: what people decide about actors
- `renewed`: what outlives a case of an earlier version
"""

from stemmata.case.documents import Case, Outcome, PastRun, Put, Summary
from stemmata.case.file import SCHEMA
from stemmata.case.rows import DOCUMENT_ORDER, STATEMENT_ORDER, Entry, called, name_of

__all__ = [
    "DOCUMENT_ORDER",
    "SCHEMA",
    "STATEMENT_ORDER",
    "Case",
    "Entry",
    "Outcome",
    "PastRun",
    "Put",
    "Summary",
    "called",
    "name_of",
]
