"""Which version of a thing somebody has seen: whoever saves what another has changed meanwhile is told so first."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from broadsheet.editions.times import desk_moment
from broadsheet.foundation.refusals import Refused

CODE = "changed-meanwhile"


def version_of(thing: Model) -> str:
    """The number of the last line in the thing's log; empty where nothing is logged yet.

    Every action that changes a thing writes a line in its own transaction, so a thing with the same number is the same.
    """
    return str(_last(thing).values_list("pk", flat=True).first() or "")


def refuse_changed_since(thing: Model, version: str | None, *, by: Any) -> None:
    """Refuse if the thing was changed after this version; None asks nothing. To be called when its row is locked."""
    if version is None or version == version_of(thing):
        return
    line = _last(thing).select_related("user").first()
    raise changed_meanwhile(line and line.user, line and line.timestamp, by=by)


def lock_unchanged(thing: Model, version: str | None, *, by: Any) -> None:
    """Lock the row of a thing until the transaction ends, and refuse if it was changed after this version."""
    type(thing)._default_manager.select_for_update().filter(pk=thing.pk).first()
    refuse_changed_since(thing, version, by=by)


def changed_meanwhile(who: Any, when: datetime | None, *, by: Any) -> Refused:
    """The refusal that says who changed a thing, and when."""
    return Refused(CODE, _sentence(who, when, by), _("What you wrote is kept."))


def _sentence(who: Any, when: datetime | None, by: Any) -> str:
    if when is None:
        return _("This was changed after you had opened it.")
    at = desk_moment(when)
    if who is None:
        return _("This was changed at %(at)s, after you had opened it.") % {"at": at}
    if who.pk == getattr(by, "pk", None):
        return _("You changed this in another window at %(at)s.") % {"at": at}
    return _("%(who)s changed this at %(at)s, after you had opened it.") % {"who": who, "at": at}


def _last(thing: Model) -> Any:
    return registry.get_logs_for_instance(thing).order_by("-pk")
