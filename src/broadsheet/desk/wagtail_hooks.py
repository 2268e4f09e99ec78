"""What the desk is made of: the rooms' viewsets, policies and actions, and what is left out of Wagtail's own menu."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from broadsheet.desk import log_words
from broadsheet.desk.handing_over import hand_over_urls
from broadsheet.desk.here import here_urls
from broadsheet.desk.home import FirstScreen
from broadsheet.desk.mailbox import mailbox_menu_item, mailbox_urls
from broadsheet.desk.notices import notice_urls
from broadsheet.desk.palette import palette_menu_item, palette_urls
from broadsheet.desk.reported import report_urls
from broadsheet.desk.steps_page import steps_menu_item, steps_urls
from broadsheet.editions import desk as editions
from broadsheet.editions.access import RIGHT_OF_PERMISSION
from broadsheet.fronts import desk as fronts
from broadsheet.mediabank import desk as mediabank
from broadsheet.newsfeed import desk as newsfeed
from broadsheet.people import desk as people
from broadsheet.proofreading import desk as proofreading
from broadsheet.stories import desk as stories

ROOMS: tuple[Any, ...] = (stories, newsfeed, mediabank, people, editions)
SHEETS = (
    "desk/desk.css",
    "desk/palette.css",
    "desk/first_screen.css",
    "desk/notices.css",
    "desk/steps.css",
    "desk/others.css",
)
# Wagtail's own entries that mean nothing in this newsroom.
LEFT_OUT = {"explorer", "reports", "help", "settings", "snippets"}

for room in ROOMS:
    for model, rights in room.RIGHTS_OF.items():
        policy = stories.StoryPolicy if room is stories else editions.RightsPolicy
        register_permission_policy(model, policy(model, rights))
        for action, right in rights.items():
            RIGHT_OF_PERMISSION[f"{model._meta.app_label}.{action}_{model._meta.model_name}"] = right
    for viewset in room.VIEWSETS:
        register_snippet(type(viewset.__name__, (viewset,), {"add_to_admin_menu": True}))
    room.add_to_bulk_delete()


@hooks.register("register_actions", order=100)
def call_our_actions(registry: ActionRegistry) -> None:
    """Wagtail's create, edit and delete views call our actions."""
    for room in ROOMS:
        room.register_actions(registry)


hooks.register("register_bulk_action", editions.DeleteOneByOne, order=100)


hooks.register("register_snippet_listing_buttons", stories.merge_button)


@hooks.register("register_admin_urls")
def addresses_of_their_own() -> list[URLPattern]:
    """What is no viewset: mails are read, not edited; files that readers may not see yet; fronts, arranged whole."""
    own = [
        *here_urls(),
        *mailbox_urls(),
        *hand_over_urls(),
        *report_urls(),
        *notice_urls(),
        *steps_urls(),
        *palette_urls(),
    ]
    rooms = [*mediabank.desk_urls(), *fronts.desk_urls(), *stories.desk_urls(), *people.desk_urls()]
    rooms += proofreading.desk_urls()
    return [*own, *rooms]


@hooks.register("register_log_actions", order=1000)
def words_of_the_log(registry: LogActionRegistry) -> None:
    """The history says what happened in the newsroom's words."""
    log_words.register(registry)


@hooks.register("register_admin_menu_item")
def mailbox_entry() -> MenuItem:
    """The mailbox in the menu, for those who may read it."""
    return mailbox_menu_item()


@hooks.register("register_admin_menu_item")
def palette_entry() -> MenuItem:
    """The button of the command palette, at the top of the menu."""
    return palette_menu_item()


@hooks.register("register_admin_menu_item")
def steps_entry() -> MenuItem:
    """The steps in the menu, for those who may change them."""
    return steps_menu_item()


@hooks.register("register_admin_menu_item")
def fronts_entry() -> MenuItem:
    """The fronts in the menu, for those who may arrange some."""
    return fronts.menu_item()


@hooks.register("register_admin_menu_item")
def words_entry() -> MenuItem:
    """The newsroom's words in the menu, for those who may add some."""
    return proofreading.menu_item()


@hooks.register("register_admin_menu_item")
def calendar_entry() -> MenuItem:
    """The calendar in the menu."""
    return stories.menu_item()


hooks.register("register_log_actions", stories.register_log_actions)


@hooks.register("construct_main_menu")
def leave_out(request: Any, menu_items: list[Any]) -> None:
    """The menu holds what this newsroom has."""
    menu_items[:] = [item for item in menu_items if item.name not in LEFT_OUT]


@hooks.register("construct_snippet_action_menu")
def words_of_the_menu(items: list[Any], request: Any, context: Any) -> None:
    """A story is withdrawn: the newsroom has one word for it."""
    for item in items:
        if item.name == "action-unpublish":
            item.label = gettext_lazy("Withdraw")


@hooks.register("construct_homepage_panels")
def first_screen(request: Any, panels: list[Any]) -> None:
    """The first screen is the newsroom's own."""
    panels[:] = [FirstScreen()]


@hooks.register("insert_global_admin_css")
def desk_style() -> str:
    """The newsroom's colours, and how the rooms' screens look."""
    sheets = [*SHEETS, *(sheet for room in (stories, fronts, proofreading) for sheet in room.SHEETS)]
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@hooks.register("construct_homepage_summary_items")
def no_summary(request: Any, items: list[Any]) -> None:
    """Counts of Wagtail's pages say nothing here."""
    items.clear()
