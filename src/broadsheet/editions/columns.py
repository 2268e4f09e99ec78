"""Columns of the desk's lists that say moments and yes as the newsroom says them, under the field's name."""

from datetime import datetime
from typing import Any

from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from wagtail.admin.ui.tables import Column

from broadsheet.design.words import as_short_moment


class FieldColumn(Column):
    """What stands in a field, under the field's own name."""

    def __init__(self, model: type[Model], field: str) -> None:
        named: Field[Any, Any] = model._meta.get_field(field)  # type: ignore[assignment]
        super().__init__(field, label=capfirst(named.verbose_name))


class MomentColumn(FieldColumn):
    """Day and time in the zone of the thing's edition; nothing where it has not come."""

    def get_value(self, instance: Any) -> str:
        moment: datetime | None = super().get_value(instance)
        return as_short_moment(moment, get_language() or "en", instance.edition.zone) if moment else ""


class YesColumn(FieldColumn):
    """“Yes” where it is so; nothing where it is not, so that what is so is seen."""

    def get_value(self, instance: Any) -> str:
        return gettext("Yes") if super().get_value(instance) else ""
