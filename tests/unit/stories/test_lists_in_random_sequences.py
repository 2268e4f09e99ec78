"""Whatever is done in whatever order, the kept lists and counts are those that a plain query gives."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import (
    delete_story,
    publish_revision,
    publish_what_is_due,
    restore_story,
    unschedule_story,
    withdraw_story,
)
from broadsheet.stories.models import Address, Byline, Story
from tests.factories import Newsroom, make_person
from tests.unit.stories.plain_lists import kept_counts, kept_lists, plain_lists

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NUMBER = st.integers(min_value=0, max_value=7)
SECTIONS = ("world", "economy", "culture")


class Desk(RuleBasedStateMachine):
    """An editor who does whatever comes to mind, at moments that often are the same."""

    newsroom: ClassVar[Newsroom]
    people: ClassVar[list[Any]]

    @initialize()
    def open(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.moment = NOON
        self.addresses: dict[str, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def story(self, number: int) -> Story:
        stories = list(Story.objects.order_by("pk"))
        chosen: Story = stories[number % len(stories)]
        return chosen

    def has_stories(self) -> bool:
        return bool(Story.objects.exists())

    @rule(hours=st.integers(0, 3))
    def wait(self, hours: int) -> None:
        self.moment += timedelta(hours=hours)

    @rule(section=st.sampled_from(SECTIONS), is_russian=st.booleans())
    def begin(self, section: str, is_russian: bool) -> None:
        edition = self.newsroom.russian if is_russian else self.newsroom.english
        self.newsroom.draft(edition=edition, section=self.newsroom.sections[section])

    @precondition(has_stories)
    @rule(
        number=NUMBER,
        section=st.sampled_from(SECTIONS),
        further=st.lists(st.sampled_from(SECTIONS), max_size=3, unique=True),
        writers=st.lists(st.integers(0, 2), max_size=3, unique=True),
        has_topic=st.booleans(),
        go_live=st.one_of(st.none(), st.integers(-1, 2)),
    )
    def edit(
        self, number: int, section: str, further: list[str], writers: list[int], has_topic: bool, go_live: int | None
    ) -> None:
        self.newsroom.edit(
            self.story(number),
            section=self.newsroom.sections[section],
            further_sections=[self.newsroom.sections[slug] for slug in further],
            bylines=[Byline(person=self.people[writer], sort_order=writer) for writer in writers],
            topics=[self.newsroom.topic] if has_topic else [],
            go_live_at=None if go_live is None else self.moment + timedelta(hours=go_live),
        )

    @precondition(has_stories)
    @rule(number=NUMBER, back=st.integers(0, 2))
    def publish(self, number: int, back: int) -> None:
        with stopped_at(self.moment):
            revisions = list(self.story(number).revisions.order_by("-pk"))
            publish_revision(self.newsroom.chief, revisions[back % len(revisions)])

    @precondition(has_stories)
    @rule(number=NUMBER)
    def come_due(self, number: int) -> None:
        with stopped_at(self.moment):
            publish_what_is_due(self.story(number).pk)

    @precondition(has_stories)
    @rule(number=NUMBER, act=st.sampled_from((withdraw_story, unschedule_story, delete_story, restore_story)))
    def end(self, number: int, act: Any) -> None:
        with suppress(Refused, Http404):
            act(self.newsroom.chief, self.story(number).pk)

    @invariant()
    def lists_and_counts_are_those_of_a_plain_query(self) -> None:
        lists = plain_lists()
        assert kept_lists() == lists
        assert kept_counts() == {place: len(stories) for place, stories in lists.items()}

    @invariant()
    def addresses_stay(self) -> None:
        now = {f"{row.edition_id}{row.path}": row.story_id for row in Address.objects.all()}
        assert self.addresses.items() <= now.items()
        self.addresses = now


def test_lists_and_counts_stay_right_in_random_sequences(newsroom: Newsroom) -> None:
    Desk.newsroom = newsroom
    Desk.people = [newsroom.writer, newsroom.speaker, make_person(newsroom.chief, "bob", "Bob", "Боб", writes=True)]
    few = settings(
        max_examples=20,
        stateful_step_count=18,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Desk, settings=few)
