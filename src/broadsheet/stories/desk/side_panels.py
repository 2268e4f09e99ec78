"""Panels beside the story's editor that rooms above add: a slot, filled by config.wiring."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.ui.components import MediaContainer

# Called with the view of the editor; each gives a panel, or None where it has nothing to show.
SIDE_PANELS: list[Callable[[Any], Any]] = []


class WithSidePanels:
    """For create and edit: Wagtail's side panels, and those of the slot."""

    def get_side_panels(self) -> MediaContainer:
        own = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([*own, *filter(None, (make(self) for make in SIDE_PANELS))])
