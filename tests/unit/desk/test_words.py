"""The newsroom's words at the desk."""

import pytest
from django.test import Client

from broadsheet.proofreading.models import Word
from tests.factories import Newsroom

pytestmark = pytest.mark.database
WORDS = "/desk/words/"


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.staff["editor"])  # type: ignore[index]


def test_an_editor_adds_a_word_and_removes_it_again(desk: Client) -> None:
    page = desk.post(WORDS, {"language": "en", "word": "smorrebrod"}, follow=True).content.decode()
    assert "“smorrebrod” is one of the newsroom" in page
    word = Word.objects.get()
    assert f"{WORDS}{word.pk}/remove/" in page
    page = desk.post(f"{WORDS}{word.pk}/remove/", follow=True).content.decode()
    assert "The word was removed." in page
    assert not Word.objects.exists()


def test_what_is_no_word_is_refused_above_the_list(desk: Client) -> None:
    page = desk.post(WORDS, {"language": "en", "word": "two words"}, follow=True).content.decode()
    assert "Write one word, of letters alone." in page
    assert not Word.objects.exists()


def test_the_panel_adds_a_word_without_leaving_the_text(desk: Client) -> None:
    script = {"accept": "application/json"}
    done = desk.post(WORDS, {"language": "ru", "word": "соляк"}, headers=script)
    assert done.json()["sentence"].startswith("“соляк” is one of")
    refused = desk.post(WORDS, {"language": "ru", "word": "<b>"}, headers=script)
    assert refused.status_code == 409


def test_a_link_from_the_panel_fills_the_form(desk: Client) -> None:
    page = desk.get(f"{WORDS}?language=ru&word=соляк&before=x").content.decode()
    assert 'value="соляк"' in page
    assert '<option value="ru" selected>' in page


def test_a_reporter_has_no_list_of_words(newsroom: Newsroom) -> None:
    client = newsroom.at_desk(newsroom.staff["reporter"])  # type: ignore[index]
    assert client.get(WORDS).status_code == 403
    assert client.post(WORDS, {"language": "en", "word": "smorrebrod"}).status_code == 403
    assert WORDS not in client.get("/desk/").content.decode()
