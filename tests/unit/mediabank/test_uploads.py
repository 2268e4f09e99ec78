"""A file that is too large is refused while it arrives, by a sentence in the form in which everything else stays."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.mediabank import uploads
from broadsheet.mediabank.models import Picture
from tests.factories import Newsroom, picture_bytes


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte instead of sixty, so that the tests are quick."""
    monkeypatch.setattr(uploads, "MOST_BYTES", 2**20)


def sent(**files: int) -> HttpRequest:
    """A form with files of these sizes."""
    fields = {name: SimpleUploadedFile(f"{name}.jpg", b"x" * size) for name, size in files.items()}
    return RequestFactory().post("/", {**fields, "title": "A ship"})


@pytest.mark.parametrize("size", [1, 2**20 - 1, 2**20])
def test_a_file_up_to_the_limit_arrives_whole(size: int) -> None:
    request = sent(one=size)
    assert request.FILES["one"].read() == b"x" * size  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [2**20 + 1, 5 * 2**20])
def test_of_a_larger_one_only_name_and_size_are_kept(size: int) -> None:
    request = sent(one=size)
    file: Any = request.FILES["one"]
    assert (file.name, file.read()) == ("one.jpg", b"")
    assert file.size > 2**20
    assert request.POST["title"] == "A ship"


def test_many_files_in_one_form_are_no_way_around_the_limit() -> None:
    files: Any = sent(one=600_000, two=600_000, three=10).FILES
    assert files["one"].size == 600_000
    assert (files["two"].size, files["two"].read()) == (2**20 + 1, b"")
    assert files["three"].read() == b""


def test_what_is_too_large_is_read_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = []
    receive = uploads.BoundedUpload.receive_data_chunk
    monkeypatch.setattr(
        uploads.BoundedUpload,
        "receive_data_chunk",
        lambda self, data, start: (pieces.append(len(data)), receive(self, data, start))[1],
    )
    assert sent(one=4 * 2**20).FILES
    assert max(pieces) <= 64 * 2**10
    assert sum(pieces) == 4 * 2**20


@pytest.mark.database
def test_the_desks_form_says_so_and_keeps_what_was_typed(newsroom: Newsroom) -> None:
    fields = {"title": "A ship", "focal_x": "0.5", "focal_y": "0.5"}
    texts = inline_formset([{"language": "en", "alt": "A ship at a quay", "caption": ""}])
    form = nested_form_data({**fields, "texts": texts})
    large = io.BytesIO(picture_bytes().ljust(2**20 + 1, b"\0"))
    large.name = "ship.jpg"
    before = Picture.objects.count()
    page = newsroom.at_desk(newsroom.chief).post("/desk/pictures/add/", {**form, "original": large}).content.decode()
    assert "The file is larger than 1 MB." in page
    assert "A ship at a quay" in page
    assert Picture.objects.count() == before


@pytest.mark.database
def test_a_picture_whose_original_has_gone_can_still_be_edited(newsroom: Newsroom) -> None:
    picture = newsroom.picture
    picture.original.storage.delete(str(picture.original.name))
    picture.clean_fields()
