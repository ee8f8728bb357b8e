"""Items that are one: joined one after the other, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Union of items, each group known by its least, with the reasons that were given. An item that was never named is
    a group of its own."""

    def __init__(self, items: Iterable[str] = ()) -> None:
        self._above = {x: x for x in items}
        self.reasons: list[tuple[str, str, str]] = []

    def __contains__(self, item: object) -> bool:
        return item in self._above

    def copy(self) -> Groups:
        """The same groups, to be joined further by themselves."""
        made = Groups()
        made._above, made.reasons = dict(self._above), list(self.reasons)
        return made

    def roots(self) -> dict[str, str]:
        """Each item with the least of its group."""
        return {x: self.root(x) for x in self._above}

    def root(self, item: str) -> str:
        """The least of an item's group, which stands for it."""
        above = self._above
        while (up := above.get(item, item)) != item:
            above[item] = item = above.get(up, up)
        return item

    def join(self, a: str, b: str, reason: str | None = None) -> None:
        """Makes one group of the groups of two items."""
        x, y = sorted((self.root(a), self.root(b)))
        if x != y:
            self._above.setdefault(x, x)
            self._above[y] = x
            if reason is not None:
                self.reasons.append((min(a, b), max(a, b), reason))
