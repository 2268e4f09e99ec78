"""The desk's calendar: a month, or a week as a list, in the time of each story's edition."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import now
from broadsheet.stories.planned import Planned, Published, planned

NAMED = 5
"""Published stories of a day that the week names; the month only counts them."""


class Calendar(WagtailAdminTemplateMixin, View):
    """What goes out, is held back, is due and was published, by day; of stories that the person may read."""

    header_icon = "calendar-alt"
    page_title = gettext_lazy("Calendar")
    template_name = "stories/desk/calendar.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        language = (translation.get_language() or "en")[:2]
        today = now().astimezone(_zone()).date()
        monday = _week(request.GET.get("week", ""))
        is_week = "week" in request.GET
        if is_week:
            shown = _week_of(monday or today - timedelta(days=today.weekday()), language)
        else:
            shown = _month_of(_month(request.GET.get("month", "")) or today.replace(day=1), language)
        first, last = shown["first"], shown["last"]
        found = planned(request.user, first, last, language, named=NAMED if is_week else 0)
        days = [_day(day, found, today, shown, language) for day in _days(first, last)]
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                **shown,
                is_week=is_week,
                weeks=[days[start : start + 7] for start in range(0, len(days), 7)],
                names=[name for _number, name in sorted(get_day_names("wide", locale=language).items())],
                zones=[f"{edition.short_name}: {edition.zone}" for edition in all_editions()],
                words={
                    "zones": _("Each story stands at the time of its own edition."),
                    "today": _("Today"),
                    "month": _("Month"),
                    "week": _("Week"),
                    "nothing": _("Nothing is planned on these days."),
                    "ways": _("Other days"),
                },
                today_url=reverse("calendar") + ("?week=" if is_week else ""),
                is_empty=not found.items and not found.published,
            )
        )
        return response


def menu_item() -> MenuItem:
    """The entry of the menu, for the hook `register_admin_menu_item`."""
    return MenuItem(
        gettext_lazy("Calendar"), reverse_lazy("calendar"), name="calendar", icon_name="calendar-alt", order=103
    )


def _zone() -> Any:
    return ZoneInfo(all_editions()[0].zone)


def _month(text: str) -> date | None:
    """The first day of a month such as 2026-11; None for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    try:
        return date(int(match[1]), int(match[2]), 1) if match and 1900 <= int(match[1]) <= 2200 else None
    except ValueError:
        return None


def _week(text: str) -> date | None:
    """The Monday of a week such as 2026-W48 (ISO 8601); None for anything else."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", text, re.ASCII)
    try:
        known = match and 1900 <= int(match[1]) <= 2200
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match and known else None
    except ValueError:
        return None


def _month_of(first: date, language: str) -> dict[str, Any]:
    """A month in whole weeks, and the ways from it."""
    next_month = (first + timedelta(days=32)).replace(day=1)
    monday = first - timedelta(days=first.weekday())
    sunday = next_month - timedelta(days=1) + timedelta(days=6 - (next_month - timedelta(days=1)).weekday())
    return {
        "title": format_date(first, format="LLLL y", locale=language),
        "first": monday,
        "last": sunday,
        "month": first.month,
        "before": _way("month", first - timedelta(days=1), language),
        "after": _way("month", next_month, language),
        "other": f"{reverse('calendar')}?week={_iso(monday if monday.month == first.month else first)}",
    }


def _week_of(monday: date, language: str) -> dict[str, Any]:
    sunday = monday + timedelta(days=6)
    ends = format_date(monday, "d MMMM", locale=language), format_date(sunday, "d MMMM y", locale=language)
    return {
        "title": " – ".join(ends),
        "first": monday,
        "last": sunday,
        "month": 0,
        "before": _way("week", monday - timedelta(days=7), language),
        "after": _way("week", monday + timedelta(days=7), language),
        "other": f"{reverse('calendar')}?month={monday:%Y-%m}",
    }


def _way(kind: str, to: date, language: str) -> dict[str, str]:
    if kind == "month":
        return {
            "url": f"{reverse('calendar')}?month={to:%Y-%m}",
            "word": format_date(to, format="LLLL y", locale=language),
        }
    return {"url": f"{reverse('calendar')}?week={_iso(to)}", "word": format_date(to, "d MMM", locale=language)}


def _iso(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(day: date, found: Planned, today: date, shown: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "number": day.day,
        "name": format_date(day, "EEEE d MMMM", locale=language),
        "is_today": day == today,
        "is_beside": bool(shown["month"]) and day.month != shown["month"],
        "items": found.items.get(day, []),
        "published": [_count(day, one) for one in found.published.get(day, [])],
    }


def _count(day: date, published: Published) -> dict[str, str]:
    """How much an edition published on a day, and where the list shows it."""
    asked = f"edition={published.edition.id}&when=published&since={day}&until={day}"
    words = ngettext("%(count)s story published", "%(count)s stories published", published.count)
    return {
        "url": f"{reverse('wagtailsnippets_stories_story:list')}?{asked}",
        "word": words % {"count": published.count},
        "edition": published.edition.short_name,
    }
