"""A picture brought in from where one writes: what is kept, and what is said where something is wrong."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from broadsheet.mediabank.models import Picture
from tests.factories import Newsroom, picture_bytes

pytestmark = pytest.mark.database


def bring(newsroom: Newsroom, role: str = "reporter", **changes: Any) -> tuple[int, Any]:
    desk = newsroom.at_desk(newsroom.staff[role])  # type: ignore[index]
    form: dict[str, Any] = {
        "file": SimpleUploadedFile("ferry.jpg", picture_bytes(colour="navy")),
        "title": "ferry",
        "alt": "A ferry at the quay",
        "creator": "L. Writer",
        "licence": "CC BY 4.0",
        "language": "en",
    }
    response = desk.post("/desk/pictures/bring/", {**form, **changes})
    return response.status_code, response.json()


def test_a_picture_is_in_the_mediabank_with_its_words(newsroom: Newsroom) -> None:
    status, answer = bring(newsroom)
    picture = Picture.objects.get(pk=answer["id"])
    assert (status, answer["string"], picture.creator, picture.licence) == (200, "ferry", "L. Writer", "CC BY 4.0")
    assert [(text.language, text.alt) for text in picture.texts.all()] == [("en", "A ferry at the quay")]
    assert (picture.width, picture.height) == (64, 48)


def test_what_is_wrong_is_said_in_sentences_and_nothing_is_kept(newsroom: Newsroom) -> None:
    before = Picture.objects.count()
    status, answer = bring(newsroom, alt="")
    assert (status, answer["sentences"]) == (409, ["Say what is seen, for those who cannot see it."])
    status, answer = bring(newsroom, file=SimpleUploadedFile("ferry.jpg", b"no picture"))
    assert (status, answer["sentences"][0][:45]) == (409, "The file is no whole picture that can be read")
    assert bring(newsroom, file="")[1]["sentences"] == ["No picture has arrived. Choose it again."]
    status, answer = bring(newsroom, title="", licence="x" * 121)
    assert status == 409
    assert [sentence.split(":")[0] for sentence in answer["sentences"]] == ["Working title", "Licence"]
    assert Picture.objects.count() == before


def test_a_moderator_brings_none(newsroom: Newsroom) -> None:
    assert bring(newsroom, "moderator")[0] == 403
