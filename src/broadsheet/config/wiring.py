"""Connects the rooms: who hears whose events, who fills whose slots."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def connect_rooms() -> None:
    """Load each room's `on_events`, so that its listeners are registered, and fill the slots."""
    from broadsheet.desk.actions import end_work, tell_of_remark
    from broadsheet.desk.handing_over import workflow_panel
    from broadsheet.editions import finding
    from broadsheet.fronts.actions import follow_merged_topic
    from broadsheet.newsfeed.actions import list_story
    from broadsheet.newsfeed.beside import newest_beside
    from broadsheet.stories import slots
    from broadsheet.stories.desk.before_publishing import before_publishing_panel
    from broadsheet.stories.desk.remarks import remarks_side_panel
    from broadsheet.stories.desk.side_panels import SIDE_PANELS
    from broadsheet.stories.worklist import stories_in
    from broadsheet.syndication.structured import structured_data

    finding.STORIES_IN[:] = [stories_in]
    slots.HEAD[:] = [structured_data]
    slots.BESIDE[:] = [newest_beside]
    slots.LISTED[:] = [list_story, end_work]
    SIDE_PANELS[:] = [before_publishing_panel, workflow_panel, remarks_side_panel]
    slots.TELLS[:] = [tell_of_remark]
    slots.TOPIC_MERGED[:] = [follow_merged_topic]
    for config in apps.get_app_configs():
        if config.name.startswith("broadsheet.") and module_has_submodule(config.module, "on_events"):
            import_module(f"{config.name}.on_events")
