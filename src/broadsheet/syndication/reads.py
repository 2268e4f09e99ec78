"""What feeds and the sitemap list, each with its keys."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.editions.reads import EditionValue
from broadsheet.foundation.clock import now
from broadsheet.newsfeed.access import seen_by_readers
from broadsheet.newsfeed.models import Brief
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Story

MOST = 10_000

KEYS = declare(
    Key("sitemap:{edition_id}", on=Story, columns=("state", "address", "published_at", "changed_at")),
    Key("sitemap:{edition_id}", on=Brief, columns=("withdrawn_at",)),
)


@dataclass(frozen=True)
class SitemapEntry:
    """An address within an edition and when it last changed."""

    address: str
    changed_at: datetime


@keyed(lambda edition: [f"sitemap:{edition.id}"])
def newest_addresses(edition: EditionValue) -> tuple[SitemapEntry, ...]:
    """The newest stories of an edition, at most 10,000."""
    rows = Story.objects.filter(visible_to(NOBODY, now()), edition_id=edition.id).order_by("-published_at", "-id")
    return tuple(
        SitemapEntry(address=address, changed_at=changed_at)
        for address, changed_at in rows.values_list("address", "changed_at")[:MOST]
        if changed_at
    )


@keyed(lambda edition: [f"sitemap:{edition.id}"])
def newest_briefs(edition: EditionValue) -> tuple[SitemapEntry, ...]:
    """The newest briefs of an edition, at most 10,000; a brief is listed as of its publication."""
    briefs = Brief.objects.filter(seen_by_readers(now()), edition_id=edition.id).order_by("-published_at", "-id")
    return tuple(
        SitemapEntry(address=brief.address, changed_at=brief.published_at)
        for brief in briefs.only("published_at")[:MOST]
    )
