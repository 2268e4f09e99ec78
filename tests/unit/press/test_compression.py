"""Public text goes out compressed to whoever takes it, and says so."""

import gzip

import pytest
from django.test import Client

from tests.factories import Newsroom

pytestmark = pytest.mark.database

ACCEPTED = {
    "": False,
    "gzip": True,
    "br, gzip;q=0.5": True,
    "deflate, GZIP": True,
    "gzip;q=0": False,
    "gzip; q=0.000, br": False,
    "br": False,
    "identity": False,
    "xgzip": False,
}


@pytest.mark.parametrize(("accepted", "is_compressed"), ACCEPTED.items(), ids=ACCEPTED)
def test_a_page_is_compressed_for_whoever_takes_that(
    newsroom: Newsroom, reader: Client, accepted: str, is_compressed: bool
) -> None:
    plain = reader.get("/").content
    answer = reader.get("/", HTTP_ACCEPT_ENCODING=accepted)
    assert (answer.get("Content-Encoding") == "gzip") == is_compressed
    assert (gzip.decompress(answer.content) if is_compressed else answer.content) == plain
    assert answer["Vary"] == "Accept-Encoding"
    if is_compressed:
        assert int(answer["Content-Length"]) == len(answer.content) < len(plain) / 2


def test_what_is_small_or_a_picture_stays_as_it_is(newsroom: Newsroom, reader: Client) -> None:
    newsroom.published(lead_picture=newsroom.picture)
    for path in ("/robots.txt", f"/media/{newsroom.picture.shown.name}"):
        answer = reader.get(path, HTTP_ACCEPT_ENCODING="gzip")
        assert b"".join(answer)
        assert "Content-Encoding" not in answer


def test_the_desk_is_never_compressed_here(newsroom: Newsroom) -> None:
    page = newsroom.at_desk(newsroom.chief).get("/desk/", HTTP_ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in page
