"""The persons of the matrix, and the things that they try to reach."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.test.client import ClientHandler
from wagtail.models import ReferenceIndex

from broadsheet.accounts.models import User
from broadsheet.editions.actions import add_named
from broadsheet.editions.models import Edition, Section, SectionName, Topic, TopicName
from broadsheet.foundation.clock import now
from broadsheet.mail.backend import PURPOSE
from broadsheet.mail.models import MailState, OutgoingMail, Trouble
from broadsheet.stories.actions import lock_story, withdraw_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom, make_newsroom, make_person, make_picture

# Each actor with role, edition and section, in the order of the tables' columns. "here" is the section World of the
# English edition, in which every story of the matrix stands; "else" is the section Economy; "ru" the Russian edition.
ROLES: dict[str, tuple[str, str | None, str | None]] = {
    "rep-here": ("reporter", "main", "world"),
    "rep-else": ("reporter", "main", "economy"),
    "author": ("reporter", "main", "world"),
    "ed-here": ("editor", "main", "world"),
    "ed-else": ("editor", "main", "economy"),
    "ed-ru": ("editor", "ru", None),
    "pictures": ("picture-editor", None, None),
    "moderator": ("moderator", None, None),
    "chief": ("chief", None, None),
    "admin": ("administrator", None, None),
}
ACTORS = ("nobody", "reader", *ROLES)
OUTSIDERS = ("nobody", "reader", "rep-else", "ed-else", "ed-ru")
"""Those who may not read what of World is not published."""
SECRET = "Zanzibar"
"""A word in each story of World that is not published, and in the unpublished changes of the one that is."""
LINK = "https://localhost/account/password/reset/key/1-secret/"
"""What a mail about an account holds: whoever reads it can become the person it is for."""


@dataclass
class Stage:
    """A newsroom with somebody in each part, and things of each kind under the names that the tables use."""

    newsroom: Newsroom
    ids: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def person(self, actor: str) -> Any:
        """The actor as they come to an action: fresh, with nothing remembered."""
        return AnonymousUser() if actor == "nobody" else User.objects.get(pk=self.ids[actor])

    def thing(self, name: str) -> Any:
        """A thing as it lies in the database."""
        kept = self.things[name]
        return type(kept).objects.get(pk=kept.pk)

    def browser(self, actor: str) -> Client:
        """A browser of the actor's, logged in unless it is nobody's; all of them share one chain of middleware."""
        client = Client(HTTP_HOST="localhost", raise_request_exception=False)
        client.handler = self.handler
        if actor != "nobody":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        return client


def set_stage() -> Stage:
    """Found the newsroom, hire everybody and make the things, in the caller's transaction."""
    newsroom = make_newsroom()
    stage = Stage(newsroom)
    assert newsroom.reader is not None
    stage.ids["reader"] = newsroom.reader.pk
    for actor, (role, edition, section) in ROLES.items():
        stage.ids[actor] = newsroom.member(role, edition=edition, section=section).pk
    for actor in stage.ids:
        client = newsroom.at_desk(stage.person(actor))
        stage.sessions[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    stage.things = {**_unpublished(stage), **_published(stage), **_other_things(newsroom)}
    for thing in stage.things.values():
        if isinstance(thing, Story):
            ReferenceIndex.create_or_update_for_object(thing)
    return stage


def _secret_draft(stage: Stage, by: str, headline: str, **fields: Any) -> Story:
    newsroom, person = stage.newsroom, stage.person(by)
    fields.setdefault("lead_picture", newsroom.picture)
    story = newsroom.draft(person, headline=f"{SECRET}: {headline}", topics=[newsroom.topic], **fields)
    return newsroom.edit(story, person, standfirst=f"{SECRET}, once more")


def _unpublished(stage: Stage) -> dict[str, Any]:
    newsroom, editor = stage.newsroom, stage.person("ed-here")
    later = now() + timedelta(days=1)
    locked = _secret_draft(stage, "author", "locked by the chief")
    lock_story(stage.person("chief"), locked.pk, locked=True)
    return {
        "draft": _secret_draft(stage, "author", "the author's"),
        "others": _secret_draft(stage, "chief", "the chief's"),
        "loose": newsroom.draft(stage.person("author"), headline="Without a section yet", section=None),
        "locked": locked,
        "russian": newsroom.draft(newsroom.chief, headline="По-русски", edition=newsroom.russian),
        "scheduled": newsroom.publish(_secret_draft(stage, "author", "tomorrow", go_live_at=later), editor),
        "embargoed": newsroom.publish(_secret_draft(stage, "author", "not yet", embargo_until=later), editor),
    }


def _published(stage: Stage) -> dict[str, Any]:
    newsroom, editor = stage.newsroom, stage.person("ed-here")
    author = stage.person("author")
    seen = make_picture(newsroom.chief, "harbour")
    published = newsroom.publish(newsroom.draft(author, headline="Seen by all", lead_picture=seen), editor)
    withdrawn = newsroom.publish(newsroom.draft(author, headline="Was seen by all"), editor)
    withdraw_story(editor, withdrawn.pk)
    return {
        "seen-picture": seen,
        "published": newsroom.edit(published, editor, headline=f"{SECRET}: seen by all soon"),
        "withdrawn": newsroom.edit(withdrawn, editor, headline=f"{SECRET}: never again"),
    }


def _other_things(newsroom: Newsroom) -> dict[str, Any]:
    """Things in use, and things that nothing uses, which may be deleted."""
    chief = newsroom.chief
    section = Section(slug="weather", order=9, names=[SectionName(language="en", name="Weather")])
    topic = Topic(slug="the-sea", names=[TopicName(language="en", name="The sea")])
    failed = {"to": "a@example.org", "subject": "S", "state": MailState.FAILED, "last_error": Trouble.NO_SERVER}
    return {
        "picture": newsroom.picture,
        "person": newsroom.writer,
        "edition": newsroom.english,
        "section": newsroom.sections["world"],
        "topic": newsroom.topic,
        "free-picture": make_picture(chief, "gulls"),
        "free-person": make_person(chief, "tom-free", "Tom Free", "Том Вольный", writes=False),
        "free-edition": add_named(chief, Edition(name="The Weekly", language="en", path_prefix="wk", order=2)),
        "free-section": add_named(chief, section),
        "free-topic": add_named(chief, topic),
        "mail": OutgoingMail.objects.create(purpose="test", text="Nothing secret", **failed),
        "account-mail": OutgoingMail.objects.create(purpose=PURPOSE, text=LINK, **failed),
        "user": chief,
    }
