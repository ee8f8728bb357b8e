"""The verbs. The only place that prints and exits: one module a concern, each verb registered with `app.app`."""

from stemmata.cli import actors, articles, compare, disputes, judging, lineage, pages
from stemmata.cli.app import app, main

__all__ = ["actors", "app", "articles", "compare", "disputes", "judging", "lineage", "main", "pages"]
