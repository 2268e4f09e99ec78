"""The demo newsroom in a home of this run's own."""

import functools
import os
import tempfile


@functools.cache
def demo_newsroom() -> None:
    """Set Django up on a new home and fill it; once a run."""
    os.environ["BROADSHEET_HOME"] = tempfile.mkdtemp(prefix="broadsheet-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from broadsheet.config.demo import fill_home

    call_command("migrate", verbosity=0)
    fill_home(lambda line: None)


def alternate(rounds: int, times: int, **ways: object) -> dict[str, list[float]]:
    """Time each way in turn, `rounds` times; returns for each the seconds a call in each round."""
    import time

    found: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            assert callable(way)
            begin = time.perf_counter()
            for _time in range(times):
                way()
            found[name].append((time.perf_counter() - begin) / times)
    return found
