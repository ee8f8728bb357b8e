"""Who disputes what: answers to claims, and what each actor holds, foretells and stands with.

In the order in which they may import each other:

- `dates`: the days that a text names
- `told`: a statement with all that it is compared by; `worded`: how an answer is worded
- `accord`: what cannot answer what; `outright`: answers that words alone show; `evidence`: what speaks for one
  statement answering another; `disputes`: which does
- `positions`: what actors hold and foretell
- `sides`: who stands with whom
"""
