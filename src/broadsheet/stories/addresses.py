"""Where a story stands for ever: made at its first publication, from its section, day and slug."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from broadsheet.editions.models import Edition
from broadsheet.foundation.slugs import LONGEST, to_slug
from broadsheet.stories.models import Address, Story


def address_of(story: Story, first_published: datetime, *, attempt: int = 1) -> str:
    """`/<section>/<yyyy>/<mm>/<dd>/<slug>/`, the day being the edition's own; from the second attempt with a number."""
    assert story.section is not None
    day = first_published.astimezone(ZoneInfo(story.edition.zone))
    return path_of(story.section.slug, day, to_slug(story.slug or story.headline), attempt)


def path_of(section: str, day: datetime, slug: str, attempt: int) -> str:
    """The address of these parts; `day` is in the edition's zone."""
    if attempt > 1:
        slug = f"{slug[: LONGEST - 4].strip('-')}-{attempt}"
    return f"/{section}/{day:%Y/%m/%d}/{slug}/"


def fix_address(story: Story, first_published: datetime) -> None:
    """Give the story its address and keep it for ever; must run in the transaction of the publication.

    A second story of the same day and slug gets -2. The edition's row is locked meanwhile, so that two publications
    at once cannot take the same address.
    """
    Edition.objects.select_for_update().get(pk=story.edition_id)
    for attempt in count(1):
        path = address_of(story, first_published, attempt=attempt)
        if not Address.objects.filter(edition_id=story.edition_id, path=path).exists():
            break
    Address.objects.create(edition_id=story.edition_id, path=path, story=story)
    story.address = path
    story.slug = path.rsplit("/", 2)[1]
