"""The persons of the matrix, and the things that they try to reach."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.editions.models import Assignment
from tests.contracts.permissions.things import make_things
from tests.factories import Newsroom, make_newsroom

# Each actor with role, edition and section, in the order of the tables' columns. "here" is the section World of the
# English edition, in which every story of the matrix stands; "else" is the section Economy; "ru" the Russian edition.
ROLES: dict[str, tuple[str, str | None, str | None]] = {
    "rep-here": ("reporter", "main", "world"),
    "rep-else": ("reporter", "main", "economy"),
    "author": ("reporter", "main", "world"),
    "ed-here": ("editor", "main", "world"),
    "ed-else": ("editor", "main", "economy"),
    "ed-ru": ("editor", "ru", None),
    "pictures": ("picture-editor", None, None),
    "moderator": ("moderator", None, None),
    "chief": ("chief", None, None),
    "admin": ("administrator", None, None),
}
ACTORS = ("nobody", "reader", *ROLES)
SOME = ("nobody", "rep-here", "chief")
"""Who tries what is decided in Python where that is tried once more, on PostgreSQL: each query, not each answer."""
OUTSIDERS = ("nobody", "reader", "rep-else", "ed-else", "ed-ru")
"""Those who may not read what of World is not published."""


def actors() -> tuple[str, ...]:
    """Everybody; on PostgreSQL those who come to every query."""
    return SOME if connection.vendor == "postgresql" else ACTORS


@dataclass
class Stage:
    """A newsroom with somebody in each part, and things of each kind under the names that the tables use."""

    newsroom: Newsroom
    ids: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def person(self, actor: str) -> Any:
        """The actor as they come to an action: fresh, with nothing remembered."""
        return AnonymousUser() if actor == "nobody" else User.objects.get(pk=self.ids[actor])

    def thing(self, name: str) -> Any:
        """A thing as it lies in the database."""
        kept = self.things[name]
        return type(kept).objects.get(pk=kept.pk)

    def browser(self, actor: str) -> Client:
        """A browser of the actor's, logged in unless it is nobody's; all of them share one chain of middleware."""
        client = Client(HTTP_HOST="localhost", raise_request_exception=False)
        client.handler = self.handler
        if actor != "nobody":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        return client


def set_stage() -> Stage:
    """Found the newsroom, hire everybody and make the things, in the caller's transaction."""
    newsroom = make_newsroom()
    stage = Stage(newsroom)
    assert newsroom.reader is not None
    stage.ids["reader"] = newsroom.reader.pk
    for actor, (role, edition, section) in ROLES.items():
        stage.ids[actor] = newsroom.member(role, edition=edition, section=section).pk
    for actor in stage.ids:
        client = newsroom.at_desk(stage.person(actor))
        stage.sessions[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    # Whoever was chief once and only reads now keeps nothing of it, though the row was forgotten.
    Assignment.objects.create(user_id=stage.ids["reader"], role=Role.CHIEF)
    stage.things = make_things(newsroom, stage.person)
    return stage
