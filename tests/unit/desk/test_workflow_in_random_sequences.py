"""Whatever is saved, handed over, published, withdrawn, deleted and brought back in whatever order: a simple model says
where each story stands, and who has it."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from django.db import transaction
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

from broadsheet.accounts.models import User
from broadsheet.desk.actions import arrange_steps, hand_over
from broadsheet.desk.first_lists import waiting_for
from broadsheet.desk.models import AtWork, HandOver, Notice
from broadsheet.desk.steps import standing_of
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import (
    delete_story,
    publish_revision,
    restore_story,
    restore_version,
    save_story,
    withdraw_story,
)
from broadsheet.stories.models import State, Story
from broadsheet.stories.seen import Seen
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NUMBER = st.integers(0, 5)
WORDS = ("draft", "fact check", "legal", "ready")


@dataclass
class Told:
    """What the model knows of a story: its state, its versions, its step and holder, and its hand-overs."""

    state: str = "draft"
    versions: list[str] = field(default_factory=list)
    step: str | None = None
    """None: at the first step, whatever that is."""
    holder: int | None = None
    hand_overs: int = 0
    saves: int = 0


class Newsdesk(RuleBasedStateMachine):
    """A reporter, an editor and an administrator who do whatever comes to mind."""

    newsroom: ClassVar[Newsroom]
    people: ClassVar[list[User]]

    @initialize()
    def open(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.stories: dict[int, Told] = {}
        self.deleted: dict[int, Told] = {}
        self.windows: dict[int, tuple[Seen, int]] = {}
        self.steps: tuple[str, ...] = ("draft", "with-editor", "ready")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def pick(self, number: int) -> tuple[int, Told]:
        return list(self.stories.items())[number % len(self.stories)]

    def has_stories(self) -> bool:
        return bool(self.stories)

    @rule()
    def begin(self) -> None:
        story = self.newsroom.draft(self.people[0], headline="Version 0")
        self.stories[story.pk] = Told(versions=["Version 0"])

    @precondition(has_stories)
    @rule(number=NUMBER, who=st.integers(0, 2))
    def save(self, number: int, who: int) -> None:
        pk, told = self.pick(number)
        headline = f"Version {len(told.versions)}"
        try:
            self.newsroom.edit(Story.objects.get(pk=pk), self.people[who], headline=headline)
        except Refused:
            # Only whoever began it loses the right to it, and only once it was published.
            assert who == 0
            assert told.state != "draft"
        else:
            told.versions.append(headline)
            told.saves += 1

    @precondition(has_stories)
    @rule(number=NUMBER)
    def open_window(self, number: int) -> None:
        """Somebody opens the story, and may save it much later."""
        pk, told = self.pick(number)
        self.windows[pk] = Seen.of(Story.objects.get(pk=pk), f"window {pk} {told.saves}"), told.saves

    @precondition(lambda self: any(pk in self.stories for pk in self.windows))
    @rule(number=NUMBER)
    def save_in_window(self, number: int) -> None:
        """It is saved if nobody else saved it since the window was opened; else refused, and their text stands."""
        open_ones = [pk for pk in self.windows if pk in self.stories]
        pk = open_ones[number % len(open_ones)]
        told, (seen, saves) = self.stories[pk], self.windows.pop(pk)
        draft = Story.objects.get(pk=pk).get_latest_revision_as_object()
        draft.headline = f"Version {len(told.versions)}"
        if saves != told.saves:
            with pytest.raises(Refused, match="changed this"):
                save_story(self.people[1], draft, seen=seen)
            return
        save_story(self.people[1], draft, seen=seen)
        told.versions.append(draft.headline)
        told.saves += 1

    @precondition(has_stories)
    @rule(number=NUMBER, back=st.integers(0, 3))
    def bring_back(self, number: int, back: int) -> None:
        """An older version is saved anew: where the story stands is not the version's."""
        pk, told = self.pick(number)
        headline = told.versions[-1 - back % len(told.versions)]
        old = Story.objects.get(pk=pk).revisions.filter(object_str=headline).earliest("pk")
        assert old.as_object().state == told.state
        restore_version(self.newsroom.chief, pk, old.pk)
        told.versions.append(headline)
        told.saves += 1

    @precondition(has_stories)
    @rule(number=NUMBER, step=st.integers(0, 3), to=st.one_of(st.none(), st.integers(0, 2)), is_late=st.booleans())
    def hand_over(self, number: int, step: int, to: int | None, is_late: bool) -> None:
        pk, told = self.pick(number)
        word = self.steps[step % len(self.steps)]
        person = None if to is None else self.people[to].pk
        seen = standing_of(Story.objects.get(pk=pk)).seen
        if is_late and told.hand_overs:
            with pytest.raises(Refused, match="meanwhile"):
                hand_over(self.newsroom.chief, pk, word, person, seen=seen - 1)
            return
        hand_over(self.newsroom.chief, pk, word, person, seen=seen)
        told.step, told.holder, told.hand_overs = word, person, told.hand_overs + 1

    @precondition(has_stories)
    @rule(number=NUMBER)
    def publish(self, number: int) -> None:
        pk, told = self.pick(number)
        latest = Story.objects.get(pk=pk).latest_revision
        assert latest is not None
        publish_revision(self.people[1], latest)
        told.state, told.step, told.holder = "published", None, None

    @precondition(has_stories)
    @rule(number=NUMBER)
    def withdraw(self, number: int) -> None:
        pk, told = self.pick(number)
        try:
            withdraw_story(self.people[1], pk)
        except Refused:
            assert told.state != "published"
        else:
            told.state = "withdrawn"

    @precondition(has_stories)
    @rule(number=NUMBER)
    def delete(self, number: int) -> None:
        """A draft goes, until it is brought back; what was published stays."""
        pk, told = self.pick(number)
        with suppress(Refused):
            delete_story(self.people[1], pk)
            assert told.state == "draft"
            self.gone(pk)

    def gone(self, pk: int) -> None:
        assert Story.objects.get(pk=pk).state == State.DELETED
        self.deleted[pk] = self.stories.pop(pk)

    @precondition(lambda self: bool(self.deleted))
    @rule(number=NUMBER)
    def restore(self, number: int) -> None:
        """A deleted draft comes back as it was, at the step at which it stood."""
        pk = list(self.deleted)[number % len(self.deleted)]
        restore_story(self.people[1], pk)
        self.stories[pk] = self.deleted.pop(pk)

    @rule(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
    def change_steps(self, words: list[str]) -> None:
        arrange_steps(self.newsroom.chief, None, [(word, "editor" if word == "legal" else "") for word in words])
        for told in (*self.stories.values(), *self.deleted.values()):
            if told.step is not None:
                before = self.steps[: self.steps.index(told.step) + 1]
                left = [word for word in before if word in words]
                told.step = left[-1] if left else words[0]
        self.steps = tuple(words)

    @invariant()
    def each_story_stands_where_the_model_says(self) -> None:
        for pk, told in self.stories.items():
            story = Story.objects.get(pk=pk)
            standing: Any = standing_of(story)
            assert story.state == told.state
            assert standing.step.word == (told.step or self.steps[0])
            assert (standing.holder.pk if standing.holder else None) == told.holder
            assert HandOver.objects.filter(story=story).count() == told.hand_overs
            assert story.get_latest_revision_as_object().headline == told.versions[-1]

    @invariant()
    def what_waits_for_somebody_is_on_their_first_screen(self) -> None:
        if AtWork.objects.count() > 8:
            return
        for person in self.people:
            mine = {pk for pk, told in self.stories.items() if told.holder == person.pk}
            listed = {row["address"].rstrip("/").rsplit("/", 1)[1] for row in waiting_for(person)}
            assert {str(pk) for pk in mine} <= listed

    @invariant()
    def every_notice_is_of_somebody_elses_doing(self) -> None:
        assert not [notice for notice in Notice.objects.all() if notice.person_id == notice.by_id]


def test_a_story_stands_where_a_simple_model_says_in_random_sequences(newsroom: Newsroom) -> None:
    Newsdesk.newsroom = newsroom
    Newsdesk.people = [
        newsroom.member("reporter", edition="main", section="world"),
        newsroom.member("editor", edition="main", section="world"),
        newsroom.member("chief"),
    ]
    few = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Newsdesk, settings=few)
