"""Pictures before publishing: one at the head, alt texts in the story's language, licences."""

import pytest

from broadsheet.mediabank.actions import save_picture
from broadsheet.mediabank.models import Picture
from broadsheet.stories.checks.pictures import (
    lead_picture_is_chosen,
    pictures_have_a_licence,
    pictures_have_alt_text,
)
from broadsheet.stories.models import Story
from tests.factories import Newsroom, make_film, make_picture
from tests.unit.stories.checks.looking import found, paragraph, sentences, story_of

pytestmark = pytest.mark.database


def in_body(newsroom: Newsroom, picture: Picture, **fields: object) -> Story:
    return story_of(newsroom, body=[paragraph("A word."), ("picture", {"picture": picture, "caption": ""})], **fields)


def test_a_story_without_a_lead_picture_is_told_so(newsroom: Newsroom) -> None:
    (warning,) = found(lead_picture_is_chosen, story_of(newsroom))
    assert (warning.code, warning.weight, warning.place) == ("no-lead-picture", "warning", "lead_picture")
    assert warning.sentence == "The story has no lead picture."
    assert found(lead_picture_is_chosen, story_of(newsroom, lead_picture=newsroom.picture)) == []


def test_quotes_in_brief_and_a_page_that_opens_with_a_video_need_no_lead_picture(newsroom: Newsroom) -> None:
    film = make_film(newsroom.chief, newsroom.picture)
    video = ("video", {"film": film, "address": "", "title": "", "poster": None})
    assert found(lead_picture_is_chosen, story_of(newsroom, kind="in-brief")) == []
    assert found(lead_picture_is_chosen, story_of(newsroom, kind="video", body=[video])) == []
    assert len(found(lead_picture_is_chosen, story_of(newsroom, kind="news", body=[video]))) == 1


def only_english(newsroom: Newsroom) -> Picture:
    picture = make_picture(newsroom.chief, "grey seals", colour="grey")
    picture.texts = [text for text in picture.texts.all() if text.language == "en"]
    save_picture(newsroom.chief, picture)
    return Picture.objects.get(pk=picture.pk)


def test_alt_text_counts_in_the_storys_own_language(newsroom: Newsroom) -> None:
    seals = only_english(newsroom)
    assert found(pictures_have_alt_text, in_body(newsroom, seals)) == []
    russian = in_body(newsroom, seals, edition=newsroom.russian)
    (warning,) = found(pictures_have_alt_text, russian)
    assert warning.sentence == "The picture “grey seals” has no alt text in the story's language, Русский."
    assert warning.place == russian.body[1].id


def test_the_lead_picture_is_looked_at_too_and_named_where_it_stands_first(newsroom: Newsroom) -> None:
    seals = only_english(newsroom)
    story = in_body(newsroom, seals, edition=newsroom.russian, lead_picture=seals)
    assert [warning.place for warning in found(pictures_have_alt_text, story)] == ["lead_picture"]


def test_a_picture_without_a_licence_is_told_of_in_a_gallery_too(newsroom: Newsroom) -> None:
    bare = make_picture(newsroom.chief, "no right", colour="red")
    bare.licence = " "
    save_picture(newsroom.chief, bare)
    gallery = ("gallery", {"title": "", "pictures": [{"picture": newsroom.picture}, {"picture": bare}]})
    story = story_of(newsroom, body=[gallery])
    (warning,) = found(pictures_have_a_licence, story)
    assert warning.sentence == "The picture “no right” has no licence."
    assert (warning.place, warning.about) == (story.body[0].id, "no right")
    assert found(pictures_have_a_licence, story_of(newsroom, lead_picture=newsroom.picture)) == []


def test_a_picture_that_is_gone_says_nothing(newsroom: Newsroom) -> None:
    story = story_of(newsroom)
    story.body = story._meta.get_field("body").to_python(
        [{"type": "picture", "value": {"picture": 999_999, "caption": ""}, "id": "gone"}]
    )
    assert sentences(found(pictures_have_alt_text, story)) == []
    assert sentences(found(pictures_have_a_licence, story)) == []
