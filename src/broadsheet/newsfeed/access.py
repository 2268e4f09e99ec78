"""Which briefs readers may see, and the only way from an id to a brief."""

from datetime import datetime

from django.db.models import Q
from django.http import Http404

from broadsheet.editions.access import Person, require_right
from broadsheet.newsfeed.models import Brief


def seen_by_readers(when: datetime) -> Q:
    """A condition on briefs: those that readers may see at a moment."""
    return Q(withdrawn_at__isnull=True, published_at__lte=when)


def access_brief(person: Person, brief_id: int, right: str, *, for_update: bool = False) -> Brief:
    """The brief, if the person holds the right in its edition and section; else Refused, or Http404 where none is."""
    briefs = Brief.objects.select_for_update() if for_update else Brief.objects.all()
    brief: Brief | None = briefs.filter(pk=brief_id).first()
    if brief is None:
        raise Http404
    require_right(person, right, edition_id=brief.edition_id, section_ids=brief.section_ids)
    return brief
