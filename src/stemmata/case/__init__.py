"""The case: one SQLite file that holds documents, what was found in them, and the runs that found it.

    with Case("news.stemmata") as case:
        case.put(document, statements, run)
        for entry in case.statements(speaker="rutte"):
            print(entry.published, entry.outlet, entry.source, entry.content)

A document goes in with everything found in it, in one transaction: a writer that is killed leaves all of it or nothing.
Readers never wait. Writers, in any number of processes, wait for each other. schema.sql tells what each column means.
"""

from stemmata.case.documents import Case, Outcome, PastRun, Put, Summary
from stemmata.case.file import SCHEMA
from stemmata.case.rows import DOCUMENT_ORDER, STATEMENT_ORDER, Entry, called

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
]
