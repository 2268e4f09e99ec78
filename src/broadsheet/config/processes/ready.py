"""When the site answers, and the lines that say so; composed here and nowhere else."""

import http.client
import time
from collections.abc import Callable

from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import Settings

HEALTH = "/-/health"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


def site_address(settings: Settings) -> str:
    """Where a reader finds the site: its public address, or this machine's."""
    return settings.text("site_url").rstrip("/") or f"http://localhost:{settings.number('port')}"


def ready_lines(home: Home, settings: Settings) -> list[str]:
    """What is printed when the site answers; the desk's first log-in, as long as its file is in the home."""
    site = site_address(settings)
    login = _first_login(home)
    return [
        "",
        f"Broadsheet is running on the home folder {home.path}. Ctrl-C stops it.",
        f"  Read    {site}/",
        f"  Desk    {site}/desk/",
        f"  Log-in  {login}" if login else "  Log-in  your own; “broadsheet user --help” says how to add people",
    ]


def wait_until_it_answers(settings: Settings, given_up: Callable[[], bool]) -> bool:
    """Ask the site for its health until it is well; False if that was given up before."""
    while not given_up():
        if _answers(settings):
            return True
        time.sleep(0.1)
    return False


def _answers(settings: Settings) -> bool:
    listen = settings.text("listen")
    asked = http.client.HTTPConnection(EVERYWHERE.get(listen, listen), settings.number("port"), timeout=30)
    try:
        asked.request("GET", HEALTH, headers={"Host": "localhost", "Connection": "close"})
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _first_login(home: Home) -> str:
    try:
        address, password, *_ = home.desk_login.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return ""
    return f"{address}  password {password}"
