"""Every write on fronts and breaking lines: one verb, one transaction, one event."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.design.words import as_moment
from broadsheet.editions.access import Person
from broadsheet.editions.models import Edition
from broadsheet.editions.versions import refuse_changed_since
from broadsheet.foundation.clock import now
from broadsheet.foundation.events import announce
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.access import access_container, access_front, access_place
from broadsheet.fronts.checks import MOST_PINS, check_arrangement, check_line, plain
from broadsheet.fronts.events import BreakingCleared, BreakingSet, FrontArranged, StoryPinned, StoryUnpinned
from broadsheet.fronts.models import BreakingLine, Container, Front, Pin, Rule
from broadsheet.fronts.plans import Plan
from broadsheet.jobs.actions import run_at
from broadsheet.stories.access import visible_to
from broadsheet.stories.models import Story

USUAL_TIME = timedelta(hours=2)
ARRANGED_MEANWHILE = "front.arranged-meanwhile"


@transaction.atomic
def arrange_front(by: Person, edition_id: int, section_id: int | None, plan: Plan, *, version: int) -> Front:
    """Replace the containers of a front; no containers is the way back to the default.

    `version` is the one from which the editor arranged, 0 where nobody had: if it is another now, the refusal says who
    arranged the front meanwhile, and when.
    """
    edition, section = access_place(by, edition_id, section_id)
    check_arrangement(plan, section_id, now())
    front: Front = Front.objects.select_for_update().get_or_create(edition=edition, section=section)[0]
    _refuse_older(front, version)
    kept = set(Pin.objects.filter(front=front).values_list("story_id", flat=True))
    _refuse_pins(by, edition_id, {pin.story_id for one in plan for pin in one.pins} - kept)
    front.containers.all().delete()
    _write(front, plan)
    _note(front, by, "wagtail.edit")
    announce(FrontArranged(edition_id, section_id, front.version))
    return front


@transaction.atomic
def pin_story(
    by: Person, container_id: int, story_id: int, *, until: datetime | None = None, first: bool = True
) -> None:
    """Pin a story in a container, before its other pins or behind them; from elsewhere on the front it is moved."""
    front = access_front(by, access_container(by, container_id).front_id, for_update=True)
    container = access_container(by, container_id)  # once more: another editor may have arranged the front meanwhile
    if until is not None and until <= now():
        raise Refused(
            "pin.past", _("The end of the pin lies in the past. Choose a later one."), _("Nothing was changed.")
        )
    if container.rule == Rule.BRIEFS:
        raise Refused(
            "pin.among-briefs",
            _("Stories cannot be pinned among briefs. Pin them in another container."),
            _("Nothing was changed."),
        )
    _refuse_pins(by, front.edition_id, {story_id})
    Pin.objects.filter(front=front, story_id=story_id).delete()
    pins = Pin.objects.filter(container=container)
    if pins.count() >= MOST_PINS:
        raise Refused(
            "pin.too-many",
            _("At most %(most)d stories are pinned in one container.") % {"most": MOST_PINS},
            _("Nothing was changed."),
        )
    if first:
        pins.update(place=F("place") + 1)
    last = pins.aggregate(last=Max("place"))["last"]
    place = 0 if first or last is None else last + 1
    Pin.objects.create(container=container, front=front, story_id=story_id, until=until, place=place)
    _end_pins_at(front, until)
    _note(front, by, "wagtail.edit")
    announce(StoryPinned(front.edition_id, front.section_id, story_id))


@transaction.atomic
def unpin_story(by: Person, front_id: int, story_id: int) -> None:
    """Take a pin from a front; the story stands where the rules put it."""
    front = access_front(by, front_id, for_update=True)
    gone, _rows = Pin.objects.filter(front=front, story_id=story_id).delete()
    if not gone:
        raise Refused("pin.none", _("The story is not pinned on this front."), _("Nothing was changed."))
    _note(front, by, "wagtail.edit")
    announce(StoryUnpinned(front.edition_id, front.section_id, story_id))


@transaction.atomic
def end_pins(front_id: int) -> int:
    """Remove the pins of a front whose end has come; returns how many. The version stays: no editor changed it."""
    gone, _rows = Pin.objects.filter(front_id=front_id, until__lte=now()).delete()
    return gone


@transaction.atomic
def set_breaking(
    by: Person,
    edition_id: int,
    text: str,
    *,
    story_id: int | None = None,
    until: datetime | None = None,
    version: str | None = None,
) -> BreakingLine:
    """Show a line at the top of an edition's fronts, in place of one that is there; for two hours if not said else.

    `version` is that of the line which the editor saw, empty where there was none: another one is not replaced.
    """
    edition, _no_section = access_place(by, edition_id, None)
    moment = now()
    _refuse_another_line(by, edition, version, moment)
    until = until or moment + USUAL_TIME
    line = plain(text)
    check_line(line, edition_id, story_id, until, moment)
    fields = {"text": line, "story_id": story_id, "until": until, "set_at": moment, "set_by": _as_user(by)}
    found, _is_new = BreakingLine.objects.update_or_create(edition=edition, defaults=fields)
    run_at(_due().end_breaking, until, edition.pk)
    log(instance=found, action="wagtail.edit", user=_as_user(by), content_changed=True)
    announce(BreakingSet(edition.pk, line, until.isoformat()))
    return found


@transaction.atomic
def clear_breaking(by: Person, edition_id: int, *, version: str | None = None) -> None:
    """Take the breaking line from an edition's fronts before its time is over; no other than that which was seen."""
    edition, _no_section = access_place(by, edition_id, None)
    _refuse_another_line(by, edition, version, now())
    line = BreakingLine.objects.select_for_update().filter(edition_id=edition_id).first()
    if line is None:
        raise Refused("breaking.none", _("There is no breaking line."), _("Nothing was changed."))
    log(instance=line, action="wagtail.delete", user=_as_user(by), deleted=True)
    line.delete()
    announce(BreakingCleared(edition_id))


@transaction.atomic
def end_breaking(edition_id: int) -> bool:
    """Remove the breaking line of an edition if its end has come; returns whether it did."""
    gone, _rows = BreakingLine.objects.filter(edition_id=edition_id, until__lte=now()).delete()
    if gone:
        announce(BreakingCleared(edition_id))
    return bool(gone)


def _refuse_another_line(by: Person, edition: Edition, version: str | None, moment: datetime) -> None:
    """Refuse where another line stands than was seen. The edition is locked: no line, no row of it."""
    Edition.objects.select_for_update().filter(pk=edition.pk).first()
    line = BreakingLine.objects.filter(edition=edition, until__gt=moment).first()
    if line is not None:
        refuse_changed_since(line, version, by=by)


def _refuse_older(front: Front, version: int) -> None:
    if front.version == version:
        return
    who = str(front.arranged_by or _("Somebody"))
    language = (translation.get_language() or "en")[:2]
    when = as_moment(front.arranged_at, language, front.edition.zone) if front.arranged_at else ""
    raise Refused(
        ARRANGED_MEANWHILE,
        _("%(who)s arranged this front after you had opened it (%(when)s).") % {"who": who, "when": when},
        _("The front stands as %(who)s left it.") % {"who": who},
    )


def follow_merged_topic(topic_id: int, into_id: int) -> None:
    """Let the containers that are filled from a topic be filled from that into which it is being merged."""
    Container.objects.filter(topic_id=topic_id).update(topic_id=into_id)


def _refuse_pins(by: Person, edition_id: int, story_ids: set[int]) -> None:
    """A pin shows a headline on the desk: nobody pins a story that they may not read, or one of another edition."""
    readable = {story.pk: story for story in Story.objects.filter(visible_to(by, now()), pk__in=story_ids)}
    foreign = [str(story) for story in readable.values() if story.edition_id != edition_id]
    sentences = [
        _("“%(story)s” is a story of another edition. Choose another for it.") % {"story": one} for one in foreign
    ]
    if len(readable) < len(story_ids):
        sentences.append(_("A pinned story is there no more, or you may not read it. Choose another for it."))
    if sentences:
        raise Refused("pin.story", " ".join(sentences), _("The front stands as it did."))


def _write(front: Front, plan: Plan) -> None:
    ends = set()
    for place, one in enumerate(plan):
        fields = {name: getattr(one, name) for name in ("look", "rule", "most", "section_id", "topic_id")}
        container = Container(front=front, place=place, title=plain(one.title), kinds=list(one.kinds), **fields)
        container.save()
        for number, pin in enumerate(one.pins):
            Pin.objects.create(container=container, front=front, story_id=pin.story_id, until=pin.until, place=number)
            ends.add(pin.until)
    for until in sorted(end for end in ends if end):
        _end_pins_at(front, until)


def _end_pins_at(front: Front, until: datetime | None) -> None:
    if until is not None:
        run_at(_due().end_pins, until, front.pk)


def _note(front: Front, by: Person, action: str) -> None:
    """Count the change, and who made it, so that whoever began from an older arrangement is told."""
    front.version += 1
    front.arranged_at, front.arranged_by = now(), _as_user(by)
    front.save(update_fields=["version", "arranged_at", "arranged_by"])
    log(instance=front, action=action, user=_as_user(by), content_changed=True)


def _as_user(by: Person) -> User | None:
    return by if isinstance(by, User) else None


def _due() -> Any:
    from broadsheet.fronts import due

    return due
