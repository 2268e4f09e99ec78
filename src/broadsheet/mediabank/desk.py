"""How the mediabank looks on the desk."""

from typing import Any

from django.db.models import Model
from django.urls import URLPattern, path, re_path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from broadsheet.design.words import as_length
from broadsheet.editions.desk import (
    DeleteOneByOne,
    Rights,
    RoomChooserViewSet,
    RoomViewSet,
    choosing,
    in_each_language,
    listing,
    register_actions_of,
)  # fmt: skip
from broadsheet.mediabank.actions import add_film, add_picture, delete_film, delete_picture, save_film, save_picture
from broadsheet.mediabank.bringing import BringPicture
from broadsheet.mediabank.models import Film, Picture
from broadsheet.mediabank.views import (
    look_of_picture,
    newsroom_address,
    newsroom_captions,
    newsroom_file,
    newsroom_film,
    newsroom_rendition,
)


def _thumbnail(picture: Picture) -> str:
    return format_html(
        '<img src="{}" alt="" width="96" height="64" loading="lazy" class="desk-thumbnail">',
        newsroom_address(str(picture.shown.name)),
    )


class ShowsPictures:
    """For the chooser: pictures are chosen by looking at them."""

    @property
    def columns(self) -> list[Any]:
        title, *others = super().columns  # type: ignore[misc]
        return [Column("picture", label=_("Picture"), accessor=_thumbnail), title, *others]


class PictureChooserViewSet(RoomChooserViewSet):
    choose_one_text = _("Choose picture")
    choose_another_text = _("Choose another picture")
    edit_item_text = _("Edit this picture")
    choose_view_class, choose_results_view_class = choosing("picture", ShowsPictures).values()


class PictureViewSet(RoomViewSet):
    model = Picture
    icon = "image"
    menu_order = 310
    base_url_path = "pictures"
    chooser_base_url_path = "choose/pictures"
    chooser_viewset_class = PictureChooserViewSet
    chooser_per_page = 20
    list_display = [Column("picture", label=_("Picture"), accessor=_thumbnail), "title", "creator", "licence", "taken"]
    index_view_class, index_results_template_name = listing("picture").values()
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("original"),
            in_each_language("texts", _("Alt texts and captions"), "alt", "caption"),
            FieldRowPanel([FieldPanel("creator"), FieldPanel("agency")]),
            FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_url")]),
            FieldRowPanel([FieldPanel("source"), FieldPanel("taken")]),
            FieldRowPanel([FieldPanel("focal_x"), FieldPanel("focal_y")]),
        ]
    )


def _poster(film: Film) -> str:
    """The poster, which leads to the film as the desk plays it."""
    address = f"/desk/{film.file.name}".replace("films/", "films/files/", 1)
    words = _("Play %s") % film.title
    return format_html('<a href="{}" target="_blank" aria-label="{}">{}</a>', address, words, _thumbnail(film.poster))


def _length(film: Film) -> str:
    return as_length(film.milliseconds // 1000)


class ShowsPosters:
    """For the chooser: films are chosen by their posters."""

    @property
    def columns(self) -> list[Any]:
        title, *others = super().columns  # type: ignore[misc]
        poster = Column("poster", label=_("Poster"), accessor=lambda film: _thumbnail(film.poster))
        return [poster, title, Column("length", label=_("Length"), accessor=_length), *others]


class FilmChooserViewSet(RoomChooserViewSet):
    choose_one_text = _("Choose film")
    choose_another_text = _("Choose another film")
    edit_item_text = _("Edit this film")
    choose_view_class, choose_results_view_class = choosing("film", ShowsPosters).values()


class FilmViewSet(RoomViewSet):
    model = Film
    icon = "media"
    menu_order = 315
    base_url_path = "films"
    chooser_base_url_path = "choose/films"
    chooser_viewset_class = FilmChooserViewSet
    chooser_per_page = 20
    list_display = [
        Column("poster", label=_("Poster"), accessor=_poster),
        "title",
        Column("length", label=_("Length"), accessor=_length),
        "creator",
        "licence",
        "taken",
    ]
    index_view_class, index_results_template_name = listing("film").values()
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("file"),
            FieldPanel("poster"),
            in_each_language("texts", _("Titles and descriptions"), "title", "description"),
            in_each_language("captions", _("Captions"), "file", least=0),
            FieldRowPanel([FieldPanel("creator"), FieldPanel("agency")]),
            FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_url")]),
            FieldRowPanel([FieldPanel("source"), FieldPanel("taken")]),
        ]
    )


def desk_urls() -> list[URLPattern]:
    """The addresses of the desk that are no viewset's: a picture brought in, files that readers may not see yet."""
    return [
        path("pictures/bring/", BringPicture.as_view(), name="bring-picture"),
        path("pictures/look/<int:pk>/", look_of_picture, name="look-of-picture"),
        re_path(r"^pictures/files/renditions/(?P<rendition>.+)\Z", newsroom_rendition, name="newsroom-rendition"),
        re_path(r"^pictures/files/(?P<name>.+)\Z", newsroom_file, name="newsroom-file"),
        re_path(r"^films/files/(?P<name>.+)\Z", newsroom_film, name="newsroom-film"),
        re_path(r"^films/captions/(?P<captions>.+)\Z", newsroom_captions, name="newsroom-captions"),
    ]


VIEWSETS = (PictureViewSet, FilmViewSet)
RIGHTS_OF: dict[type[Model], Rights] = {
    Picture: {"add": "picture.add", "change": "picture.edit", "delete": "picture.delete", "view": "desk.enter"},
    Film: {"add": "film.add", "change": "film.edit", "delete": "film.delete", "view": "desk.enter"},
}


def register_actions(registry: ActionRegistry) -> None:
    """Register this room's actions for Wagtail's views."""
    register_actions_of(registry, Picture, add=add_picture, save=save_picture, delete=_delete_picture)
    register_actions_of(registry, Film, add=add_film, save=save_film, delete=_delete_film)


def add_to_bulk_delete() -> None:
    """Let pictures and films be deleted by ticking."""
    DeleteOneByOne.add_model(Picture, _delete_picture)
    DeleteOneByOne.add_model(Film, _delete_film)


def _delete_picture(by: Any, picture: Picture, *, version: str | None = None) -> None:
    delete_picture(by, picture.pk, version=version)


def _delete_film(by: Any, film: Film, *, version: str | None = None) -> None:
    delete_film(by, film.pk, version=version)
