"""What each role may do: one table, read by people and by the program."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REPORTER = "reporter", _("reporter")
    EDITOR = "editor", _("editor")
    PICTURE_EDITOR = "picture-editor", _("picture editor")
    MODERATOR = "moderator", _("moderator")
    CHIEF = "chief", _("chief")
    ADMINISTRATOR = "administrator", _("administrator")


R, E, P, M, C, A = Role.REPORTER, Role.EDITOR, Role.PICTURE_EDITOR, Role.MODERATOR, Role.CHIEF, Role.ADMINISTRATOR

# A right is held in the editions and sections for which the role was given. Rights on what has no section
# (pictures, people, accounts ...) are held where the role was given for any.
RIGHTS: dict[str, tuple[Role, ...]] = {
    "desk.enter":       (R, E, P, M, C, A),
    "story.write":      (R, E, C, A),          # begin a story, and change one's own while it is not published
    "story.read":       (R, E, P, M, C, A),    # see stories on the desk that readers do not see yet
    "story.edit":       (E, C, A),             # change anybody's
    "story.publish":    (E, C, A),             # publish, schedule, take a schedule back
    "story.withdraw":   (E, C, A),
    "story.delete":     (E, C, A),             # a draft that was never published; who began it may, too
    "story.restore":    (E, C, A),             # bring a deleted one back, within 30 days
    "brief.publish":    (R, E, C, A),          # publish, change and withdraw a brief of the newsfeed
    "front.arrange":    (E, C, A),             # containers, pins and the breaking line
    "picture.add":      (R, E, P, C, A),
    "picture.edit":     (P, C, A),
    "picture.delete":   (P, C, A),
    "film.add":         (R, E, P, C, A),
    "film.edit":        (P, C, A),
    "film.delete":      (P, C, A),
    "person.add":       (R, E, C, A),          # whoever writes a quote may enter its speaker
    "person.edit":      (E, C, A),
    "topic.edit":       (E, C, A),
    "section.edit":     (C, A),
    "page.edit":        (C, A),                # about, imprint and other standing pages
    "edition.edit":     (A,),
    "steps.arrange":    (A,),                  # the steps of a story's way to publication, per section
    "account.manage":   (A,),
    "mailbox.read":     (C, A),
}  # fmt: skip


def roles_with(right: str) -> frozenset[Role]:
    """The roles that hold a right; an unknown right raises KeyError, so that a typing error never grants."""
    return frozenset(RIGHTS[right])
