"""How each action is tried: with a person, on a thing of the stage."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404

from broadsheet.desk import actions as desk
from broadsheet.editions import actions as editions
from broadsheet.editions.models import Edition, Section, SectionName, StandingPage, Topic, TopicName
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts import actions as fronts
from broadsheet.fronts.models import Front, Pin
from broadsheet.fronts.plans import ContainerPlan
from broadsheet.mediabank import actions as mediabank
from broadsheet.mediabank.models import Film, Picture
from broadsheet.newsfeed import actions as newsfeed
from broadsheet.newsfeed.models import Brief
from broadsheet.people import actions as people
from broadsheet.people.models import Person
from broadsheet.proofreading import actions as proofreading
from broadsheet.stories import actions as stories
from broadsheet.stories.models import Story
from broadsheet.stories.seen import Seen
from broadsheet.stories.sent_remarks import SentRemark
from tests.contracts.permissions.cast import Stage
from tests.factories import picture_bytes
from tests.films import mp4

Try = Callable[[Stage, Any, str], object]


def word_of(attempt: Callable[[], object]) -> str:
    """What comes of something that is tried, in one word; whatever it does is undone."""
    with transaction.atomic():
        try:
            attempt()
            return "yes"
        except Http404:
            return "404"
        except Refused as refusal:
            return "no" if refusal.code == "forbidden" else "state"
        finally:
            transaction.set_rollback(True)


def _begin_story(stage: Stage, by: Any, where: str) -> object:
    room = stage.newsroom
    section = None if where == "loose" else room.sections["world"]
    edition = room.russian if where == "russian" else room.english
    return stories.begin_story(by, Story(headline="New", edition=edition, section=section))


def _save_story(stage: Stage, by: Any, what: str) -> object:
    name, _moved, where = what.partition(">")
    draft = stage.thing(name).get_latest_revision_as_object()
    draft.standfirst = "Changed"
    if where == "ru":
        draft.edition = stage.newsroom.russian
    elif where:
        draft.section = stage.newsroom.sections[where]
    return stories.save_story(by, draft)


def _link_counterpart(stage: Stage, by: Any, what: str) -> object:
    one, _and, other = what.partition(">")
    return stories.link_counterpart(by, stage.thing(one).pk, stage.thing(other).pk if other else None)


def _add_picture(stage: Stage, by: Any, _what: str) -> object:
    picture = Picture(title="new")
    picture.original = ContentFile(picture_bytes(colour="red"), "new.jpg")
    return mediabank.add_picture(by, picture)


def _add_film(stage: Stage, by: Any, _what: str) -> object:
    film = Film(title="new", poster=stage.newsroom.picture)
    film.file = ContentFile(mp4(word=b"new"), "new.mp4")
    return mediabank.add_film(by, film)


def _publish_brief(stage: Stage, by: Any, where: str) -> object:
    room = stage.newsroom
    edition = room.russian if where == "russian" else room.english
    section = None if where == "loose" else room.sections["world"]
    return newsfeed.publish_brief(by, Brief(edition=edition, section=section, text="New"))


def _save_brief(stage: Stage, by: Any, what: str) -> object:
    name, _moved, where = what.partition(">")
    brief = stage.thing(name)
    brief.text = "Changed"
    if where == "ru":
        brief.edition = stage.newsroom.russian
    elif where:
        brief.section = stage.newsroom.sections[where]
    return newsfeed.save_brief(by, brief)


def _arrange_front(stage: Stage, by: Any, where: str) -> object:
    """ "english" is that edition's own front; "russian>world" is the front of World in the Russian edition."""
    name, _in, slug = where.partition(">")
    edition = {"english": stage.newsroom.english, "russian": stage.newsroom.russian}[name]
    section = stage.newsroom.sections[slug] if slug else None
    kept = Front.objects.filter(edition=edition, section=section).first()
    rule = {"rule": "section", "section_id": section.pk} if section else {"rule": "edition"}
    plan = (ContainerPlan(look="list", most=5, **rule),)
    version = kept.version if kept else 0
    return fronts.arrange_front(by, edition.pk, section.pk if section else None, plan, version=version)


def _unpin_story(stage: Stage, by: Any, what: str) -> object:
    front = stage.thing(what)
    return fronts.unpin_story(by, front.pk, Pin.objects.filter(front=front).values_list("story_id", flat=True)[0])


def _set_breaking(stage: Stage, by: Any, where: str) -> object:
    edition = stage.newsroom.russian if where == "russian" else stage.newsroom.english
    return fronts.set_breaking(by, edition.pk, "The harbour is open")


def _new_named(stage: Stage, what: str) -> Edition | Section | Topic | StandingPage:
    if what == "page":
        return StandingPage(edition=stage.newsroom.english, slug="contact", title="New", body="<p>New</p>")
    if what == "edition":
        return Edition(name="New", language="en", path_prefix="nw", zone="UTC")
    if what == "section":
        return Section(slug="new-section", names=[SectionName(language="en", name="New")])
    return Topic(slug="new-topic", names=[TopicName(language="en", name="New")])


def _arrange_steps(stage: Stage, by: Any, where: str) -> object:
    section = None if where == "whole" else stage.thing(where).pk
    return desk.arrange_steps(by, section, [("draft", ""), ("checked", "editor")])


SAID = (SentRemark(None, "Which quay?", "headline"),)


def _two_topics(stage: Stage) -> tuple[int, int]:
    return stage.thing("topic").pk, stage.thing("free-topic").pk


TRIES: dict[str, Try] = {
    "stories.begin_story": _begin_story,
    "stories.save_story": _save_story,
    "stories.publish_revision": lambda stage, by, what: stories.publish_revision(by, stage.thing(what).latest_revision),
    "stories.withdraw_story": lambda stage, by, what: stories.withdraw_story(by, stage.thing(what).pk),
    "stories.unschedule_story": lambda stage, by, what: stories.unschedule_story(by, stage.thing(what).pk),
    "stories.delete_story": lambda stage, by, what: stories.delete_story(by, stage.thing(what).pk),
    "stories.restore_story": lambda stage, by, what: stories.restore_story(by, stage.thing(what).pk),
    "stories.restore_version": lambda stage, by, what: stories.restore_version(
        by, stage.thing(what).pk, stage.thing(what).latest_revision_id
    ),
    "stories.set_aside": lambda stage, by, what: stories.set_aside(by, stage.thing(what)),
    "stories.settle_aside": lambda stage, by, what: stories.settle_aside(
        by, stage.thing(what).pk, choices={}, seen=Seen.of(stage.thing(what).story)
    ),
    "stories.lock_story": lambda stage, by, what: stories.lock_story(by, stage.thing(what).pk, locked=True),
    "stories.lock_story to unlock": lambda stage, by, what: stories.lock_story(by, stage.thing(what).pk, locked=False),
    "stories.link_counterpart": _link_counterpart,
    "stories.add_address": lambda stage, by, what: stories.add_address(by, stage.thing(what).pk, "/archive/old/"),
    "stories.write_remarks": lambda stage, by, what: stories.write_remarks(by, stage.thing(what).pk, SAID),
    "stories.answer_report": lambda stage, by, what: stories.answer_report(by, stage.thing(what).pk, "corrected"),
    "desk.hand_over": lambda stage, by, what: desk.hand_over(by, stage.thing(what).pk, "with-editor", seen=0),
    "desk.arrange_steps": _arrange_steps,
    "desk.read_notice": lambda stage, by, what: desk.read_notice(by, stage.thing(what).pk),
    "desk.read_all_notices": lambda stage, by, what: desk.read_all_notices(by),
    "desk.note_mailbox_seen": lambda stage, by, what: desk.note_mailbox_seen(by, 1),
    "stories.merge_topics": lambda stage, by, what: stories.merge_topics(by, *_two_topics(stage)),
    "stories.save_filter": lambda stage, by, what: stories.save_filter(by, "New", {}, is_shared=what == "shared"),
    "stories.delete_filter": lambda stage, by, what: stories.delete_filter(by, stage.thing(what).pk),
    "editions.begin_merging": lambda stage, by, what: editions.begin_merging(by, *_two_topics(stage)),
    "newsfeed.publish_brief": _publish_brief,
    "newsfeed.save_brief": _save_brief,
    "newsfeed.withdraw_brief": lambda stage, by, what: newsfeed.withdraw_brief(by, stage.thing(what).pk),
    "fronts.arrange_front": _arrange_front,
    "fronts.pin_story": lambda stage, by, what: fronts.pin_story(by, stage.thing(what).pk, stage.thing("published").pk),
    "fronts.unpin_story": _unpin_story,
    "fronts.set_breaking": _set_breaking,
    "fronts.clear_breaking": lambda stage, by, what: fronts.clear_breaking(by, stage.thing(what).edition_id),
    "mediabank.add_picture": _add_picture,
    "mediabank.save_picture": lambda stage, by, what: mediabank.save_picture(by, stage.thing(what)),
    "mediabank.delete_picture": lambda stage, by, what: mediabank.delete_picture(by, stage.thing(what).pk),
    "mediabank.add_film": _add_film,
    "mediabank.save_film": lambda stage, by, what: mediabank.save_film(by, stage.thing(what)),
    "mediabank.delete_film": lambda stage, by, what: mediabank.delete_film(by, stage.thing(what).pk),
    "people.add_person": lambda stage, by, what: people.add_person(by, Person(slug="new-person")),
    "people.add_person_called": lambda stage, by, what: people.add_person_called(by, "Agda Pirrel", language="en"),
    "people.save_person": lambda stage, by, what: people.save_person(by, stage.thing(what)),
    "people.delete_person": lambda stage, by, what: people.delete_person(by, stage.thing(what).pk),
    "proofreading.add_word": lambda stage, by, what: proofreading.add_word(by, "en", "smorgas"),
    "proofreading.remove_word": lambda stage, by, what: proofreading.remove_word(by, stage.thing(what).pk),
    "editions.add_named": lambda stage, by, what: editions.add_named(by, _new_named(stage, what)),
    "editions.save_named": lambda stage, by, what: editions.save_named(by, stage.thing(what)),
    "editions.delete_named": lambda stage, by, what: editions.delete_named(by, stage.thing(what)),
}
