"""Cards in a body: nobody adds one of a story that they may not read."""

from django.utils.translation import gettext as _

from broadsheet.editions.access import Person
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import visible_to
from broadsheet.stories.models import Story
from broadsheet.stories.segments import references_of, to_segments


def refuse_cards_of_unreadable(story: Story, by: Person) -> None:
    """A card shows a headline on the desk: nobody adds one of a story that they may not read."""
    named = references_of(to_segments(list(story.body.get_prep_value())))["stories"]
    if story.pk:
        named -= set(story.references.values_list("target_id", flat=True))
    if named and Story.objects.filter(pk__in=named).exclude(visible_to(by, now())).exists():
        raise Refused("story.card", _("The body shows a card of a story that you may not read. Choose another for it."))
