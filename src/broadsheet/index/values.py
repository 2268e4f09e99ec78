"""What is put into the index, and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NewEntry:
    """A thing that is to be found: `kind` is a word such as "story", `id` its own number; texts are plain.

    `marks` are further words by which it is sought (`places.mark`). With `keeps_text` it is found with an extract.
    `apart` is a name under which its words are kept apart from those of others: who seeks them seeks there alone.
    """

    kind: str
    id: int
    edition_id: int
    section_id: int
    language: str
    published_at: datetime
    title: str
    standfirst: str
    text: str
    marks: tuple[str, ...] = ()
    keeps_text: bool = True
    apart: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece of a text; marked where it is a word that was asked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Hit:
    """A thing that was found, with its title and an extract of its text."""

    id: int
    published_at: datetime
    title: tuple[Piece, ...]
    extract: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """One page of what was found; `count` is how many there are in all, `is_more` that there may be more than that."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    is_more: bool = False
