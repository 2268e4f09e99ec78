"""How somebody at the desk is told of something: a notice and a mail; one step of the desk's actions."""

from contextlib import suppress

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.accounts.models import User
from broadsheet.desk.models import Notice, NoticeKind
from broadsheet.desk.steps import name_of
from broadsheet.editions.access import Person
from broadsheet.editions.models import Edition
from broadsheet.foundation.refusals import Refused
from broadsheet.mail.actions import queue_mail
from broadsheet.stories.access import may
from broadsheet.stories.models import Story

PURPOSE = "desk"
"""The mailbox shows such mails only to those who may read every story: they name headlines."""


def tell(notice: Notice, to: User, story: Story) -> None:
    """Keep a notice, and send it by mail in the language of whoever gets it; both in the caller's transaction."""
    notice.person, notice.story = to, story
    notice.save()
    with translation.override(language_of(to, story)):
        lines = [sentence_of(notice), notice.text, address_of(story, to, notice.remark_id)]
        # An account may have an address that is none; its notice is on the desk all the same.
        with suppress(Refused):
            queue_mail(
                to=to.email,
                subject=" ".join(subject_of(notice).split()),
                text="\n\n".join(line for line in lines if line) + "\n",
                purpose=PURPOSE,
            )


def subject_of(notice: Notice) -> str:
    """The subject of a notice's mail."""
    words = {"headline": headline_of(notice.story), "step": name_of(notice.word)}
    if notice.kind == NoticeKind.HANDED_OVER:
        return _("%(headline)s: %(step)s") % words
    return _("Comment on: %(headline)s") % words


def sentence_of(notice: Notice) -> str:
    """What a notice says, in the present language."""
    words = {
        "name": str(notice.by or _("Somebody")),
        "headline": headline_of(notice.story),
        "step": name_of(notice.word),
    }
    sentences = {
        NoticeKind.HANDED_OVER: _("%(name)s handed over “%(headline)s”: %(step)s."),
        NoticeKind.REMARK: _("%(name)s commented on “%(headline)s”."),
        NoticeKind.ANSWER: _("%(name)s answered a comment on “%(headline)s”."),
        NoticeKind.RESOLVED: _("%(name)s resolved a comment on “%(headline)s”."),
    }
    return sentences[NoticeKind(notice.kind)] % words


def headline_of(story: Story) -> str:
    """The headline as it is being worked on."""
    latest = story.latest_revision
    return (latest.object_str if latest else "") or str(story)


def address_of(story: Story, person: Person, remark_id: int | None = None) -> str:
    """The whole address at which this person finds the story on the desk: its editor, or its log."""
    return settings.SITE_URL + path_of(story, person, remark_id)


def path_of(story: Story, person: Person, remark_id: int | None = None) -> str:
    """The same within this site; a comment is opened there."""
    if not may(person, "story.edit", story):
        return reverse("wagtailsnippets_stories_story:history", args=[story.pk])
    path = reverse("wagtailsnippets_stories_story:edit", args=[story.pk])
    return f"{path}?comment={remark_id}" if remark_id else path


def language_of(person: User, story: Story) -> str:
    """The language in which a person is written to: chosen at the desk, or that of the one edition they work for."""
    chosen = getattr(getattr(person, "wagtail_userprofile", None), "preferred_language", "")
    if chosen:
        return str(chosen)
    editions = Edition.objects.filter(pk__in=person.assignments.values("edition"))
    languages = {edition.language for edition in editions}
    language = languages.pop() if len(languages) == 1 else story.edition.language
    return language if language in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
