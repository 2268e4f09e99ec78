"""The story's form on the desk, beyond the fields of its row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Media, ModelChoiceField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from broadsheet.editions.models import Section, Topic
from broadsheet.editions.moments import MomentField, MomentInput
from broadsheet.editions.reads import all_editions
from broadsheet.stories.gone import without_what_is_gone
from broadsheet.stories.models import Story
from broadsheet.stories.seen import Seen


def choices_of(model: type[Section] | type[Topic]) -> list[tuple[int, str]]:
    """All sections or topics as choices, in their order: each by its names in all languages, asked for at once."""
    names: dict[int, list[str]] = {}
    slugs: dict[int, str] = {}
    in_order = model._meta.ordering or ()
    rows = model._default_manager.order_by(*in_order, "names__language").values_list("pk", "slug", "names__name")
    for pk, slug, name in rows:
        slugs[pk] = slug
        names.setdefault(pk, []).extend([name] if name else [])
    return [(pk, ", ".join(names[pk]) or slug) for pk, slug in slugs.items()]


MOMENTS = {"go_live_at", "expire_at", "embargo_until", "due_at"}


class StoryForm(WagtailAdminModelForm):
    """A story's fields, and the story of another edition that it is a version of."""

    counterpart = ModelChoiceField(
        queryset=Story.objects.all(),
        required=False,
        label=gettext_lazy("The same story in another edition"),
        help_text=gettext_lazy("Readers of each find the way to the other."),
    )

    is_shown = True

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data, self.gone = (data, []) if data is None else without_what_is_gone(data)
        super().__init__(data, *args, **kwargs)
        self.fields["counterpart"].widget = Story.snippet_viewset.chooser_viewset.widget_class()
        story = self.instance
        self._ask_in_the_editions_time()
        sources: dict[str, type[Section] | type[Topic]] = {
            "section": Section,
            "further_sections": Section,
            "topics": Topic,
        }
        for name, model in sources.items():
            if name in self.fields:
                nothing = [("", "---------")] if name == "section" else []
                field: Any = self.fields[name]
                field.choices = [*nothing, *choices_of(model)]
        if story.pk:
            elsewhere = [edition.id for edition in all_editions() if edition.id != story.edition_id]
            others = Story.objects.filter(edition_id__in=elsewhere, counterpart_key=story.counterpart_key)
            self.initial["counterpart"] = others.order_by("edition").first()

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that say something else than before; the body, which would be read again, is not asked."""
        form: Any = self
        return [name for name, field in form._bound_items() if name != "body" and field._has_changed()]

    def has_changed(self) -> bool:
        """Taken to be so: whether what is saved says the same as before is asked of what was saved (`seen`)."""
        return True

    @property
    def media(self) -> Media:
        """What the form's fields need to be shown."""
        return super().media if self.is_shown else Media()

    @property
    def seen(self) -> Seen | None:
        """What the window that sent the form has seen of the story; None for a program."""
        return Seen.in_form(self.data)

    def _ask_in_the_editions_time(self) -> None:
        """Times are typed, and shown, in the zone of the edition in which the story is to stand."""
        chosen = str(self.data.get(self.add_prefix("edition"), "")) if self.is_bound else str(self.instance.edition_id)
        editions = {str(edition.id): edition for edition in all_editions()}
        edition = editions.get(chosen) or editions.get(str(self.instance.edition_id)) or next(iter(editions.values()))
        words = _("Time in %(zone)s, the zone of %(edition)s.") % {"zone": edition.zone, "edition": edition.name}
        for name in MOMENTS & self.fields.keys():
            was = self.fields[name]
            widget = MomentInput(attrs=was.widget.attrs)
            widget.js_overlay_parent_selector = getattr(was.widget, "js_overlay_parent_selector", "body")
            self.fields[name] = MomentField(
                zone=edition.zone,
                required=was.required,
                label=was.label,
                help_text=f"{was.help_text} {words}".strip(),
                widget=widget,
            )

    def clean_counterpart(self) -> Story | None:
        """A counterpart stands in another edition."""
        other: Story | None = self.cleaned_data["counterpart"]
        edition = self.cleaned_data.get("edition") or self.instance.edition
        if other is not None and other.edition_id == edition.pk:
            raise ValidationError(_("The counterpart stands in another edition. Choose a story of that edition."))
        return other
