import functools

from django.apps import AppConfig
from django.utils.translation import get_language


class StoriesConfig(AppConfig):
    name = "broadsheet.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import date

        from broadsheet.design.jinja import register_filter
        from broadsheet.design.words import as_whole_day

        register_filter("kind_name", lambda kind: _kind_name(kind, get_language()))
        register_filter("as_day", lambda day, language: as_whole_day(date.fromisoformat(day), language))


@functools.cache
def _kind_name(kind: str, language: str | None) -> str:
    """A kind's name in a language, which must be the active one."""
    from broadsheet.stories.models import Kind

    return str(Kind(kind).label)
