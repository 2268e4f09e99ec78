"""What people keep beside stories: a text that was set aside, a question to the list under a name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Aside(models.Model):
    """A text that was not saved because somebody else had saved the story meanwhile; kept until somebody has chosen."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="asides")
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.JSONField()
    """The text as a revision would hold it."""
    base = models.JSONField(null=True)
    """The revision's content from which the writer set out, where it is known."""
    kept_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class SavedFilter(models.Model):
    """What somebody asks the desk's list of stories again and again, under a name; shared with all or their own."""

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.JSONField()
    """The fields of the filter that are filled, as an address has them."""
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="stories_filter_once"),
            models.CheckConstraint(condition=~Q(name=""), name="stories_filter_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
