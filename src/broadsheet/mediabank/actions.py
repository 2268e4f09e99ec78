"""Every write on pictures."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person, require_right
from broadsheet.foundation.events import run_after_commit
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.slugs import to_slug
from broadsheet.jobs.actions import run_soon
from broadsheet.mediabank.access import access_picture
from broadsheet.mediabank.files import make_shown_file
from broadsheet.mediabank.models import Picture, PictureUse
from broadsheet.mediabank.rendition_files import remove_renditions


def add_picture(by: Person, picture: Picture, *, form: Any = None) -> Picture:
    """Bring a picture in: refuses a file that cannot be read; the file that pages show is made at once.

    Its renditions are made soon, or at their first request if that comes before.
    """
    require_right(by, "picture.add")
    _make_shown(picture)
    return _save(by, picture, form, "wagtail.create", new_file=True)


def save_picture(by: Person, picture: Picture, *, form: Any = None) -> Picture:
    """Save a picture's file, rights and texts; files that are replaced go after the commit."""
    kept = access_picture(by, picture.pk, "picture.edit")
    new_file = picture.original.name != kept.original.name
    if new_file:
        _make_shown(picture)
    saved = _save(by, picture, form, "wagtail.edit", new_file=new_file)
    _remove_unused({"original": kept.original, "shown": kept.shown})
    return saved


@transaction.atomic
def delete_picture(by: Person, picture_id: int) -> None:
    """Delete a picture that stands nowhere; its files go after the commit."""
    picture = access_picture(by, picture_id, "picture.delete")
    if picture.uses.exists():
        raise Refused("picture.used", _("The picture stands in a story and is not deleted."), _("Nothing was changed."))
    log(instance=picture, action="wagtail.delete", user=by if isinstance(by, User) else None, deleted=True)
    picture.delete()
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
    wanted = set(Picture.objects.filter(pk__in=public | drafted).values_list("pk", flat=True))
    PictureUse.objects.filter(used_by=used_by, used_by_id=used_by_id).exclude(picture_id__in=wanted).delete()
    for picture_id in sorted(wanted):
        shows = picture_id in public
        PictureUse.objects.update_or_create(
            picture_id=picture_id,
            used_by=used_by,
            used_by_id=used_by_id,
            defaults={
                "edition_id": edition_id,
                "is_public": shows,
                "title": title if shows else "",
                "address": address if shows else "",
            },
        )


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
def _save(by: Person, picture: Picture, form: Any, action: str, *, new_file: bool) -> Picture:
    picture.slug = to_slug(picture.title) or "picture"
    if form is not None:
        form.instance = picture
        picture = form.save()
    else:
        picture.save()
    log(instance=picture, action=action, user=by if isinstance(by, User) else None, content_changed=True)
    if new_file:
        run_soon(_due().make_renditions, picture.pk)
    return picture


def _due() -> Any:
    from broadsheet.mediabank import due

    return due
