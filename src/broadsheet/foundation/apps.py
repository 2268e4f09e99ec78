from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "broadsheet.foundation"
    label = "foundation"

    def ready(self) -> None:
        from broadsheet.foundation import connections, converters, triggers

        connections.install()
        triggers.install()
        converters.register_converters()
