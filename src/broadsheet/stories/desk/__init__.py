"""How stories look on the desk: Wagtail's editor, asking our access and calling our actions."""

from django.db.models import Model
from django.urls import URLPattern, path

from broadsheet.editions.desk import Rights, RoomViewSet
from broadsheet.stories.desk.asides import aside_urls
from broadsheet.stories.desk.asking import AsksAccess, KnowsWhoAsks, StoryPolicy
from broadsheet.stories.desk.bin import bin_urls
from broadsheet.stories.desk.bulk import WorkOnStories
from broadsheet.stories.desk.calendar import Calendar, menu_item
from broadsheet.stories.desk.choosing import OnlyVisible, StoryChooserViewSet
from broadsheet.stories.desk.editor import StoryCreate, StoryEdit
from broadsheet.stories.desk.lists import KeepFilter, StoryList
from broadsheet.stories.desk.log_of_story import register_log_actions
from broadsheet.stories.desk.merging import MergeTopic, merge_button
from broadsheet.stories.desk.one_story import (
    StoryDelete,
    StoryHistory,
    StoryLock,
    StoryPreview,
    StoryRevision,
    StoryUnlock,
    StoryUnpublish,
    StoryUnschedule,
    StoryUsage,
)
from broadsheet.stories.desk.others import others_urls
from broadsheet.stories.desk.panels import FORM
from broadsheet.stories.desk.passing import passing_urls
from broadsheet.stories.desk.saving import add_to_bulk_delete, register_actions
from broadsheet.stories.desk.suggesting import suggesting_urls
from broadsheet.stories.desk.versions import StoryCompare, StoryRestore, compare_urls
from broadsheet.stories.models import Story

__all__ = [
    "RIGHTS_OF",
    "SHEETS",
    "VIEWSETS",
    "AsksAccess",
    "KnowsWhoAsks",
    "OnlyVisible",
    "StoryList",
    "StoryPolicy",
    "add_to_bulk_delete",
    "desk_urls",
    "menu_item",
    "merge_button",
    "register_actions",
    "register_log_actions",
]


class StoryViewSet(RoomViewSet):
    model = Story
    icon = "doc-full"
    menu_order = 100
    base_url_path = "stories"
    chooser_base_url_path = "choose/stories"
    chooser_viewset_class = StoryChooserViewSet
    chooser_per_page = 20
    index_view_class = StoryList
    add_view_class = StoryCreate
    edit_view_class = StoryEdit
    delete_view_class = StoryDelete
    history_view_class = StoryHistory
    usage_view_class = StoryUsage
    preview_on_edit_view_class = StoryPreview
    revisions_view_class = StoryRevision
    revisions_compare_view_class = StoryCompare
    revisions_revert_view_class = StoryRestore
    revisions_unschedule_view_class = StoryUnschedule
    unpublish_view_class = StoryUnpublish
    lock_view_class = StoryLock
    unlock_view_class = StoryUnlock
    create_template_name = "stories/desk/create.html"
    edit_template_name = "stories/desk/edit.html"
    delete_template_name = "stories/desk/ask.html"
    edit_handler = FORM


VIEWSETS = (StoryViewSet,)
SHEETS = (
    "stories/desk/keeping/keeping.css",
    "stories/desk/versions.css",
    "stories/desk/checks.css",
    "stories/desk/list.css",
    "stories/desk/calendar.css",
    "stories/desk/remarks.css",
    "stories/desk/writing/writing.css",
)


def desk_urls() -> list[URLPattern]:
    """The addresses of the desk that are no viewset's."""
    return [
        path("calendar/", Calendar.as_view(), name="calendar"),
        path("topics/merge/<int:topic_id>/", MergeTopic.as_view(), name="merge-topic"),
        path("stories/bulk/", WorkOnStories.as_view(), name="work-on-stories"),
        path("stories/filters/", KeepFilter.as_view(), name="keep-filter"),
        *aside_urls(),
        *bin_urls(),
        *compare_urls(),
        *others_urls(),
        *passing_urls(),
        *suggesting_urls(),
    ]


RIGHTS_OF: dict[type[Model], Rights] = {
    Story: {
        "add": "story.write",
        "change": "story.edit",
        "delete": "story.delete",
        "publish": "story.publish",
        "lock": "story.edit",
        "unlock": "story.edit",
        "view": "story.read",
    }
}
