"""Every write on pictures and films."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person, require_right
from broadsheet.editions.versions import lock_unchanged, refuse_changed_since
from broadsheet.foundation.events import run_after_commit
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.slugs import to_slug
from broadsheet.jobs.actions import run_soon
from broadsheet.mediabank.access import access_film, access_picture
from broadsheet.mediabank.files import make_shown_file
from broadsheet.mediabank.films.files import keep_captions, keep_film, measure
from broadsheet.mediabank.indexing import set_film_in_index, set_picture_in_index
from broadsheet.mediabank.models import Film, FilmCaptions, FilmUse, Picture, PictureUse
from broadsheet.mediabank.rendition_files import remove_renditions


def add_picture(by: Person, picture: Picture, *, form: Any = None) -> Picture:
    """Bring a picture in: refuses a file that cannot be read; the file that pages show is made at once.

    Its renditions are made soon, or at their first request if that comes before.
    """
    require_right(by, "picture.add")
    _make_shown(picture)
    return _save(by, picture, form, "wagtail.create", new_file=True)


def save_picture(by: Person, picture: Picture, *, form: Any = None, version: str | None = None) -> Picture:
    """Save a picture's file, rights and texts; files that are replaced go after the commit.

    What was changed after `version` is not overwritten: asked before files are made, and again under the row's lock.
    """
    kept = access_picture(by, picture.pk, "picture.edit")
    refuse_changed_since(kept, version, by=by)
    new_file = picture.original.name != kept.original.name
    if new_file:
        _make_shown(picture)
    saved = _save(by, picture, form, "wagtail.edit", new_file=new_file, version=version)
    _remove_unused({"original": kept.original, "shown": kept.shown})
    return saved


@transaction.atomic
def delete_picture(by: Person, picture_id: int, *, version: str | None = None) -> None:
    """Delete a picture that stands nowhere; its files go after the commit."""
    picture = access_picture(by, picture_id, "picture.delete")
    lock_unchanged(picture, version, by=by)
    if picture.uses.exists():
        raise Refused("picture.used", _("The picture stands in a story and is not deleted."), _("Nothing was changed."))
    if picture.films.exists():
        raise Refused("picture.poster", _("The picture is the poster of a film. Give the film another one first."))
    log(instance=picture, action="wagtail.delete", user=by if isinstance(by, User) else None, deleted=True)
    picture.delete()
    set_picture_in_index(picture_id)
    _remove_unused({"original": picture.original, "shown": picture.shown})


def set_picture_uses(
    *,
    used_by: str,
    used_by_id: int,
    edition_id: int,
    public: set[int],
    drafted: set[int],
    title: str,
    address: str,
) -> None:
    """Record where pictures stand; called by the rooms above within their own transaction. Unknown ids are left out."""
    where: dict[str, Any] = {"used_by": used_by, "used_by_id": used_by_id}
    there = PictureUse.objects.filter(**where)
    known = {row.pop("picture_id"): row for row in there.values("picture_id", *_told(edition_id, "", "", shows=False))}
    wanted = public | drafted
    if new := wanted - known.keys():
        wanted -= new - set(Picture.objects.filter(pk__in=new).values_list("pk", flat=True))
    if gone := known.keys() - wanted:
        there.filter(picture_id__in=gone).delete()
    for picture_id in sorted(wanted):
        told = _told(edition_id, title, address, shows=picture_id in public)
        # Mostly nothing has changed: an editor saves by itself every second.
        if known.get(picture_id) != told:
            PictureUse.objects.update_or_create(**where, picture_id=picture_id, defaults=told)


def set_film_uses(
    *,
    used_by: str,
    used_by_id: int,
    edition_id: int,
    public: set[int],
    drafted: set[int],
    title: str,
    address: str,
) -> None:
    """The same for films; where a film stands, its poster is seen."""
    where: dict[str, Any] = {"used_by": used_by, "used_by_id": used_by_id}
    if not public | drafted and not FilmUse.objects.filter(**where).exists():
        return
    wanted = set(Film.objects.filter(pk__in=public | drafted).values_list("pk", flat=True))
    FilmUse.objects.filter(**where).exclude(film_id__in=wanted).delete()
    for film_id in sorted(wanted):
        FilmUse.objects.update_or_create(
            **where, film_id=film_id, defaults=_told(edition_id, title, address, shows=film_id in public)
        )
    _set_poster_uses(used_by, used_by_id)


def add_film(by: Person, film: Film, *, form: Any = None) -> Film:
    """Bring a film in: refuses a file that is no film, is cut off or too large, and captions that are malformed."""
    require_right(by, "film.add")
    _keep_film(film)
    return _save_film(by, film, form, "wagtail.create")


def save_film(by: Person, film: Film, *, form: Any = None, version: str | None = None) -> Film:
    """Save a film's files, rights and texts; files that are replaced go after the commit. `version` as for pictures."""
    kept = access_film(by, film.pk, "film.edit")
    refuse_changed_since(kept, version, by=by)
    before = _files_of(kept)
    _keep_film(film)
    saved = _save_film(by, film, form, "wagtail.edit", version)
    _remove_unused_of_films(before)
    return saved


@transaction.atomic
def delete_film(by: Person, film_id: int, *, version: str | None = None) -> None:
    """Delete a film that stands nowhere; its files go after the commit."""
    film = access_film(by, film_id, "film.delete")
    lock_unchanged(film, version, by=by)
    if film.uses.exists():
        raise Refused("film.used", _("The film stands in a story and is not deleted."), _("Nothing was changed."))
    log(instance=film, action="wagtail.delete", user=by if isinstance(by, User) else None, deleted=True)
    before = _files_of(film)
    film.delete()
    set_film_in_index(film_id)
    _remove_unused_of_films(before)


def _remove_unused(files: dict[str, Any]) -> None:
    """Remove files that no picture has any more, after the commit; `files` by the column in which they stood."""
    for column, file in files.items():
        if not Picture.objects.filter(**{column: file.name}).exists():
            run_after_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]
            if column == "shown":
                run_after_commit(lambda file=file: remove_renditions(file.name))  # type: ignore[misc]


def _make_shown(picture: Picture) -> None:
    shown = make_shown_file(picture.original.file)
    if picture.original._committed:  # type: ignore[attr-defined]
        picture.original.close()  # what is still being uploaded is read again when it is saved
    storage = picture.shown.storage
    name = f"pictures/{shown.name[:2]}/{shown.name}"
    if not storage.exists(name):
        storage.save(name, ContentFile(shown.content))
    picture.shown.name = name
    picture.width, picture.height = shown.width, shown.height
    picture.original_width, picture.original_height = shown.original_width, shown.original_height


@transaction.atomic
def _save(
    by: Person, picture: Picture, form: Any, action: str, *, new_file: bool, version: str | None = None
) -> Picture:
    lock_unchanged(picture, version, by=by)
    picture.slug = to_slug(picture.title) or "picture"
    if form is not None:
        form.instance = picture
        picture = form.save()
    else:
        picture.save()
    set_picture_in_index(picture.pk)
    log(instance=picture, action=action, user=by if isinstance(by, User) else None, content_changed=True)
    if new_file:
        run_soon(_due().make_renditions, picture.pk)
    return picture


def _told(edition_id: int, title: str, address: str, *, shows: bool) -> dict[str, Any]:
    """What of a place is told to readers; nothing while they do not see it."""
    told = {"title": title if shows else "", "address": address if shows else ""}
    return {"edition_id": edition_id, "is_public": shows, **told}


def _set_poster_uses(used_by: str, used_by_id: int) -> None:
    """The posters of the films that stand in a place, as pictures that stand there by way of a film."""
    rows = list(FilmUse.objects.filter(used_by=used_by, used_by_id=used_by_id).select_related("film"))
    shown = [row for row in rows if row.is_public]
    set_picture_uses(
        used_by=f"{used_by}-film",
        used_by_id=used_by_id,
        edition_id=rows[0].edition_id if rows else 0,
        public={row.film.poster_id for row in shown},
        drafted={row.film.poster_id for row in rows},
        title=shown[0].title if shown else "",
        address=shown[0].address if shown else "",
    )


def _keep_film(film: Film) -> None:
    """Put a new file where pages play it; nothing is done where the film has the file that it had."""
    if film.file._committed:  # type: ignore[attr-defined]
        return
    found = measure(film.file.file)
    film.file = keep_film(film.file.file, found)
    film.milliseconds, film.width, film.height = found.milliseconds, found.width, found.height


@transaction.atomic
def _save_film(by: Person, film: Film, form: Any, action: str, version: str | None = None) -> Film:
    lock_unchanged(film, version, by=by)
    if form is not None:
        form.instance = film
        film = form.save(commit=False)
    film.slug = to_slug(film.title) or "film"
    captions: Any = film.captions
    for one in captions.all():
        if not one.file._committed:
            one.file = keep_captions(one.file.file)
    film.save()
    set_film_in_index(film.pk)
    for used_by, used_by_id in film.uses.values_list("used_by", "used_by_id"):
        _set_poster_uses(used_by, used_by_id)
    log(instance=film, action=action, user=by if isinstance(by, User) else None, content_changed=True)
    return film


def _files_of(film: Film) -> dict[type[Film] | type[FilmCaptions], list[Any]]:
    captions: Any = film.captions
    return {Film: [film.file], FilmCaptions: [one.file for one in captions.all()]}


def _remove_unused_of_films(files: dict[type[Film] | type[FilmCaptions], list[Any]]) -> None:
    """Remove files that no film has any more, after the commit; `files` by the table in which their names stood."""
    for model, found in files.items():
        for file in found:
            if not model._default_manager.filter(file=file.name).exists():
                run_after_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]


def _due() -> Any:
    from broadsheet.mediabank import due

    return due
