"""Words that mean something in an edition's addresses, and the languages and zones that there are."""

import functools
import zoneinfo

LANGUAGES = [("en", "English"), ("ru", "Русский")]

# Words for standing pages, which no section may have.
STANDING_SLUGS = frozenset(("about", "imprint", "privacy", "contact", "standards", "corrections"))

RESERVED_SLUGS = STANDING_SLUGS | frozenset(
    (
        # pages that stand beside the sections
        "search", "newsfeed", "quotes", "topics", "people", "mediabank", "chats", "newsletters", "subscribe",
        "history", "offline",
        # machinery
        "account", "desk", "api", "static", "media", "rss", "feed", "sitemap", "news-sitemap", "robots", "favicon",
    )
)  # fmt: skip


@functools.cache
def zones() -> frozenset[str]:
    """The names of all time zones of the IANA database."""
    return frozenset(zoneinfo.available_timezones())
