"""What a form says, in words: each field as a person reads it, so that two forms can be laid side by side."""

import html
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.rich_text import DraftailRichTextArea

from broadsheet.foundation.words import compare_words

OF_ROWS = {"id", "ORDER", "DELETE"}
Key = tuple[str, ...]


def differences(stands: Any, typed: Any) -> list[dict[str, Any]]:
    """Each field in which two forms of one thing differ, in the order of the form: its label, and the runs of words."""
    before, after = dict(_said(stands)), dict(_said(typed))
    keys = [*before, *(key for key in after if key not in before)]
    found = []
    for key in keys:
        label = (after.get(key) or before[key])[0]
        old, new = (side[key][1] if key in side else "" for side in (before, after))
        if old != new:
            found.append({"label": label, "runs": compare_words(old, new)})
    return found


def _said(form: Any) -> Iterator[tuple[Key, tuple[str, str]]]:
    """For each field its key, and its label with what it says."""
    for bound in form:
        yield (bound.name,), (str(bound.label), in_words(bound))
    for name, formset in getattr(form, "formsets", {}).items():
        for number, row in enumerate(rows_of(formset)):
            yield from _said_in_row(name, number, row)


def rows_of(formset: Any) -> list[Any]:
    """The rows of a formset that hold something and are not taken out."""
    return [row for row in formset.forms if not _is_out(row) and any(in_words(bound) for bound in _fields(row))]


def _said_in_row(name: str, number: int, row: Any) -> Iterator[tuple[Key, tuple[str, str]]]:
    """A row is known by its language where it has one, so that rows in another order are still the same."""
    language = in_words(row["language"]) if "language" in row.fields else ""
    for bound in _fields(row):
        if bound.name != "language":
            yield (
                (name, language or str(number), bound.name),
                (f"{bound.label} ({language or number + 1})", in_words(bound)),
            )


def _fields(row: Any) -> Iterator[Any]:
    return (bound for bound in row if bound.name not in OF_ROWS)


def _is_out(row: Any) -> bool:
    return bool("DELETE" in row.fields and row["DELETE"].value() not in (None, False, "", "False", "false"))


def in_words(bound: Any) -> str:
    """What a field says, as it was typed or as it stands."""
    field, value = bound.field, bound.value()
    if isinstance(field, forms.FileField):
        file = bound.form.files.get(bound.html_name) if bound.form.is_bound else None
        return PurePath(file.name if file else str(getattr(bound.initial, "name", "") or "")).name
    if isinstance(field, forms.BooleanField):
        return _("yes") if value and value not in ("False", "false") else _("no")
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return _chosen(field, value)
    if isinstance(field.widget, DraftailRichTextArea):
        return html.unescape(strip_tags(str(value or "").replace("</", "\n</"))).strip()
    shown = field.widget.format_value(value)
    return str("" if shown is None else shown).replace("\r\n", "\n").strip()


def _chosen(field: Any, value: Any) -> str:
    """The names of what was chosen; what cannot be chosen any more is said as it was sent."""
    if value in (None, ""):
        return ""
    if not isinstance(field, forms.ModelChoiceField):
        names = {str(key): str(name) for key, name in forms.Select(choices=field.choices).choices}
        several = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(str(one), str(one)) for one in several)
    try:
        is_one = not isinstance(field, forms.ModelMultipleChoiceField)
        chosen: list[Any] = [field.to_python(value)] if is_one else list(field.clean(value) or ())
    except ValidationError:
        return str(value)
    # A chooser knows what whoever works there may read of a thing; its field does not.
    named = getattr(field.widget, "get_display_title", field.label_from_instance)
    return ", ".join(str(named(one)) for one in chosen)
