"""Readers' reports of errors, kept until the desk has answered them: one step of actions on them."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.models import ErrorReport, Outcome

READERS_ADDRESS_IS_KEPT = timedelta(days=30)
"""How long after its answer a report still names the reader's mail address."""


def keep_report(story_id: int, text: str, mail: str) -> None:
    """Keep what a reader says is wrong in a story."""
    ErrorReport.objects.create(story_id=story_id, text=text, mail=mail)


def close_report(report: ErrorReport, by: User | None, outcome: str, note: str) -> None:
    """Note what came of a report, in its row and in the story's log; refuses one that is answered already."""
    if report.answered_at is not None:
        name = report.answered_by or _("Somebody")
        sentence = _("%(name)s has answered this report already.") % {"name": name}
        raise Refused("report.answered", sentence, _("Nothing was changed."))
    if outcome not in Outcome.values:
        raise Refused("report.outcome", _("Say what came of the report."), _("Nothing was changed."))
    report.outcome, report.note = outcome, note.strip()[:1000]
    report.answered_at, report.answered_by = now(), by
    report.save(update_fields=["outcome", "note", "answered_at", "answered_by"])
    said = {"outcome": outcome, "note": report.note, "text": report.text[:300]}
    log(instance=report.story, action="broadsheet.report.answer", user=by, data=said)


def forget_reader(report_id: int) -> bool:
    """Remove the reader's address from a report that was answered long enough ago; returns whether there was one."""
    long_ago = now() - READERS_ADDRESS_IS_KEPT
    old = ErrorReport.objects.filter(pk=report_id, answered_at__lte=long_ago).exclude(mail="")
    return bool(old.update(mail=""))


def mail_to_desk(*, headline: str, address: str, text: str, mail: str) -> dict[str, str]:
    """The mail that tells the desk of a report; `mail` is the reader's own address, if they left one."""
    return {
        "to": settings.BROADSHEET.text("mail_to_desk") or settings.BROADSHEET.text("mail_from"),
        "subject": _("Error reported: %(headline)s") % {"headline": " ".join(headline.split())},
        "text": f"{address}\n\n{text}\n\n{mail or _('The reader left no address.')}\n",
        "reply_to": mail,
        "purpose": "error-report",
    }
