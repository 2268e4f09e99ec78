"""The form of a story: which fields it has, in which order, on which tab."""

from django.forms import Select, Textarea
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, PublishingPanel, TabbedInterface

from broadsheet.editions.rows import RowsPanel
from broadsheet.stories.boxes import ManyBoxes
from broadsheet.stories.desk.remarks import RemarksPanel
from broadsheet.stories.forms import StoryForm

FORM = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("headline"),
                FieldPanel("standfirst", widget=Textarea(attrs={"rows": 2})),
                FieldRowPanel(
                    [FieldPanel("edition", widget=Select), FieldPanel("section", widget=Select), FieldPanel("kind")]
                ),
                FieldPanel("lead_picture"),
                FieldPanel("lead_caption"),
                FieldPanel("body"),
                RowsPanel("bylines", heading=_("Bylines"), label=_("byline"), panels=[FieldPanel("person")]),
                FieldPanel("dateline"),
            ],
            heading=_("Story"),
        ),
        ObjectList(
            [
                FieldPanel("card_headline"),
                FieldPanel("slug"),
                FieldPanel("further_sections", widget=ManyBoxes),
                FieldPanel("topics", widget=ManyBoxes),
                FieldPanel("counterpart"),
                FieldPanel("due_at"),
                FieldPanel("embargo_until"),
                PublishingPanel(),
            ],
            heading=_("Publication"),
        ),
        RemarksPanel(),
    ],
    base_form_class=StoryForm,
)
