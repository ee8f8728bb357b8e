"""What the words of a text tell by lists alone: their normal forms, quantities, how far a text commits itself.

In the order in which the modules may import each other:

- `wording`: words in their normal form, each with its place; `lexicon`: titles, bodies, places and words that are no
  names; `spelling`: names in two spellings; `surnames`: titles that are somebody's name
- `senses`: words near in meaning; `clauses`: a sentence in clauses
- `measures`: units; `numerals`: number words; `counts`: what a number is by its words; `quantities`: numbers, dates and
  shares as values, with the words around them; `values`: whether two of these are one
- `phrases`: those of a list, in a row of words; `force`: verbs of saying, hedges, boosters, modal verbs, negation
"""
