"""Renditions at their addresses: made when first asked for, by whom and for whom."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django_tasks_db.models import DBTaskResult
from PIL import Image

from broadsheet.accounts.models import User
from broadsheet.mediabank import rendition_files
from broadsheet.mediabank.actions import delete_picture, save_picture
from broadsheet.mediabank.due import make_renditions
from broadsheet.mediabank.models import Picture
from broadsheet.mediabank.reads import pictures, rendition_source
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.views import preview_page
from tests.factories import Newsroom, make_picture
from tests.unit.mediabank.large_pictures import (
    HASH,
    address,
    fetch,
    files_in,
    large_picture,
    original,
)

pytestmark = pytest.mark.database


def test_the_original_is_measured_upright(newsroom: Newsroom) -> None:
    picture = large_picture(newsroom, (3000, 1000))
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (1600, 533)
    assert (picture.original_width, picture.original_height) == (3000, 1000)
    assert pictures((picture.pk,), "en")[0].widths == (320, 480, 640, 960, 1280, 1920)


def test_a_rendition_is_readers_while_a_published_story_shows_the_picture(newsroom: Newsroom, media: Path) -> None:
    reader, picture = Client(HTTP_HOST="localhost"), large_picture(newsroom)
    newsroom.draft(lead_picture=picture)
    assert fetch(reader, address(picture, 640, "avif")).status_code == 404
    assert files_in(media) == set()
    story = newsroom.published(lead_picture=picture)
    answer = fetch(reader, address(picture, 640, "avif"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/avif"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(answer.body)) as image:
        assert (image.format, image.size) == ("AVIF", (640, 320))
    withdraw_story(newsroom.chief, story.pk)
    assert fetch(reader, address(picture, 640, "avif")).status_code == 404


def test_each_format_is_served_as_what_it_is(newsroom: Newsroom, media: Path, reader: Client) -> None:
    clear = large_picture(newsroom, mode="RGBA", kind="PNG", title="clear")
    opaque = large_picture(newsroom)
    for picture in (clear, opaque):
        newsroom.published(lead_picture=picture)
    for picture, ending, kind in (
        (opaque, "avif", "image/avif"), (opaque, "webp", "image/webp"), (opaque, "jpg", "image/jpeg"),
        (clear, "avif", "image/avif"), (clear, "webp", "image/webp"), (clear, "png", "image/png"),
    ):  # fmt: skip
        answer = fetch(reader, address(picture, 320, ending))
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert fetch(reader, address(opaque, 320, "png")).status_code == 404
    assert fetch(reader, address(clear, 320, "jpg")).status_code == 404


def test_a_stranger_fills_no_disk(newsroom: Newsroom, media: Path, reader: Client) -> None:
    picture = large_picture(newsroom)
    newsroom.published(lead_picture=picture)
    known = address(picture, 640, "avif")
    for path in (
        *(address(picture, width, "webp") for width in (1, 100, 319, 639, 641, 699, 960, 1280, 1920, 9999)),
        known.replace("avif", "gif"), known + ".part", known.replace("-640", "-0640"), known.replace("-640", ""),
        re.sub("[0-9a-f]{24}", HASH, known), known.replace("renditions/", "renditions/../renditions/"),
    ):  # fmt: skip
        assert fetch(reader, path).status_code == 404, path
    assert files_in(media) == set()


def test_a_width_that_only_a_picture_of_the_newsrooms_has_is_not_the_readers(
    newsroom: Newsroom, media: Path, reader: Client
) -> None:
    """Two pictures of one look show the same bytes; the larger original is not published."""
    small, large = (large_picture(newsroom, (width, width), title=str(width)) for width in (1600, 1800))
    Picture.objects.filter(pk=large.pk).update(shown=small.shown.name)
    newsroom.published(lead_picture=small)
    small.refresh_from_db()
    assert fetch(reader, address(small, 1800, "jpg")).status_code == 404
    at_the_desk = address(small, 1800, "jpg").replace("/media/", "/desk/pictures/files/")
    assert fetch(newsroom.at_desk(newsroom.chief), at_the_desk).status_code == 200
    assert fetch(reader, address(small, 1800, "jpg")).status_code == 404


def test_a_preview_shows_renditions_to_the_newsroom_alone(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.draft(lead_picture=large_picture(newsroom))
    preview = preview_page(RequestFactory().get("/"), story).content.decode()
    assert "/media/" not in re.sub(r"/desk/pictures/files/\S+", "", preview.partition("<body")[2])
    named = re.findall(r"(/desk/pictures/files/renditions/[^ ]+) \d+w", preview)
    assert len(named) == 12
    desk = newsroom.at_desk(newsroom.chief)
    for path in named:
        answer = fetch(desk, path)
        assert answer.status_code == 200
        assert answer["Cache-Control"].startswith("private")
        assert fetch(reader, path).status_code == 302
    assert fetch(desk, named[0].replace("-320", "-321")).status_code == 404


def test_who_reads_the_page_is_given_all_widths_and_the_room_that_the_picture_takes(
    newsroom: Newsroom, reader: Client
) -> None:
    picture = large_picture(newsroom)
    newsroom.published(lead_picture=picture)
    page = fetch(reader, picture.address).body.decode()
    shown = re.search(r"<picture>.*?</picture>", page, re.DOTALL)
    assert shown
    avif, webp, fallback = re.findall(r"<(?:source|img)[^>]+>", shown[0])
    assert 'type="image/avif"' in avif
    assert 'type="image/webp"' in webp
    sizes = 'sizes="(min-width: 64rem) 60rem, 88vw"'
    assert all(sizes in each and each.count("w,") >= 3 for each in (avif, webp, fallback))
    for words in (
        'width="700" height="350"', 'class="fx5 fy5"', 'fetchpriority="high"', f'src="/media/{picture.shown.name}"'
    ):  # fmt: skip
        assert words in fallback
    assert "loading" not in fallback
    assert "decoding" not in fallback
    assert f'<meta property="og:image" content="http://localhost:8000{address(picture, 700, "jpg")}">' in page
    newsroom.published(headline="A second one", lead_picture=newsroom.picture)
    front = fetch(reader, "/").body.decode()
    assert 'loading="lazy" decoding="async"' in front


def jobs() -> list[Any]:
    return [job.args_kwargs["args"] for job in DBTaskResult.objects.filter(task_path__endswith="make_renditions")]


def test_a_job_makes_the_renditions_of_a_picture_that_came_in_or_has_a_new_file(newsroom: Newsroom) -> None:
    DBTaskResult.objects.all().delete()
    picture = large_picture(newsroom)
    assert jobs() == [[picture.pk]]
    picture.creator = "Somebody else"
    save_picture(newsroom.chief, picture)
    assert len(jobs()) == 1
    picture.original = ContentFile(original((90, 30)), name="new.jpg")
    save_picture(newsroom.chief, picture)
    assert jobs() == [[picture.pk]] * 2


def test_the_job_may_run_twice_and_after_the_picture_is_gone(newsroom: Newsroom, media: Path) -> None:
    picture = large_picture(newsroom)
    assert [make_renditions.call(picture.pk) for _ in range(2)] == [12, 0]
    assert make_renditions.call(10**9) == 0
    other = large_picture(newsroom, (300, 200), title="other")
    source = rendition_source(other.pk)
    assert source is not None
    (media / source.original).unlink()
    assert make_renditions.call(other.pk) == 0


def test_renditions_go_with_their_picture_or_its_file(
    newsroom: Newsroom, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    picture, kept = large_picture(newsroom), make_picture(newsroom.chief, "kept", colour="green")
    for one in (picture, kept):
        make_renditions.call(one.pk)
    with django_capture_on_commit_callbacks(execute=True):
        picture.original = ContentFile(original((90, 30)), name="new.jpg")
        save_picture(newsroom.chief, picture)
    assert len(files_in(media)) == 3
    make_renditions.call(picture.pk)
    assert len(files_in(media)) == 6
    with django_capture_on_commit_callbacks(execute=True):
        delete_picture(newsroom.chief, picture.pk)
    left = {name.partition("-")[0] for name in files_in(media)}
    assert left == {Path(kept.shown.name).stem[:2] + "/" + Path(kept.shown.name).stem}


def test_who_would_wait_too_long_gets_the_shown_file_meanwhile(
    newsroom: Newsroom, reader: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    picture = large_picture(newsroom)
    newsroom.published(lead_picture=picture)
    monkeypatch.setattr(rendition_files, "PATIENCE", 0.05)
    with rendition_files._place_of(Path(picture.shown.name).stem):
        answer = fetch(reader, address(picture, 320, "jpg"))
    shown = f"/media/{picture.shown.name}"
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, shown, "no-store")
    assert fetch(reader, shown).status_code == 200
    assert fetch(reader, address(picture, 320, "jpg")).status_code == 200


def test_an_original_that_is_gone_is_no_error_of_ours(newsroom: Newsroom, media: Path, reader: Client) -> None:
    picture = large_picture(newsroom)
    newsroom.published(lead_picture=picture)
    Path(media / picture.original.name).write_bytes(b"damaged")
    assert fetch(reader, address(picture, 320, "jpg")).status_code == 404
    Path(media / picture.original.name).unlink()
    assert fetch(reader, address(picture, 320, "jpg")).status_code == 404


def test_a_person_without_the_desk_gets_no_rendition_there(newsroom: Newsroom) -> None:
    picture = large_picture(newsroom)
    reader: User | None = newsroom.reader
    assert reader is not None
    path = address(picture, 320, "jpg").replace("/media/", "/desk/pictures/files/")
    assert fetch(newsroom.at_desk(reader), path).status_code in (302, 403)
