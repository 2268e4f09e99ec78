"""Every write on films, and what readers get of them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.accounts.roles import Role
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank import uploads
from broadsheet.mediabank.actions import add_film, delete_film, delete_picture, save_film, set_film_uses
from broadsheet.mediabank.models import Film, FilmCaptions, FilmText, FilmUse, PictureUse
from broadsheet.mediabank.reads import films
from broadsheet.stories.actions import withdraw_story
from tests.factories import Newsroom, make_film, make_picture
from tests.films import VTT, mp4, webm

pytestmark = pytest.mark.database


@pytest.fixture
def film(newsroom: Newsroom) -> Film:
    return make_film(newsroom.chief, newsroom.picture)


def files_in(media: Path, *folders: str) -> set[str]:
    return {path.relative_to(media).as_posix() for folder in folders for path in (media / folder).rglob("*.*")}


def captions_of(film: Film) -> dict[str, str]:
    return dict(FilmCaptions.objects.filter(film=film).values_list("language", "file"))


def test_a_film_that_comes_in_is_measured_and_kept_under_the_hash_of_its_bytes(film: Film, media: Path) -> None:
    assert (film.milliseconds, film.width, film.height, film.slug) == (2000, 1280, 720, "the-port")
    assert re.fullmatch(r"films/[0-9a-f]{2}/[0-9a-f]{24}\.mp4", film.file.name)
    assert files_in(media, "films", "captions") == {film.file.name, *captions_of(film).values()}


@pytest.mark.parametrize("content", [b"no film", mp4()[:-4], mp4(codec=b"hvc1")])
def test_what_is_no_film_adds_nothing(newsroom: Newsroom, media: Path, content: bytes) -> None:
    film = Film(title="x", poster=newsroom.picture)
    film.file = ContentFile(content, "x.mp4")
    with pytest.raises(Refused, match="Nothing was added"):
        add_film(newsroom.chief, film)
    assert not Film.objects.exists()
    assert files_in(media, "films") == set()


def test_captions_that_are_malformed_add_nothing(newsroom: Newsroom) -> None:
    film = Film(title="x", poster=newsroom.picture)
    film.file = ContentFile(mp4(), "x.mp4")
    film.captions = [FilmCaptions(language="en", file=ContentFile(b"WEBVTT\n\nwords", "x.vtt"))]
    with pytest.raises(Refused, match="Line 3"):
        add_film(newsroom.chief, film)
    assert not Film.objects.exists()


def test_new_files_take_the_place_of_the_old_ones(
    newsroom: Newsroom, film: Film, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    before, said = film.file.name, captions_of(film)
    changed = Film.objects.get(pk=film.pk)
    changed.file = ContentFile(webm(), "new.webm")
    english = changed.captions.get(language="en")
    english.file = ContentFile(VTT.replace(b"still", b"up"), "en.vtt")
    changed.captions = [english, changed.captions.get(language="ru")]
    with django_capture_on_commit_callbacks(execute=True):
        save_film(newsroom.chief, changed)
    kept = Film.objects.get(pk=film.pk)
    assert kept.file.name.endswith(".webm")
    assert kept.file.name != before
    assert captions_of(kept)["ru"] == said["ru"]
    assert captions_of(kept)["en"] != said["en"]
    assert files_in(media, "films", "captions") == {kept.file.name, *captions_of(kept).values()}


def test_a_file_that_another_film_has_too_stays_when_one_of_them_goes(
    newsroom: Newsroom, film: Film, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    twin = make_film(newsroom.chief, newsroom.picture)
    assert twin.file.name == film.file.name
    with django_capture_on_commit_callbacks(execute=True):
        delete_film(newsroom.chief, twin.pk)
    assert (media / film.file.name).is_file()
    with django_capture_on_commit_callbacks(execute=True):
        delete_film(newsroom.chief, film.pk)
    assert files_in(media, "films", "captions") == set()


def test_a_film_that_stands_in_a_story_and_a_poster_are_not_deleted(newsroom: Newsroom, film: Film) -> None:
    with pytest.raises(Refused, match="poster of a film"):
        delete_picture(newsroom.chief, newsroom.picture.pk)
    newsroom.draft(body=[("video", {"film": film})])
    with pytest.raises(Refused, match="stands in a story"):
        delete_film(newsroom.chief, film.pk)


def get(browser: Client, path: str, **headers: str) -> Any:
    """The answer, read to its end, so that its file is closed."""
    answer: Any = browser.get(path, headers=headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def status(reader: Client, film: Film) -> set[int]:
    paths = [film.file.name, *captions_of(film).values()]
    return {get(reader, f"/media/{path}").status_code for path in paths}


def test_readers_get_a_film_its_captions_and_its_poster_while_a_published_story_shows_it(
    newsroom: Newsroom, film: Film, reader: Client
) -> None:
    poster = f"/media/{newsroom.picture.shown.name}"
    assert status(reader, film) == {404}
    story = newsroom.draft(body=[("video", {"film": film})])
    assert status(reader, film) == {404}
    assert get(reader, poster).status_code == 404
    newsroom.publish(story)
    assert status(reader, film) == {200}
    assert get(reader, poster).status_code == 200
    withdraw_story(newsroom.chief, story.pk)
    assert status(reader, film) == {404}
    assert get(reader, poster).status_code == 404


def test_the_newsroom_gets_a_film_before_readers_do(newsroom: Newsroom, film: Film, reader: Client) -> None:
    desk = newsroom.at_desk(newsroom.staff[Role.REPORTER])
    places = [film.file.name.replace("films/", "films/files/"), *captions_of(film).values()]
    for place in (f"/desk/{name}".replace("/desk/captions/", "/desk/films/captions/") for name in places):
        answer = get(desk, place, Range="bytes=0-3")
        assert (answer.status_code, len(answer.body)) == (206, 4), place
        assert answer["Cache-Control"].startswith("private"), place
        assert reader.get(place).status_code == 302


def test_a_films_file_is_served_in_parts_and_for_ever(newsroom: Newsroom, film: Film, reader: Client) -> None:
    newsroom.published(body=[("video", {"film": film})])
    answer = get(reader, f"/media/{film.file.name}", Range="bytes=4-7")
    assert (answer.status_code, answer.body) == (206, b"ftyp")
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reader.head(f"/media/{film.file.name}")["Accept-Ranges"] == "bytes"
    captions = get(reader, f"/media/{captions_of(film)['ru']}")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"


def test_no_other_file_is_served(newsroom: Newsroom, film: Film, reader: Client, media: Path) -> None:
    newsroom.published(body=[("video", {"film": film})])
    (media / "secret.mp4").write_text("secret")
    name, desk = film.file.name.removeprefix("films/"), newsroom.at_desk(newsroom.chief)
    for bad in (
        "../secret.mp4",
        "%2e%2e/secret.mp4",
        "",
        f"{name}/",
        f"{name}%00",
        f"{name}%0a",
        f"/{name}",
        "ab/x.mp4",
    ):
        for folder, there in (("films", "films/files"), ("captions", "films/captions")):
            assert reader.get(f"/media/{folder}/{bad}").status_code == 404, bad
            assert desk.get(f"/desk/{there}/{bad}").status_code == 404, bad


def test_another_poster_is_seen_where_the_film_stands_and_the_old_one_no_more(
    newsroom: Newsroom, film: Film, reader: Client
) -> None:
    story = newsroom.published(body=[("video", {"film": film})])
    other = make_picture(newsroom.chief, "gulls", colour="red")
    changed = Film.objects.get(pk=film.pk)
    changed.poster = other
    save_film(newsroom.chief, changed)
    assert get(reader, f"/media/{other.shown.name}").status_code == 200
    assert get(reader, f"/media/{newsroom.picture.shown.name}").status_code == 404
    assert story.headline in reader.get(other.address).content.decode()


def test_a_picture_that_is_poster_and_lead_names_its_story_once(newsroom: Newsroom, film: Film, reader: Client) -> None:
    newsroom.published(body=[("video", {"film": film})], lead_picture=newsroom.picture)
    assert PictureUse.objects.filter(picture=newsroom.picture, is_public=True).count() == 2
    page = reader.get(newsroom.picture.address).content.decode()
    assert page.count("Port to stop unloading at night</a>") == 1


def test_unknown_films_are_left_out_of_uses(newsroom: Newsroom, film: Film) -> None:
    place = {"used_by": "story", "used_by_id": 7, "edition_id": newsroom.english.pk, "title": "T", "address": "/a/"}
    set_film_uses(**place, public={film.pk, 999}, drafted=set())
    assert FilmUse.objects.get().film_id == film.pk
    set_film_uses(**place, public=set(), drafted=set())
    assert not FilmUse.objects.exists()
    assert not PictureUse.objects.exists()


def test_a_films_words_are_those_of_the_pages_language(newsroom: Newsroom, film: Film) -> None:
    [english], [russian] = films((film.pk,), "en"), films((film.pk, 999), "ru")
    assert (english.title.text, russian.title.text) == ("A night in the port", "Ночь в порту")
    assert [one.name for one in english.captions] == ["English", "Русский"]
    shown = [found.captions_for(code) for found, code in ((english, "en"), (russian, "ru"), (english, "de"))]
    assert [one.language if one else "" for one in shown] == ["en", "ru", "en"]
    assert english.credit == "Agency / F. Filmer"


def test_a_film_without_words_or_captions_is_still_one(newsroom: Newsroom) -> None:
    film = Film(title="bare", poster=newsroom.picture)
    film.file = ContentFile(webm(), "x.webm")
    [value] = films((add_film(newsroom.chief, film).pk,), "en")
    assert (value.title.text, value.captions, value.captions_for("en"), value.content_type) == (
        "",
        (),
        None,
        "video/webm",
    )


def test_the_database_holds_what_a_film_must_have(newsroom: Newsroom, film: Film) -> None:
    for wrong in ({"milliseconds": 0}, {"width": 0}, {"file": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Film.objects.filter(pk=film.pk).update(**wrong)
    for again in (FilmText(film=film, language="en", title="x"), FilmCaptions(film=film, language="en", file="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


def sent(newsroom: Newsroom, content: bytes, said: bytes = VTT) -> dict[str, Any]:
    """The desk's form with a film and captions."""
    captions = {"language": "en", "file": SimpleUploadedFile("en.vtt", said), "ORDER": "1"}
    words = {"language": "en", "title": "A ship", "description": "", "ORDER": "1"}
    fields = {
        "title": "a ship",
        "file": SimpleUploadedFile("ship.mp4", content),
        "poster": newsroom.picture.pk,
        **dict.fromkeys(("creator", "agency", "licence", "licence_url", "source", "taken"), ""),
        "texts": inline_formset([words]),
        "captions": inline_formset([captions]),
    }
    form: dict[str, Any] = nested_form_data(fields)
    return form


def test_the_desk_brings_a_film_in_with_its_captions(newsroom: Newsroom, media: Path) -> None:
    answer = newsroom.at_desk(newsroom.staff[Role.REPORTER]).post("/desk/films/add/", sent(newsroom, mp4()))
    assert answer.status_code == 302
    film = Film.objects.get()
    assert (media / captions_of(film)["en"]).read_bytes() == VTT
    listed = newsroom.at_desk(newsroom.chief).get("/desk/films/").content.decode()
    assert "/desk/films/files/" in listed
    assert "0:02" in listed


def test_the_desk_changes_captions_and_takes_them_away(newsroom: Newsroom, film: Film) -> None:
    desk, form = newsroom.at_desk(newsroom.chief), sent(newsroom, mp4())
    del form["file"]
    said = FilmCaptions.objects.filter(film=film).order_by("language")
    form |= {"captions-TOTAL_FORMS": "2", "captions-INITIAL_FORMS": "2", "captions-0-id": said[0].pk}
    form |= {
        "captions-1-id": said[1].pk,
        "captions-1-language": "ru",
        "captions-1-DELETE": "on",
        "captions-1-ORDER": "2",
    }
    texts = FilmText.objects.filter(film=film).order_by("language")
    form |= {"texts-INITIAL_FORMS": "1", "texts-0-id": texts[0].pk}
    before = captions_of(film)
    assert desk.post(f"/desk/films/edit/{film.pk}/", form).status_code == 302
    after = captions_of(film)
    assert after.keys() == {"en"}
    assert after["en"] != before["en"]
    assert Film.objects.get(pk=film.pk).file.name == film.file.name


WRONG = [
    (b"no film", VTT, "The file is no film that browsers show"),
    (mp4()[:-3], VTT, "The file is cut off"),
    (mp4(), b"1\n00:00 words", "its first line must be WEBVTT"),
]


@pytest.mark.parametrize(("content", "said", "sentence"), WRONG)
def test_the_desks_form_says_what_is_wrong_beside_the_field(
    newsroom: Newsroom, content: bytes, said: bytes, sentence: str
) -> None:
    answer = newsroom.at_desk(newsroom.chief).post("/desk/films/add/", sent(newsroom, content, said))
    page = answer.content.decode()
    assert (answer.status_code, Film.objects.count()) == (200, 0)
    assert (
        re.search(r'<p class="error-message">\s*' + sentence, page) or sentence in page.split("w-field__errors", 1)[1]
    )
    assert 'value="A ship"' in page


def test_a_film_may_be_larger_than_a_picture_where_films_are_added(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 10_000)
    monkeypatch.setattr(uploads, "MOST_FILM_BYTES", 50_000)
    monkeypatch.setattr(uploads, "ROOM", 5_000)
    large = mp4(word=b"x" * 30_000)
    desk = newsroom.at_desk(newsroom.chief)
    assert desk.post("/desk/films/add/", sent(newsroom, large)).status_code == 302
    assert Film.objects.count() == 1
    page = desk.post("/desk/pictures/add/", {"original": SimpleUploadedFile("a.jpg", large)}).content.decode()
    assert "larger than" in page
    request: Any = type("Request", (), {"path": "/desk/films/add/", "session": {}})
    assert uploads.most_bytes(request) == 10_000, "nobody who is not logged in sends more"
