"""What a form names and was deleted meanwhile: a sentence, and everything else is saved."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from broadsheet.stories.models import Story
from tests.factories import Newsroom, make_person
from tests.unit.desk.forms import newest, seen_form, story_form

pytestmark = pytest.mark.database
ADD = "/desk/stories/add/"
GONE = 999_999


def quote(speaker: int) -> tuple[str, dict[str, Any]]:
    return ("quote", {"text": "We saw it.", "speaker": speaker, "role": "", "place": "", "said_on": ""})


def form_with(newsroom: Newsroom, field: str) -> dict[str, Any]:
    """A form in which one field names what is gone."""
    words = ("paragraph", rich_text("<p>A paragraph from the desk.</p>"))
    changes: dict[str, Any] = {
        "section": {"section": GONE},
        "lead_picture": {"lead_picture": GONE},
        "topics": {},
        "counterpart": {"counterpart": GONE},
        "byline": {"bylines": inline_formset([{"person": GONE}, {"person": newsroom.writer.pk}])},
        "speaker": {"body": streamfield([words, quote(GONE)])},
        "picture": {"body": streamfield([words, ("picture", {"picture": GONE, "caption": "Seen"})])},
        "related": {"body": streamfield([words, ("related", GONE)])},
    }[field]
    form = story_form(newsroom, **changes)
    return form | {"topics": [newsroom.topic.pk, GONE]} if field == "topics" else form


SENTENCES = {
    "section": "The section that was chosen is no longer there. Choose another.",
    "lead_picture": "The lead picture is no longer in the mediabank. Choose another.",
    "topics": "A topic is no longer there and was left out.",
    "counterpart": "The story in the other edition is no longer there.",
    "byline": "A person in the byline is no longer there and was left out.",
    "speaker": "The speaker of a quote is no longer there. Its words are kept.",
    "picture": "A picture in the body is no longer in the mediabank.",
    "related": "A related story is no longer there.",
}


@pytest.mark.parametrize("field", SENTENCES)
def test_a_form_that_names_what_is_gone_is_saved_with_a_sentence(newsroom: Newsroom, field: str) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    page = desk.post(ADD, form_with(newsroom, field), follow=True).content.decode()
    assert SENTENCES[field] in page
    story = newest()
    assert story.headline == "Written at the desk"
    assert "A paragraph from the desk." in str(story.body.get_prep_value())


@pytest.mark.parametrize("field", SENTENCES)
def test_an_autosave_that_names_what_is_gone_is_saved_with_a_sentence(newsroom: Newsroom, field: str) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    desk.post(ADD, story_form(newsroom))
    story = newest()
    form = form_with(newsroom, field) | {"headline": "Typed on", "window": "my window"} | seen_form(story)
    answer = desk.post(f"/desk/stories/edit/{story.pk}/", form, headers={"accept": "application/json"}).json()
    assert answer["success"], answer
    assert answer["gone"] == [SENTENCES[field]]
    assert newest().headline == "Typed on"


def test_the_words_of_a_quote_stay_when_its_speaker_is_deleted_while_it_is_written(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    speaker = make_person(newsroom.chief, "gone-soon", "Gone Soon", "Гон Сун", writes=False)
    form = story_form(newsroom, body=streamfield([quote(speaker.pk)]))
    speaker.delete()
    desk.post(ADD, form)
    assert [block.value["text"] for block in newest().body] == ["We saw it."]


def test_a_section_that_is_gone_stands_in_the_way_of_publishing_and_of_nothing_else(newsroom: Newsroom) -> None:
    desk: Client = newsroom.at_desk(newsroom.chief)
    page = desk.post(ADD, form_with(newsroom, "section") | {"action-publish": "1"}, follow=True).content.decode()
    assert "The story has no section." in page
    story = newest()
    assert (story.state, story.section_id, story.headline) == ("draft", None, "Written at the desk")


def test_a_form_that_names_nothing_that_is_gone_says_nothing(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    desk.post(ADD, story_form(newsroom))
    page = desk.get(f"/desk/stories/edit/{newest().pk}/").content.decode()
    assert "no longer" not in page
    assert Story.objects.latest("pk").bylines.count() == 1


def test_paragraphs_that_say_nothing_are_left_out_of_a_published_story(newsroom: Newsroom) -> None:
    body = streamfield(
        [("paragraph", rich_text("")), ("paragraph", rich_text("<p>Words.</p>")), ("paragraph", rich_text(""))]
    )
    desk = newsroom.at_desk(newsroom.chief)
    desk.post(ADD, story_form(newsroom, body=body) | {"action-publish": "1"})
    assert newest().state == "published"
    assert len(newest().body) == 1


def test_what_was_typed_into_the_form_of_a_thing_that_is_gone_is_shown_to_be_taken_along(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    words = json.loads(rich_text("<p>Grew up by the sea, <b>far</b> away.</p><p>Speaks four languages.</p>"))
    sent = {
        "csrfmiddlewaretoken": "a" * 64,
        "slug": "ann-writer",
        "texts-TOTAL_FORMS": "1",
        "texts-0-name": "Ann Writer-Seaborn",
        "texts-0-biography": json.dumps(words),
        "texts-0-role": "harbour <master>",
        "texts-1-role": "diver",
        "texts-0-language": "en",
        "texts-0-id": "17",
    }
    answer = desk.post(f"/desk/people/edit/{GONE}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "It was deleted while you had it open, or is no longer yours to change" in page
    shown = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert shown == [
        "ann-writer",
        "Ann Writer-Seaborn",
        "Grew up by the sea, far away.\n\nSpeaks four languages.",
        "harbour &lt;master&gt;",
        "diver",
    ]
    assert "<textarea" not in desk.get(f"/desk/people/edit/{GONE}/").content.decode()


@pytest.mark.parametrize("value", ['{"blocks": 3}', '{"blocks": [1, {"text": 2}]}', '{"blocks', '{"a b c": "d"}'])
def test_what_is_no_rich_text_is_shown_as_it_was_sent(newsroom: Newsroom, value: str) -> None:
    answer = newsroom.at_desk(newsroom.chief).post(f"/desk/people/edit/{GONE}/", {"texts-0-biography": value})
    assert answer.status_code == 404
    assert re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL) == [escape(value)]


def test_where_nothing_was_typed_nothing_is_promised(newsroom: Newsroom) -> None:
    answer = newsroom.at_desk(newsroom.chief).post(f"/desk/people/edit/{GONE}/", {"texts-0-language": "en"})
    assert answer.status_code == 404
    assert "stands below" not in answer.content.decode()
