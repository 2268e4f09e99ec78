"""A newsroom with everything in it, and a page of each kind that readers can ask for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import F
from django.test import Client

from broadsheet.editions.actions import add_named
from broadsheet.editions.models import Edition, StandingPage
from broadsheet.foundation.clock import stopped_at
from broadsheet.fronts.actions import arrange_front, set_breaking
from broadsheet.fronts.plans import ContainerPlan, PinPlan
from broadsheet.mediabank.models import Film
from broadsheet.mediabank.renditions import name_of
from broadsheet.newsfeed.actions import publish_brief, withdraw_brief
from broadsheet.newsfeed.models import Brief, FeedItem
from broadsheet.stories.actions import link_counterpart, withdraw_story
from broadsheet.stories.models import Listing, ListingCount, Story
from tests.factories import Newsroom, make_film
from tests.unit.stories.canary import FRAME

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Pages = dict[str, str]


def whole_body(newsroom: Newsroom, related: Story, film: Film) -> list[tuple[str, Any]]:
    """A block of each type."""
    shown = {"picture": newsroom.picture, "caption": ""}
    return [
        ("paragraph", "<p>Text.</p>"),
        ("quote", {"text": "We sleep.", "speaker": newsroom.speaker}),
        ("picture", shown),
        ("gallery", {"title": "g", "pictures": [shown, shown]}),
        ("video", {"title": "v", "address": "https://player.vimeo.com/1", "poster": newsroom.picture}),
        ("video", {"film": film}),
        ("fact_box", {"title": "f", "text": "<p>f</p>"}),
        ("timeline", {"title": "t", "entries": [{"when": "1920", "text": "t"}]}),
        ("table", {"caption": "c", "rows": "a|b"}),
        ("related", related),
        ("embed", {"title": "e", "address": FRAME}),
    ]


def make_pages(newsroom: Newsroom, stories: int = 3) -> Pages:
    """Addresses by kind: of both editions, with that many stories in each list."""
    pages: Pages = {"sitemap": "/sitemap.xml", "robots": "/robots.txt", "health": "/-/health"}
    firsts, film = [], make_film(newsroom.chief, newsroom.picture)
    for edition, prefix in ((newsroom.english, ""), (newsroom.russian, "/ru")):
        common: dict[str, Any] = {"edition": edition, "topics": [newsroom.topic], "lead_picture": newsroom.picture}
        with stopped_at(NOON):
            related = newsroom.published(headline=f"Related {edition.pk}", **common)
            full = newsroom.published(headline=f"Full {edition.pk}", body=whole_body(newsroom, related, film), **common)
            gone = newsroom.published(headline=f"Gone {edition.pk}", edition=edition)
            withdraw_story(newsroom.chief, gone.pk)
            pages |= make_briefs(newsroom, edition, prefix)
        firsts.append(full)
        with stopped_at(NOON + timedelta(minutes=1)):
            copy_into_lists(newsroom.published(headline="The newest", **common), stories - 3)
        language = edition.language
        pages |= {
            f"{language} front": f"{prefix}/",
            f"{language} section": f"{prefix}/world/",
            f"{language} newsfeed": f"{prefix}/newsfeed/",
            f"{language} later newsfeed": f"{prefix}/newsfeed/?before={round(NOON.timestamp() * 1e6)}-{10**9}",
            f"{language} day": f"{prefix}/2026/11/23/",
            f"{language} day without stories": f"{prefix}/2026/11/22/",
            f"{language} standing page": f"{prefix}/about/",
            f"{language} empty section": f"{prefix}/culture/",
            f"{language} topic": f"{prefix}/topics/the-port/",
            f"{language} person": f"{prefix}/people/ann-writer/",
            f"{language} feed": f"{prefix}/rss.xml",
            f"{language} section feed": f"{prefix}/world/rss.xml",
            f"{language} story": prefix + full.address,
            f"{language} moved story": prefix + full.address.replace("/world/", "/economy/"),
            f"{language} picture": prefix + newsroom.picture.address,
            f"{language} picture under another name": f"{prefix}/mediabank/{newsroom.picture.pk}/other/",
            f"{language} withdrawn story": prefix + gone.address,
            f"{language} nothing": f"{prefix}/no/such/page/",
            f"{language} no section": f"{prefix}/no-such-section/",
            f"{language} no slash": prefix + full.address.rstrip("/"),
            f"{language} search form": f"{prefix}/search/",
            f"{language} search": f"{prefix}/search/?q=text+newest&section=world&from=2026-11-01",
            f"{language} search for nothing": f"{prefix}/search/?q=nowhere",
            f"{language} mediabank": f"{prefix}/mediabank/",
            f"{language} subscribe": f"{prefix}/subscribe/",
            f"{language} report of an error": f"{prefix}/-/report/{full.pk}/",
            f"{language} thanks for a report": f"{prefix}/-/report/thanks/",
            f"{language} offline": f"{prefix}/-/offline/",
            f"{language} second page": f"{prefix}/?before={round((NOON + timedelta(days=1)).timestamp() * 1e6)}-1",
        }
    arrange_fronts(newsroom, firsts[1])
    link_counterpart(newsroom.chief, firsts[0].pk, firsts[1].pk)
    newsroom.picture.refresh_from_db()
    pages["media"] = f"/media/{newsroom.picture.shown.name}"
    pages["rendition"] = f"/media/{name_of(str(newsroom.picture.shown.name), newsroom.picture.width, 'jpg')}"
    captions: Any = film.captions
    pages |= {"film": f"/media/{film.file.name}", "captions": f"/media/{captions.all()[0].file.name}"}
    return pages


def make_briefs(newsroom: Newsroom, edition: Edition, prefix: str) -> Pages:
    """A brief with a picture, one that was withdrawn, and a standing page."""
    where: dict[str, Any] = {"edition": edition, "section": newsroom.sections["world"], "picture": newsroom.picture}
    brief, gone = (publish_brief(newsroom.chief, Brief(text=text, **where)) for text in ("Afloat.", "Aground."))
    withdraw_brief(newsroom.chief, gone.pk)
    add_named(newsroom.chief, StandingPage(edition=edition, slug="about", title="About", body="<p>About us.</p>"))
    return {
        f"{edition.language} brief": prefix + brief.address,
        f"{edition.language} withdrawn brief": prefix + gone.address,
    }


def arrange_fronts(newsroom: Newsroom, pinned: Story) -> None:
    """The front of the second edition and of a section in it with all that there can be; those of the first stay."""
    edition, world = newsroom.russian.pk, newsroom.sections["world"].pk
    more = {"section_id": world, "topic_id": newsroom.topic.pk, "kinds": ("gallery", "video")}
    boxes = [ContainerPlan("grid", rule, 4, **more) for rule in ("edition", "section", "topic", "kinds") * 3]
    boxes.insert(1, ContainerPlan("brief", "briefs", 4))
    lead = ContainerPlan("lead", "topic", 7, topic_id=newsroom.topic.pk, pins=(PinPlan(pinned.pk),))
    with stopped_at(NOON + timedelta(minutes=1)):
        arrange_front(newsroom.chief, edition, None, (lead, *boxes, ContainerPlan("recent", "edition", 9)), version=0)
        own = ContainerPlan("recent", "section", 9, section_id=world)
        arrange_front(newsroom.chief, edition, world, (lead, *boxes, own), version=0)
        until = NOON + timedelta(days=1)
        set_breaking(newsroom.chief, edition, "Port closed", story_id=pinned.pk, until=until + timedelta(minutes=1))


def copy_into_lists(story: Story, copies: int) -> None:
    """More stories like one that is published, in the same lists; quicker than to publish each."""
    rows = list(Listing.objects.filter(story=story))
    for number in range(copies):
        moment = NOON + timedelta(minutes=2, seconds=number)
        again = Story.objects.get(pk=story.pk)
        again.pk, again.counterpart_key, again.published_at = None, uuid4(), moment
        again.address = story.address.replace("/the-newest/", f"/the-newest-{number}/")
        again.save()
        Listing.objects.bulk_create(
            Listing(list_kind=row.list_kind, list_id=row.list_id, edition=row.edition, story=again, published_at=moment)
            for row in rows
        )
        item = FeedItem.objects.get(story=story)
        item.pk, item.story, item.published_at = None, again, moment
        item.save()
    ListingCount.objects.filter(edition=story.edition).update(stories=F("stories") + copies)


def get(path: str) -> Any:
    """The page, read to its end."""
    with stopped_at(NOON + timedelta(days=1)):
        response: Any = Client(HTTP_HOST="localhost").get(path)
        response.body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code < 500, path
    return response


@contextmanager
def tables_that_are_read() -> Iterator[set[str]]:
    """The names of the tables that the block's queries read."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        tables.update(re.findall(r'(?:FROM|JOIN) "([a-z_]+)"', sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables
