"""What versions of one story have in common and what each changed: kin, stemma, claims, changes.

Of documents, in the order in which the modules may import each other:

- `head`, `leftovers`: what a page says of itself at its head, what a language model left in it
- `witness`: a document read for comparison
- `credited`: whether a version still says where it got the story
- `candidates`: which documents are worth comparing; `kin`: whether two are, with evidence
- `rivals`: which of several earlier texts one was made from; `precedence`: which of two came first
- `stemma`: the likeliest tree of a family; `families`: the heap of documents that grows

Of statements, along an edge of a stemma:

- `passages`: statements and sentences, read for comparison; `rebuttal`: whether one of two answers the other
- `likeness`: what tells that two are one claim
- `nowhere`: figures and names of a version that its parent has nowhere
- `nominations`: pairs that may be; `beside`: pairs in doubt, read side by side; `parts`: statements told in parts
- `alignment`: which statement of a version tells which of its parent; `claims`: those of all versions together
- `rendering`: one statement of a claim, read for what changed
- `quoting`, `counted`, `speakers`, `voice`, `denial`, `roles`, `conditions`, `asked`, `certainty`, `firmness`: the
  evidence, one concern each
- `evidence`: all of it by name; `pulls`: whether a stronger or weaker claim rests on anything; `untold`: the half that
  is told nowhere; `shown`: where a label is to be seen; `changes`: the labels that it bears out, with their grounds
"""
