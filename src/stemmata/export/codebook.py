"""What every column of every table is: the codebook that stands in an export's datapackage.json, and in
`python -m pydoc stemmata.export.tables`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from stemmata.model import GRAVITY

_COUNTED: Final = "how many changes of that label it made"
COLUMNS: Final = f"""
documents: one article as one outlet published it
  id               its id: the one that was given, else made from its address or text
  url              its address
  outlet           who published it
  title            its headline
  published        when: ISO 8601, a day or a time, in UTC ("Z") where an offset was given; null where it is not sure
  lang             its language
  family           the family of its likeliest parent, of a first version its own; null where it is of none
  state            what a person said of it: "confirmed", "rejected", or "suggested" where nobody said anything
  families         all families that it is in: what was made from versions of two is in both
  author           who wrote it
  credits          the outlets and agencies that it names as where it has it from
  location         where it was read first: path, URL or "-", with "#LINE" for a line of a table of articles
  sha256           of the bytes that were read there

readings: one place that an article was read from
  document         the id of the article
  location         path, URL or "-", with "#LINE" for a line of a table of articles
  sha256           of the bytes that were read there: the whole file, or the line or row
  read_at          when they were read there first: ISO 8601, UTC

statements: something that somebody is said to have said
  id               its id
  document         the article that it stands in
  source           who says it, as written, and its place: characters of the text as it was read, the end excluded
  cue              the words that link ("said", "according to"), and their place
  content          what is said, in its parts, each with its place. Between two parts stand other words
                   (the cue, mostly): slice by the parts, never from the first start to the last end
  mode             "direct", "indirect" or "mixed", by the quotation marks
  act              what is done by saying it: "assert", "deny", "accuse", "warn" and so on
  sourcing         what kind of source stands behind it; "outlet": the outlet says it in its own voice
  actor            the id of who says it; null where it is the outlet's own voice, "I", or nobody known
  claim            the id of what it says, one for all statements that say the same
  confidence       how sure the words of source and content are
  act_probability  how likely its act is
  inside           the statement whose content reports this one
  state            as in documents
  actor_name       the name of `actor`
  actor_probability  how likely the source is this actor; it says nothing of whether the words are right
  actor_how        how that is known: "name", "short-name", "title", "pronoun", "capital", "document", "description", or
                   "analyst" where a person decided it
  outlet           of its article
  published        of its article
  qualifier        "agree" where it tells its claim, "disagree" where a version made it tell the contrary; null where it
                   has no claim

actors: who speaks, one across all articles
  id               its id
  name             its name
  kind             "person", "organisation" and so on
  aliases          what else it is called
  side             where a person put it
  state            as in documents

claims: what several statements say, in whatever words
  id               its id
  gist             the words of one of them
  statements       their ids, the earliest first
  state            as in documents

families: all articles that go back to one text
  id               its id
  documents        their ids, the earliest first
  edges            those of its stemma, as in the table edges

edges: which version was made from which
  family           the id of the family
  parent           the article that the other was made from
  child            the article that was made from it
  score            how likely that is; 1 where a person set it (state "confirmed")
  turned           where the direction is a guess: how likely it is the other way round
  tied             articles that may as well be the parent
  state            as in documents

changes: what a version did to one claim of its parent; what it kept, too
  parent_document  the version that it was made from
  child_document   the version that changed it
  claim            the id of the claim
  parent_statement the claim as the parent tells it; null where it does not
  child_statement  the claim as the child tells it; null where it does not. With both null it is of the whole article
  changes          the labels that apply
  score            how likely the one was made from the other, both statements tell one claim, and the surest label
                   holds (of those that are more than "verbatim" and "paraphrased", if there are any)
  before           the wording of the parent: who, and what; of a dropped credit its words, if there are any
  after            the wording of the child; of a dropped credit whom it does not name
  id               its id
  as_in            other parents that have the claim as the child has it, or articles of the case that have in quotation
                   marks what it quotes and are not later, so that the change does not count
  state            as in documents; rejected with the edge that it stands on
  scores           the probability of each label, in their order, all told: none is over `score`. Filter labels by it
  counts           whether it counts as changed on every page and list: it has a label but "verbatim", "paraphrased",
                   "omitted" and "added", a score of 0.5 or more or the state "confirmed", not the state "rejected", and
                   nothing in `as_in`
  scores_given_edge  as `scores`, given that the one was made from the other and that both statements tell one claim: no
                   chance that the change is there

labels: how many changes of each label an article made of what its parents say; a row an article
                   (of what `counts` in changes the labels of 0.5 or more in `scores`, or all where none has so much and
                   a person confirmed it, but for "verbatim", "paraphrased", "omitted" and "added"; these four where a
                   change has no other label and a `score` of 0.5 or more)
  document         its id
  outlet           who published it
  published        when
  family           as in documents
  parents          how many it was made from: where 0 nothing was compared, and 0 changes say nothing
{chr(10).join(f"  {label:<16} {_COUNTED}" for label in GRAVITY)}

disputes: one statement denies, contradicts, corrects or rejects another, likely enough to be told unasked
  by_statement     the statement that disputes
  of_statement     the statement that is disputed
  relation         "denies", "contradicts", "corrects" or "rejects"
  score            how likely that is; 1 where a person entered it
  state            as in documents
  counts           whether it is told unasked, and positions and sides go by it: it has the score that datapackage.json
                   names among its thresholds, or the state "confirmed", and not the state "rejected"
  by_document      the article that disputes
  by_actor         the id of who disputes
  by_actor_name    its name
  by_content       the words that dispute
  of_document      the article that is disputed
  of_actor         the id of who is disputed
  of_actor_name    its name
  of_content       the words that are disputed

unsure_disputes: what may be a dispute, and is told only when asked (--unsure); with the columns of disputes

positions: what an actor takes up
  actor            the id of who
  actor_name       its name
  stance           "holds", "denies", "demands" and so on: read it before `content`
  when             when its article was published
  content          the words
  towards          the actors that it accuses or disputes
  claim            the id of what is said
  statement        the id of the statement that tells it
  document         the id of its article
  outlet           of its article
  changed_from     a statement of its own that it contradicts
  departure        the label of the change that put the words there, if one did
  departure_score  how likely that is
  departure_documents  the articles that tell it so
  confidence       of the statement: how sure the words are
  actor_probability  of the statement: how likely the source is this actor
  actor_how        of the statement: how that is known
  state            of the statement

predictions: what is foretold, promised or threatened, to be come back to
  kind             "predict", "promise" or "threaten"
  actor            the id of who; null where it is the outlet, or nobody known
  actor_name       its name
  said             when its article was published
  due              the last day of `dates`
  dates            the times that its words name, as intervals of days (ISO 8601); ".." where no end is named
  lead             the cue that `content` follows, to be read with it: "doubts", that they will come
  content          the words
  claim            the id of what is said
  statement        the id of the statement that tells it
  document         the id of its article
  outlet           of its article
  departure        the label of the change that put the words there, if one did
  departure_score  how likely that is
  departure_documents  the articles that tell it so
  due_missing      why `due` is null: "names no date", or "article has no date" to reckon one from
  confidence       of the statement: how sure the words are
  actor_probability  of the statement: how likely the source is this actor
  actor_how        of the statement: how that is known
  state            of the statement

decisions: what people decided, with what was taken back
  id               its id
  kind             "merge", "confirm", "reject", "note" and so on
  targets          what it is about: actors by what they are known by, all else by its kind and its ids ("edge",
                   PARENT, CHILD; of a change documents, then statements, "" where a side has none)
  value            the name, side, note or relation that was given
  who              who decided
  when             when
  why              why
  undone_by        who took it back
  undone_at        when
"""
_TOLD: Final = re.compile(r"^  (\S+)\s+(.*)$")


@cache
def codebook() -> dict[str, tuple[str, dict[str, str]]]:
    """Table -> what a row of it is, and column -> what that is."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for part in COLUMNS.strip().split("\n\n"):
        head, *lines = part.split("\n")
        name, what = head.split(": ", 1)
        columns: dict[str, str] = {}
        for line in lines:
            if told := _TOLD.match(line):
                columns[told[1]] = told[2]
            elif columns:
                columns[next(reversed(columns))] += f" {line.strip()}"
            else:
                what += f" {line.strip()}"
        found[name] = what, columns
    found["unsure_disputes"] = found["unsure_disputes"][0], found["disputes"][1]
    return found
