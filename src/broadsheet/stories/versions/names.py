"""What the things that a version names are called, by whoever looks at it."""

from django.db.models import Model

from broadsheet.editions.access import Person as Who
from broadsheet.foundation.clock import now
from broadsheet.stories.access import visible_to
from broadsheet.stories.models import Story
from broadsheet.stories.versions.parts import Name


def names_for(who: Who) -> Name:
    """Names of rows, asked once each; of a story that the person may not read, and of what is gone, its number."""
    known: dict[tuple[type[Model], int], str] = {}

    def name(model: type[Model], pk: int) -> str:
        key = (model, pk)
        if key not in known:
            rows = model._default_manager.filter(pk=pk)
            if model is Story:
                rows = rows.filter(visible_to(who, now()))
            known[key] = str(rows.first() or f"{model._meta.verbose_name} {pk}")
        return known[key]

    return name
