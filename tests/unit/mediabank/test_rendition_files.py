"""Renditions on the disk: made when first asked for, by whom and for whom."""

import io
import multiprocessing
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageCms

from broadsheet.accounts.models import User
from broadsheet.mediabank import rendition_files
from broadsheet.mediabank.actions import add_picture, delete_picture, save_picture
from broadsheet.mediabank.due import make_renditions
from broadsheet.mediabank.models import Picture
from broadsheet.mediabank.reads import pictures, rendition_source
from broadsheet.mediabank.rendition_files import make_missing, ready, remove_renditions
from broadsheet.mediabank.renditions import Rendition, Source, renditions_of
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.views import preview_page
from tests.factories import Newsroom, make_picture

HASH = "0123456789abcdef01234567"
SECRET = b"kanareika"


def original(size: tuple[int, int] = (700, 350), mode: str = "RGB", kind: str = "JPEG", **more: Any) -> bytes:
    """Red above, blue below."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    if mode == "RGBA":
        image.putalpha(128)
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def source_of(
    media: Path, content: bytes, size: tuple[int, int] = (700, 350), ending: str = "jpg", name: str = "a"
) -> Source:
    (media / "originals").mkdir(parents=True, exist_ok=True)
    (media / "originals" / name).write_bytes(content)
    return Source(f"originals/{name}", f"pictures/01/{HASH}.{ending}", *size)


def files_in(media: Path) -> set[str]:
    folder = media / "renditions"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def fetch(client: Client, address: str) -> Any:
    """The answer, read to its end, so that its file is closed."""
    answer: Any = client.get(address)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def large_picture(newsroom: Newsroom, size: tuple[int, int] = (700, 350), title: str = "large", **more: Any) -> Picture:
    picture = Picture(title=title, creator="A. Photographer")
    picture.original = ContentFile(original(size, **more), name="large.jpg")
    return add_picture(newsroom.chief, picture)


def address(picture: Picture, width: int, ending: str) -> str:
    stem = Path(picture.shown.name).stem
    return f"/media/renditions/{stem[:2]}/{stem}-{width}.{ending}"


@pytest.mark.parametrize(
    ("mode", "kind", "wanted"),
    [("RGB", "JPEG", {"AVIF", "WEBP", "JPEG"}), ("RGBA", "PNG", {"AVIF", "WEBP", "PNG"})],
)
def test_every_rendition_is_the_picture_in_its_width_and_format(
    media: Path, mode: str, kind: str, wanted: set[str]
) -> None:
    source = source_of(media, original(mode=mode, kind=kind), ending="png" if mode == "RGBA" else "jpg")
    assert make_missing(source) == 12
    found = set()
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            image.load()
            assert image.size == (rendition.width, round(rendition.width / 2))
            above, below = (image.convert("RGB").getpixel((9, y)) for y in (9, image.height - 9))
            assert above[0] > 200 > 60 > above[2], (rendition, above)  # type: ignore[index,operator,misc]
            assert below[2] > 200 > 60 > below[0], (rendition, below)  # type: ignore[index,operator,misc]
            assert image.has_transparency_data is (mode == "RGBA")
            found.add(image.format)
            if image.format == "JPEG":
                assert image.info.get("progressive")
    assert found == wanted


def test_what_is_asked_for_is_made_alone_and_once(media: Path) -> None:
    source = source_of(media, original())
    rendition = Rendition(source, 640, "webp")
    path = ready(rendition)
    assert files_in(media) == {f"01/{HASH}-640.webp"}
    made = path.stat().st_mtime_ns
    assert ready(rendition).stat().st_mtime_ns == made
    assert path.stat().st_mode & 0o777 == 0o644


def test_the_job_makes_what_is_missing_and_running_it_again_changes_nothing(media: Path) -> None:
    source = source_of(media, original())
    path = ready(Rendition(source, 640, "webp"))
    made = path.stat().st_mtime_ns
    assert make_missing(source) == 11
    assert make_missing(source) == 0
    assert path.stat().st_mtime_ns == made
    assert len(files_in(media)) == 12


def test_a_picture_made_by_the_job_is_the_one_that_a_request_would_make(media: Path) -> None:
    first, second = (source_of(media, original(), name=name) for name in ("a", "b"))
    one = ready(Rendition(first, 320, "jpg")).read_bytes()
    remove_renditions(first.shown)
    make_missing(second)
    assert ready(Rendition(second, 320, "jpg")).read_bytes() == one


def test_a_picture_taken_sideways_stands_upright(media: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = io.BytesIO()
    with Image.open(io.BytesIO(original())) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(lying, "JPEG", exif=exif)
    source = source_of(media, lying.getvalue())
    make_missing(source)
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            assert image.size == rendition.size
            red, _green, blue = image.convert("RGB").getpixel((9, 9))  # type: ignore[misc]
            assert red > 200 > blue
            assert not image.getexif()


def test_colours_of_a_wide_gamut_become_those_of_srgb(media: Path) -> None:
    """A profile in which red and blue have changed places makes what is red blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = profile.replace(b"rXYZ", b"####").replace(b"bXYZ", b"rXYZ").replace(b"####", b"bXYZ")
    source = source_of(media, original(icc_profile=turned))
    make_missing(source)
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            assert image.convert("RGB").getpixel((9, 9))[0] < 60  # type: ignore[index]
            assert "icc_profile" not in image.info


def test_renditions_tell_nothing_of_place_and_person(media: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    content = original(exif=exif, comment=SECRET, xmp=SECRET)
    assert content.count(SECRET) == 3
    source = source_of(media, content)
    make_missing(source)
    for rendition in renditions_of(source):
        assert SECRET not in ready(rendition).read_bytes()


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (100, 1000), (1000, 10_000)], ids=str)
def test_a_picture_of_an_odd_shape_has_renditions_too(media: Path, size: tuple[int, int]) -> None:
    source = source_of(media, original(size), size)
    assert make_missing(source) == len(list(renditions_of(source)))
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            assert image.size == rendition.size


def test_many_who_ask_at_once_get_the_one_file_that_is_made(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendition = Rendition(source_of(media, original()), 320, "avif")
    written = []
    write = rendition_files._write
    monkeypatch.setattr(rendition_files, "_write", lambda *args: (written.append(args), write(*args)))
    with ThreadPoolExecutor(8) as people:
        paths = set(people.map(lambda _number: ready(rendition), range(16)))
    assert (len(paths), len(written)) == (1, 1)


def _make(media: str, source: Source, answers: Any) -> None:
    from django.conf import settings

    settings.MEDIA_ROOT = media
    answers.put(make_missing(source))


def test_two_processes_make_each_file_once(media: Path) -> None:
    source = source_of(media, original())
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    both = [context.Process(target=_make, args=(str(media), source, answers)) for _ in range(2)]
    for process in both:
        process.start()
    made = [answers.get(timeout=60) for _ in both]
    for process in both:
        process.join(60)
    assert sum(made) == len(files_in(media)) == 12


def test_what_a_dead_process_left_behind_is_no_file_and_is_overwritten(media: Path) -> None:
    rendition = Rendition(source_of(media, original()), 320, "jpg")
    left = rendition_files.path_of(rendition).with_name(f"{HASH}-320.jpg.part")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a pic")
    with Image.open(ready(rendition)) as image:
        assert image.size == (320, 160)
    assert files_in(media) == {f"01/{HASH}-320.jpg"}


def test_an_original_that_went_while_somebody_waited_leaves_nothing_behind(media: Path) -> None:
    source = source_of(media, original())
    images = list(rendition_files._images(source, [(320, 160)]))
    (media / source.original).unlink()
    remove_renditions(source.shown)
    with pytest.raises(FileNotFoundError):
        rendition_files._write(images[-1], Rendition(source, 320, "jpg"))
    with pytest.raises(FileNotFoundError):
        ready(Rendition(source, 320, "jpg"))
    assert files_in(media) == set()


@pytest.mark.database
def test_the_original_is_measured_upright(newsroom: Newsroom) -> None:
    picture = large_picture(newsroom, (3000, 1000))
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (1600, 533)
    assert (picture.original_width, picture.original_height) == (3000, 1000)
    assert pictures((picture.pk,), "en")[0].widths == (320, 480, 640, 960, 1280, 1920)


@pytest.mark.database
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


@pytest.mark.database
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


@pytest.mark.database
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


@pytest.mark.database
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


@pytest.mark.database
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


@pytest.mark.database
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
    newsroom.published(headline="A second one", lead_picture=picture)
    front = fetch(reader, "/").body.decode()
    assert 'loading="lazy" decoding="async"' in front


def jobs() -> list[Any]:
    return [job.args_kwargs["args"] for job in DBTaskResult.objects.filter(task_path__endswith="make_renditions")]


@pytest.mark.database
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


@pytest.mark.database
def test_the_job_may_run_twice_and_after_the_picture_is_gone(newsroom: Newsroom, media: Path) -> None:
    picture = large_picture(newsroom)
    assert [make_renditions.call(picture.pk) for _ in range(2)] == [12, 0]
    assert make_renditions.call(10**9) == 0
    other = large_picture(newsroom, (300, 200), title="other")
    source = rendition_source(other.pk)
    assert source is not None
    (media / source.original).unlink()
    assert make_renditions.call(other.pk) == 0


@pytest.mark.database
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


@pytest.mark.database
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


@pytest.mark.database
def test_an_original_that_is_gone_is_no_error_of_ours(newsroom: Newsroom, media: Path, reader: Client) -> None:
    picture = large_picture(newsroom)
    newsroom.published(lead_picture=picture)
    Path(media / picture.original.name).write_bytes(b"damaged")
    assert fetch(reader, address(picture, 320, "jpg")).status_code == 404
    Path(media / picture.original.name).unlink()
    assert fetch(reader, address(picture, 320, "jpg")).status_code == 404


@pytest.mark.database
def test_a_person_without_the_desk_gets_no_rendition_there(newsroom: Newsroom) -> None:
    picture = large_picture(newsroom)
    reader: User | None = newsroom.reader
    assert reader is not None
    path = address(picture, 320, "jpg").replace("/media/", "/desk/pictures/files/")
    assert fetch(newsroom.at_desk(reader), path).status_code in (302, 403)
