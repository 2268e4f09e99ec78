from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "broadsheet.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import date

        from babel.dates import format_date

        from broadsheet.design.jinja import register_filter
        from broadsheet.stories.models import Kind

        register_filter("kind_name", lambda kind: str(Kind(kind).label))
        register_filter("as_day", lambda day, language: format_date(date.fromisoformat(day), "long", language))
