"""The mailbox on the desk: what left, what waits and what failed, for those who may read it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.accounts.roles import roles_with
from broadsheet.desk.actions import note_mailbox_seen
from broadsheet.desk.models import MailboxSeen
from broadsheet.desk.notice_words import PURPOSE as DESK_MAIL
from broadsheet.desk.zones import moment_for
from broadsheet.editions.access import Person, has_right, roles_of
from broadsheet.foundation.refusals import Refused
from broadsheet.mail.actions import send_again
from broadsheet.mail.backend import PURPOSE as ACCOUNT_MAIL
from broadsheet.mail.models import MailState
from broadsheet.mail.reads import MailLine, WholeMail, mails_after, newest_mails, whole_mail

READ = "mailbox.read"
MOST_COUNTED = 50
READ_ACCOUNT_MAIL = "account.manage"
"""Mails about accounts hold links that set a password: whoever reads them can become the one they are for."""


class MailboxPage(WagtailAdminTemplateMixin, View):
    """A page of the mailbox; shown only with the right to read it."""

    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_right(request.user, READ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def answer(self, context: dict[str, Any]) -> HttpResponseBase:
        response: HttpResponseBase = self.render_to_response(context)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse_lazy("mailbox"), "label": _("Mailbox")}]


class MailList(MailboxPage):
    """The newest mails, a page at a time."""

    template_name = "desk/mailbox.html"
    page_title = gettext_lazy("Mailbox")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        before = _number(request.GET.get("before"))
        lines, older = newest_mails(before=before)
        seen = _seen(request.user)
        if before is None and lines:
            note_mailbox_seen(request.user, lines[0].id)
        context = self.get_context_data(
            headings=[_("Subject"), _("To"), _("State"), _("Queued at")],
            rows=[{**_row(line, request.user), "is_new": line.id > seen} for line in lines],
            new=_("new"),
            nothing=_("No mail yet."),
            older={"url": f"{reverse('mailbox')}?before={older}", "label": _("Older mails")} if older else None,
        )
        return self.answer(context)


class MailPage(MailboxPage):
    """One mail; a failed or delayed one can be sent again from here."""

    template_name = "desk/mailbox_mail.html"

    def get(self, request: HttpRequest, mail_id: int) -> HttpResponseBase:
        mail = _found(mail_id)
        self.page_title = _subject(mail.line, request.user)
        context = self.get_context_data(
            facts=_facts(mail, request.user),
            text=_text_for(request, mail),
            again=_("Send again") if _can_be_sent_again(mail.line) else "",
        )
        return self.answer(context)

    def post(self, request: HttpRequest, mail_id: int) -> HttpResponse:
        _found(mail_id)
        try:
            send_again(mail_id=mail_id)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The mail will be sent again."))
        return HttpResponseRedirect(reverse("mailbox_mail", args=[mail_id]))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class MailboxMenuItem(MenuItem):
    """The way to the mailbox; shown to those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_right(request.user, READ)


def mailbox_urls() -> list[URLPattern]:
    """The mailbox's addresses, for the hook `register_admin_urls`."""
    return [
        path("mailbox/", MailList.as_view(), name="mailbox"),
        path("mailbox/<int:mail_id>/", MailPage.as_view(), name="mailbox_mail"),
    ]


def mailbox_menu_item() -> MenuItem:
    """The entry of the menu, for the hook `register_admin_menu_item`."""
    return MailboxMenuItem(
        gettext_lazy("Mailbox"), reverse_lazy("mailbox"), name="mailbox", icon_name="mail", order=900
    )


def _found(mail_id: int) -> WholeMail:
    # SQLite and PostgreSQL hold whole numbers of 64 bits; a longer one in an address names nothing.
    mail = whole_mail(mail_id) if mail_id < 2**63 else None
    if mail is None:
        raise Http404
    return mail


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _row(line: MailLine, person: Person) -> dict[str, Any]:
    return {
        "url": reverse("mailbox_mail", args=[line.id]),
        "subject": _subject(line, person),
        "to": line.to,
        "state": line.state_word,
        "trouble": line.trouble,
        "is_failed": line.state == MailState.FAILED,
        "queued_at": moment_for(person, line.queued_at),
    }


def _facts(mail: WholeMail, person: Person) -> list[tuple[str, str]]:
    line = mail.line
    facts = [
        (_("To"), line.to),
        (_("From"), mail.sender),
        (_("Reply to"), mail.reply_to),
        (_("State"), f"{line.state_word}. {line.trouble}" if line.trouble else line.state_word),
        (_("Attempts"), str(line.attempts)),
        (_("Queued at"), moment_for(person, line.queued_at)),
        (_("Sent at"), moment_for(person, line.sent_at)),
        (_("Next attempt"), moment_for(person, line.next_attempt_at)),
    ]
    return [(name, value) for name, value in facts if value]


def _text_for(request: HttpRequest, mail: WholeMail) -> str:
    if mail.line.purpose == ACCOUNT_MAIL and not has_right(request.user, READ_ACCOUNT_MAIL):
        return _("This mail is about somebody's account. Only an administrator can read its text.")
    if mail.line.purpose == DESK_MAIL and not _reads_every_story(request.user):
        return _("This mail is about a story. Only those who may read every story can read its text.")
    return mail.text or mail.html


def _subject(line: MailLine, person: Person) -> str:
    if line.purpose == DESK_MAIL and not _reads_every_story(person):
        return _("(about a story)")
    return line.subject or _("(no subject)")


def _reads_every_story(person: Person) -> bool:
    """Whether a mail that names a headline, whatever story's, may be shown to a person."""
    readers = roles_with("story.read")
    return any(one.role in readers and one.edition_id is None and one.section_id is None for one in roles_of(person))


def _seen(person: Person) -> int:
    return MailboxSeen.objects.filter(person_id=person.pk).values_list("mail_id", flat=True).first() or 0


def new_mails(person: Person) -> str:
    """How many mails are new since somebody looked, in words: “3”, “50+”; nothing for none, or without the right."""
    if not has_right(person, READ):
        return ""
    number = mails_after(_seen(person), most=MOST_COUNTED)
    return (f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)) if number else ""


def _can_be_sent_again(line: MailLine) -> bool:
    return line.state == MailState.FAILED or (line.state == MailState.WAITING and bool(line.trouble))
