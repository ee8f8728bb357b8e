-- The tables of a case: one SQLite file. Everything but runs, documents and evidence can be made again from them.
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
CREATE INDEX documents_of_outlet ON documents (outlet, published);
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

-- The outlets that a document names as where it got the story.
CREATE TABLE credits (
  document TEXT NOT NULL REFERENCES documents (id),
  name TEXT NOT NULL,
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  run TEXT NOT NULL REFERENCES runs (id),
  UNIQUE (document, "start", "end", name)
);

-- The person or body behind sources, one across all documents.
CREATE TABLE actors (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  aliases TEXT NOT NULL,  -- a JSON list
  run TEXT NOT NULL REFERENCES runs (id)
);

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
  act TEXT NOT NULL,
  sourcing TEXT NOT NULL,
  confidence REAL NOT NULL,
  inside TEXT REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,  -- the statement whose content reports this one
  actor TEXT REFERENCES actors (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  claim TEXT REFERENCES claims (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  run TEXT NOT NULL REFERENCES runs (id)
);
CREATE INDEX statements_in_order ON statements (document, "start", id);
CREATE INDEX statements_inside ON statements (inside) WHERE inside IS NOT NULL;
CREATE INDEX statements_of_actor ON statements (actor) WHERE actor IS NOT NULL;
CREATE INDEX statements_of_claim ON statements (claim) WHERE claim IS NOT NULL;
CREATE INDEX statements_by_act ON statements (act);
CREATE INDEX statements_by_sourcing ON statements (sourcing);

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
CREATE INDEX changes_of_claim ON changes (claim);
CREATE INDEX changes_of_parent_statement ON changes (parent_statement);
CREATE INDEX changes_of_child_statement ON changes (child_statement);

-- One statement denies, contradicts, corrects or rejects another.
CREATE TABLE disputes (
  by_statement TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  of_statement TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  score REAL NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (by_statement, of_statement)
);
CREATE INDEX disputes_of_statement ON disputes (of_statement);

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
