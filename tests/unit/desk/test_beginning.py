"""A new story begins where its writer wrote last, under the writer's own name."""

import pytest

from broadsheet.stories.desk.beginning import blank_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom, make_person
from tests.unit.desk.forms import story_form

pytestmark = pytest.mark.database


def test_a_new_story_begins_in_the_section_of_the_last_one(newsroom: Newsroom) -> None:
    reporter = newsroom.staff["reporter"]  # type: ignore[index]
    assert blank_story(reporter).section_id is None
    newsroom.draft(reporter, section=newsroom.sections["culture"], edition=newsroom.russian)
    story = blank_story(reporter)
    assert (story.section_id, story.edition_id) == (newsroom.sections["culture"].pk, newsroom.russian.pk)


def test_a_section_in_which_one_may_write_no_more_is_not_remembered(newsroom: Newsroom) -> None:
    reporter = newsroom.member("reporter", section="world")
    newsroom.draft(reporter)
    assert blank_story(reporter).section_id == newsroom.sections["world"].pk
    reporter.assignments.update(section=newsroom.sections["economy"])
    del reporter._roles
    assert blank_story(reporter).section_id is None


def test_whoever_writes_under_the_accounts_own_name_has_the_byline(newsroom: Newsroom) -> None:
    reporter = newsroom.staff["reporter"]  # type: ignore[index]
    assert list(blank_story(reporter).bylines.all()) == []
    reporter.name = "Ann Writer"
    assert [byline.person for byline in blank_story(reporter).bylines.all()] == [newsroom.writer]
    reporter.name = "Sam Speaker"  # who speaks, and writes nothing
    assert list(blank_story(reporter).bylines.all()) == []


def test_nobody_has_the_byline_where_two_have_the_name(newsroom: Newsroom) -> None:
    make_person(newsroom.chief, "ann-writer-2", "Ann Writer", "Анна Писаренко", writes=True)
    reporter = newsroom.staff["reporter"]  # type: ignore[index]
    reporter.name = "Ann Writer"
    assert list(blank_story(reporter).bylines.all()) == []


def test_the_form_of_a_new_story_shows_the_byline_and_saves_it(newsroom: Newsroom) -> None:
    reporter = newsroom.staff["reporter"]  # type: ignore[index]
    reporter.name = "Ann Writer"
    reporter.save()
    page = newsroom.at_desk(reporter).get("/desk/stories/add/").content.decode()
    assert 'name="bylines-TOTAL_FORMS" value="1"' in page
    assert f'name="bylines-0-person" value="{newsroom.writer.pk}"' in page


def test_the_preview_shows_a_story_of_either_edition_before_it_is_saved(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    for edition, words in ((newsroom.english, "Published"), (newsroom.russian, "Опубликовано")):
        form = story_form(newsroom, headline="Not saved at all", edition=edition.pk)
        assert desk.post("/desk/stories/preview/", form).json()["is_valid"]
        page = desk.get("/desk/stories/preview/").content.decode()
        assert "Not saved at all" in page
        assert words in page
    assert not Story.objects.filter(headline="Not saved at all").exists()
