"""Stories, what they refer to, their addresses, and the lists they stand in."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from broadsheet.editions.models import Edition, FormerTopic, Section, Topic
from broadsheet.foundation.clock import now
from broadsheet.foundation.triggers import refuse_change
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person
from broadsheet.stories.blocks import StoryBody
from broadsheet.stories.kept import Aside as Aside
from broadsheet.stories.kept import SavedFilter as SavedFilter
from broadsheet.stories.remarks import Answer as Answer
from broadsheet.stories.remarks import ErrorReport as ErrorReport
from broadsheet.stories.remarks import Outcome as Outcome
from broadsheet.stories.remarks import Remark as Remark


class Kind(models.TextChoices):
    NEWS = "news", _("news")
    LIVE = "live", _("live coverage")
    ANALYSIS = "analysis", _("analysis")
    FEATURE = "feature", _("feature")
    OFF_BEAT = "off-beat", _("off-beat")
    OPINION = "opinion", _("opinion")
    EXPLAINER = "explainer", _("explainer")
    IN_BRIEF = "in-brief", _("in brief")
    VIDEO = "video", _("video")
    GALLERY = "gallery", _("gallery")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    EMBARGOED = "embargoed", _("embargoed")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DELETED = "deleted", _("deleted")


# What belongs to the story as a whole, whichever of its revisions is shown or published.
KEPT_ACROSS_REVISIONS = (
    "edition_id",
    "state",
    "address",
    "published_at",
    "changed_at",
    "counterpart_key",
    "body_segments",
    "byline_ids",
    "topic_ids",
    "begun_by_id",
    "live_revision_id",
    "begun_at",
    "begun_key",
    "saved_from",
    "saved_number",
    "deleted_at",
    "deleted_by_id",
    "touched_at",
)


ASKED_ON_THE_DESK = ("section", "edition", "kind", "begun_by", "published_at", "due_at")


class Story(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A story. While it is not live the row holds its draft; once live, drafts lie in revisions only."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    further_sections: Any = ParentalManyToManyField(
        Section, verbose_name=_("further sections"), blank=True, related_name="+"
    )
    topics: Any = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    card_headline = models.CharField(
        _("headline for cards"), max_length=120, blank=True, help_text=_("Only if the headline is too long for a card.")
    )
    standfirst = models.CharField(_("standfirst"), max_length=500, blank=True)
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, help_text=_("The place: LISBON"))
    lead_picture = models.ForeignKey(
        Picture, verbose_name=_("lead picture"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_caption = models.CharField(
        _("caption in this story"), max_length=500, blank=True, help_text=_("Instead of the picture's own caption.")
    )
    body: Any = StreamField(StoryBody(), verbose_name=_("body"), blank=True)
    slug = models.CharField(
        _("slug"),
        max_length=80,
        blank=True,
        help_text=_("The last part of the address; made from the headline if left empty; fixed when published."),
    )
    due_at = models.DateTimeField(
        _("due"), null=True, blank=True, help_text=_("When the desk expects it. Readers never see this.")
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Readers see nothing of it before this moment.")
    )

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    address = models.CharField(max_length=250, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    counterpart_key = models.UUIDField(default=uuid.uuid4, editable=False)
    body_segments = models.JSONField(default=list, editable=False)
    byline_ids = models.JSONField(default=list, editable=False)
    topic_ids = models.JSONField(default=list, editable=False)
    begun_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_key = models.UUIDField(null=True, blank=True, editable=False, unique=True)
    """Chosen by the window in which the story was begun: the same one sent twice is still one story."""
    saved_from = models.CharField(max_length=36, blank=True, editable=False)
    """The window from which the latest revision came, by a name that it chose for itself."""
    touched_at = models.DateTimeField(default=now, editable=False)
    """When it was last saved, published, withdrawn ...: the order of the desk's list."""
    saved_number = models.PositiveIntegerField(default=0, editable=False)
    """That window counts what it sends: what arrives late, after a younger text, is not saved over it."""
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="stories_story_by_state"),
            models.Index(fields=["edition", "-published_at", "-id"], name="stories_story_by_time"),
            models.Index(
                fields=["begun_by", "-latest_revision"], condition=Q(state="draft"), name="stories_story_my_drafts"
            ),
            models.Index(fields=["-last_published_at"], condition=Q(live=True), name="stories_story_just_out"),
            # The desk's list reads these alone, whatever is asked for, until its page is full.
            models.Index(fields=["-touched_at", "-id", *ASKED_ON_THE_DESK, "state"], name="stories_story_by_touch"),
            models.Index(fields=["state", "-touched_at", "-id", *ASKED_ON_THE_DESK], name="stories_story_state_touch"),
            models.Index(
                fields=["section", "-touched_at", "-id", *ASKED_ON_THE_DESK[1:], "state"],
                name="stories_story_section_touch",
            ),
            models.Index(fields=["due_at"], name="stories_story_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["embargo_until"], name="stories_story_embargo", condition=Q(embargo_until__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "counterpart_key"], name="stories_story_counterpart_once"),
            models.UniqueConstraint(
                fields=["edition", "address"], condition=~Q(address=""), name="stories_story_address_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="stories_story_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="stories_story_kind_known"),
            models.CheckConstraint(
                condition=Q(state="deleted", address="", deleted_at__isnull=False)
                | ~Q(state="deleted") & Q(deleted_at__isnull=True),
                name="stories_story_deleted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(live=True, state="published") | Q(live=False) & ~Q(state="published"),
                name="stories_story_live_is_published",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(headline=""), name="stories_story_published_has_headline"
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(section__isnull=False), name="stories_story_published_has_section"
            ),
            models.CheckConstraint(
                condition=Q(live=False)
                | (~Q(address="") & Q(published_at__isnull=False) & Q(changed_at__isnull=False)),
                name="stories_story_published_has_address",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("Story without a headline"))

    @property
    def title_for_cards(self) -> str:
        """The headline that a card shows."""
        return self.card_headline or self.headline

    @property
    def section_ids(self) -> frozenset[int]:
        """The story's own section, by which rights are given; empty while it has none."""
        return frozenset({self.section_id}) if self.section_id else frozenset()

    def with_content_json(self, content: dict[str, Any]) -> "Story":
        """An older revision as a story, with what belongs to the story as a whole kept as it is now.

        What the revision names and what was deleted since is left out.
        """
        kept_anyway = dict.fromkeys(("latest_revision", "live_revision", "begun_by", "deleted_by", "locked_by"))
        content = _without_what_is_gone({**content, **kept_anyway, "edition": self.edition_id})
        story: Story = super().with_content_json(content)
        for name in KEPT_ACROSS_REVISIONS:
            setattr(story, name, getattr(self, name))
        if self.address:
            story.slug = self.slug
        return story

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = False, strict_fks: bool = False) -> Any:
        """The story that a content describes. Its keys were looked up by `with_content_json`, not once more each."""
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def publish(self, revision: Any, user: Any = None, **_options: Any) -> None:
        """Publish or schedule a revision; the way by which Wagtail asks for it, which passes no warning."""
        from broadsheet.stories import actions

        actions.publish_revision(user, revision, passed=frozenset())

    def unpublish(self, set_expired: bool = False, commit: bool = True, user: Any = None, **_options: Any) -> None:
        """Withdraw the story; the way by which Wagtail asks for it."""
        from broadsheet.stories import actions

        actions.withdraw_story(user, self.pk)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The story's page as it would be if this revision were published now."""
        from broadsheet.stories.views import preview_page

        return preview_page(request, self)


def _without_what_is_gone(content: dict[str, Any]) -> dict[str, Any]:
    """A revision's content without keys of deleted rows, on which modelcluster gives up."""
    wanted: dict[str, type[models.Model]] = {"section": Section, "lead_picture": Picture}
    for name, model in wanted.items():
        if content.get(name) and not model._default_manager.filter(pk=content[name]).exists():
            content[name] = None
    content["topics"] = _with_merged(content.get("topics") or [])
    bylines = content.get("bylines", [])
    people = set(Person.objects.filter(pk__in=[byline["person"] for byline in bylines]).values_list("pk", flat=True))
    return {**content, "bylines": [byline for byline in bylines if byline["person"] in people]}


def _with_merged(topics: list[int]) -> list[int]:
    """The topics of a version, where one was merged since that into which it was."""
    merged = dict(FormerTopic.objects.filter(former_id__in=topics).values_list("former_id", "topic_id"))
    return list(dict.fromkeys(merged.get(topic, topic) for topic in topics))


class Byline(models.Model):
    """A person who wrote a story, in the order in which they are named."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        ordering = ("sort_order", "id")


class StoryReference(models.Model):
    """A story whose body shows a card of another one."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="references")
    target = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="referred_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "target"], name="stories_reference_once"),
            models.CheckConstraint(condition=~Q(story=models.F("target")), name="stories_reference_to_another"),
        ]


class Address(models.Model):
    """An address that a story has or had, for ever: rows are added, never changed, never given to another story."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=250)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="addresses")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "path"], name="stories_address_once"),
            models.CheckConstraint(condition=Q(path__startswith="/"), name="stories_address_from_root"),
        ]

    def __str__(self) -> str:
        return self.path


class ListKind(models.TextChoices):
    EDITION = "edition"
    SECTION = "section"
    TOPIC = "topic"
    PERSON = "person"
    KIND = "kind"
    """The stories of one kind; its number is the kind's place in KIND_NUMBERS."""


# The numbers of the lists of each kind; a new kind goes to the end.
KIND_NUMBERS = {kind: number for number, kind in enumerate((
    Kind.NEWS, Kind.LIVE, Kind.ANALYSIS, Kind.FEATURE, Kind.OFF_BEAT, Kind.OPINION, Kind.EXPLAINER, Kind.IN_BRIEF,
    Kind.VIDEO, Kind.GALLERY,
), start=1)}  # fmt: skip


class Listing(models.Model):
    """One row for each story and each list that it stands in, so that a page of a list is one index range."""

    list_kind = models.CharField(max_length=10, choices=ListKind.choices)
    list_id = models.BigIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="listings")
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_kind", "list_id", "edition", "story"], name="stories_listing_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["list_kind", "list_id", "edition", "-published_at", "-story"], name="stories_listing_newest"
            ),
        ]


class ListingCount(models.Model):
    """How many stories a list has, kept with each change, so that nobody counts."""

    list_kind = models.CharField(max_length=10, choices=ListKind.choices)
    list_id = models.BigIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    stories = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_kind", "list_id", "edition"], name="stories_count_once"),
        ]


refuse_change(
    name="stories_story_address_is_fixed",
    table="stories_story",
    event="UPDATE OF address",
    when="OLD.address <> '' AND NEW.address <> OLD.address",
    sentence="The address of a story is fixed at its first publication",
)
refuse_change(
    name="stories_address_is_never_changed",
    table="stories_address",
    event="UPDATE",
    when="OLD.path <> NEW.path OR OLD.story_id <> NEW.story_id OR OLD.edition_id <> NEW.edition_id",
    sentence="An address is never changed or given to another story",
)
refuse_change(
    name="stories_address_is_never_removed",
    table="stories_address",
    event="DELETE",
    when="1 = 1",
    sentence="An address is never removed",
)
