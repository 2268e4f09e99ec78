"""The things of the matrix: a story in each state that matters to somebody's right, and one or two of all else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from wagtail.models import ReferenceIndex

from broadsheet.desk.models import Notice, NoticeKind
from broadsheet.editions.actions import add_named
from broadsheet.editions.models import Edition, Section, SectionName, StandingPage, Topic, TopicName
from broadsheet.foundation.clock import now
from broadsheet.fronts.actions import arrange_front, set_breaking
from broadsheet.fronts.plans import ContainerPlan, PinPlan
from broadsheet.mail.backend import PURPOSE
from broadsheet.mail.models import MailState, OutgoingMail, Trouble
from broadsheet.newsfeed.actions import publish_brief, withdraw_brief
from broadsheet.newsfeed.models import Brief
from broadsheet.proofreading.actions import add_word
from broadsheet.stories.actions import (
    delete_story,
    lock_story,
    report_error,
    save_filter,
    set_aside,
    withdraw_story,
)
from broadsheet.stories.models import Aside, ErrorReport, SavedFilter, Story
from tests.factories import Newsroom, make_film, make_person, make_picture

SECRET = "Zanzibar"
"""A word in each story of World that is not published, and in the unpublished changes of the one that is."""
LINK = "https://localhost/account/password/reset/key/1-secret/"
"""What a mail about an account holds: whoever reads it can become the person it is for."""

Who = Callable[[str], Any]


def make_things(newsroom: Newsroom, who: Who) -> dict[str, Any]:
    """Everything by the names that the tables use; `who` gives the person of an actor."""
    published = _published(newsroom, who)
    things = {
        **_unpublished(newsroom, who),
        **published,
        **_moved(newsroom, who),
        **_briefs(newsroom),
        **_fronts(newsroom),
        **_other_things(newsroom, who, published["published"]),
    }
    for thing in things.values():
        if isinstance(thing, Story):
            ReferenceIndex.create_or_update_for_object(thing)
    return things


def _secret_draft(newsroom: Newsroom, by: Any, headline: str, **fields: Any) -> Story:
    story = newsroom.draft(
        by, headline=f"{SECRET}: {headline}", lead_picture=newsroom.picture, topics=[newsroom.topic], **fields
    )
    return newsroom.edit(story, by, standfirst=f"{SECRET}, once more")


def _unpublished(newsroom: Newsroom, who: Who) -> dict[str, Any]:
    author, editor, chief, later = who("author"), who("ed-here"), who("chief"), now() + timedelta(days=1)
    locked = _secret_draft(newsroom, author, "locked by the chief")
    lock_story(chief, locked.pk, locked=True)
    # Begun by somebody who wrote for us then, and only reads now.
    abandoned = _secret_draft(newsroom, chief, "whoever began it is gone")
    Story.objects.filter(pk=abandoned.pk).update(begun_by=who("reader"))
    film = make_film(chief, newsroom.picture)
    return {
        "film": film,
        "draft": _secret_draft(newsroom, author, "the author's", body=[("video", {"film": film})]),
        "others": _secret_draft(newsroom, chief, "the chief's"),
        "loose": newsroom.draft(author, headline="Without a section yet", section=None),
        "locked": locked,
        "deleted": _deleted(newsroom, author),
        "aside": _aside(newsroom, author),
        "abandoned": abandoned,
        "russian": newsroom.draft(newsroom.chief, headline="По-русски", edition=newsroom.russian),
        "scheduled": newsroom.publish(_secret_draft(newsroom, author, "tomorrow", go_live_at=later), editor),
        "embargoed": newsroom.publish(_secret_draft(newsroom, author, "not yet", embargo_until=later), editor),
    }


def _deleted(newsroom: Newsroom, author: Any) -> Story:
    story = _secret_draft(newsroom, author, "thrown away")
    delete_story(author, story.pk)
    return Story.objects.get(pk=story.pk)


def _aside(newsroom: Newsroom, author: Any) -> Aside:
    return set_aside(author, _secret_draft(newsroom, author, "written twice"))


def _published(newsroom: Newsroom, who: Who) -> dict[str, Any]:
    author, editor = who("author"), who("ed-here")
    seen = make_picture(newsroom.chief, "harbour", colour="seagreen")
    film = make_film(newsroom.chief, seen, "the quay", word=b"the quay")
    body = [("video", {"film": film})]
    published = newsroom.publish(newsroom.draft(author, headline="Seen by all", lead_picture=seen, body=body), editor)
    withdrawn = newsroom.publish(newsroom.draft(author, headline="Was seen by all"), editor)
    withdraw_story(editor, withdrawn.pk)
    return {
        "seen-picture": seen,
        "seen-film": film,
        "published": newsroom.edit(published, editor, headline=f"{SECRET}: seen by all soon"),
        "withdrawn": newsroom.edit(withdrawn, editor, headline=f"{SECRET}: never again"),
    }


def _moved(newsroom: Newsroom, who: Who) -> dict[str, Any]:
    """What the author began in World and the chief moved to Economy, in each state: theirs because they began it."""
    author, chief, later = who("author"), who("chief"), now() + timedelta(days=1)

    def moved(**fields: Any) -> Story:
        story = newsroom.draft(author, headline="Moved to Economy")
        return newsroom.edit(story, chief, section=newsroom.sections["economy"], **fields)

    withdrawn = newsroom.publish(moved(), chief)
    withdraw_story(chief, withdrawn.pk)
    return {
        "moved": moved(),
        "moved-scheduled": newsroom.publish(moved(go_live_at=later), chief),
        "moved-embargoed": newsroom.publish(moved(embargo_until=later), chief),
        "moved-published": newsroom.publish(moved(), chief),
        "moved-withdrawn": Story.objects.get(pk=withdrawn.pk),
    }


def _briefs(newsroom: Newsroom) -> dict[str, Any]:
    """One that readers see and one that was withdrawn, both of World."""
    where = {"edition": newsroom.english, "section": newsroom.sections["world"]}
    gone = publish_brief(newsroom.chief, Brief(text="The tug is aground.", **where))
    withdraw_brief(newsroom.chief, gone.pk)
    return {"brief": publish_brief(newsroom.chief, Brief(text="The tug is afloat.", **where)), "gone-brief": gone}


def _fronts(newsroom: Newsroom) -> dict[str, Any]:
    """The English edition's front and that of World in it, each with a container and a pinned story, and a line."""
    chief, english, world = newsroom.chief, newsroom.english.pk, newsroom.sections["world"].pk
    pinned = PinPlan(newsroom.published(chief, headline="Pinned").pk)
    whole = arrange_front(chief, english, None, (ContainerPlan("recent", "edition", 4, pins=(pinned,)),), version=0)
    own = ContainerPlan("recent", "section", 4, section_id=world, pins=(pinned,))
    front = arrange_front(chief, english, world, (own,), version=0)
    return {
        "whole-front": whole,
        "whole-container": whole.containers.get(),
        "front": front,
        "container": front.containers.get(),
        "line": set_breaking(chief, english, "The harbour is closed"),
    }


def _shared_filter(author: Any) -> SavedFilter:
    """A filter that its owner shared while they were an editor."""
    kept = save_filter(author, "For all", {"state": "draft"})
    SavedFilter.objects.filter(pk=kept.pk).update(is_shared=True)
    return kept


def _other_things(newsroom: Newsroom, who: Who, published: Story) -> dict[str, Any]:
    """Things in use, and things that nothing uses, which may be deleted."""
    chief = newsroom.chief
    section = Section(slug="weather", order=9, names=[SectionName(language="en", name="Weather")])
    topic = Topic(slug="the-sea", names=[TopicName(language="en", name="The sea")])
    failed = {"to": "a@example.org", "subject": "S", "state": MailState.FAILED, "last_error": Trouble.NO_SERVER}
    report_error(story_id=published.pk, headline="Seen", address="/", text="It is longer.", mail="r@reader.example")
    author = who("author")
    return {
        "report": ErrorReport.objects.get(),
        "notice": Notice.objects.create(person=author, kind=NoticeKind.REMARK, story=published, by=chief),
        "picture": newsroom.picture,
        "person": newsroom.writer,
        "edition": newsroom.english,
        "section": newsroom.sections["world"],
        "topic": newsroom.topic,
        "free-picture": make_picture(chief, "gulls"),
        "free-film": make_film(chief, newsroom.picture, "the gulls", word=b"the gulls"),
        "free-person": make_person(chief, "tom-free", "Tom Free", "Том Вольный", writes=False),
        "free-edition": add_named(chief, Edition(name="The Weekly", language="en", path_prefix="wk", order=2)),
        "free-section": add_named(chief, section),
        "free-topic": add_named(chief, topic),
        "page": add_named(chief, StandingPage(edition=newsroom.english, slug="about", title="About", body="<p>Us</p>")),
        "mail": OutgoingMail.objects.create(purpose="test", text="Nothing secret", **failed),
        "account-mail": OutgoingMail.objects.create(purpose=PURPOSE, text=LINK, **failed),
        "user": chief,
        "word": add_word(chief, "en", "smorrebrod"),
        "own-filter": save_filter(who("author"), "Only mine", {"state": "draft"}),
        "shared-filter": _shared_filter(who("author")),
    }
