"""Moments that are typed in an edition's own time: also in the hours that do not exist, or exist twice."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone as current
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateTimeInput

OFFSET = re.compile(r"\s*([+-])(\d{1,2})(?::?(\d{2}))?\Z")
FORMAT = "%Y-%m-%d %H:%M"


def moments_of(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments at which clocks in a zone show a time: none, one or two, the earlier first, in UTC."""
    possible = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(sorted({one for one in possible if _shown(one, zone) == wall}))


def next_after_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first time that clocks show after one that they skip."""
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return _shown(before, zone)


def as_typed(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as it is typed: the time in the zone, with the offset where that time exists twice."""
    shown = _shown(moment, zone)
    text = shown.strftime(FORMAT)
    return f"{text} {_offset(moment, zone)}" if len(moments_of(shown.replace(second=0), zone)) > 1 else text


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _offset(moment: datetime, zone: ZoneInfo) -> str:
    offset = moment.astimezone(zone).strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


class MomentInput(AdminDateTimeInput):
    """Wagtail's date and time picker, which leaves alone what it does not understand: an offset behind the time.

    It offers quarters of an hour, and weeks as the desk's calendar has them, from Monday.
    """

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False, "step": 15, "dayOfWeekStart": 1}


class MomentField(forms.DateTimeField):
    """A moment in a zone. A time that does not exist there is refused; of one that exists twice it is asked which."""

    def __init__(self, *, zone: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = ZoneInfo(zone)

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value, self.zone) if isinstance(value, datetime) and value.tzinfo else value

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str):
            return value if value is None or not isinstance(value, datetime) else self._moment(value, None)
        offset = OFFSET.search(value[8:])
        text = value[: 8 + offset.start()] if offset else value
        with current.override(UTC):
            wall = super().to_python(text.strip())
        return None if wall is None else self._moment(wall.replace(tzinfo=None), offset)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()

    def _moment(self, wall: datetime, offset: re.Match[str] | None) -> datetime:
        found = moments_of(wall, self.zone)
        if offset:
            hours = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
            found = tuple(one for one in found if one.astimezone(self.zone).utcoffset() == hours)
            if not found:
                raise ValidationError(_("Clocks in %(zone)s are not set so at that time.") % {"zone": self.zone.key})
        if not found:
            raise ValidationError(self._never(wall), code="gap")
        if len(found) > 1:
            raise ValidationError(self._twice(found), code="twice")
        return found[0]

    def _never(self, wall: datetime) -> str:
        words = {
            "wall": wall.strftime(FORMAT),
            "zone": self.zone.key,
            "next": next_after_gap(wall, self.zone).strftime(FORMAT),
        }
        return _("%(wall)s does not exist in %(zone)s: clocks are put forward then, and show %(next)s instead.") % words

    def _twice(self, found: tuple[datetime, ...]) -> str:
        first, second = (as_typed(one, self.zone) for one in found)
        words = {"wall": first[:16], "zone": self.zone.key, "first": first, "second": second}
        return (
            _(
                "%(wall)s comes twice in %(zone)s: clocks are put back then. Write %(first)s for the first time, "
                "%(second)s for the second."
            )
            % words
        )
