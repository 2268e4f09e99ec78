"""Which addresses of the desk are closed, and to whom: what nobody needs could only be a way past the rights."""

from django.http import HttpRequest
from django.urls import ResolverMatch
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from broadsheet.editions.access import forbidden, has_right
from broadsheet.editions.desk import DeleteOneByOne
from broadsheet.foundation.refusals import Refused

DESK = "desk/"

# Wagtail's own addresses that the desk needs, and what for. All others of Wagtail's are closed to everybody, also those
# that a later version brings.
OPEN = {
    "desk/": "the first screen; and what is nowhere, which is not found",
    "desk/logout/": "the way out",
    "desk/sprite/": "icons",
    "desk/jsi18n/": "the words of the desk's scripts",
    "desk/editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": (
        "who else has this open; asks for the right to change it"
    ),
    "desk/editing-sessions/release/<int:session_id>/": "one's own editor is closed",
    "desk/choose-page/": "the window of a link in a paragraph: standing pages; stories are not among them",
    "desk/choose-page/<int:parent_page_id>/": "the same",
    "desk/choose-page/search/": "the same",
    "desk/choose-external-link/": "the same: an address elsewhere",
    "desk/choose-email-link/": "the same: a mail address",
    "desk/choose-phone-link/": "the same: a telephone number",
    "desk/choose-anchor-link/": "the same: a place in the text",
}

# What is closed, and what would lie open behind it. It closes nothing itself, because everything is closed that is not
# in OPEN: it is for whoever asks why, and a test holds that each closed address has its reason.
WHY_CLOSED = {
    "desk/login/": "a second way in, which knows neither the limit of attempts nor the second factor",
    "desk/password_reset/": "the same; passwords are set at /account/",
    "desk/account/": "writes name, log-in address and password past the rules for accounts",
    "desk/dismissibles/": "keeps for a user whatever is sent",
    "desk/users/": "accounts are made and closed by accounts.actions",
    "desk/groups/": "rights are given by role (accounts.roles), never by group",
    "desk/bulk/": "Wagtail's bulk actions write past ours; only DeleteOneByOne calls them",
    "desk/pages/": "stories are no pages, and standing pages have an entry of their own",
    "desk/choose-page/": "what else the window of a link could do, such as several pages at once",
    "desk/api/": "an interface to pages, images and documents, of which there are none",
    "desk/images/": "pictures are in the mediabank, with their rights",
    "desk/documents/": "the newsroom has none",
    "desk/collections/": "of images and documents",
    "desk/workflows/": "off: what a story waits for is its state",
    "desk/reports/": "the history of everything, with the headlines of stories that one must not read",
    "desk/snippets/": "each room has its own entry in the menu",
    "desk/tag-autocomplete/": "the newsroom's topics are no tags",
    "desk/block-preview/": "no block has a preview",
    "desk/choose/": "things are entered in their own form, by an action; the chooser's form saves by itself",
    "desk/test404/": "for Wagtail's developers",
    "desk/failwhale/": "for Wagtail's developers: raises an error",
}


def refusal_of(request: HttpRequest, match: ResolverMatch) -> Refused | None:
    """Why this person may not even ask for this address; None where its own view decides, and outside the desk."""
    if not match.route.startswith(DESK):
        return None
    if request.user.is_authenticated and not has_right(request.user, "desk.enter"):
        return forbidden()
    return None if is_open(match) else forbidden()


def is_open(match: ResolverMatch) -> bool:
    """Whether an address of the desk is in use: it is in the list, or belongs to a room."""
    if match.route in OPEN:
        return True
    if match.url_name == "wagtail_bulk_action":
        names = (match.kwargs[name] for name in ("app_label", "model_name", "action"))
        return bulk_action_registry.get_bulk_action_class(*names) is DeleteOneByOne
    return _is_of_a_room(match)


def _is_of_a_room(match: ResolverMatch) -> bool:
    view = getattr(match.func, "view_class", match.func)
    if view.__module__.startswith("broadsheet."):
        return True
    if match.namespace.startswith("wagtailsnippetchoosers_"):
        return match.url_name != "create"
    return match.namespace.startswith("wagtailsnippets_")
