"""Whatever holds articles -> Documents with their credits and language, and Refusals with reasons.

`sources` goes through files, folders, tables and addresses; `given` knows what records call their fields and how they
write a time; `fetch` gets one page from the web; `article` makes a Document of a text or a page: `stated` knows what
the head of a page says, `imprint` what its lines say, `apart` what of it is not its article's, `promotion` what asks
its readers for something, and `posts` when each post of a live page was written; `markdown` takes the marks off a text;
`plain` puts right what was pasted; `credit` finds where a text says it got its story. Heavy libraries are imported
where they are needed.
"""

from stemmata.read.article import document_from_text, language
from stemmata.read.credit import credits
from stemmata.read.fetch import Limits
from stemmata.read.given import FIELDS
from stemmata.read.sources import LIMITS, documents, records

__all__ = ["FIELDS", "LIMITS", "Limits", "credits", "document_from_text", "documents", "language", "records"]
