"""Who may read which story: the same rule in SQL and in Python, and a table of expectations written by hand."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.accounts.actions import close_account
from broadsheet.accounts.models import User, UserKind
from broadsheet.accounts.roles import Role
from broadsheet.editions.access import Given, Person, roles_of
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import NOBODY, READERS_OF, access_story, is_visible_to, visible_to
from broadsheet.stories.models import State, Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
MOMENTS = (BEFORE, NOON - timedelta(microseconds=1), NOON, AFTER)


def row(number: int, state: State, **fields: Any) -> Story:
    """A story's row as the database allows it in a state."""
    live = state is State.PUBLISHED
    address = f"/world/2026/11/23/{number}/" if live or state is State.WITHDRAWN else ""
    fields.setdefault("published_at", NOON if address else None)
    return Story(
        headline=f"Number {number}",
        state=state,
        live=live,
        address=address,
        changed_at=fields["published_at"],
        deleted_at=NOON if state is State.DELETED else None,
        **fields,
    )


def every_kind_of_row(newsroom: Newsroom, authors: list[User | None]) -> list[Story]:
    """A story for each state, edition, section, author, and moment of publication that the database allows."""
    sections = [*newsroom.sections.values(), None]
    editions = [newsroom.english, newsroom.russian]
    rows: list[Story] = []
    for state, edition, section, author in itertools.product(State, editions, sections, authors):
        for published_at in (BEFORE, NOON, AFTER) if state in (State.PUBLISHED, State.WITHDRAWN) else (None,):
            if state is State.PUBLISHED and section is None:
                continue
            rows.append(
                row(len(rows), state, edition=edition, section=section, begun_by=author, published_at=published_at)
            )
    Story.objects.bulk_create(rows)
    return list(Story.objects.all())


def assert_agree(who: Person, moment: datetime, stories: list[Story]) -> None:
    in_sql = set(Story.objects.filter(visible_to(who, moment)).values_list("pk", flat=True))
    in_python = {story.pk for story in stories if is_visible_to(who, moment, story)}
    assert in_sql == in_python, f"{who}, {roles_of(who)}, at {moment}"


def test_sql_and_python_agree_for_whoever_asks_whenever(newsroom: Newsroom) -> None:
    author, other = newsroom.member(Role.REPORTER, edition="main", section="world"), newsroom.staff[Role.MODERATOR]
    stories = every_kind_of_row(newsroom, [None, author, other])
    assert newsroom.reader is not None
    closed = newsroom.member(Role.EDITOR)
    close_account(email=closed.email)
    closed.refresh_from_db()
    without_role = User.objects.create_user("new@newsroom.example", kind=UserKind.STAFF)
    people: list[Person] = [NOBODY, newsroom.reader, author, other, closed, without_role, *newsroom.staff.values()]
    for who in people:
        for moment in MOMENTS:
            assert_agree(who, moment, stories)

    editions = st.sampled_from([None, newsroom.english.pk, newsroom.russian.pk])
    sections = st.sampled_from([None, *(section.pk for section in newsroom.sections.values())])
    given_roles = st.builds(Given, role=st.sampled_from(Role), edition_id=editions, section_id=sections)

    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @given(st.lists(given_roles, max_size=3), st.sampled_from(MOMENTS), st.booleans())
    def agree(roles: list[Given], moment: datetime, is_author: bool) -> None:
        who = author if is_author else newsroom.chief
        who._roles = tuple(roles)  # type: ignore[attr-defined]
        assert_agree(who, moment, stories)

    agree()


def test_every_state_stands_in_the_table() -> None:
    assert set(READERS_OF) == set(State)


# Who -> which of the stories below they may read, at noon.
PUBLIC = {"published"}
UNPUBLISHED = {"draft", "scheduled", "embargoed", "withdrawn"}
DESK = PUBLIC | UNPUBLISHED | {"published tomorrow"}
EXPECTED: dict[str, set[str]] = {
    "nobody": PUBLIC,
    "a reader": PUBLIC,
    "staff without a role": PUBLIC,
    "an editor whose account was closed": PUBLIC,
    "the reporter who began it": DESK,
    "a reporter of this section": DESK,
    "an editor of this edition": DESK,
    "a moderator of all": DESK,
    "a chief of all": DESK,
    "a reporter of another section": PUBLIC,
    "an editor of another edition": PUBLIC,
    "a chief of another edition, in this section": PUBLIC,
    "an editor of another section and a reporter of this one": DESK,
}


def people(newsroom: Newsroom, author: User) -> dict[str, Person]:
    assert newsroom.reader is not None
    closed = newsroom.member(Role.EDITOR)
    close_account(email=closed.email)
    closed.refresh_from_db()
    both = newsroom.member(Role.EDITOR, section="culture")
    from broadsheet.editions.actions import assign

    assign(email=both.email, role=Role.REPORTER, section="world", edition="main")
    return {
        "nobody": NOBODY,
        "a reader": newsroom.reader,
        "staff without a role": User.objects.create_user("new@newsroom.example", kind=UserKind.STAFF),
        "an editor whose account was closed": closed,
        "the reporter who began it": author,
        "a reporter of this section": newsroom.member(Role.REPORTER, section="world"),
        "an editor of this edition": newsroom.member(Role.EDITOR, edition="main"),
        "a moderator of all": newsroom.staff[Role.MODERATOR],
        "a chief of all": newsroom.staff[Role.CHIEF],
        "a reporter of another section": newsroom.member(Role.REPORTER, section="economy"),
        "an editor of another edition": newsroom.member(Role.EDITOR, edition="ru"),
        "a chief of another edition, in this section": newsroom.member(Role.CHIEF, edition="ru", section="world"),
        "an editor of another section and a reporter of this one": both,
    }


def test_the_table_of_readers(newsroom: Newsroom) -> None:
    author = newsroom.member(Role.REPORTER, section="culture")
    world = {"edition": newsroom.english, "section": newsroom.sections["world"], "begun_by": author}
    rows = {state.value: row(number, state, **world) for number, state in enumerate(State)}
    rows["published tomorrow"] = row(9, State.PUBLISHED, **world, published_at=NOON + timedelta(days=1))
    for story in rows.values():
        story.save()
    names = {story.pk: name for name, story in rows.items()}
    for name, who in people(newsroom, author).items():
        seen = Story.objects.filter(visible_to(who, NOON)).values_list("pk", flat=True)
        assert {names[pk] for pk in seen} == EXPECTED[name], name


def test_who_may_not_know_of_a_story_gets_404_and_who_may_only_read_it_a_refusal(newsroom: Newsroom) -> None:
    author = newsroom.member(Role.REPORTER, section="culture")
    story = row(1, State.DRAFT, edition=newsroom.english, section=newsroom.sections["world"], begun_by=author)
    story.save()
    for name, who in people(newsroom, author).items():
        if EXPECTED[name] == PUBLIC:
            with pytest.raises(Http404):
                access_story(who, story.pk, "story.read")
            with pytest.raises(Http404):
                access_story(who, story.pk, "story.publish")
        else:
            assert access_story(who, story.pk, "story.read") == story
    with pytest.raises(Refused, match="Your role does not allow this"):
        access_story(author, story.pk, "story.publish")
    with pytest.raises(Http404):
        access_story(newsroom.chief, 10**9, "story.read")


def test_a_draft_without_a_section_is_read_by_every_section_of_its_edition(newsroom: Newsroom) -> None:
    story = row(1, State.DRAFT, edition=newsroom.english, section=None)
    story.save()
    here = newsroom.member(Role.REPORTER, edition="main", section="economy")
    elsewhere = newsroom.member(Role.REPORTER, edition="ru", section="economy")
    assert Story.objects.filter(visible_to(here, NOON)).exists()
    assert not Story.objects.filter(visible_to(elsewhere, NOON)).exists()
