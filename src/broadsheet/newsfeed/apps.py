from django.apps import AppConfig


class NewsfeedConfig(AppConfig):
    name = "broadsheet.newsfeed"
    label = "newsfeed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.design.jinja import register_filter
        from broadsheet.design.words import as_whole_day

        register_filter("as_whole_day", as_whole_day)
