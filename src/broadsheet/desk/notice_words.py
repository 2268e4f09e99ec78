"""Notices in words, and where whoever is told of a story finds it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from broadsheet.desk.models import Notice, NoticeKind
from broadsheet.desk.steps import name_of
from broadsheet.editions.access import Person, roles_of
from broadsheet.editions.reads import all_editions
from broadsheet.stories.access import may
from broadsheet.stories.models import Story

PURPOSE = "desk"
"""The mailbox shows such mails only to those who may read every story: they name headlines."""


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


def language_of(person: Person, story: Story) -> str:
    """The language in which a person is written to: chosen at the desk, or that of the one edition they work for."""
    chosen = getattr(getattr(person, "wagtail_userprofile", None), "preferred_language", "")
    mine = {given.edition_id for given in roles_of(person)}
    languages = {edition.id: edition.language for edition in all_editions()}
    only = {languages[edition] for edition in mine if edition in languages}
    language = chosen or (only.pop() if len(only) == 1 and None not in mine else languages[story.edition_id])
    return str(language) if language in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
