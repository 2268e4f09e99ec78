"""Every access function × every person; and that there is no other way from an id to an object."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import Http404

from broadsheet.accounts.roles import RIGHTS, Role
from broadsheet.desk.wagtail_hooks import ROOMS
from broadsheet.editions import access as editions
from broadsheet.editions.access import Given
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import access as stories
from broadsheet.stories.models import Story
from tests.contracts.permissions.cast import ACTORS, Stage
from tests.contracts.permissions.checks import ACCESS, ask_access, ask_policy
from tests.contracts.permissions.sources import files, module_of, parsed, public_functions
from tests.contracts.permissions.tables import Row, read_table

ROWS = read_table("objects.txt", words=2)
POLICIES = read_table("policies.txt", words=2)


def test_every_access_function_has_rows() -> None:
    there = {name for name in public_functions("*/access.py") if ".access_" in name}
    missing = there - {row.name for row in ROWS}
    assert not missing, (
        "These access functions have no row in the permission matrix. Write down whom they let through: rows in "
        "tests/contracts/permissions/tables/objects.txt, and the function in ACCESS in checks.py: "
        + ", ".join(sorted(missing))
    )
    assert {row.name for row in ROWS} == ACCESS.keys()


def test_every_right_has_a_row() -> None:
    rows = {row.words[0] for row in ROWS if row.name == "editions.has_right"}
    assert rows == RIGHTS.keys(), f"Write down in tables/objects.txt who holds {rows ^ RIGHTS.keys()}"


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_access_function_answers_each_person_as_the_table_says(stage: Stage, row: Row) -> None:
    assert {actor: ask_access(stage, row, actor) for actor in ACTORS} == row.expected


@pytest.mark.django_db
@pytest.mark.parametrize("row", POLICIES, ids=str)
def test_a_policy_answers_each_person_as_the_table_says(stage: Stage, row: Row) -> None:
    assert {actor: ask_policy(stage, row, actor) for actor in ACTORS} == row.expected


def test_every_model_on_the_desk_has_rows_for_every_action_it_knows() -> None:
    known = {
        (f"{model._meta.app_label}.{model.__name__}", action)
        for room in ROOMS
        for model, rights in room.RIGHTS_OF.items()
        for action in rights
    }
    missing = known - {(row.name, row.words[0]) for row in POLICIES}
    assert not missing, f"Write down in tables/policies.txt who may: {sorted(missing)}"


@pytest.mark.django_db
def test_an_unknown_right_grants_nothing_and_is_an_error(stage: Stage) -> None:
    with pytest.raises(KeyError):
        editions.has_right(stage.person("admin"), "story.publsh")


@pytest.mark.database  # the rule stands twice, as SQL and as Python: both databases must read it alike
@pytest.mark.django_db
def test_what_a_person_may_read_is_the_same_in_sql_and_in_python(stage: Stage) -> None:
    moment = now()
    for actor in ACTORS:
        person = stage.person(actor)
        listed = set(Story.objects.filter(stories.visible_to(person, moment)).values_list("pk", flat=True))
        for story in Story.objects.all():
            assert stories.is_visible_to(person, moment, story) == (story.pk in listed), f"{actor}: {story}"


@pytest.mark.parametrize(
    ("given", "thing", "reaches"),
    [
        # A role for everything reaches everything.
        ((None, None), (1, {1}), True),
        ((None, None), (None, set()), True),
        # A role for an edition reaches what stands in it, and what has no edition.
        ((1, None), (1, {1}), True),
        ((1, None), (2, {1}), False),
        ((1, None), (None, {1}), True),
        # A role for a section reaches what stands in it, in every edition; and what has no section yet.
        ((None, 1), (2, {1}), True),
        ((None, 1), (2, {2}), False),
        ((None, 1), (2, set()), True),
        # A role for a section of an edition: both.
        ((1, 1), (1, {1, 2}), True),
        ((1, 1), (1, {2}), False),
        ((1, 1), (2, {1}), False),
        ((1, 1), (1, set()), True),
    ],
)
def test_a_role_reaches_as_far_as_it_was_given(
    given: tuple[int | None, int | None], thing: tuple[int | None, set[int]], reaches: bool
) -> None:
    assert Given(Role.EDITOR, *given).covers(thing[0], frozenset(thing[1])) is reaches


def _ways_past_access(file: Path) -> Iterator[str]:
    """The calls in a file by which an id becomes an object without a question."""
    for node in ast.walk(parsed(file)):
        if not isinstance(node, ast.Call):
            continue
        text = ast.unparse(node.func)
        if text.split(".")[-1] in ("get_object_or_404", "get_list_or_404", "in_bulk"):
            yield f"{file.name}:{node.lineno}: {text}"
        asks_by_id = any(word.arg in ("pk", "id", "pk__in", "id__in") for word in node.keywords)
        if ".objects" in text and (text.endswith(".get") or asks_by_id):
            yield f"{file.name}:{node.lineno}: {text}({', '.join(str(word.arg) for word in node.keywords)})"


def test_views_and_the_desk_come_from_an_id_to_an_object_only_through_access() -> None:
    asked = {*files("*/views.py"), *files("*/desk.py"), *files("*/desk/*.py"), *files("desk/*.py")}
    # Those two are where the questions are asked, here as in every room.
    asked -= {*files("*/access.py"), *files("*/actions.py")}
    past = [f"{module_of(file)}: {way}" for file in sorted(asked) for way in _ways_past_access(file)]
    assert not past, "Ask access_x(person, id, right) instead:\n" + "\n".join(past)


def test_the_search_for_ways_past_access_finds_them(tmp_path: Path) -> None:
    file = tmp_path / "views.py"
    file.write_text(
        "Story.objects.get(pk=1)\nStory.objects.select_related('x').filter(pk=1).first()\n"
        "get_object_or_404(Story, pk=1)\nStory.objects.in_bulk([1])\nStory.objects.filter(visible_to(who, when))\n",
        encoding="utf-8",
    )
    assert len(list(_ways_past_access(file))) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Refused, Http404])
def test_a_refusal_is_no_answer(stage: Stage, kind: type[Exception]) -> None:
    """The two ways of saying no are exceptions, so that nobody goes on by mistake."""
    actor = "moderator" if kind is Refused else "rep-else"
    with pytest.raises(kind):
        stories.access_story(stage.person(actor), stage.things["draft"].pk, "story.edit")
