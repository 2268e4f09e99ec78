"""Names and headlines typed in place: who is found, what is found, and who may be entered."""

import pytest

from broadsheet.people.actions import save_person
from broadsheet.people.models import Person
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def people(newsroom: Newsroom, typed: str, role: str = "reporter", language: str = "en") -> list[str]:
    desk = newsroom.at_desk(newsroom.staff[role])  # type: ignore[index]
    answer = desk.get("/desk/people/found/", {"q": typed, "language": language}).json()
    return [row["string"] for row in answer["found"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ann", ["Ann Writer"]),
        ("writ", ["Ann Writer"]),
        ("wr an", ["Ann Writer"]),
        ("WRITER, Ann", ["Ann Writer"]),
        ("Писа", ["Ann Writer"]),
        ("s", ["Sam Speaker"]),
        ("riter", []),
        ("", []),
        ("!?", []),
        ("zzz", []),
        ("\0", []),
    ],
)
def test_a_person_is_found_by_how_words_of_the_name_begin(newsroom: Newsroom, typed: str, found: list[str]) -> None:
    assert people(newsroom, typed) == found


def test_a_person_is_shown_in_the_language_of_the_edition(newsroom: Newsroom) -> None:
    assert people(newsroom, "speak", language="ru") == ["Семён Говоров"]


def test_a_person_is_found_by_the_name_that_was_changed_and_no_more_by_the_old_one(newsroom: Newsroom) -> None:
    person = Person.objects.get(slug="sam-speaker")
    texts = list(person.texts.all())
    texts[0].name = "Sam Zworykin"
    person.texts = texts
    save_person(newsroom.chief, person)
    assert people(newsroom, "zworykin") == ["Sam Zworykin"]
    assert people(newsroom, "zw") == ["Sam Zworykin"]
    assert people(newsroom, "speaker") == []


def test_a_reporter_enters_a_speaker_by_name_and_role(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.staff["reporter"])  # type: ignore[index]
    form = {"name": "  Agda   Pirrel ", "role": "harbour master", "language": "en"}
    answer = desk.post("/desk/people/called/", form).json()
    person = Person.objects.get(pk=answer["id"])
    assert (answer["string"], answer["edit_url"], person.slug) == ("Agda Pirrel", "", "agda-pirrel")
    assert [(text.language, text.role) for text in person.texts.all()] == [("en", "harbour master")]
    assert people(newsroom, "pirrel") == ["Agda Pirrel"]


def test_two_of_one_name_have_each_a_slug(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    slugs = []
    for _time in range(2):
        answer = desk.post("/desk/people/called/", {"name": "Agda Pirrel", "language": "en"}).json()
        slugs.append(Person.objects.get(pk=answer["id"]).slug)
    assert slugs == ["agda-pirrel", "agda-pirrel-2"]


def test_a_person_without_a_name_is_refused_with_a_sentence(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    for name in ("", "   ", "…", "a" * 121):
        response = desk.post("/desk/people/called/", {"name": name, "language": "en"})
        assert (response.status_code, bool(response.json()["sentence"])) == (409, True)


def test_a_moderator_enters_nobody(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.staff["moderator"])  # type: ignore[index]
    response = desk.post("/desk/people/called/", {"name": "Agda Pirrel"})
    assert response.status_code == 403
    assert desk.get("/desk/people/found/", {"q": "a"}).json()["may_add"] is False
    assert not Person.objects.filter(slug="agda-pirrel").exists()


def test_a_story_is_found_by_a_word_of_its_headline_by_whoever_may_read_it(newsroom: Newsroom) -> None:
    newsroom.published(headline="Ferry ties up at noon")
    newsroom.draft(headline="Ferry that nobody else may know of")
    desk = newsroom.at_desk(newsroom.member("reporter", section="culture"))
    found = desk.get("/desk/stories/found/", {"q": "ferr"}).json()["found"]
    assert [row["string"] for row in found] == ["Ferry ties up at noon"]
    found = newsroom.at_desk(newsroom.chief).get("/desk/stories/found/", {"q": "ferr"}).json()["found"]
    assert len(found) == 2


def test_an_old_story_is_found_by_a_whole_word(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.stories.desk.suggesting.NEWEST", 0)
    newsroom.published(headline="Ferry ties up at noon")
    desk = newsroom.at_desk(newsroom.chief)
    found = desk.get("/desk/stories/found/", {"q": "noon"}).json()["found"]
    assert [row["string"] for row in found] == ["Ferry ties up at noon"]


def test_a_reader_of_the_site_finds_nothing_here(newsroom: Newsroom) -> None:
    assert newsroom.reader is not None
    desk = newsroom.at_desk(newsroom.reader)
    for address in ("/desk/people/found/", "/desk/stories/found/"):
        assert desk.get(address, {"q": "a"}).status_code in (302, 403)
