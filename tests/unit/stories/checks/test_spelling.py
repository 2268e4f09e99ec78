"""Spelling before publishing: what the newsroom knows is known, and the demo's stories are hardly touched."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.proofreading.actions import add_word, remove_word
from broadsheet.stories.checks.spelling import MOST_WORDS, words_are_spelt
from tests.factories import Newsroom, make_person
from tests.unit.stories.checks.looking import found, paragraph, quote, story_of

pytestmark = pytest.mark.database


def test_a_word_that_no_dictionary_has_is_named_where_it_stands(newsroom: Newsroom) -> None:
    story = story_of(newsroom, standfirst="They recieved it.", body=[paragraph("All well."), quote("It was teh end.")])
    warnings = found(words_are_spelt, story)
    assert [(one.sentence, one.about, one.place) for one in warnings] == [
        ("“recieved” is in no dictionary.", "recieved", "standfirst"),
        ("“teh” is in no dictionary.", "teh", story.body[1].id),
    ]
    assert warnings[0].fix == "Correct it, or add it to the newsroom's words."


def test_a_russian_story_is_read_as_russian(newsroom: Newsroom) -> None:
    story = story_of(
        newsroom, edition=newsroom.russian, headline="Порт молчит", body=[paragraph("Краны стаят в порту.")]
    )
    assert [one.about for one in found(words_are_spelt, story)] == ["стаят"]


def test_the_newsrooms_own_words_are_right_until_they_are_removed(newsroom: Newsroom) -> None:
    story = story_of(newsroom, body=[paragraph("The smorrebrods were cold.")])
    assert len(found(words_are_spelt, story)) == 1
    word = add_word(newsroom.chief, "en", "smorrebrods")
    assert found(words_are_spelt, story) == []
    assert len(found(words_are_spelt, story_of(newsroom, edition=newsroom.russian, body=story.body))) == 0
    remove_word(newsroom.chief, word.pk)
    assert len(found(words_are_spelt, story)) == 1


def test_the_names_of_people_are_known_at_the_beginning_of_a_sentence_too(newsroom: Newsroom) -> None:
    story = story_of(newsroom, body=[paragraph("Zhmerinkov slept. Zhmerinkov's cat did not.")])
    assert [one.about for one in found(words_are_spelt, story)] == ["Zhmerinkov"]
    make_person(newsroom.chief, "oleg-zhmerinkov", "Oleg Zhmerinkov", "Олег Жмеринков", writes=False)
    assert found(words_are_spelt, story) == []


def test_a_text_in_another_language_ends_with_a_number_of_words(newsroom: Newsroom) -> None:
    words = " ".join(f"xq{a}{b}zq" for a in "abcdefgh" for b in "abcdefgh")
    assert len(found(words_are_spelt, story_of(newsroom, body=[paragraph(words)]))) == MOST_WORDS


def test_a_story_without_a_doubtful_word_asks_the_database_nothing(newsroom: Newsroom) -> None:
    story = story_of(newsroom, body=[paragraph("The cranes stand still at night.")])
    with CaptureQueriesContext(connection) as queries:
        assert found(words_are_spelt, story) == []
    assert len(queries) == 0
