"""Scores -> statements: what is said in an article, by whom, with which words, and how surely.

In the order in which they may import each other:

- `overlaps`: which spans lie over one another
- `turns`: the turns of an interview or a transcript; `sources`: what kind of source a phrase is
- `candidates`: the scores of the encoder -> candidates, the likeliest of each kept
- `conventions`: which characters belong to a source, a cue, a content
- `relatives`: what a relative clause behind a source tells
- `answered`: whose words it is that a denial names
- `further`: how far a content goes on; `labels`: what stands under a speaker's label
- `statements`: all of it, for one document
"""
