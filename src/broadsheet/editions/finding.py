"""Lists and choosers of the desk that find things by words, and count nothing: each page says only whether more follow.

Words are sought in the index, where each room puts its things under a kind; the newest are found first.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.paginator import EmptyPage, InvalidPage
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column

from broadsheet.index.reads import newest

MOST_FOUND = 300
"""Of what holds the words, the newest that are shown."""
LAST_PAGE = 200
"""Whoever wants to go further than this asks by words."""


def found_by_words(things: QuerySet[Any], kind: str, words: str) -> QuerySet[Any]:
    """Those of these things that hold the words, the newest first; the last word may be half typed."""
    found = newest(words, [], apart=kind, most=MOST_FOUND)
    return things.filter(pk__in=[pk for _place, pk in found]).order_by("-pk")


def with_names(things: QuerySet[Any]) -> QuerySet[Any]:
    """The same things; what they are called in each language is asked for all of them at once."""
    named = [name for name in ("names", "texts") if hasattr(things.model, name)]
    return things.prefetch_related(*named)


# How many published stories stand in a thing's list, by its kind and ids; filled by the room that has the stories.
STORIES_IN: list[Callable[[str, Sequence[int]], dict[int, int]]] = []


class StoriesColumn(Column):
    """How many published stories there are in a thing's list, asked for a page at once."""

    def __init__(self, kind: str) -> None:
        super().__init__("stories", label=_("Stories"), accessor=lambda thing: getattr(thing, "stories_count", ""))
        self.kind = kind

    def count(self, things: Sequence[Any]) -> None:
        """Note at each thing of a page how many it has."""
        ids = [thing.pk for thing in things]
        for counted in STORIES_IN:
            found = counted(self.kind, ids)
            for thing in things:
                thing.stories_count = found.get(thing.pk, 0)


class CountsStories:
    """For a list with a StoriesColumn."""

    def get_table(self, object_list: Sequence[Any]) -> Any:
        view: Any = self
        for column in view.columns:
            if isinstance(column, StoriesColumn):
                column.count(object_list)
        return super().get_table(object_list)  # type: ignore[misc]


class UncountedPaginator(WagtailPaginator):
    """Pages of which nobody knows how many there are: one is full, or it is the last."""

    @property
    def words(self) -> dict[str, str]:
        """What is said around the pages."""
        return {
            "pages": gettext("Pages"),
            "back": gettext("Back"),
            "on": gettext("Further"),
            "nothing": gettext("Nothing is found."),
        }

    @cached_property
    def count(self) -> int:
        """At least so many: what the pages up to this one hold. Nothing is counted."""
        return LAST_PAGE * int(self.per_page)

    def page(self, number: Any) -> Any:
        """A page; the first where there is no page of this number."""
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        rows = list(self.object_list[bottom : bottom + self.per_page + 1])
        if not rows and number > 1:
            raise EmptyPage(_("That page contains no results"))
        page = self._get_page(rows[: self.per_page], number, self)
        more = len(rows) > self.per_page and number < LAST_PAGE
        page.has_next = lambda: more
        return page

    def get_page(self, number: Any) -> Any:
        try:
            return self.page(number)
        except InvalidPage:
            return self.page(1)


class FindsByWords(CountsStories):
    """For a list of the desk: its search box asks the index for things of this kind."""

    paginator_class = UncountedPaginator
    kind = ""

    @cached_property
    def is_searchable(self) -> bool:
        return bool(self.kind)

    @cached_property
    def columns(self) -> list[Any]:
        """The columns, by none of which the list is ordered: that would read all there is."""
        columns: list[Any] = super().columns  # type: ignore[misc]
        for column in columns:
            column.sort_key = None
        return columns

    def _get_custom_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        """A title leads to the form also where a picture stands before it."""
        view: Any = super()
        if field_name == "title" and not args:
            return view._get_title_column(field_name)
        return view._get_custom_column(field_name, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Any]:
        return with_names(super().get_base_queryset())  # type: ignore[misc]

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        view: Any = self
        return found_by_words(queryset, self.kind, view.search_query) if view.is_searching else queryset


class ChoosesByWords:
    """For the window of a chooser: the same."""

    paginator_class = UncountedPaginator
    results_template_name = "editions/desk/chooser_results.html"
    kind = ""

    def get_object_list(self) -> QuerySet[Any]:
        return with_names(super().get_object_list())  # type: ignore[misc]

    def find(self, things: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Those that hold the words."""
        return found_by_words(things, self.kind, words)

    def get_filter_form_class(self) -> type[forms.Form]:
        class WordsForm(BaseFilterForm):
            q = forms.CharField(
                label=_("Words"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
            )

            def filter(form: Any, objects: QuerySet[Any]) -> QuerySet[Any]:  # noqa: N805
                words = form.cleaned_data.get("q", "").strip()
                if not words:
                    return objects
                form.is_searching, form.search_query = True, words
                return self.find(objects, words)

        return WordsForm if self.kind else BaseFilterForm
