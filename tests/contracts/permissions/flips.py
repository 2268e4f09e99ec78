"""Every rule of access, turned round one at a time: what the matrix must notice."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Q
from wagtail.permissions import policy_registry

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import RIGHTS, Role
from broadsheet.desk import access as desk
from broadsheet.desk.models import Notice
from broadsheet.desk.wagtail_hooks import ROOMS
from broadsheet.editions import access as editions
from broadsheet.editions import actions as named_actions
from broadsheet.editions.access import Given
from broadsheet.editions.desk import RightsPolicy
from broadsheet.editions.models import Assignment, Edition, Section, StandingPage, Topic
from broadsheet.fronts import access as fronts
from broadsheet.fronts.models import Container, Front
from broadsheet.mediabank import access as mediabank
from broadsheet.mediabank.models import Film, Picture
from broadsheet.newsfeed import access as newsfeed
from broadsheet.newsfeed.models import Brief
from broadsheet.people import access as people
from broadsheet.people.models import Person
from broadsheet.stories import access as stories
from broadsheet.stories.access import ALL_STORIES, NO_STORIES, READERS_OF, Audience
from broadsheet.stories.desk import StoryPolicy
from broadsheet.stories.models import Aside, ErrorReport, Story
from tests.contracts.permissions.cast import ROLES
from tests.contracts.permissions.checks import Check

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Flip:
    """A rule turned round: `turn` does it, `feels` says which cells could notice, `grants` whether it lets more in."""

    name: str
    turn: Callable[[Patch], None]
    feels: Callable[[Check], bool]
    grants: bool = True


def turn_everywhere(patch: Patch, original: Any, other: Any) -> None:
    """Put another function in the place of one, under each name that a module of ours has for it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("broadsheet."):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, attribute, other)


def kinds(*wanted: str) -> Callable[[Check], bool]:
    return lambda check: check.kind in wanted


# --- The table of rights: each role taken from each right that it holds, and added to each that it does not.

ACTED_ON = {
    "story": "stories.", "picture": "mediabank.", "film": "mediabank.", "person": "people.",
    "topic": "editions.", "section": "editions.", "edition": "editions.", "page": "editions.", "brief": "newsfeed.",
    "front": "fronts.", "steps": "desk.",
}  # fmt: skip
# What is no action's business is felt at an address.
FELT_AT = {"desk.enter": "desk/jsi18n/", "mailbox.read": "desk/mailbox/", "account.manage": "account-mail"}


def flips_of_rights() -> Iterator[Flip]:
    for right, holders in RIGHTS.items():
        for role in Role:
            others = tuple(holder for holder in holders if holder != role)
            verb = "taken from" if role in holders else "given to"
            turned = others if role in holders else (*holders, role)
            grants = role not in holders
            yield Flip(f"{right} {verb} {role}", _sets(RIGHTS, right, turned), _acting(right, role), grants)


def _sets(table: Any, key: Any, value: Any) -> Callable[[Patch], None]:
    return lambda patch: patch.setitem(table, key, value)


def _acting(right: str, role: Role) -> Callable[[Check], bool]:
    actors = {actor for actor, (given, _edition, _section) in ROLES.items() if given == role}
    if right == "account.manage" and role != Role.CHIEF:
        # So far it opens one thing, to those who read the mailbox. Whoever else gets it is seen in the table alone.
        return lambda check: check.actor in actors and check.row.words[0] == right
    if right in FELT_AT:
        return lambda check: check.actor in actors and FELT_AT[right] in (check.row.name, check.row.words[-1])
    room = ACTED_ON[right.partition(".")[0]]
    wanted = ("access",) if right == "story.read" else ("action",)
    return lambda check: check.actor in actors and check.kind in wanted and check.row.name.startswith(room)


# --- Functions: each says always yes, then always no.

MODELS = {
    editions.access_edition: Edition,
    editions.access_section: Section,
    editions.access_topic: Topic,
    editions.access_page: StandingPage,
    newsfeed.access_brief: Brief,
    fronts.access_front: Front,
    fronts.access_container: Container,
    mediabank.access_picture: Picture,
    mediabank.access_film: Film,
    people.access_person: Person,
    stories.access_story: Story,
    stories.access_visible_story: Story,
    stories.access_deleted_story: Story,
    stories.access_aside: Aside,
    stories.access_report: ErrorReport,
    desk.access_notice: Notice,
    desk.access_steps: Section,
}


def flips_of_functions() -> Iterator[Flip]:
    for function, model in MODELS.items():
        room = function.__module__.split(".")[1]
        own = lambda check, room=room: check.kind in ("access", "action") and check.row.name.startswith(room)  # noqa: E731
        yield Flip(f"{function.__name__} lets everybody through", _always(function, _finds(model)), own)
        yield Flip(f"{function.__name__} lets nobody through", _always(function, _refuses), own, grants=False)
    answers: list[tuple[Any, Any, Any, str]] = [
        (editions.has_right, True, False, "action"),
        (editions.require_right, None, _refuses, "action"),
        (fronts.may_arrange, True, False, "action"),
        (fronts.require_may_arrange, None, _refuses, "action"),
        (stories.may, True, False, "access"),
        (stories.is_visible_to, True, False, "reading"),
        (stories.visible_to, ALL_STORIES, NO_STORIES, "reading"),
        (stories._is_at_work, True, False, "reading"),
    ]
    for function, yes, no, kind in answers:
        for word, answer in (("yes", yes), ("no", no)):
            other = answer if callable(answer) else lambda *_a, answer=answer, **_k: answer
            turn, feels = _always(function, other), kinds(kind, "policy")
            yield Flip(f"{function.__name__} says always {word}", turn, feels, grants=word == "yes")
    yield Flip(
        "roles_of gives everybody every role", _always(editions.roles_of, lambda _who: _every_role()), kinds("action")
    )
    yield Flip(
        "roles_of gives nobody a role", _always(editions.roles_of, lambda _who: ()), kinds("action"), grants=False
    )
    yield Flip("roles_of forgets who only reads", _always(editions.roles_of, _roles_of_rows), kinds("action"))
    for name, other in (("forgets who began it", _by_role_only), ("forgets that it was published", _own_for_ever)):
        yield Flip(f"may {name}", _always(stories.may, other), kinds("access"), grants=other is _own_for_ever)
    yield Flip(
        "an edition's front is reached from any section", _always(fronts.may_arrange, _from_any), kinds("action")
    )
    yield Flip("may forgets that one must be at work", _always(stories.may, _own_without_work), kinds("policy"))


def _every_role() -> tuple[Given, ...]:
    return tuple(Given(role, None, None) for role in Role)


def _roles_of_rows(who: Any) -> tuple[Given, ...]:
    rows = Assignment.objects.filter(user_id=who.pk).values_list("role", "edition_id", "section_id")
    return tuple(Given(Role(role), edition, section) for role, edition, section in rows)


def _by_role_only(who: Any, right: str, story: Story) -> bool:
    return editions.has_right(who, right, edition_id=story.edition_id, section_ids=story.section_ids)


def _from_any(who: Any, edition_id: int, section_id: int | None) -> bool:
    sections = frozenset({section_id} - {None})
    return editions.has_right(who, fronts.RIGHT, edition_id=edition_id, section_ids=sections)


def _own_for_ever(who: Any, right: str, story: Story) -> bool:
    return _by_role_only(who, right, story) or (right in ("story.read", "story.edit") and story.begun_by_id == who.pk)


def _own_without_work(who: Any, right: str, story: Story) -> bool:
    is_own = story.begun_by_id == who.pk and not story.address
    return _by_role_only(who, right, story) or (right in ("story.read", "story.edit") and is_own)


def _finds(model: Any) -> Callable[..., Any]:
    return lambda _who, pk, *_rest, **_options: model.objects.get(pk=pk)


def _refuses(*_arguments: Any, **_options: Any) -> None:
    raise editions.forbidden()


def _always(function: Any, other: Any) -> Callable[[Patch], None]:
    return lambda patch: turn_everywhere(patch, function, other)


# --- How far a role reaches.


def flips_of_reach() -> Iterator[Flip]:
    def turned(covers: Callable[..., bool]) -> Callable[[Patch], None]:
        return lambda patch: patch.setattr(Given, "covers", covers)

    usual = Given.covers
    reach = kinds("action", "access")
    yield Flip("a role reaches everything", turned(lambda *_a: True), reach)
    yield Flip("a role reaches nothing", turned(lambda *_a: False), reach, grants=False)
    yield Flip("a role reaches every edition", turned(lambda self, _e, s: usual(self, None, s)), reach)
    yield Flip("a role reaches every section", turned(lambda self, e, _s: usual(self, e, frozenset())), reach)


# --- Who may read: each audience, in each of its two forms, and each line of the table.


def flips_of_reading() -> Iterator[Flip]:
    for name in ("EVERYBODY", "AUTHOR", "DESK"):
        audience = getattr(stories, name)
        for part, everything, nothing in (("query", Q(pk__gt=0), None), ("holds", True, False)):
            for word, answer in (("everything", everything), ("nothing", nothing)):
                turn = _part(audience, part, answer)
                yield Flip(f"{name}.{part} says {word}", turn, kinds("reading"), grants=word == "everything")
    anybody = Audience(query=lambda _who, _when: Q(pk__gt=0), holds=lambda _who, _when, _story: True)
    for state, audiences in READERS_OF.items():
        for gone in audiences:
            left = tuple(audience for audience in audiences if audience is not gone)
            name = next(name for name in ("EVERYBODY", "AUTHOR", "DESK") if getattr(stories, name) is gone)
            yield Flip(f"{state} is kept from {name}", _sets(READERS_OF, state, left), kinds("reading"), grants=False)
        yield Flip(f"{state} is read by anybody", _adds_reader(state, anybody), kinds("reading"))


def _part(audience: Audience, part: str, answer: Any) -> Callable[[Patch], None]:
    def turn(patch: Patch) -> None:
        other = Audience(**{**vars(audience), part: lambda *_arguments: answer})
        turn_everywhere(patch, audience, other)
        for state, audiences in READERS_OF.items():
            patch.setitem(READERS_OF, state, tuple(other if one is audience else one for one in audiences))

    return turn


def _adds_reader(state: Any, anybody: Audience) -> Callable[[Patch], None]:
    def turn(patch: Patch) -> None:
        patch.setattr(stories, "EVERYBODY", anybody)
        patch.setitem(READERS_OF, state, (*READERS_OF[state], anybody))

    return turn


# --- What the desk asks: the policies' methods, and which right stands for which action.


def flips_of_policies() -> Iterator[Flip]:
    for policy in (RightsPolicy, StoryPolicy):
        for method in ("user_has_permission", "user_has_permission_for_instance"):
            if method in vars(policy):
                for answer in (True, False):
                    turn = _method(policy, method, lambda *_a, answer=answer: answer)
                    yield Flip(f"{policy.__name__}.{method} says {answer}", turn, kinds("policy"), grants=answer)
    for word, found in (("everybody", User.objects.all), ("nobody", User.objects.none)):
        turn = _method(RightsPolicy, "users_with_any_permission", lambda *_a, found=found: found())
        yield Flip(f"RightsPolicy.users_with_any_permission says {word}", turn, kinds("policy"))
    for word, answer in (("yes", True), ("no", False)):
        turn = _method(editions.RoleBackend, "has_perm", lambda *_a, answer=answer, **_k: answer)
        yield Flip(f"RoleBackend.has_perm says always {word}", turn, kinds("policy"))
    for model, rights in ((model, rights) for room in ROOMS for model, rights in room.RIGHTS_OF.items()):
        kept = policy_registry.get_by_type(model).rights
        own = lambda check, model=model: check.kind == "policy" and check.row.name == model._meta.label  # noqa: E731
        for action, right in rights.items():
            other = "account.manage" if right == "desk.enter" else "desk.enter"
            yield Flip(f"{model.__name__}: {action} asks for {other}", _sets(kept, action, other), own)
    for model, right in named_actions.ADD_RIGHT.items():
        own = lambda check: check.kind == "action" and check.row.name == "editions.add_named"  # noqa: E731
        yield Flip(
            f"add {model.__name__} asks for desk.enter", _sets(named_actions.ADD_RIGHT, model, "desk.enter"), own
        )
        assert right != "desk.enter"


def _method(owner: Any, name: str, other: Any) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(owner, name, other)
