"""Connects the rooms: who hears whose events, who fills whose slots."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def connect_rooms() -> None:
    """Load each room's `on_events`, so that its listeners are registered, and fill the slots."""
    from broadsheet.editions import finding
    from broadsheet.fronts.actions import follow_merged_topic
    from broadsheet.newsfeed.actions import list_story
    from broadsheet.newsfeed.beside import newest_beside
    from broadsheet.stories import slots
    from broadsheet.stories.worklist import stories_in
    from broadsheet.syndication.structured import structured_data

    finding.STORIES_IN[:] = [stories_in]
    slots.HEAD[:] = [structured_data]
    slots.BESIDE[:] = [newest_beside]
    slots.TOPIC_MERGED[:] = [follow_merged_topic]
    slots.LISTED[:] = [list_story]
    for config in apps.get_app_configs():
        if config.name.startswith("broadsheet.") and module_has_submodule(config.module, "on_events"):
            import_module(f"{config.name}.on_events")
