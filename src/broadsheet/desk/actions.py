"""Every write of the desk: stories handed over, steps arranged, notices and mails looked at."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log, registry

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.desk.access import access_notice, access_steps, holds_role, staff_who_read
from broadsheet.desk.models import AtWork, HandOver, MailboxSeen, Notice, NoticeKind, Step
from broadsheet.desk.steps import (
    LONGEST_NAME,
    MOST_STEPS,
    Standing,
    StepValue,
    after_change,
    name_of,
    standing_of,
    steps_of,
    version_of_steps,
)
from broadsheet.desk.telling import tell
from broadsheet.desk.zones import moment_for
from broadsheet.editions.access import Person, require_right
from broadsheet.editions.models import Section
from broadsheet.editions.versions import changed_meanwhile
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import access_story, may
from broadsheet.stories.events import RemarkSaid
from broadsheet.stories.models import State, Story


@transaction.atomic
def hand_over(
    by: Person, story_id: int, to_step: str, to_person: int | None = None, note: str = "", *, seen: int
) -> HandOver:
    """Hand a story over to a step, and to a person or else to the role that the step waits for; they are told.

    `to_step` is the step's word, `seen` the number of the last hand-over that `by` has seen (0 for none): where there
    was another one meanwhile, it is refused with who did what and when.
    """
    story = access_story(by, story_id, "story.edit", for_update=True)
    assert isinstance(by, User)
    before = standing_of(story)
    _refuse_late(by, before, seen)
    step = next((one for one in steps_of(story.section_id) if one.word == to_step), None)
    if step is None:
        raise Refused("step.unknown", _("This step is not in the section’s list any more."), _("Nothing was changed."))
    to = _reader(story, to_person) if to_person is not None else None
    AtWork.objects.update_or_create(
        story=story,
        defaults={"word": step.word, "place": step.place, "waits_for": step.waits_for, "holder": to, "since": now()},
    )
    done = HandOver.objects.create(
        story=story,
        from_word=before.step.word,
        to_word=step.word,
        by=by,
        to=to,
        to_role="" if to else step.waits_for,
        note=note.strip()[:1000],
    )
    _log_and_tell(done, story, step, by, to)
    return done


def _refuse_late(by: User, before: Standing, seen: int) -> None:
    if before.seen == seen:
        return
    last = HandOver.objects.filter(pk=before.seen).select_related("by", "to").first()
    words = {
        "name": (last.by if last else None) or _("Somebody"),
        "step": name_of(last.to_word) if last else before.step.name,
        "time": moment_for(by, last.at) if last else "",
    }
    raise Refused(
        "hand-over.late",
        _("%(name)s handed this story over meanwhile: %(step)s, %(time)s.") % words,
        _("Nothing was changed. Your note is below; look again, and send it if it still fits."),
    )


def _reader(story: Story, person_id: int) -> User:
    person = next((one for one in staff_who_read(story) if one.pk == person_id), None)
    if person is None:
        sentence = _("Whoever you chose may not read this story. Choose somebody else.")
        raise Refused("hand-over.not-a-reader", sentence, _("Nothing was changed."))
    return person


def _log_and_tell(done: HandOver, story: Story, step: StepValue, by: User, to: User | None) -> None:
    said = {"from": done.from_word, "to": done.to_word, "role": done.to_role, "note": done.note}
    log(
        instance=story,
        action="broadsheet.hand_over",
        user=by,
        data={**said, "person": str(to) if to else "", "person_id": to.pk if to else None},
    )
    people = [to] if to else _holders_of(story, step)
    for person in people:
        if person.pk != by.pk:
            notice = Notice(kind=NoticeKind.HANDED_OVER, by=by, word=step.word, text=done.note, at=done.at)
            tell(notice, person, story)


def _holders_of(story: Story, step: StepValue) -> list[User]:
    """Everybody whose role a step waits for; where it waits for none, whoever began the story."""
    people = staff_who_read(story)
    if not step.waits_for:
        return [person for person in people if person.pk == story.begun_by_id]
    return [person for person in people if holds_role(person, step.waits_for, story)]


def end_work(story: Story) -> None:
    """A published story waits for nobody: called in the transaction that publishes, changes or withdraws it."""
    if story.state == State.PUBLISHED:
        AtWork.objects.filter(story_id=story.pk).delete()


@transaction.atomic
def arrange_steps(
    by: Person, section_id: int | None, steps: Iterable[tuple[str, str]], *, seen: str | None = None
) -> None:
    """Write the list of steps of a section, or of all with None: words and the roles that they wait for, in order.

    An empty list takes the section's own away. Stories that stand at a step which is gone stand at the nearest one
    before it. `seen` is the version of the list that the form showed: another one is not overwritten.
    """
    section = access_steps(by, section_id)
    _refuse_other_steps(by, section, seen)
    wanted = [(word.strip(), role) for word, role in steps if word.strip()]
    _check_steps(wanted)
    before = steps_of(section_id)
    Step.objects.filter(section=section).delete()
    Step.objects.bulk_create(
        Step(section=section, word=word, waits_for=role, order=place) for place, (word, role) in enumerate(wanted)
    )
    _stand_anew(section_id, before)
    if section is not None:
        log(instance=section, action="broadsheet.steps", user=by if isinstance(by, User) else None)


def _refuse_other_steps(by: Person, section: Section | None, seen: str | None) -> None:
    list(Step.objects.select_for_update().order_by("pk").values_list("pk"))
    if seen is None or seen == version_of_steps(section.pk if section else None):
        return
    lines = registry.get_logs_for_instance(section).filter(action="broadsheet.steps") if section else None
    line = lines.select_related("user").order_by("-pk").first() if lines is not None else None
    raise changed_meanwhile(line and line.user, line and line.timestamp, by=by)


def _check_steps(wanted: list[tuple[str, str]]) -> None:
    words = [word for word, _role in wanted]
    kept = _("Nothing was changed.")
    if len(words) != len({word.casefold() for word in words}):
        raise Refused("steps.twice", _("Two steps have the same name."), kept)
    if len(words) > MOST_STEPS:
        raise Refused("steps.many", _("A list has at most %(most)d steps.") % {"most": MOST_STEPS}, kept)
    if any(len(word) > LONGEST_NAME for word in words):
        raise Refused("steps.long", _("A step’s name has at most %(most)d letters.") % {"most": LONGEST_NAME}, kept)
    if any(role not in ("", *Role.values) for _word, role in wanted):
        raise Refused("steps.role", _("There is no such role."), kept)


def _stand_anew(section_id: int | None, before: tuple[StepValue, ...]) -> None:
    """Let the stories at work that a list concerns stand in it as it is now."""
    rows, now_there = AtWork.objects.select_related("story"), steps_of(section_id)
    others = Step.objects.exclude(section=None).values("section")
    mine = rows.exclude(story__section__in=others) if section_id is None else rows.filter(story__section=section_id)
    for row in mine:
        step = after_change(before, now_there, row.word)
        if (row.word, row.place, row.waits_for) != (step.word, step.place, step.waits_for):
            row.word, row.place, row.waits_for = step.word, step.place, step.waits_for
            row.save(update_fields=["word", "place", "waits_for"])


@transaction.atomic
def tell_of_remark(said: RemarkSaid) -> None:
    """Tell those whom a comment concerns, and whoever has the story now; called in the transaction that writes it."""
    story = Story.objects.select_related("edition", "latest_revision").get(pk=said.story_id)
    by = User.objects.get(pk=said.by_id)
    people = set(said.people)
    if said.kind == NoticeKind.REMARK:
        people |= set(AtWork.objects.filter(story=story, holder__isnull=False).values_list("holder_id", flat=True))
    for person in User.objects.filter(pk__in=people - {by.pk}, is_active=True):
        if may(person, "story.read", story):
            tell(Notice(kind=said.kind, by=by, remark_id=said.remark_id, text=said.text[:1000]), person, story)


@transaction.atomic
def read_notice(by: Person, notice_id: int) -> None:
    """Note that a notice was read by whom it was for."""
    notice = access_notice(by, notice_id)
    if notice.read_at is None:
        notice.read_at = now()
        notice.save(update_fields=["read_at"])


def read_all_notices(by: Person) -> int:
    """Note that somebody has read all their notices; returns how many were new."""
    require_right(by, "desk.enter")
    return Notice.objects.filter(person_id=by.pk, read_at=None).update(read_at=now())


def note_mailbox_seen(by: Person, newest: int) -> None:
    """Note how far somebody has looked at the mailbox; never back."""
    require_right(by, "mailbox.read")
    _row, is_new = MailboxSeen.objects.get_or_create(person_id=by.pk, defaults={"mail_id": newest})
    if not is_new:
        MailboxSeen.objects.filter(person_id=by.pk, mail_id__lt=newest).update(mail_id=newest)
