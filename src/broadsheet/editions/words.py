"""Words that mean something in an edition's addresses, and the languages and zones that there are."""

import functools
import zoneinfo

LANGUAGES = [("en", "English"), ("ru", "Русский")]

RESERVED_SLUGS = frozenset(
    "search newsfeed corrections quotes topics people mediabank chats newsletters about account desk api static media "
    "imprint privacy contact standards history rss feed sitemap news-sitemap robots favicon offline subscribe".split()
)


@functools.cache
def zones() -> frozenset[str]:
    """The names of all time zones of the IANA database."""
    return frozenset(zoneinfo.available_timezones())
