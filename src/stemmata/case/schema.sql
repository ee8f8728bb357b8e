-- The tables of a case: one SQLite file. All but runs, documents, evidence and judgements can be made again from them.
-- Offsets count Unicode code points of documents.text, start included, end excluded: substr(text, start + 1, end - start).
-- A text that is found (a source, a content) is never copied: it is sliced from the document that it stands in.

-- What made a finding: package, weights and settings. Every finding below names its run.
CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL,   -- of the package
  weights TEXT NOT NULL,   -- digest of the weights
  settings TEXT NOT NULL,  -- a JSON object
  made_at TEXT NOT NULL    -- ISO 8601, UTC: when the run first wrote to this case
);

-- The documents that come from one text.
CREATE TABLE families (
  id TEXT PRIMARY KEY,
  undated TEXT NOT NULL,  -- a JSON list: the documents whose place rests on their text alone
  run TEXT NOT NULL REFERENCES runs (id)
);

-- One article as one outlet published it.
CREATE TABLE documents (
  key INTEGER PRIMARY KEY,  -- what the full-text index points at; means nothing outside this file
  id TEXT NOT NULL UNIQUE,  -- "ID@DIGEST" for a later version: the same id with another text
  url TEXT,
  outlet TEXT,
  title TEXT,
  published TEXT,           -- ISO 8601
  author TEXT,
  lang TEXT,                -- ISO 639-1
  text TEXT NOT NULL,
  family TEXT REFERENCES families (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  run TEXT NOT NULL REFERENCES runs (id)  -- that analysed it, statements or none
);
CREATE INDEX documents_in_order ON documents (published IS NULL, published, id);
CREATE INDEX documents_of_family ON documents (family) WHERE family IS NOT NULL;
CREATE INDEX documents_of_outlet ON documents (outlet, published, id);
CREATE TRIGGER documents_text_stands BEFORE UPDATE OF id, text ON documents BEGIN
  SELECT RAISE(ABORT, 'the text of a document is never changed: every statement points into it');
END;

-- Where the bytes of a document came from: every place that it was read from.
CREATE TABLE evidence (
  document TEXT NOT NULL REFERENCES documents (id),
  sha256 TEXT NOT NULL,    -- of the bytes as read
  location TEXT NOT NULL,  -- path, URL or "-", with "#LINE" for a line of a table of articles
  read_at TEXT NOT NULL,   -- ISO 8601, UTC: the first time
  UNIQUE (document, location, sha256)
);
CREATE INDEX evidence_at ON evidence (location);

-- The outlets that a document names as where it got the story.
CREATE TABLE credits (
  document TEXT NOT NULL REFERENCES documents (id),
  name TEXT NOT NULL,
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  run TEXT NOT NULL REFERENCES runs (id),
  UNIQUE (document, "start", "end", name)
);

-- The person or body behind sources, one across all documents: made of figures, and of what people decided.
CREATE TABLE actors (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  aliases TEXT NOT NULL,  -- a JSON list
  side TEXT,              -- the label of a bloc, where a person gave one
  run TEXT NOT NULL REFERENCES runs (id)  -- the latest that found one of its figures
);
CREATE INDEX actors_of_side ON actors (side) WHERE side IS NOT NULL;

-- The statements, in any document, that say the same thing.
CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  gist TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id)
);

-- One attribution: a source, a cue and a content, which may be in several parts.
CREATE TABLE statements (
  key INTEGER PRIMARY KEY,  -- what the full-text index points at; means nothing outside this file
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL REFERENCES documents (id),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),  -- of its first character, for the order
  source_start INTEGER,
  source_end INTEGER CHECK ((source_start IS NULL) = (source_end IS NULL) AND source_end > source_start),
  cue_start INTEGER,
  cue_end INTEGER CHECK ((cue_start IS NULL) = (cue_end IS NULL) AND cue_end > cue_start),
  content TEXT NOT NULL,    -- a JSON list of [start, end]
  mode TEXT NOT NULL,
  act TEXT NOT NULL,        -- by all that tell its claim
  act_probability REAL NOT NULL,
  acts TEXT NOT NULL,       -- a JSON list: the chance of each act by the article alone, in the order of model.ACTS
  sourcing TEXT NOT NULL,      -- by who its actor is
  own_sourcing TEXT NOT NULL,  -- by the article alone
  confidence REAL NOT NULL,
  inside TEXT REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,  -- the statement whose content reports this one
  actor TEXT REFERENCES actors (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  claim TEXT REFERENCES claims (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  run TEXT NOT NULL REFERENCES runs (id)
);
CREATE INDEX statements_in_order ON statements (document, "start", id);
CREATE INDEX statements_inside ON statements (inside) WHERE inside IS NOT NULL;
CREATE INDEX statements_of_actor ON statements (actor, document) WHERE actor IS NOT NULL;
CREATE INDEX statements_of_claim ON statements (claim) WHERE claim IS NOT NULL;
CREATE INDEX statements_by_act ON statements (act);
CREATE INDEX statements_by_sourcing ON statements (sourcing, act);

-- A person or body that speaks in one document. Figures of one key are one actor, in whatever documents they stand.
CREATE TABLE figures (
  document TEXT NOT NULL REFERENCES documents (id),
  key TEXT NOT NULL,        -- "person:ana reyk"; "person@DOCUMENT:reyk" where the words fit many: known there only;
                            -- "parted@DOCUMENT:STATEMENT" of one that a person took from its actor
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  aliases TEXT NOT NULL,    -- a JSON list: every form of its name in the document
  countries TEXT NOT NULL,  -- a JSON list of [country, probability]: whose government a capital may stand for;
                            -- "" alone: nobody's (a body shown to be no state, a person with a person's title; with
                            -- a `likely`, an office that is of that one only where another article says so)
  roles TEXT NOT NULL,      -- a JSON list of [start, end]: the words that give it an office or an affiliation
  likely TEXT,              -- of a source that is not sure: the key of whom it is where no version tells more;
                            -- of one that a person took from its actor: the key that it was taken from
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (document, key)
) WITHOUT ROWID;
CREATE INDEX figures_of_key ON figures (key);

-- The source of a statement stands for a figure of its document.
CREATE TABLE figure_links (
  statement TEXT PRIMARY KEY REFERENCES statements (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  how TEXT NOT NULL,          -- name, short-name, title, pronoun, capital, document, description
  probability REAL NOT NULL,  -- that it is this figure
  rests_start INTEGER,        -- the nearest mention by name, which the link rests on
  rests_end INTEGER CHECK ((rests_start IS NULL) = (rests_end IS NULL) AND rests_end > rests_start),
  run TEXT NOT NULL REFERENCES runs (id)
) WITHOUT ROWID;
CREATE INDEX figure_links_of_key ON figure_links (key);

-- Which figures an actor is made of: those of a key, or the part of a key that a person split off.
CREATE TABLE actor_parts (
  part TEXT PRIMARY KEY,     -- KEY; "KEY|DOCUMENT" where that document's was split off, "KEY|" where all others were
  key TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
  decided INTEGER NOT NULL   -- 1: only a person's word brought it to this actor
) WITHOUT ROWID;
CREATE INDEX actor_parts_of_key ON actor_parts (key);
CREATE INDEX actor_parts_of_actor ON actor_parts (actor);

-- Why two parts are one actor. The words that it rests on are those of their figures.
CREATE TABLE actor_reasons (
  actor TEXT NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  other TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (actor, part, other)
) WITHOUT ROWID;

-- Where keys meet: a surname's consonants, a body's words, a country, the words and two persons of a story.
-- Only keys of one block can become one actor.
CREATE TABLE actor_blocks (
  block TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (block, key)
) WITHOUT ROWID;
CREATE INDEX actor_blocks_of_key ON actor_blocks (key);

-- What changed since actors were last made: figures that came or went, keys that people judged, and those that tell
-- again what another version tells, or no more.
CREATE TABLE ungrouped (
  key TEXT NOT NULL,
  document TEXT NOT NULL,  -- empty but for figures
  PRIMARY KEY (key, document)
) WITHOUT ROWID;
CREATE TRIGGER figures_added AFTER INSERT ON figures BEGIN
  INSERT OR IGNORE INTO ungrouped (key, document) VALUES (new.key, new.document);
END;
CREATE TRIGGER figures_removed AFTER DELETE ON figures BEGIN
  INSERT OR IGNORE INTO ungrouped (key, document) VALUES (old.key, old.document);
END;

-- The actor of every figure.
CREATE VIEW figure_actors (document, key, actor, decided) AS
SELECT
  figures.document,
  figures.key,
  coalesce(one.actor, rest.actor, whole.actor),
  coalesce(one.decided, rest.decided, whole.decided)
FROM figures
LEFT JOIN actor_parts AS one ON one.part = figures.key || '|' || figures.document
LEFT JOIN actor_parts AS rest ON rest.part = figures.key || '|'
LEFT JOIN actor_parts AS whole ON whole.part = figures.key;

-- The documents of a family; a digest that tells two stories is in the families of both.
CREATE TABLE members (
  family TEXT NOT NULL REFERENCES families (id) ON DELETE CASCADE,
  document TEXT NOT NULL REFERENCES documents (id),
  PRIMARY KEY (family, document)
) WITHOUT ROWID;
CREATE INDEX members_of_document ON members (document);

-- One document was made from another.
CREATE TABLE edges (
  family TEXT NOT NULL REFERENCES families (id) ON DELETE CASCADE,
  parent TEXT NOT NULL REFERENCES documents (id),
  child TEXT NOT NULL REFERENCES documents (id),
  score REAL NOT NULL,
  tied TEXT NOT NULL,      -- a JSON list: the documents that may as well be the parent
  evidence TEXT NOT NULL,  -- a JSON object: what the score rests on, by name
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (family, parent, child)
);
CREATE INDEX edges_of_parent ON edges (parent);
CREATE INDEX edges_of_child ON edges (child);

-- A version that no document is, and that must have been.
CREATE TABLE lost_ancestors (
  family TEXT NOT NULL REFERENCES families (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  children TEXT NOT NULL,  -- a JSON list of documents
  score REAL NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (family, id)
);

-- What one version did to one claim of the version that it was made from. A change rests on its statements: it goes
-- when one of them goes.
CREATE TABLE changes (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,       -- digest of the two documents and statements: the short name that people judge it by
  parent_document TEXT NOT NULL REFERENCES documents (id),
  child_document TEXT NOT NULL REFERENCES documents (id),
  claim TEXT REFERENCES claims (id) ON DELETE CASCADE,
  parent_statement TEXT REFERENCES statements (id) ON DELETE CASCADE,
  child_statement TEXT REFERENCES statements (id) ON DELETE CASCADE,
  changes TEXT NOT NULL,  -- a JSON list of labels
  score REAL NOT NULL,
  grounds TEXT NOT NULL,  -- a JSON list, one a label: [label, [[start, end], ...] of the parent, of the child, score]
  run TEXT NOT NULL REFERENCES runs (id),
  gravity INTEGER AS (CASE  -- the rank of the gravest label, as in model.GRAVITY; 0 is the gravest
    WHEN instr(changes, '"quote-fabricated"') THEN 0
    WHEN instr(changes, '"negated"') THEN 1
    WHEN instr(changes, '"quote-altered"') THEN 2
    WHEN instr(changes, '"number-changed"') THEN 3
    WHEN instr(changes, '"attribution-shifted"') THEN 4
    WHEN instr(changes, '"attribution-dropped"') THEN 5
    WHEN instr(changes, '"strengthened"') THEN 6
    WHEN instr(changes, '"attribution-vague"') THEN 7
    WHEN instr(changes, '"weakened"') THEN 8
    WHEN instr(changes, '"credit-dropped"') THEN 9
    WHEN instr(changes, '"added"') THEN 10
    WHEN instr(changes, '"omitted"') THEN 11
    WHEN instr(changes, '"paraphrased"') THEN 12
    WHEN instr(changes, '"verbatim"') THEN 13
    ELSE 14
  END) VIRTUAL
);
CREATE INDEX changes_in_order ON changes (parent_document, child_document);
CREATE INDEX changes_by_gravity ON changes (gravity, score DESC);
CREATE INDEX changes_by_id ON changes (id);
CREATE INDEX changes_of_claim ON changes (claim);
CREATE INDEX changes_of_parent_statement ON changes (parent_statement);
CREATE INDEX changes_of_child_statement ON changes (child_statement);

-- Text of a document that a language model left in it: evidence about the document, never a verdict on an outlet.
CREATE TABLE leftovers (
  document TEXT NOT NULL REFERENCES documents (id),
  kind TEXT NOT NULL,
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (document, "start", "end")
) WITHOUT ROWID;

-- From here on: what collation remembers, so that a document which comes later is compared with its candidates alone.
-- All of it can be made again from the documents. "Document" is a key of documents.

-- The documents that collation has still to look at.
CREATE TABLE waiting (
  document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
  anew INTEGER NOT NULL  -- 1: it came, or was analysed anew; 0: its sources stand for other actors than before
);
CREATE TRIGGER documents_added_wait AFTER INSERT ON documents BEGIN
  INSERT INTO waiting (document, anew) VALUES (new.key, 1) ON CONFLICT (document) DO UPDATE SET anew = 1;
END;
CREATE TRIGGER documents_changed_wait AFTER UPDATE OF url, outlet, published, run ON documents BEGIN
  INSERT INTO waiting (document, anew) VALUES (new.key, 1) ON CONFLICT (document) DO UPDATE SET anew = 1;
END;
-- Who is known in one document is nobody elsewhere to collation, bonded or not, unless a person says so.
CREATE TRIGGER statements_of_others_wait AFTER UPDATE OF actor ON statements
WHEN old.actor IS NOT new.actor AND NOT EXISTS (
  SELECT 1 FROM figure_links
  WHERE statement = new.id AND instr(substr(key, 1, instr(key, ':')), '@')
) BEGIN
  INSERT INTO waiting (document, anew) SELECT key, 0 FROM documents WHERE id = new.document ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER parts_decided_wait AFTER INSERT ON actor_parts WHEN new.decided AND instr(new.key, '@') BEGIN
  INSERT INTO waiting (document, anew)
  SELECT documents.key, 0 FROM figures JOIN documents ON documents.id = figures.document WHERE figures.key = new.key
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER parts_undecided_wait AFTER DELETE ON actor_parts WHEN old.decided AND instr(old.key, '@') BEGIN
  INSERT INTO waiting (document, anew)
  SELECT documents.key, 0 FROM figures JOIN documents ON documents.id = figures.document WHERE figures.key = old.key
  ON CONFLICT DO NOTHING;
END;

-- The documents that collation has looked at.
CREATE TABLE collated (
  document INTEGER PRIMARY KEY REFERENCES documents (key),
  part INTEGER NOT NULL,  -- the least document of those that may hang together, and whose trees are drawn together
  descent TEXT,           -- JSON of collate/stemma.py's Descent; NULL where it comes from nowhere
  told TEXT NOT NULL,     -- digest of its statements, the outlet's own among them
  run TEXT NOT NULL REFERENCES runs (id)
);
CREATE INDEX collated_of_part ON collated (part);

-- What documents are found by: rare stems, long runs of words, quoted runs of words.
CREATE TABLE marks (
  mark INTEGER PRIMARY KEY,  -- its kind (0, 1, 2) in the bits from 48 on, and a hash
  documents BLOB NOT NULL    -- eight bytes for each, little end first: 65536 * document + how many rare stems it has
);

-- Two documents that may come from one text.
CREATE TABLE kin (
  earlier INTEGER NOT NULL REFERENCES documents (key),
  later INTEGER NOT NULL REFERENCES documents (key),
  probability REAL NOT NULL,
  "copy" REAL NOT NULL,
  shared TEXT NOT NULL,  -- a JSON list: the fields of collate/kin.py's Shared, in their order
  PRIMARY KEY (earlier, later)
) WITHOUT ROWID;
CREATE INDEX kin_of_later ON kin (later);

-- What each edge was aligned to before it was brought in line with the other parents of its child.
CREATE TABLE alignments (
  parent TEXT NOT NULL REFERENCES documents (id),
  child TEXT NOT NULL REFERENCES documents (id),
  "of" TEXT NOT NULL,       -- digest of what it depends on
  found TEXT NOT NULL,      -- JSON of collate/alignment.py's Alignment
  changed_of TEXT,          -- digest of what the changes of the edge depend on; NULL: still to be found
  PRIMARY KEY (parent, child)
) WITHOUT ROWID;
CREATE INDEX alignments_of_child ON alignments (child);

-- Statements of a version and of one that was made from it that tell one claim.
CREATE TABLE told_again (
  parent TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  child TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  PRIMARY KEY (parent, child)
) WITHOUT ROWID;
CREATE INDEX told_again_of_child ON told_again (child);
-- What versions tell may bond the figures behind it, or do so no more.
CREATE TRIGGER told_again_bonds AFTER INSERT ON told_again BEGIN
  INSERT OR IGNORE INTO ungrouped (key, document)
  SELECT key, '' FROM figure_links
  WHERE statement IN (new.parent, new.child) AND (instr(substr(key, 1, instr(key, ':')), '@')
    OR ((key LIKE 'government:%' OR key LIKE 'organisation:%') AND key NOT LIKE '% % %'));
END;
CREATE TRIGGER told_again_bonds_no_more AFTER DELETE ON told_again BEGIN
  INSERT OR IGNORE INTO ungrouped (key, document)
  SELECT key, '' FROM figure_links
  WHERE statement IN (old.parent, old.child) AND (instr(substr(key, 1, instr(key, ':')), '@')
    OR ((key LIKE 'government:%' OR key LIKE 'organisation:%') AND key NOT LIKE '% % %'));
END;

-- Statements of two reports that share a quotation, and that may tell one claim.
CREATE TABLE told_elsewhere (
  earlier TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  later TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  score REAL NOT NULL,
  PRIMARY KEY (earlier, later)
) WITHOUT ROWID;
CREATE INDEX told_elsewhere_of_later ON told_elsewhere (later);

-- Claims that lost a statement since: what is left of them is to be told anew.
CREATE TABLE unsettled_claims (claim TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER statements_of_claims_removed BEFORE DELETE ON statements WHEN old.claim IS NOT NULL BEGIN
  INSERT INTO unsettled_claims (claim) VALUES (old.claim) ON CONFLICT DO NOTHING;
END;

-- One statement denies, contradicts, corrects or rejects another, as it was found.
CREATE TABLE found_disputes (
  by_statement TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  of_statement TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  score REAL NOT NULL,
  sure INTEGER NOT NULL,  -- 0: too unsure to be told unasked
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (by_statement, of_statement)
);
CREATE INDEX found_disputes_of_statement ON found_disputes (of_statement);

-- A row where the disputes were sought in the case as it is, but for what was decided since.
CREATE TABLE disputes_settled (
  decided TEXT NOT NULL  -- a JSON list: how many judgements there were, and how many taken back
);

-- What a person decided, for good: nothing else in the file is kept when everything is computed anew, but the documents.
CREATE TABLE judgements (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  targets TEXT NOT NULL,  -- a JSON list: keys of figures, or one subject as case/judgements.py spells it
  value TEXT,
  who TEXT NOT NULL,
  "when" TEXT NOT NULL,   -- ISO 8601, UTC
  why TEXT NOT NULL,
  undone_by TEXT,         -- who took it back, and when; it is kept all the same
  undone_at TEXT,
  CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX judgements_of ON judgements (targets);
CREATE TRIGGER judgements_on_actors_made AFTER INSERT ON judgements
WHEN new.kind IN ('merge', 'split', 'rename', 'set-side') BEGIN
  INSERT OR IGNORE INTO ungrouped (key, document)
  SELECT substr(value, 1, instr(value || '|', '|') - 1), '' FROM json_each(new.targets);
END;
CREATE TRIGGER judgements_on_actors_undone AFTER UPDATE OF undone_at ON judgements
WHEN new.kind IN ('merge', 'split', 'rename', 'set-side') BEGIN
  INSERT OR IGNORE INTO ungrouped (key, document)
  SELECT substr(value, 1, instr(value || '|', '|') - 1), '' FROM json_each(new.targets);
END;

-- The disputes that are told: those that are sure, and those that a person confirmed, found or not.
CREATE VIEW disputes (by_statement, of_statement, relation, score) AS
WITH confirmed AS (
  SELECT
    json_extract(json_extract(targets, '$[0]'), '$[1]') AS by_statement,
    json_extract(json_extract(targets, '$[0]'), '$[2]') AS of_statement,
    value AS relation,
    max("when")
  FROM judgements
  WHERE kind = 'confirm' AND undone_at IS NULL AND json_extract(targets, '$[0]') LIKE '["dispute"%'
  GROUP BY targets
)
SELECT by_statement, of_statement, coalesce(confirmed.relation, found_disputes.relation), score
FROM found_disputes LEFT JOIN confirmed USING (by_statement, of_statement)
WHERE sure OR confirmed.by_statement IS NOT NULL
UNION ALL
SELECT by_statement, of_statement, coalesce(confirmed.relation, 'denies'), 1.0
FROM confirmed LEFT JOIN found_disputes USING (by_statement, of_statement)
WHERE found_disputes.by_statement IS NULL
  AND by_statement IN (SELECT id FROM statements) AND of_statement IN (SELECT id FROM statements);

-- What was not done, where, and why.
CREATE TABLE refusals (
  key INTEGER PRIMARY KEY,
  location TEXT NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  kept INTEGER NOT NULL,  -- 1: the document is in the case all the same
  document TEXT REFERENCES documents (id),  -- where one was kept
  run TEXT NOT NULL REFERENCES runs (id),
  UNIQUE (location, step, reason, kept)
);
CREATE INDEX refusals_of_document ON refusals (document) WHERE document IS NOT NULL;

-- The words of each statement's content, its parts joined by " … ".
CREATE VIEW contents (key, content) AS
SELECT
  statements.key,
  (
    SELECT group_concat(substr(documents.text, start + 1, "end" - start), ' … ')
    FROM (
      SELECT json_extract(value, '$[0]') AS start, json_extract(value, '$[1]') AS "end"
      FROM json_each(statements.content)
    )
  )
FROM statements JOIN documents ON documents.id = statements.document;

-- Full-text search. Neither index holds a text of its own; the triggers keep them in step, in the writer's transaction.
CREATE VIRTUAL TABLE documents_search USING fts5 (
  title, text, content = 'documents', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_search_added AFTER INSERT ON documents BEGIN
  INSERT INTO documents_search (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER documents_search_retitled AFTER UPDATE OF title ON documents WHEN old.title IS NOT new.title BEGIN
  INSERT INTO documents_search (documents_search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
  INSERT INTO documents_search (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER documents_search_removed AFTER DELETE ON documents BEGIN
  INSERT INTO documents_search (documents_search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;

CREATE VIRTUAL TABLE statements_search USING fts5 (
  content, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER statements_search_added AFTER INSERT ON statements BEGIN
  INSERT INTO statements_search (rowid, content) SELECT key, content FROM contents WHERE key = new.key;
END;
CREATE TRIGGER statements_search_removed BEFORE DELETE ON statements BEGIN
  INSERT INTO statements_search (statements_search, rowid, content)
  SELECT 'delete', key, content FROM contents WHERE key = old.key;
END;
CREATE TRIGGER statements_content_stands BEFORE UPDATE OF id, document, content ON statements BEGIN
  SELECT RAISE(ABORT, 'the characters of a statement are never changed: they make its id');
END;
