"""Makes an empty home the demo newsroom, with a first log-in for its desk. Needs Django to be set up."""

import os
from collections.abc import Callable

from django.db import transaction

from broadsheet.accounts.actions import add_staff
from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.config.demo import fill_home
from broadsheet.editions.actions import assign
from broadsheet.editions.models import Edition
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused

DESK = "desk@broadsheet.example"


def holds_a_newsroom() -> bool:
    """Whether there is anything that the demo would mix with."""
    return Edition.objects.exists() or User.objects.exists()


def fill_with_demo(home: Home, say: Callable[[str], None]) -> None:
    """Fill an empty newsroom and write down the desk's log-in; refused where there is anything already.

    All in one transaction, with nobody else at work yet: a start that is broken off leaves an empty newsroom.
    """
    if holds_a_newsroom():
        raise Refused(
            "demo.not_empty",
            f"The home folder {home.path} already holds a newsroom.",
            "Nothing was changed. Name an empty home with BROADSHEET_HOME to have the demo there.",
        )
    with transaction.atomic():
        fill_home(say)
        _, password = add_staff(email=DESK, name="Desk")
        assign(email=DESK, role=Role.ADMINISTRATOR)
        _write_login(home, password)


def _write_login(home: Home, password: str) -> None:
    home.desk_login.unlink(missing_ok=True)
    descriptor = os.open(home.desk_login, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{DESK}\n{password}\n")
