"""Public text goes out compressed to whoever takes it, and says so."""

import gzip

import brotli
import pytest
from django.test import Client

from tests.factories import Newsroom

pytestmark = pytest.mark.database

ACCEPTED = {
    "": "",
    "gzip": "gzip",
    "gzip, deflate, br, zstd": "br",
    "br, gzip;q=0.5": "br",
    "br;q=0.4, gzip;q=0.5": "gzip",
    "deflate, GZIP": "gzip",
    "gzip;q=0": "",
    "gzip; q=0.000, br": "br",
    "br;q=0, gzip;q=0": "",
    "gzip;q=much": "",
    "br": "br",
    "identity": "",
    "xgzip": "",
}
READ = {"": lambda content: content, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize(("accepted", "encoding"), ACCEPTED.items(), ids=ACCEPTED)
def test_a_page_is_compressed_for_whoever_takes_that(
    newsroom: Newsroom, reader: Client, accepted: str, encoding: str
) -> None:
    plain = reader.get("/").content
    answer = reader.get("/", HTTP_ACCEPT_ENCODING=accepted)
    assert answer.get("Content-Encoding", "") == encoding
    assert READ[encoding](answer.content) == plain
    assert answer["Vary"] == "Accept-Encoding"
    if encoding:
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
