"""Every write on pictures, and what readers get of them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.accounts.roles import Role
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.actions import add_picture, delete_picture, save_picture, set_picture_uses
from broadsheet.mediabank.models import Picture, PictureText, PictureUse
from tests.factories import Newsroom, make_picture, picture_bytes

pytestmark = pytest.mark.database


def files_in(media: Path) -> set[str]:
    return {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()}


def test_what_comes_in_is_kept_and_what_is_shown_is_made_at_once(newsroom: Newsroom, media: Path) -> None:
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.slug) == (64, 48, "cranes")
    assert picture.original.name.startswith("originals/")
    assert picture.shown.name.startswith("pictures/")
    assert files_in(media) == {picture.original.name, picture.shown.name}


def test_a_file_that_is_no_picture_adds_nothing(newsroom: Newsroom) -> None:
    picture = Picture(title="x")
    picture.original = ContentFile(b"no picture", name="x.jpg")
    with pytest.raises(Refused, match="Nothing was added"):
        add_picture(newsroom.chief, picture)
    assert Picture.objects.count() == 1


def test_a_file_that_is_no_picture_does_not_replace_one(newsroom: Newsroom) -> None:
    picture = newsroom.picture
    before = (picture.shown.name, picture.width)
    picture.original = ContentFile(b"no picture", name="y.jpg")
    with pytest.raises(Refused):
        save_picture(newsroom.chief, picture)
    kept = Picture.objects.get(pk=picture.pk)
    assert (kept.shown.name, kept.width) == before


def test_a_new_file_takes_the_place_of_the_old_one(
    newsroom: Newsroom, media: Path, reader: Client, django_capture_on_commit_callbacks: Any
) -> None:
    picture = newsroom.picture
    before = picture.shown.name
    picture.original = ContentFile(picture_bytes(90, 30, colour="red"), name="new.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        save_picture(newsroom.chief, picture)
    kept = Picture.objects.get(pk=picture.pk)
    assert kept.shown.name != before
    assert (kept.width, kept.height) == (90, 30)
    assert files_in(media) == {kept.original.name, kept.shown.name}
    assert reader.get(f"/media/{before}").status_code == 404


def test_saving_words_leaves_the_files(
    newsroom: Newsroom, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    picture, before = newsroom.picture, files_in(media)
    picture.creator = "Somebody else"
    with django_capture_on_commit_callbacks(execute=True):
        save_picture(newsroom.chief, picture)
    assert files_in(media) == before


def test_the_slug_is_that_of_the_title_and_never_empty(newsroom: Newsroom) -> None:
    picture = newsroom.picture
    for title, slug in (("Краны в порту", "krany-v-portu"), ("…", "picture")):
        picture.title = title
        assert save_picture(newsroom.chief, picture).slug == slug


def test_a_deleted_picture_takes_its_files_with_it_after_the_commit(
    newsroom: Newsroom, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    picture = Picture.objects.get()
    with django_capture_on_commit_callbacks() as steps:
        delete_picture(newsroom.chief, picture.pk)
        assert files_in(media) == {picture.original.name, picture.shown.name}
    assert not Picture.objects.exists()
    for step in steps:
        step()
    assert files_in(media) == set()


def test_a_deleted_picture_leaves_a_file_that_another_one_shows(
    newsroom: Newsroom, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first = Picture.objects.get()
    second = make_picture(newsroom.chief, "the same again")
    assert second.shown.name == first.shown.name
    with django_capture_on_commit_callbacks(execute=True):
        delete_picture(newsroom.chief, first.pk)
    assert files_in(media) == {second.original.name, second.shown.name}


RIGHTS = {
    Role.REPORTER: {"add"},
    Role.EDITOR: {"add"},
    Role.PICTURE_EDITOR: {"add", "edit", "delete"},
    Role.MODERATOR: set(),
    Role.CHIEF: {"add", "edit", "delete"},
    Role.ADMINISTRATOR: {"add", "edit", "delete"},
}


def test_who_may_do_what_with_pictures(newsroom: Newsroom) -> None:
    assert newsroom.reader is not None
    people: dict[Any, set[str]] = {newsroom.staff[role]: rights for role, rights in RIGHTS.items()}
    people |= {AnonymousUser(): set(), newsroom.reader: set()}
    for person, rights in people.items():
        for act in ("add", "edit", "delete"):
            picture = make_picture(newsroom.chief, "one")
            acts: dict[str, Any] = {
                "add": lambda person=person: make_picture(person, "two"),
                "edit": lambda person=person, picture=picture: save_picture(person, picture),
                "delete": lambda person=person, picture=picture: delete_picture(person, picture.pk),
            }
            if act in rights:
                acts[act]()
            else:
                with pytest.raises(Refused, match="Your role does not allow this"):
                    acts[act]()


def test_a_picture_that_is_not_there_is_not_found(newsroom: Newsroom) -> None:
    with pytest.raises(Http404):
        delete_picture(newsroom.chief, 10**9)


def test_the_database_refuses_a_picture_without_file_size_or_alt_text(newsroom: Newsroom) -> None:
    for change in ({"shown": ""}, {"width": 0}, {"height": 0}, {"focal_x": 1.5}, {"focal_y": -0.1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PictureText.objects.update(alt="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PictureText.objects.update(language="en")


def test_a_use_that_is_not_public_holds_no_word_of_the_story(newsroom: Newsroom) -> None:
    which = {"used_by": "story", "used_by_id": 7, "edition_id": 1, "title": "A headline", "address": "/world/x/"}
    set_picture_uses(**which, public={newsroom.picture.pk}, drafted=set())  # type: ignore[arg-type]
    use = PictureUse.objects.get()
    assert (use.is_public, use.title, use.address) == (True, "A headline", "/world/x/")
    with CaptureQueriesContext(connection) as again:
        set_picture_uses(**which, public={newsroom.picture.pk}, drafted=set())  # type: ignore[arg-type]
    assert [query["sql"].split()[0] for query in again] == ["SELECT"]
    set_picture_uses(**which | {"title": "Another"}, public={newsroom.picture.pk}, drafted=set())  # type: ignore[arg-type]
    assert PictureUse.objects.get().title == "Another"
    set_picture_uses(**which, public=set(), drafted={newsroom.picture.pk})  # type: ignore[arg-type]
    use.refresh_from_db()
    assert (use.is_public, use.title, use.address) == (False, "", "")
    for wrong in ({"title": "A headline"}, {"address": "/x/"}, {"is_public": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PictureUse.objects.update(**wrong)
    with pytest.raises(ProtectedError):
        newsroom.picture.delete()
    set_picture_uses(**which, public=set(), drafted={10**9})  # type: ignore[arg-type]
    assert not PictureUse.objects.exists()


def test_a_pictures_page_says_rights_and_uses_in_the_language_of_the_edition(
    newsroom: Newsroom, reader: Client
) -> None:
    picture = newsroom.picture
    newsroom.published(lead_picture=picture)
    english = reader.get(picture.address).content.decode()
    for words in ("Cranes in the port", "Cranes against the sky", "A. Photographer", "CC BY 4.0", "64 × 48 px"):
        assert words in english
    assert "Port to stop unloading at night" in english
    russian = reader.get(f"/ru{picture.address}").content.decode()
    assert "Краны в порту" in russian
    assert "Port to stop unloading at night" not in russian


def test_a_picture_is_found_under_its_own_name_only(newsroom: Newsroom, reader: Client) -> None:
    picture = newsroom.picture
    assert reader.get(f"/mediabank/{picture.pk}/other/").status_code == 404
    newsroom.published(lead_picture=picture)
    answer = reader.get(f"/mediabank/{picture.pk}/other/")
    assert (answer.status_code, answer["Location"]) == (301, picture.address)
    for path in ("/mediabank/0/x/", "/mediabank/01/x/", f"/mediabank/{10**17}/x/", "/mediabank/x/x/", "/mediabank/1/"):
        assert reader.get(path).status_code == 404, path


def test_a_file_is_served_as_what_it_is_and_for_ever(newsroom: Newsroom, reader: Client) -> None:
    newsroom.published(lead_picture=newsroom.picture)
    answer = reader.get(f"/media/{newsroom.picture.shown.name}")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert body.startswith(b"\xff\xd8")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_other_file_is_served(newsroom: Newsroom, reader: Client, media: Path) -> None:
    newsroom.published(lead_picture=newsroom.picture)
    desk = Client(HTTP_HOST="localhost")
    desk.force_login(newsroom.chief)
    original = newsroom.picture.original.name
    (media / "secret.txt").write_text("secret")
    hashed = str(newsroom.picture.shown.name).removeprefix("pictures/")
    for path in (
        f"/media/{original}", "/media/secret.txt", "/media/pictures/../secret.txt", "/media/pictures/%2e%2e/secret.txt",
        "/media/", "/media/pictures/", f"/media/pictures/{hashed}/", f"/media/pictures/{hashed}%00",
        f"/media/pictures/{hashed}%0a", f"/media/pictures//{hashed}", f"/media/pictures/{original}",
        f"/media/pictures/{hashed[:2]}/{'0' * 24}.jpg",
    ):  # fmt: skip
        assert reader.get(path).status_code == 404, path
        at_the_desk = re.sub("^/media/(pictures/)?", "/desk/pictures/files/", path)
        assert desk.get(at_the_desk).status_code == 404, at_the_desk
