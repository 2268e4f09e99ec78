"""The entries of the index. What each engine keeps beside them is made by the migration and by the rules below."""

from typing import ClassVar

from django.db import models

from broadsheet.foundation.triggers import Trigger, declare


class Entry(models.Model):
    """A thing that can be found. `place` grows with the time of publication, so that the newest are found first.

    `marks`, `head` and `body` are what is sought in: words with a single space before and after each. `marks` says
    where the entry belongs; `head` holds the stems of title, standfirst and the text's first words with | between;
    `body` holds the stem of each word of the text.
    """

    # Always set by `put`; of this type because it is what SQLite takes as the number of the row itself.
    place = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    edition_id = models.BigIntegerField()
    section_id = models.BigIntegerField(default=0)
    language = models.CharField(max_length=10)
    published_at = models.DateTimeField()
    recipe = models.CharField(max_length=20)
    # Before the texts: what is read of a thousand rows lies at a row's beginning, what is read of twenty behind it.
    marks = models.TextField()
    head = models.TextField(blank=True)
    body = models.TextField(blank=True)
    title = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "object_id"], name="index_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


SOUGHT_IN = ("marks", "head", "body")
_columns, _old, _new = (", ".join(f"{row}{column}" for column in SOUGHT_IN) for row in ("", "OLD.", "NEW."))
_out = f"INSERT INTO index_words(index_words, rowid, {_columns}) VALUES ('delete', OLD.place, {_old});"
_in = f"INSERT INTO index_words(rowid, {_columns}) VALUES (NEW.place, {_new});"


def _follow(name: str, event: str, steps: str) -> None:
    """PostgreSQL computes its words in a column; SQLite's lie in a table beside, which follows the entries."""
    statement = f'CREATE TRIGGER "{name}" AFTER {event} ON "index_entry" BEGIN {steps} END'
    declare(Trigger(name=name, table="index_entry", sqlite=statement))


_follow("index_entry_is_added", "INSERT", _in)
_follow("index_entry_is_changed", f"UPDATE OF place, {_columns}", f"{_out} {_in}")
_follow("index_entry_is_removed", "DELETE", _out)
