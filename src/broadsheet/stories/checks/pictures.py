"""Pictures: whether there is one, and whether it may and can be shown to everybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.editions.words import LANGUAGES
from broadsheet.mediabank.models import Picture, PictureText
from broadsheet.stories.checks.findings import Finding, Version
from broadsheet.stories.checks.texts import Block
from broadsheet.stories.models import Kind


@dataclass(frozen=True)
class Placed:
    """A picture in a story, and where it stands."""

    id: int
    place: str


def lead_picture_is_chosen(version: Version) -> Iterator[Finding]:
    """A story's card and its page have a picture; quotes in brief, and a page that opens with a video, do without."""
    story = version.story
    opens_with_video = bool(version.blocks) and version.blocks[0].kind == "video"
    if story.lead_picture_id or story.kind == Kind.IN_BRIEF or (story.kind == Kind.VIDEO and opens_with_video):
        return
    sentence, fix = _("The story has no lead picture."), _("Choose one: cards and shared links show it.")
    yield Finding("no-lead-picture", "warning", sentence, fix, "lead_picture")


def pictures_have_alt_text(version: Version) -> Iterator[Finding]:
    """Every picture says in the story's language what is seen in it."""
    placed = pictures_of(version)
    told = PictureText.objects.filter(picture__in={one.id for one in placed}, language=version.language)
    spoken = set(told.exclude(alt="").values_list("picture_id", flat=True)) if placed else set()
    titles = _titles(version)
    for one in placed:
        if one.id in titles and one.id not in spoken:
            words = {"picture": titles[one.id][0], "language": _language_name(version.language)}
            sentence = _("The picture “%(picture)s” has no alt text in the story's language, %(language)s.") % words
            fix = _("Say in the mediabank what is seen, for those who cannot see it.")
            yield Finding("no-alt-text", "warning", sentence, fix, one.place, titles[one.id][0])


def pictures_have_a_licence(version: Version) -> Iterator[Finding]:
    """The newsroom knows by what right it shows a picture."""
    titles = _titles(version)
    for one in pictures_of(version):
        title, licence = titles.get(one.id, ("", "-"))
        if not licence.strip():
            sentence = _("The picture “%(picture)s” has no licence.") % {"picture": title}
            fix = _("Write down in the mediabank by what right it is shown, or choose another.")
            yield Finding("no-licence", "warning", sentence, fix, one.place, title)


def pictures_of(version: Version) -> list[Placed]:
    """The pictures of a story with the place at which each stands first."""
    if "pictures" not in version.shared:
        lead = version.story.lead_picture_id
        found = {int(lead): "lead_picture"} if lead else {}
        for block in version.blocks:
            for picture in _ids_of(block):
                found.setdefault(picture, block.id)
        version.shared["pictures"] = [Placed(picture, place) for picture, place in found.items()]
    placed: list[Placed] = version.shared["pictures"]
    return placed


def _ids_of(block: Block) -> list[int]:
    if not isinstance(block.value, dict):
        return []
    entries = [block.value, *(block.value.get("pictures") or ())]
    ids = [entry.get(name) for entry in entries if isinstance(entry, dict) for name in ("picture", "poster")]
    return [int(picture) for picture in ids if isinstance(picture, int)]


def _titles(version: Version) -> dict[int, tuple[str, str]]:
    """Working title and licence of each picture that there still is."""
    if "titles" not in version.shared:
        ids = {one.id for one in pictures_of(version)}
        rows = Picture.objects.filter(pk__in=ids).values_list("pk", "title", "licence") if ids else ()
        version.shared["titles"] = {pk: (title, licence) for pk, title, licence in rows}
    titles: dict[int, tuple[str, str]] = version.shared["titles"]
    return titles


def _language_name(language: str) -> str:
    return dict(LANGUAGES).get(language, language)
