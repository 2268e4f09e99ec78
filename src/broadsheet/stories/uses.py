"""What a story names, recorded beside it, so that "used in" and deletion are right."""

from django.db.models import Q
from wagtail.models import Revision

from broadsheet.mediabank.actions import set_film_uses, set_picture_uses
from broadsheet.people.actions import set_person_uses
from broadsheet.proofreading.actions import ask_for_visits
from broadsheet.stories.checks.links import links_elsewhere
from broadsheet.stories.checks.texts import blocks_of
from broadsheet.stories.models import Story, StoryReference
from broadsheet.stories.segments import References, Segments, references_of, to_segments


def record_references(at_hand: Story, revision: Revision | None = None) -> None:
    """Record what readers see of a story, and what it names in each version that may yet be published.

    Those are the version at hand (made of `revision`, if that is given), the latest, and one that is scheduled. The
    row is read anew: what is told to readers is what they see, whatever version is at hand.
    """
    row = Story.objects.get(pk=at_hand.pk)
    shown = _named_in(row, row.body_segments) if row.live else _nothing()
    waiting = row.revisions.filter(Q(pk=row.latest_revision_id) | Q(approved_go_live_at__isnull=False))
    versions = [at_hand, *(other.as_object() for other in waiting.exclude(pk=revision.pk if revision else None))]
    drafted = [_named_in(version, to_segments(list(version.body.get_prep_value()))) for version in versions]
    _set_references(row, shown, _all_of(drafted))
    # So that it is known before somebody publishes whether they lead anywhere.
    ask_for_visits(links_elsewhere(blocks_of(list(at_hand.body.get_prep_value()))))


def forget_references(story: Story) -> None:
    """Free what a story names, before it is deleted."""
    _set_references(story, _nothing(), _nothing())


def _named_in(version: Story, segments: Segments) -> References:
    found = references_of(segments)
    if version.lead_picture_id:
        found["pictures"].add(version.lead_picture_id)
    found["people"].update(byline.person_id for byline in version.bylines.all())
    return found


def _nothing() -> References:
    return References(pictures=set(), films=set(), people=set(), stories=set())


def _all_of(parts: list[References]) -> References:
    return References(
        pictures={picture for part in parts for picture in part["pictures"]},
        films={film for part in parts for film in part["films"]},
        people={person for part in parts for person in part["people"]},
        stories={story for part in parts for story in part["stories"]},
    )


def _set_references(story: Story, shown: References, drafted: References) -> None:
    place = {
        "used_by": "story",
        "used_by_id": story.pk,
        "edition_id": story.edition_id,
        "title": story.headline,
        "address": story.address,
    }
    set_picture_uses(**place, public=shown["pictures"], drafted=drafted["pictures"])
    set_film_uses(**place, public=shown["films"], drafted=drafted["films"])
    set_person_uses(used_by="story", used_by_id=story.pk, public=shown["people"], drafted=drafted["people"])
    targets = (shown["stories"] | drafted["stories"]) - {story.pk}
    existing = set(Story.objects.filter(pk__in=targets).values_list("pk", flat=True))
    StoryReference.objects.filter(story=story).exclude(target_id__in=existing).delete()
    StoryReference.objects.bulk_create(
        [StoryReference(story=story, target_id=target) for target in sorted(existing)], ignore_conflicts=True
    )
