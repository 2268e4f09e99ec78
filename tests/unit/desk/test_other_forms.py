"""Pictures, people and the rest through the desk's forms."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.editions.models import Section
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person
from tests.factories import Newsroom, picture_bytes

pytestmark = pytest.mark.database


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def picture_form(file: bytes, name: str = "ship.jpg", **changes: Any) -> dict[str, Any]:
    fields = {
        "title": "A ship",
        "creator": "A. Photographer",
        "agency": "",
        "licence": "CC BY 4.0",
        "licence_url": "",
        "source": "",
        "taken": "2026",
        "focal_x": "0.5",
        "focal_y": "0.5",
        "texts": inline_formset([{"language": "en", "alt": "A ship at a quay", "caption": "A ship"}]),
    }
    form = nested_form_data({**fields, **changes})
    return {**form, "original": SimpleUploadedFile(name, file, "image/jpeg")}


def test_a_picture_is_brought_in_with_its_rights(desk: Client) -> None:
    response = desk.post("/desk/pictures/add/", picture_form(picture_bytes(2000, 1000)))
    assert response.status_code == 302, response.content.decode()[:3000]
    picture = Picture.objects.latest("pk")
    assert (picture.width, picture.height, picture.slug) == (1600, 800, "a-ship")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(b"<svg/>", "no whole picture"), (picture_bytes(400, 400)[:900], "no whole picture")],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_what_was_typed_stays(
    desk: Client, file: bytes, sentence: str
) -> None:
    before = Picture.objects.count()
    page = desk.post("/desk/pictures/add/", picture_form(file)).content.decode()
    assert sentence in page
    assert "A ship at a quay" in page
    assert Picture.objects.count() == before


def test_a_picture_in_use_is_not_deleted(newsroom: Newsroom, desk: Client) -> None:
    newsroom.published(lead_picture=newsroom.picture)
    response = desk.post(f"/desk/pictures/delete/{newsroom.picture.pk}/")
    assert response.status_code in (403, 409)
    assert Picture.objects.filter(pk=newsroom.picture.pk).exists()


def test_a_person_is_entered_in_two_languages(desk: Client) -> None:
    texts = [
        {"language": "en", "name": "Ivy Tide", "role": "pilot", "biography": ""},
        {"language": "ru", "name": "Айви Тайд", "role": "лоцман", "biography": ""},
    ]
    form = nested_form_data({"slug": "ivy-tide", "writes": "", "texts": inline_formset(texts)})
    assert desk.post("/desk/people/add/", form).status_code == 302
    assert str(Person.objects.latest("pk")) == "Ivy Tide / Айви Тайд"


@pytest.mark.parametrize("slug", ["search", "ru", "2026", "With Capitals", "desk"])
def test_a_section_may_not_take_an_address_that_means_something_else(desk: Client, slug: str) -> None:
    names = [{"language": "en", "name": "Something", "description": ""}]
    form = nested_form_data({"slug": slug, "order": "9", "names": inline_formset(names)})
    before = Section.objects.count()
    assert desk.post("/desk/sections/add/", form).status_code == 200
    assert Section.objects.count() == before
