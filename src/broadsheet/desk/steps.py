"""The steps of a story's way to publication: which there are for it, and at which one it stands."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.desk.models import AtWork, HandOver, KnownStep, Step
from broadsheet.stories.models import Story

MOST_STEPS, LONGEST_NAME = 12, 60


@dataclass(frozen=True)
class StepValue:
    """A step: its word, the role that it waits for (or nothing), and its place in the list, from 0."""

    word: str
    waits_for: str
    place: int

    @property
    def name(self) -> str:
        return name_of(self.word)

    @property
    def role(self) -> str:
        return role_name(self.waits_for)


@dataclass(frozen=True)
class Standing:
    """Where a story stands; `seen` is the number of its last hand-over, 0 for none, by which a later one is noticed."""

    step: StepValue
    holder: User | None
    since: datetime | None
    seen: int


# What stands until an administrator writes another list.
USUAL = (
    StepValue(KnownStep.DRAFT, "", 0),
    StepValue(KnownStep.WITH_EDITOR, Role.EDITOR, 1),
    StepValue(KnownStep.READY, Role.EDITOR, 2),
)


def name_of(word: str) -> str:
    """A step's name: translated where it is a known one, else as it was written."""
    return str(KnownStep(word).label) if word in KnownStep.values else word


def role_name(role: str) -> str:
    """A role's name, or nothing."""
    return str(Role(role).label) if role else ""


def word_of(name: str) -> str:
    """The word of a step that somebody calls so: that of a known one in the present language, or the name."""
    return next((step.value for step in KnownStep if str(step.label) == name), name)


def steps_of(section_id: int | None) -> tuple[StepValue, ...]:
    """The steps of a section's stories: its own list, or that of all, or the usual one."""
    own = own_steps(section_id) if section_id is not None else ()
    return own or own_steps(None) or USUAL


def own_steps(section_id: int | None) -> tuple[StepValue, ...]:
    """The list that was written for a section, or for all with None; empty where there is none."""
    rows = Step.objects.filter(section=section_id) if section_id is not None else Step.objects.filter(section=None)
    return tuple(StepValue(row.word, row.waits_for, place) for place, row in enumerate(rows.order_by("order")))


def version_of_steps(section_id: int | None) -> str:
    """What tells one list of steps from another: a form that showed this one has seen what stands."""
    said = "\n".join(f"{step.word}\t{step.waits_for}" for step in steps_of(section_id))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def after_change(old: tuple[StepValue, ...], new: tuple[StepValue, ...], word: str) -> StepValue:
    """Where stories of this step stand in a list that was changed: there, or at the nearest one before that is left."""
    words = [step.word for step in old]
    before = words[: words.index(word) + 1] if word in words else []
    left = {step.word: step for step in new}
    return next((left[one] for one in reversed(before) if one in left), new[0])


def nearest(steps: tuple[StepValue, ...], word: str, place: int) -> StepValue:
    """The step of this word; where the list has it no more, the nearest one before the place where it stood."""
    same = next((step for step in steps if step.word == word), None)
    return same or steps[max(0, min(place - 1, len(steps) - 1))]


def standing_of(story: Story) -> Standing:
    """Where a story stands; one that nobody handed over yet, and one that was published since, at the first step."""
    last = HandOver.objects.filter(story=story).order_by("-pk").values_list("pk", flat=True).first()
    row = AtWork.objects.filter(story=story).select_related("holder").first()
    steps = steps_of(story.section_id)
    if row is None:
        return Standing(steps[0], None, None, last or 0)
    return Standing(nearest(steps, row.word, row.place), row.holder, row.since, last or 0)


def hand_overs_of(story: Story, most: int = 30) -> Iterable[HandOver]:
    """The last hand-overs of a story, the newest first."""
    return HandOver.objects.filter(story=story).select_related("by", "to").order_by("-pk")[:most]
