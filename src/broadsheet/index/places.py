"""Where an entry stands: a number that grows with the minute of its publication, so that both engines read the newest
first and a span of days is a span of numbers."""

from datetime import UTC, datetime, timedelta

BITS = 12
"""4096 places a minute."""
EPOCH = datetime(1, 1, 1, tzinfo=UTC)
LAST = 1 << 62


def first_place(moment: datetime) -> int:
    """The first place of the minute of a moment."""
    return minute_of_moment(moment) << BITS


def place_for(moment: datetime, object_id: int) -> int:
    """The place that an object would like to have."""
    return first_place(moment) + object_id % (1 << BITS)


def moment_of_id(object_id: int) -> datetime:
    """A moment for things that have none: those that came last are found first."""
    return EPOCH + timedelta(minutes=object_id)


def minute_of(place: int) -> int:
    """The minute in which a place lies."""
    return place >> BITS


def minute_of_moment(moment: datetime) -> int:
    """Minutes since the beginning of our calendar."""
    return int((moment - EPOCH).total_seconds() // 60)


def mark(kind: str, *parts: str | int) -> str:
    """A word such as §desk·state·draft by which entries are sought; its parts are letters and digits."""
    return "·".join((f"§{kind}", *map(str, parts)))


def mark_of(kind: str, edition_id: int, section_id: int | None = None) -> str:
    """The word by which an entry is sought that belongs there; nobody can type it, because § is no letter."""
    return f"§{kind}·{edition_id}" if section_id is None else f"§{kind}·{edition_id}·{section_id}"
