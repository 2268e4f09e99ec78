"""Reads the matrix: plain text that a person writes and reads.

A line that begins at the margin names an address, an action or an access function; the indented lines below it are its
rows. A row has a few words that say what is tried, then one word for each actor. `#` begins a remark.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.contracts.permissions.cast import ACTORS

FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Row:
    """What is expected of each actor who tries `words` on `name`."""

    name: str
    words: tuple[str, ...]
    expected: dict[str, str]
    place: str
    """The file and line in which it stands."""

    def __str__(self) -> str:
        return f"{self.name} {' '.join(self.words)} ({self.place})"


def read_table(*files: str, words: int) -> list[Row]:
    """The rows of the files; `words` is how many words stand in a row before the actors' columns."""
    return [row for file in files for row in _rows(file, words)]


def _rows(file: str, words: int) -> Iterator[Row]:
    name = ""
    for number, line in enumerate((FOLDER / file).read_text(encoding="utf-8").splitlines(), 1):
        text = line.split(" #")[0].rstrip()
        if not text or text.startswith("#"):
            continue
        if not text.startswith(" "):
            name = text
            continue
        cells = text.split()
        assert len(cells) == words + len(ACTORS), (
            f"{file}:{number}: {words} words and {len(ACTORS)} actors are needed, {len(cells)} words stand there"
        )
        yield Row(name, tuple(cells[:words]), dict(zip(ACTORS, cells[words:], strict=True)), f"{file}:{number}")
