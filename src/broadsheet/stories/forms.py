"""The story's form on the desk, beyond the fields of its row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from broadsheet.stories.gone import without_what_is_gone
from broadsheet.stories.models import Story
from broadsheet.stories.seen import Seen


class StoryForm(WagtailAdminModelForm):
    """A story's fields, and the story of another edition that it is a version of."""

    counterpart = ModelChoiceField(
        queryset=Story.objects.all(),
        required=False,
        label=_("The same story in another edition"),
        help_text=_("Readers of each find the way to the other."),
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data, self.gone = (data, []) if data is None else without_what_is_gone(data)
        super().__init__(data, *args, **kwargs)
        self.fields["counterpart"].widget = Story.snippet_viewset.chooser_viewset.widget_class()
        story = self.instance
        if story.pk:
            others = Story.objects.filter(counterpart_key=story.counterpart_key).exclude(pk=story.pk)
            self.initial["counterpart"] = others.order_by("edition").first()

    @property
    def seen(self) -> Seen | None:
        """What the window that sent the form has seen of the story; None for a program."""
        return Seen.in_form(self.data)

    def clean_counterpart(self) -> Story | None:
        """A counterpart stands in another edition."""
        other: Story | None = self.cleaned_data["counterpart"]
        edition = self.cleaned_data.get("edition") or self.instance.edition
        if other is not None and other.edition_id == edition.pk:
            raise ValidationError(_("The counterpart stands in another edition. Choose a story of that edition."))
        return other
