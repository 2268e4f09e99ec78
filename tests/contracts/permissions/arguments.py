"""Sensible arguments for every address: the ids of what is tried, and for Wagtail's own what would exist."""

from typing import Any

from broadsheet.editions.models import Edition, Section, Topic
from broadsheet.mediabank.models import Film, Picture
from broadsheet.mediabank.renditions import name_of
from broadsheet.newsfeed.models import Brief
from broadsheet.proofreading.models import Word
from broadsheet.stories.models import Story
from tests.contracts.permissions.cast import Stage

# Arguments that mean the same in every address.
ANYWHERE: dict[str, object] = {
    "prefix": "ru",
    "section": "world",
    "topic": "the-port",
    "person": "ann-writer",
    "brief_id": 1,
    "edition_id": 1,
    "section_id": 1,
    "path": "nowhere/at-all/",
    "parent_page_id": 1,
    "page_id": 2,
    "page_pk": 2,
    "page_to_move_id": 2,
    "destination_id": 1,
    "collection_id": 1,
    "workflow_pk": 1,
    "workflow_state_id": 1,
    "task_id": 1,
    "task_state_id": 1,
    "image_id": 1,
    "document_id": 1,
    "doc_id": 1,
    "uploaded_file_id": 1,
    "filter_spec": "original",
    "session_id": 1,
    "action_name": "publish",
    "app_label": "stories",
    "model_name": "story",
    "action": "delete",
    "app_name": "taggit",
    "content_type_app_name": "wagtailcore",
    "content_type_model_name": "page",
    "uidb64": "MQ",
    "uidb36": "1",
    "token": "a-token",
    "key": "a-key",
    "pk": 1,
    "revision_id": 1,
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "name": "ab/0123456789abcdef01234567.jpg",
    "part": "card",
    "story_id": 1,
    "aside_id": 1,
    "word_id": 1,
    "report_id": 1,
    "notice_id": 1,
    "topic_id": 1,
    "captions": "01/0123456789abcdef01234567.vtt",
    "rendition": "01/0123456789abcdef01234567-320.avif",
}


def arguments_for(stage: Stage, of: str) -> dict[str, object]:
    """The arguments of an address that speaks of the thing `of`; "-" for one that speaks of none."""
    if of == "-":
        return ANYWHERE
    thing = stage.thing(of)
    values = {
        **ANYWHERE,
        "pk": thing.pk,
        "object_id": thing.pk,
        "mail_id": thing.pk,
        "story_id": thing.pk,
        "aside_id": thing.pk,
    }
    values = {**ANYWHERE, "pk": thing.pk, "object_id": thing.pk, "mail_id": thing.pk, "story_id": thing.pk}
    values |= {"report_id": thing.pk, "notice_id": thing.pk}
    values |= {"app_label": thing._meta.app_label, "model_name": thing._meta.model_name}
    if isinstance(thing, Word):
        values |= {"word_id": thing.pk}
    if isinstance(thing, Story):
        values |= _of_story(thing)
    if isinstance(thing, Edition):
        values |= {"edition_id": thing.pk}
    if isinstance(thing, Section):
        values |= {"edition_id": stage.newsroom.english.pk, "section_id": thing.pk}
    if isinstance(thing, Topic):
        values |= {"topic_id": thing.pk}
    if isinstance(thing, Brief):
        values |= {"brief_id": thing.pk}
    if isinstance(thing, Picture):
        values |= {"picture_id": thing.pk, "slug": thing.slug, "name": thing.shown.name.removeprefix("pictures/")}
        values["rendition"] = name_of(thing.shown.name, thing.width, "webp").removeprefix("renditions/")
    if isinstance(thing, Film):
        captions: Any = thing.captions
        values["name"] = thing.file.name.removeprefix("films/")
        values["captions"] = captions.first().file.name.removeprefix("captions/")
    return values


def _of_story(story: Story) -> dict[str, Any]:
    values: dict[str, Any] = {"revision_id": story.latest_revision_id}
    if story.address:
        names = ("section", "year", "month", "day", "slug")
        values |= dict(zip(names, story.address.strip("/").split("/"), strict=True))
    return values


def query_for(route: str, stage: Stage, of: str) -> str:
    """What stands behind the question mark: the ticked things, for addresses that ask for them so."""
    asks = of != "-" and ("/bulk/" in route or route.endswith("/chosen-multiple/"))
    return f"?id={stage.thing(of).pk}" if asks else ""
