"""What a page can depend on: kinds of keys, declared by the rooms beside their reads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Key:
    """A kind of key: its pattern with the columns that fill it, the table that changes it, the columns that count.

    `Key("story:{id}", on=Story, columns=("headline", ...))` says that a page that used the key "story:7" is stale
    when one of these columns of the row 7 changes. No columns means: when a row comes or goes.
    """

    pattern: str
    on: type[models.Model]
    columns: tuple[str, ...] = ()

    def matches(self, key: str) -> bool:
        """Whether a key that was named is of this kind."""
        expression = "".join(
            "[^:]*" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[a-z_]+\})", self.pattern)
        )
        return re.fullmatch(expression, key) is not None


_declared: list[Key] = []


def declare(*keys: Key) -> tuple[Key, ...]:
    """Add kinds of keys; each room calls it once, in its reads."""
    _declared.extend(keys)
    return keys


def declared_keys() -> tuple[Key, ...]:
    """All kinds of keys that the rooms have declared."""
    return tuple(_declared)


def undeclared(names: Iterable[str]) -> list[str]:
    """Those of the given keys that are of no declared kind."""
    return sorted(name for name in set(names) if not any(kind.matches(name) for kind in _declared))
