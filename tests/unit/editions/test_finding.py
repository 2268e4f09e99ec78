"""Lists and choosers of the desk find pictures, films, people and topics by words, and count nothing."""

import re

import pytest
from django.db import connection

from broadsheet.editions.actions import delete_named, save_named
from broadsheet.index.actions import fill_index
from broadsheet.index.models import Entry
from broadsheet.index.sources import all_sources, count_wrong, wrong_in
from broadsheet.mediabank.actions import delete_picture, save_picture
from broadsheet.mediabank.models import Picture
from broadsheet.people.actions import delete_person, save_person
from tests.factories import Newsroom, make_film, make_person, make_picture

pytestmark = pytest.mark.database


def find(newsroom: Newsroom, where: str, words: str) -> str:
    page = newsroom.at_desk(newsroom.chief).get(f"/desk/{where}/results/", {"q": words})
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("where", ["pictures", "choose/pictures"])
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("cranes", True),
        ("crane", True),
        ("cra", True),
        ("КРАНЫ", True),
        ("photographer port", True),
        ("sky agency", True),
        ("cranes -port", False),
        ("lighthouse", False),
    ],
)
def test_a_picture_is_found_by_any_word_that_is_said_of_it(
    newsroom: Newsroom, where: str, words: str, is_found: bool
) -> None:
    make_picture(newsroom.chief, "gulls", colour="red")
    Picture.objects.filter(title="gulls").update(title="seagull")
    assert bool(re.search(r">\s*cranes\s*<", find(newsroom, where, words))) == is_found


@pytest.mark.parametrize("where", ["people", "choose/people"])
def test_a_person_is_found_by_a_name_in_any_language(newsroom: Newsroom, where: str) -> None:
    for words in ("ann", "Писаренко", "пис", "ann-writer"):
        page = find(newsroom, where, words)
        assert "Ann Writer" in page, words
        assert "Sam Speaker" not in page, words
    assert "Sam Speaker" in find(newsroom, where, "harbour master")


def test_topics_and_films_are_found_too(newsroom: Newsroom) -> None:
    make_film(newsroom.chief, newsroom.picture)
    for where, words, name in (("topics", "порт", "The port"), ("films", "ночь", "the port")):
        assert name in find(newsroom, where, words)
        assert name in find(newsroom, f"choose/{where}", words)
        assert name not in find(newsroom, where, "lighthouse")


def test_a_change_and_a_deletion_are_known_at_once(newsroom: Newsroom) -> None:
    picture, person = (
        make_picture(newsroom.chief, "gulls"),
        make_person(newsroom.chief, "x-y", "Xu", "Сюй", writes=True),
    )
    picture.title = "herons"
    save_picture(newsroom.chief, picture)
    assert "herons" in find(newsroom, "pictures", "herons")
    assert "herons" not in find(newsroom, "pictures", "gulls")
    delete_picture(newsroom.chief, picture.pk)
    assert "herons" not in find(newsroom, "pictures", "herons")
    save_person(newsroom.chief, person)
    delete_person(newsroom.chief, person.pk)
    save_named(newsroom.chief, newsroom.topic)
    delete_named(newsroom.chief, newsroom.topic)
    assert not Entry.objects.filter(kind="topic").exists()
    assert count_wrong() == 0


def test_what_the_index_lacks_is_put_in_by_the_job(newsroom: Newsroom) -> None:
    newsroom.published()
    newsroom.edit(newsroom.published(headline="Two"), headline="Two, changed")
    kinds = {source.kind for source in all_sources()}
    assert kinds == {"story", "desk", "deskpublic", "picture", "film", "person", "topic"}
    before = sorted(Entry.objects.values_list("kind", "object_id", "marks", "head", "body"))
    Entry.objects.all().delete()
    assert count_wrong() == len(before)
    while fill_index(3):
        pass
    assert sorted(Entry.objects.values_list("kind", "object_id", "marks", "head", "body")) == before
    assert not any(wrong_in(source) for source in all_sources())


def test_pages_follow_each_other_and_nothing_is_counted(newsroom: Newsroom) -> None:
    for number in range(32):
        make_picture(newsroom.chief, f"gull {number}")
    asked: list[str] = []

    def note(execute: object, sql: str, *more: object) -> object:
        asked.append(sql)
        return execute(sql, *more)  # type: ignore[operator]

    desk = newsroom.at_desk(newsroom.chief)
    with connection.execute_wrapper(note):  # type: ignore[arg-type]
        first = desk.get("/desk/pictures/").content.decode()
    assert not [sql for sql in asked if "COUNT(" in sql and "picture" in sql]
    second = desk.get("/desk/pictures/", {"p": "2"}).content.decode()
    assert "gull 31" in first
    assert "gull 1<" not in first.replace("\n", "").replace(" <", "<")
    assert "cranes" in second
    assert "?p=2" in first
    assert "?p=3" not in second
    for bad in ("0", "x", "9" * 30, "-1", "3"):
        assert desk.get("/desk/pictures/", {"p": bad}).status_code == 200
        assert desk.get("/desk/choose/pictures/results/", {"p": bad}).status_code in (200, 404)


def test_lists_say_how_many_stories_there_are(newsroom: Newsroom) -> None:
    for number in range(2):
        newsroom.published(headline=f"Story {number}", topics=[newsroom.topic])
    newsroom.published(edition=newsroom.russian, topics=[newsroom.topic])
    desk = newsroom.at_desk(newsroom.chief)
    for where in ("topics", "people", "sections"):
        cells = desk.get(f"/desk/{where}/").content.decode().replace("\n", "").replace(" ", "")
        assert "<td>3</td>" in cells, where


def test_a_picture_in_the_list_leads_to_its_form(newsroom: Newsroom) -> None:
    page = newsroom.at_desk(newsroom.chief).get("/desk/pictures/").content.decode()
    assert f'href="/desk/pictures/edit/{newsroom.picture.pk}/"' in page
