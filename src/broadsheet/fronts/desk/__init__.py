"""How fronts look on the desk: which there are, the form that arranges one, and an edition's breaking line."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from broadsheet.editions.access import has_right
from broadsheet.fronts.access import RIGHT
from broadsheet.fronts.desk.arranging import ArrangeFront
from broadsheet.fronts.desk.breaking import BreakingPage
from broadsheet.fronts.desk.lists import FrontList
from broadsheet.fronts.desk.preview import PreviewFront


class FrontsMenuItem(MenuItem):
    """The way to the fronts; shown to those who may arrange some."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_right(request.user, RIGHT)


SHEETS = ("fronts/desk/fronts.css",)


def desk_urls() -> list[URLPattern]:
    """The addresses of the desk that are no viewset's: a front is arranged whole, as one thing."""
    return [
        path("fronts/", FrontList.as_view(), name="fronts"),
        path("fronts/<int:edition_id>/", ArrangeFront.as_view(), name="arrange-edition"),
        path("fronts/<int:edition_id>/preview/", PreviewFront.as_view(), name="preview-edition"),
        path("fronts/<int:edition_id>/<int:section_id>/preview/", PreviewFront.as_view(), name="preview-section"),
        path("fronts/<int:edition_id>/breaking/", BreakingPage.as_view(), name="breaking"),
        path("fronts/<int:edition_id>/<int:section_id>/", ArrangeFront.as_view(), name="arrange-section"),
    ]


def menu_item() -> MenuItem:
    """The entry of the menu, for the hook `register_admin_menu_item`."""
    return FrontsMenuItem(gettext_lazy("Fronts"), reverse_lazy("fronts"), name="fronts", icon_name="desktop", order=105)
