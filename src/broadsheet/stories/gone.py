"""What a form of a story names that is no longer there: left out, so that everything else is saved, and said."""

import re
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.editions.models import Section, Topic
from broadsheet.mediabank.models import Film, Picture
from broadsheet.people.models import Person
from broadsheet.stories.models import State, Story

# Which fields name what: by the whole name in a form, and what is said of one that is gone.
FIELDS: tuple[tuple[str, type[models.Model], Any], ...] = (
    (r"section", Section, gettext_lazy("The section that was chosen is no longer there. Choose another.")),
    (r"further_sections", Section, gettext_lazy("A further section is no longer there and was left out.")),
    (r"topics", Topic, gettext_lazy("A topic is no longer there and was left out.")),
    (r"lead_picture", Picture, gettext_lazy("The lead picture is no longer in the mediabank. Choose another.")),
    (r"counterpart", Story, gettext_lazy("The story in the other edition is no longer there.")),
    (r"bylines-\d+-person", Person, gettext_lazy("A person in the byline is no longer there and was left out.")),
    (r"body-.+-speaker", Person, gettext_lazy("The speaker of a quote is no longer there. Its words are kept.")),
    (r"body-.+-(?:picture|poster)", Picture, gettext_lazy("A picture in the body is no longer in the mediabank.")),
    (r"body-.+-film", Film, gettext_lazy("A film in the body is no longer in the mediabank.")),
)
RELATED = re.compile(r"body-(\d+)-value")


def without_what_is_gone(data: Any) -> tuple[Any, list[str]]:
    """The data of a form without ids of what was deleted meanwhile, and a sentence for each field that lost some."""
    named = _named(data)
    there = {model: _there(model, named) for model in {model for _name, model, _said, _ids in named}}
    lost = [(name, said, ids - there[model]) for name, model, said, ids in named if ids - there[model]]
    if not lost:
        return data, []
    kept = data.copy()
    for name, _said, gone in lost:
        values = [value for value in _values(data, name) if value not in gone]
        _set(kept, name, values)
        if (found := re.fullmatch(r"(bylines-\d+)-person", name)) and not values:
            kept[f"{found[1]}-DELETE"] = "on"
    return kept, list(dict.fromkeys(str(said) for _name, said, _ids in lost))


def _named(data: Any) -> list[tuple[str, type[models.Model], Any, set[str]]]:
    found: list[tuple[str, type[models.Model], Any, set[str]]] = []
    for name in data:
        match = _what(name, data)
        ids = {value for value in _values(data, name) if _is_number(value)} if match else set()
        if match and ids:
            found.append((name, *match, ids))
    return found


def _what(name: str, data: Any) -> tuple[type[models.Model], Any] | None:
    related = RELATED.fullmatch(name)
    if related:
        is_card = data.get(f"body-{related[1]}-type") == "related"
        return (Story, _("A related story is no longer there.")) if is_card else None
    return next(((model, said) for pattern, model, said in FIELDS if re.fullmatch(pattern, name)), None)


def _there(model: type[models.Model], named: list[tuple[str, type[models.Model], Any, set[str]]]) -> set[str]:
    asked = set().union(*(ids for _name, of, _said, ids in named if of is model))
    rows = model._default_manager.filter(pk__in=asked)
    if model is Story:
        rows = rows.exclude(state=State.DELETED)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def _values(data: Any, name: str) -> list[str]:
    values = data.getlist(name) if isinstance(data, QueryDict) else data[name]
    return [str(value) for value in (values if isinstance(values, list | tuple) else [values])]


def _set(data: Any, name: str, values: list[str]) -> None:
    if isinstance(data, QueryDict):
        data.setlist(name, values or [""] if name not in ("topics", "further_sections") else values)
    else:
        data[name] = values if isinstance(data[name], list | tuple) else "".join(values)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19
