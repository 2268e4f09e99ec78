"""The panels beside a story's form, beside those of Wagtail; drawn anew with each autosave."""

from typing import Any

from wagtail.admin.ui.components import MediaContainer

from broadsheet.stories.desk.before_publishing import BeforePublishing

# Each is made with the story, as the form has it, and the request.
SIDE_PANELS: list[type] = [BeforePublishing]


class HasSidePanels:
    """For create and edit."""

    def get_side_panels(self) -> MediaContainer:
        view: Any = self
        panels = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([*panels, *(panel(view.form.instance, view.request) for panel in SIDE_PANELS)])
