"""What was typed in a form, laid on what stands now: rows that another added stay, rows that are gone are new ones."""

from typing import Any

from django.http import QueryDict

Row = dict[str, list[str]]


def on_what_stands(sent: QueryDict, typed: Any, stands: Any) -> QueryDict:
    """The data of a form as it was sent, with its rows numbered as rows of what stands now."""
    data = sent.copy()
    for name, formset in getattr(stands, "formsets", {}).items():
        mine = typed.formsets[name]
        rows = _matched([_sent_row(sent, form.prefix) for form in mine.forms], formset)
        for form in mine.forms:
            for key in [key for key in data if key.startswith(f"{form.prefix}-")]:
                del data[key]
        known = [row for row in rows if row["id"][0]]
        for number, row in enumerate([*known, *(row for row in rows if not row["id"][0])]):
            for key, values in row.items():
                data.setlist(f"{mine.prefix}-{number}-{key}", values)
        data[f"{mine.prefix}-TOTAL_FORMS"], data[f"{mine.prefix}-INITIAL_FORMS"] = str(len(rows)), str(len(known))
    return data


def _sent_row(sent: QueryDict, prefix: str) -> Row:
    start = f"{prefix}-"
    row = {key.removeprefix(start): sent.getlist(key) for key in sent if key.startswith(start)}
    return {**row, "id": row.get("id") or [""]}


def _matched(rows: list[Row], standing: Any) -> list[Row]:
    """Each row with the id of the one that stands in its place, by id or by language; then those that others added."""
    left = {str(form.instance.pk): form for form in standing.initial_forms}
    taken = {row["id"][0] for row in rows}
    by_language = {str(form.initial.get("language")): pk for pk, form in left.items() if pk not in taken}
    for row in rows:
        if row["id"][0] not in left:
            language = (row.get("language") or [""])[0]
            row["id"] = [by_language.pop(language, "")]
        left.pop(row["id"][0], None)
    return [*rows, *(_as_sent(form, len(rows) + number) for number, form in enumerate(left.values(), 1))]


def _as_sent(form: Any, place: int) -> Row:
    """A row that stands, as its fields would send it."""
    row: Row = {"id": [str(form.instance.pk)], "ORDER": [str(place)], "DELETE": [""]}
    for bound in form:
        shown = bound.field.widget.format_value(bound.value()) if hasattr(bound.field.widget, "format_value") else ""
        if bound.name not in row and shown is not None:
            row[bound.name] = [str(one) for one in shown] if isinstance(shown, list | tuple) else [str(shown)]
    return row
