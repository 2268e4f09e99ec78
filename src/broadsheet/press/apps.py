from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "broadsheet.press"
    label = "press"

    def ready(self) -> None:
        from broadsheet.press import guard

        guard.install()
