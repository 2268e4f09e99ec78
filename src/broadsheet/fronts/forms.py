"""The forms of fronts on the desk, and what they say as a value."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from broadsheet.fronts.models import LONGEST_LINE
from broadsheet.fronts.plans import ContainerPlan, PinPlan, Plan
from broadsheet.stories.models import Story


class BreakingForm(forms.Form):
    """A breaking line: its text, perhaps a story, its end."""

    text = forms.CharField(
        label=_("Line"),
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("What happened, in at most 120 characters."),
    )
    story = forms.ModelChoiceField(
        label=_("Story"),
        queryset=Story.objects.all(),
        required=False,
        help_text=_("The published story to which the line leads, if there is one yet."),
    )
    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("At most a day from now. Left empty: two hours from now."),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data if data is None else with_choosable_stories(data), **kwargs)
        self.fields["story"].widget = Story.snippet_viewset.chooser_viewset.widget_class()


def with_choosable_stories(sent: QueryDict) -> QueryDict:
    """What was sent, where a chosen story is a number: the chooser would fail on anything else as it is shown again."""
    data = sent.copy()
    for name in data:
        text = str(data[name])
        if name.rpartition("-")[2] == "story" and text and not (text.isascii() and text.isdigit() and len(text) < 19):
            data[name] = "0"
    return data


def plan_in(form: Any) -> Plan:
    """The arrangement that a valid form holds, in the order of its containers and pins."""
    return tuple(_container(one) for one in form.formsets["containers"].ordered_forms)


def _container(form: Any) -> ContainerPlan:
    """A container without what its rule does not ask for: a section that was chosen for a former rule is left out."""
    sent = form.cleaned_data
    rule = sent["rule"]
    return ContainerPlan(
        look=sent["look"],
        rule=rule,
        most=sent["most"],
        title=sent["title"],
        section_id=sent["section"].pk if sent["section"] and rule in ("section", "briefs") else None,
        topic_id=sent["topic"].pk if sent["topic"] and rule == "topic" else None,
        kinds=tuple(sent["kinds"]) if rule == "kinds" else (),
        pins=tuple(PinPlan(_id(one), one.cleaned_data["until"]) for one in form.formsets["pins"].ordered_forms),
    )


def _id(pin: Any) -> int:
    story: Story = pin.cleaned_data["story"]
    return int(story.pk)
