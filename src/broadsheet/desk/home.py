"""The desk's first screen: a new story, what others did, and what there is to do."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from broadsheet.desk.first_lists import lists_for
from broadsheet.desk.mailbox import new_mails
from broadsheet.desk.notices import notice_labels, notice_row, notices_of
from broadsheet.desk.reported import open_reports
from broadsheet.editions.access import has_right

NOTICES_SHOWN = 5


class FirstScreen(Component):
    """Notices, and lists of stories that the person may read, each a link to where they work on it."""

    name = "first-screen"
    template_name = "desk/first_screen.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        person = parent_context["request"].user
        notices = notices_of(person, most=NOTICES_SHOWN, unread=True)
        return {
            "csrf_token": parent_context.get("csrf_token"),
            "new_story": reverse("wagtailsnippets_stories_story:add") if has_right(person, "story.write") else "",
            "new_story_words": _("New story"),
            "notices": [notice_row(notice, person) for notice in notices],
            "notice_words": notice_labels(),
            "mail": _mail(person),
            "reports": open_reports(person) if has_right(person, "story.edit") else None,
            "report_words": {"title": _("Corrections asked"), "none": _("No reader has found an error.")},
            "lists": [
                {"name": name, "title": title, "rows": rows, "nothing": nothing}
                for name, title, rows, nothing in lists_for(person)
                if rows or has_right(person, "story.write") or name in ("waiting", "published")
            ],
        }


def _mail(person: Any) -> dict[str, str]:
    number = new_mails(person)
    words = _("New in the mailbox: %(number)s")
    return {"words": words % {"number": number}, "address": reverse("mailbox")} if number else {}
