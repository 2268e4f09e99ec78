"""The cells of the matrix as single questions, so that the loop of flips can ask the few that matter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from wagtail.permissions import policy_registry

from broadsheet.desk import access as desk
from broadsheet.editions import access as editions
from broadsheet.editions.models import Edition
from broadsheet.foundation.clock import now
from broadsheet.fronts import access as fronts
from broadsheet.mediabank import access as mediabank
from broadsheet.newsfeed import access as newsfeed
from broadsheet.people import access as people
from broadsheet.stories import access as stories
from broadsheet.stories.models import Story
from tests.contracts.permissions.arguments import arguments_for, query_for
from tests.contracts.permissions.cast import ACTORS, OUTSIDERS, Stage
from tests.contracts.permissions.forms import data_for
from tests.contracts.permissions.routes import all_routes
from tests.contracts.permissions.tables import Row, read_table
from tests.contracts.permissions.tries import TRIES, word_of
from tests.contracts.permissions.visits import visit

NEVER = 10**9
"""An id that nothing has."""

# Each is looked up when it is called, so that a flip is felt.
ACCESS: dict[str, Callable[[Any, int, str], object]] = {
    "stories.access_story": lambda who, pk, right: stories.access_story(who, pk, right),
    "stories.access_deleted_story": lambda who, pk, right: stories.access_deleted_story(who, pk),
    "stories.access_aside": lambda who, pk, right: stories.access_aside(who, pk),
    "stories.access_visible_story": lambda who, pk, when: stories.access_visible_story(who, pk, _moment(pk, when)),
    "stories.access_report": lambda who, pk, right: stories.access_report(who, pk, right),
    "desk.access_steps": lambda who, pk, what: desk.access_steps(who, None if what == "whole" else pk),
    "desk.access_notice": lambda who, pk, right: desk.access_notice(who, pk),
    "stories.access_filter": lambda who, pk, right: stories.access_filter(who, pk),
    "editions.access_edition": lambda who, pk, right: editions.access_edition(who, pk, right),
    "editions.access_section": lambda who, pk, right: editions.access_section(who, pk, right),
    "editions.access_topic": lambda who, pk, right: editions.access_topic(who, pk, right),
    "editions.access_page": lambda who, pk, right: editions.access_page(who, pk, right),
    "newsfeed.access_brief": lambda who, pk, right: newsfeed.access_brief(who, pk, right),
    "fronts.access_front": lambda who, pk, right: fronts.access_front(who, pk),
    "fronts.access_container": lambda who, pk, right: fronts.access_container(who, pk),
    "fronts.access_place": lambda who, pk, what: fronts.access_place(who, *_place(pk, what)),
    "mediabank.access_picture": lambda who, pk, right: mediabank.access_picture(who, pk, right),
    "mediabank.access_film": lambda who, pk, right: mediabank.access_film(who, pk, right),
    "people.access_person": lambda who, pk, right: people.access_person(who, pk, right),
    "editions.has_right": lambda who, pk, right: editions.require_right(who, right),
}


def _place(pk: int, what: str) -> tuple[int, int | None]:
    """The edition with this id as a whole, or the section with it in the English edition."""
    return (pk, None) if what == "whole" else (Edition.objects.get(path_prefix="").pk, pk)


def _moment(pk: int, when: str) -> datetime:
    """Now, or the second before the story was published."""
    return now() if when == "now" else Story.objects.get(pk=pk).published_at - timedelta(seconds=1)


def ask_action(stage: Stage, row: Row, actor: str) -> str:
    return word_of(lambda: TRIES[row.name](stage, stage.person(actor), row.words[0]))


def ask_access(stage: Stage, row: Row, actor: str) -> str:
    right, of = row.words
    pk = stage.things[of].pk if of in stage.things else NEVER
    return word_of(lambda: ACCESS[row.name](stage.person(actor), pk, right))


def ask_policy(stage: Stage, row: Row, actor: str) -> str:
    """What the policy says; of things at large, has_perm is asked too, and a difference is said."""
    action, of = row.words
    model, person = apps.get_model(row.name), stage.person(actor)
    policy = policy_registry.get_by_type(model)
    if of != "-":
        return "yes" if policy.user_has_permission_for_instance(person, action, stage.thing(of)) else "no"
    at_large = policy.user_has_permission(person, action)
    by_name = person.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
    listed = policy.users_with_permission(action).filter(pk=person.pk).exists()
    answers = {bool(at_large), bool(by_name), bool(listed)}
    return "unsure" if len(answers) > 1 else "yes" if at_large else "no"


def ask_address(stage: Stage, row: Row, actor: str) -> str:
    """What an address that is no group says; "told" where an outsider reads what is not published."""
    method, of = row.words
    path = all_routes()[row.name].path(arguments_for(stage, of)) + query_for(row.name, stage, of)
    outcome = visit(stage, actor, method, path, data_for(row.name, stage, of) if method == "POST" else None)
    return "told" if outcome.tells_secret and actor in OUTSIDERS else outcome.word


def ask_reading(stage: Stage, row: Row, actor: str) -> str:
    """Whether a story may be read, by SQL and by Python; "unsure" where they differ."""
    when, of = row.words
    story, person = stage.thing(of), stage.person(actor)
    moment = _moment(story.pk, when)
    in_sql = Story.objects.filter(stories.visible_to(person, moment), pk=story.pk).exists()
    in_python = stories.is_visible_to(person, moment, story)
    return "unsure" if in_sql != in_python else "yes" if in_sql else "404"


ASKED: dict[str, Callable[[Stage, Row, str], str]] = {
    "action": ask_action,
    "access": ask_access,
    "right": ask_access,
    "policy": ask_policy,
    "address": ask_address,
    "reading": ask_reading,
}


@dataclass(frozen=True)
class Check:
    """One cell: a question, an actor, and the word that the table expects."""

    kind: str
    row: Row
    actor: str

    @property
    def expected(self) -> str:
        return self.row.expected[self.actor]

    def fails(self, stage: Stage) -> bool:
        """Whether the answer is another one than the table's; an error is another one too."""
        try:
            return ASKED[self.kind](stage, self.row, self.actor) != self.expected
        except Exception:  # noqa: BLE001 - whatever breaks, the cell is not what it was
            return True

    def __str__(self) -> str:
        return f"{self.row} for {self.actor}"


def all_checks() -> Iterator[Check]:
    """Every cell that one question answers; the groups of closed addresses are left out."""
    objects = read_table("objects.txt", words=2)
    addresses = read_table("stories.txt", "rooms.txt", "wagtail.txt", words=2)
    rows = {
        "action": read_table("actions.txt", words=1),
        "access": [row for row in objects if row.name != "editions.has_right"],
        "right": [row for row in objects if row.name == "editions.has_right"],
        "policy": read_table("policies.txt", words=2),
        "address": [row for row in addresses if not row.name.endswith("*")],
        "reading": [row for row in objects if row.name == "stories.access_visible_story" and row.words[1] != "never"],
    }
    return (Check(kind, row, actor) for kind, found in rows.items() for row in found for actor in ACTORS)
