from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "broadsheet.config"
    label = "wiring"

    def ready(self) -> None:
        from broadsheet.config import wiring

        wiring.connect_rooms()
