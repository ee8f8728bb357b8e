"""Keys that are one actor: joined one after the other, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Union of keys, with the reason of each union."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.parent = {k: k for k in keys}
        self.reasons: list[tuple[str, str, str]] = []

    def copy(self) -> Groups:
        made = Groups(())
        made.parent, made.reasons = dict(self.parent), list(self.reasons)
        return made

    def roots(self) -> dict[str, str]:
        return {k: self.root(k) for k in self.parent}

    def root(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, a: str, b: str, reason: str | None) -> None:
        x, y = sorted((self.root(a), self.root(b)))
        if x != y:
            self.parent[y] = x
        if x != y and reason is not None:
            self.reasons.append((min(a, b), max(a, b), reason))
