"""Django, set up for a command."""

import os

from broadsheet import __version__
from broadsheet.foundation.home import Home, HomeUnusable, home_from_environment
from broadsheet.foundation.settings import load_settings


def start_django() -> None:
    """Set Django up for the home of the environment; raises SettingsWrong with a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    import django

    django.setup()


def open_home() -> Home:
    """The home of the environment, checked, with Django set up; HomeUnusable if there is no newsroom in it yet."""
    home = home_from_environment()
    load_settings(home.settings_file)
    if home.is_empty():
        raise HomeUnusable(
            f"There is no newsroom in the home folder {home.path} yet. "
            "“broadsheet serve” makes one; BROADSHEET_HOME names another home."
        )
    home.prepare(__version__)
    start_django()
    return home
