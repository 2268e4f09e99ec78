"""Filters that people keep under a name: one step of the action that has asked for the right."""

from django.utils.translation import gettext as _

from broadsheet.accounts.models import User
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.models import SavedFilter

MOST_FILTERS = 30
"""Filters that a person keeps."""


def keep_filter(owner: User | None, name: str, asked: dict[str, str], *, is_shared: bool) -> SavedFilter:
    """Keep what somebody asks the list of stories; the same name again replaces it. Refused without a name."""
    name = " ".join(name.split())[:60]
    own = SavedFilter.objects.filter(owner=owner)
    if not name:
        raise Refused("filter.name", _("A filter needs a name."), _("Nothing was kept."))
    if own.exclude(name=name).count() >= MOST_FILTERS:
        raise Refused("filter.many", _("You have %(most)s filters. Delete one first.") % {"most": MOST_FILTERS})
    kept, _is_new = SavedFilter.objects.update_or_create(
        owner=owner, name=name, defaults={"asked": asked, "is_shared": is_shared}
    )
    return kept
