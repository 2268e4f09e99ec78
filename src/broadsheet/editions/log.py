"""The log of a thing on the desk: who did what, when; in the newsroom's words and time."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.history import HistoryFilterSet
from wagtail.snippets.views.snippets import HistoryView

from broadsheet.design.words import as_moment
from broadsheet.editions.reads import all_editions


class LogFilters(HistoryFilterSet):
    """Wagtail's filters, by what was done, by whom and when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"action": gettext_lazy("What"), "user": gettext_lazy("Who"), "timestamp": gettext_lazy("When")}
        for name, label in words.items():
            if name in self.filters:
                self.filters[name].label = label


class Entries(WagtailPaginator):
    """Counts entries, by that name."""

    verbose_name = gettext_lazy("entry")
    verbose_name_plural = gettext_lazy("entries")


class RoomLog(HistoryView):
    """A thing's log, from which its versions are looked at and compared."""

    page_title = gettext_lazy("Log")
    verbose_name_plural = gettext_lazy("entries")
    filterset_class = LogFilters
    paginator_class = Entries

    @cached_property
    def columns(self) -> list[Any]:
        did, who, _date = super().columns
        did.label, who.label, who.width = gettext_lazy("What"), gettext_lazy("Who"), "20%"
        did.cell_template_name = "editions/desk/log_cell.html"
        return [did, who, Column("timestamp", label=gettext_lazy("When"), accessor=self.moment_of, width="20%")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        return [*items[:-1], {**items[-1], "label": self.page_title}]

    def moment_of(self, entry: Any) -> str:
        """Day and time of an entry, as the newsroom counts them."""
        return as_moment(entry.timestamp, get_language() or "en", self.zone())

    def zone(self) -> str:
        """The zone of the thing's edition, or of the main one."""
        of_edition = getattr(self.object, "edition_id", None)
        editions = all_editions()
        return next((one.zone for one in editions if one.id == of_edition), editions[0].zone if editions else "UTC")
