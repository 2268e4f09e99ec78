"""Fills an empty home with the demo newsroom, through the same actions that the desk calls."""

from collections.abc import Callable

from django.db import transaction

from broadsheet.accounts.actions import add_staff, close_account
from broadsheet.accounts.roles import Role
from broadsheet.editions import demo as editions
from broadsheet.editions.actions import assign
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts import demo as fronts
from broadsheet.mediabank import demo as mediabank
from broadsheet.newsfeed import demo as newsfeed
from broadsheet.people import demo as people
from broadsheet.proofreading import demo as proofreading
from broadsheet.stories import demo as stories
from broadsheet.stories.models import Story

ARCHIVE = "archive@broadsheet.example"


def fill_home(say: Callable[[str], None]) -> None:
    """Make the demo newsroom in one transaction, saying what is made; refuses where there are stories."""
    if Story.objects.exists():
        raise Refused("demo.not-empty", "This home holds stories already; the demo newsroom needs an empty one.")
    with transaction.atomic():
        by, _password = add_staff(email=ARCHIVE, name="Archive")
        assign(email=ARCHIVE, role=Role.ADMINISTRATOR)
        found = editions.fill(by)
        say("Editions, sections and topics are there.")
        found |= people.fill(by)
        say("People are there.")
        proofreading.fill(by)
        found |= mediabank.fill(by)
        say("Pictures are in the mediabank.")
        stories.fill(by, found, say)
        editions.fill_pages(by, found)
        newsfeed.fill(by, found)
        say("The newsfeed has its briefs.")
        fronts.fill(by, found)
        say("The fronts are arranged.")
        close_account(email=ARCHIVE)
