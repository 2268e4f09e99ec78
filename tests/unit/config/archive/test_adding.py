"""An archive that is written in bulk is what publishing each of its stories by its action would have left."""

import re
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from broadsheet.config.archive import adding
from broadsheet.config.archive.adding import add_archive, ground_of
from broadsheet.config.archive.names import speakers, speakers_at, topics, topics_at, writers, writers_at
from broadsheet.config.archive.piece import Ground, Piece, write_piece
from broadsheet.editions.models import Topic
from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.models import Picture, PictureUse
from broadsheet.newsfeed.models import FeedDay, FeedItem
from broadsheet.people.models import Person, PersonUse
from broadsheet.stories.actions import begin_story, publish_revision
from broadsheet.stories.models import Address, Byline, Listing, ListingCount, Story, StoryReference
from broadsheet.stories.segments import to_segments
from tests.factories import Newsroom, make_picture

pytestmark = pytest.mark.database

HANDFUL = 12
# What only tells how a story came to be, and when that was.
NOT_COMPARED = {"id", "body", "begun_at", "added_at", "latest_revision_id", "live_revision_id"}


def say(_line: str) -> None:
    """Progress is not looked at."""


@pytest.fixture
def ground(newsroom: Newsroom) -> Ground:
    second = make_picture(newsroom.chief, title="second", colour="navy")
    return ground_of(all_editions()[0], (newsroom.picture.pk, second.pk), newsroom.chief.pk)


def publish_by_action(newsroom: Newsroom, piece: Piece) -> Story:
    story = Story(
        edition=newsroom.english,
        counterpart_key=piece.key,
        section_id=piece.section[0],
        lead_picture_id=piece.lead_picture,
        **{name: getattr(piece, name) for name in ("kind", "headline", "standfirst", "dateline")},
    )
    story.body = Story._meta.get_field("body").to_python(piece.body)
    story.topics = list(Topic.objects.filter(pk__in=piece.topics))
    story.further_sections = [section for section in newsroom.sections.values() if section.pk in piece.further]
    story.bylines = [Byline(person_id=person, sort_order=order) for order, person in enumerate(piece.bylines)]
    with stopped_at(piece.moment):
        publish_revision(newsroom.chief, begin_story(newsroom.chief, story))
    return Story.objects.get(pk=story.pk)


def one_by_one(newsroom: Newsroom, ground: Ground) -> None:
    stories: list[tuple[int, str]] = []
    known = adding._with_names(120, stories)
    for number in range(HANDFUL):
        story = publish_by_action(newsroom, write_piece(number, ground, known))
        stories.append((story.pk, story.address))


def state() -> dict[str, Any]:
    """All rows that stories leave, with keys of stories in place of ids; and every page that shows them."""
    names: dict[Any, str] = {pk: key.hex for pk, key in Story.objects.values_list("pk", "counterpart_key")}
    found: dict[str, Any] = {}
    for model in (Story, Address, Byline, Listing, ListingCount, FeedItem, FeedDay, StoryReference, PictureUse,
                  PersonUse, Story.topics.through, Story.further_sections.through):  # fmt: skip
        columns = [field.attname for field in model._meta.concrete_fields if field.attname not in NOT_COMPARED]
        rows = [dict(zip(columns, row, strict=True)) for row in model._default_manager.values_list(*columns)]
        for row in rows:
            row.update({name: names[row[name]] for name in ("story_id", "target_id", "used_by_id") if name in row})
            for segment in row.get("body_segments", []):
                segment["story"] = names.get(segment.get("story"))
        found[model._meta.label] = sorted(map(str, rows))
    found["bodies"] = {names[story.pk]: body_with_keys(story, names) for story in Story.objects.all()}
    found["pages"] = {path: page_without_ids(path) for path in addresses()}
    return found


def body_with_keys(story: Story, names: dict[Any, str]) -> list[Any]:
    blocks = list(story.body.get_prep_value())
    return [{**block, "value": names[block["value"]]} if block["type"] == "related" else block for block in blocks]


def page_without_ids(path: str) -> bytes:
    """The page; marks in lists and forms name a story's id, which PostgreSQL does not give again."""
    page = Client(HTTP_HOST="localhost").get(path).content
    return re.sub(rb"(before=\d+-|/-/report/)\d+", rb"\1", page)


def addresses() -> list[str]:
    fixed = ["/", "/world/", "/economy/", "/culture/", "/rss.xml", "/world/rss.xml", "/sitemap.xml", "/newsfeed/"]
    people = PersonUse.objects.values_list("person__slug", flat=True).distinct()
    return [
        *fixed,
        *Story.objects.values_list("address", flat=True),
        *(f"/topics/{slug}/" for slug in Topic.objects.values_list("slug", flat=True)),
        *(f"/people/{slug}/" for slug in people),
        *(picture.address for picture in Picture.objects.all()),
    ]


def undone(make: Callable[[], object]) -> dict[str, Any]:
    """What there is after this; then it is taken back. Topics and people stay, with their ids."""
    adding._with_names(120, [])
    with transaction.atomic():
        make()
        found = state()
        transaction.set_rollback(True)
    return found


def test_bulk_and_single_publication_leave_the_same_rows_and_pages(newsroom: Newsroom, ground: Ground) -> None:
    single = undone(lambda: one_by_one(newsroom, ground))
    bulk = undone(lambda: add_archive(ground, HANDFUL, say))
    assert len(single["pages"]) > 60
    for name in single:
        assert bulk[name] == single[name], name


def test_each_body_gives_the_segments_that_are_stored(ground: Ground) -> None:
    add_archive(ground, 90, say)
    for story in Story.objects.all():
        assert to_segments(list(story.body.get_prep_value())) == story.body_segments


def test_the_desk_edits_and_publishes_a_story_of_the_archive(newsroom: Newsroom, ground: Ground) -> None:
    add_archive(ground, 8, say)
    story = Story.objects.get(counterpart_key=adding.key_of(7))
    desk = newsroom.at_desk(newsroom.chief)
    assert story.headline in desk.get("/desk/stories/").content.decode()
    assert desk.get(f"/desk/stories/edit/{story.pk}/").status_code == 200
    changed = newsroom.publish(newsroom.edit(story, headline="Another headline"))
    assert changed.address == story.address
    assert "Another headline" in desk.get(story.address).content.decode()


def test_it_may_be_stopped_and_run_again(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> list[Any]:
        raise KeyboardInterrupt

    assert add_archive(ground, 70, say) == 70
    with monkeypatch.context() as patch:
        patch.setattr(adding.StoryWriter, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            add_archive(ground, 130, say)
    assert add_archive(ground, 130, say) == 60
    assert add_archive(ground, 130, say) == add_archive(ground, 40, say) == 0
    assert Story.objects.count() == Address.objects.count() == 130
    assert ListingCount.objects.get(list_kind="edition").stories == Listing.objects.filter(list_kind="edition").count()
    assert topics_at(130) == Topic.objects.count() - 1


def test_how_it_came_to_be_changes_nothing(ground: Ground) -> None:
    def in_steps() -> None:
        for stories in (7, 61, 80, 120):
            add_archive(ground, stories, say)

    steps, at_once = undone(in_steps), undone(lambda: add_archive(ground, 120, say))
    for path, page in steps.pop("pages").items():
        assert at_once["pages"][path] == page, path
    assert steps == {name: rows for name, rows in at_once.items() if name != "pages"}


def test_a_taken_address_is_left_to_the_story_that_has_it(newsroom: Newsroom, ground: Ground) -> None:
    known = adding._with_names(2, [])
    first = write_piece(0, ground, known)
    publish_by_action(newsroom, first)
    Story.objects.update(counterpart_key="0" * 32)
    add_archive(ground, 1, say)
    assert Story.objects.get(counterpart_key=first.key).address.endswith("-2/")


def test_it_pauses_between_short_transactions(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    write, times = adding.StoryWriter.write, list[tuple[float, float]]()

    def watched(*args: Any) -> Any:
        begin = time.monotonic()
        found = write(*args)
        times.append((begin, time.monotonic()))
        return found

    monkeypatch.setattr(adding.StoryWriter, "write", watched)
    add_archive(ground, 150, say)
    assert len(times) == 63
    assert min(later[0] - earlier[1] for earlier, later in pairwise(times)) >= 0.010


def test_a_newsroom_that_is_not_the_demo_gets_no_archive(newsroom: Newsroom) -> None:
    with pytest.raises(Refused, match="not the demo"):
        adding.demo_ground()
    assert (Story.objects.count(), Person.objects.count()) == (0, 2)


def test_there_are_more_topics_and_people_the_more_stories_there_are() -> None:
    assert (len(topics()), len(writers()), len(speakers())) == (400, 300, 600)
    assert (topics_at(100_000), writers_at(100_000)) == (400, 300)
    assert (topics_at(10), writers_at(10), speakers_at(10)) == (40, 30, 60)
    slugs = [named.slug for named in (*writers(), *speakers())]
    assert len(set(slugs)) == len(slugs)
