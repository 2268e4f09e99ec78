"""Random walks: people draft, edit, publish, schedule, move, withdraw and delete stories; nothing drifts or leaks.

The model is simple: what is public is a dictionary of story -> (headline, places). After every act the listing table,
its counts, the addresses and the public bytes are compared with it, and every word of what is not public is searched.
"""

import functools
import os
import random
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

ACTS = 25


@functools.cache
def _newsroom() -> Any:
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["BROADSHEET_HOME"] = tempfile.mkdtemp(prefix="broadsheet-proof-")
        os.environ["BROADSHEET_STRICT_READS"] = "true"
        os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    from tests.factories import make_newsroom

    return make_newsroom()


def run_round(seed: int, newsroom: Any = None) -> int:
    """One walk; the number of comparisons made. Raises AssertionError with the act that broke something."""
    newsroom = newsroom or _newsroom()
    return Walk(seed, newsroom).go()


class Walk:
    def __init__(self, seed: int, newsroom: Any) -> None:
        self.random = random.Random(seed)
        self.seed, self.newsroom = seed, newsroom
        self.public: dict[int, dict[str, Any]] = {}
        self.secrets: dict[int, str] = {}
        self.addresses: dict[int, str] = {}
        self.stories: list[int] = []
        self.compared = self.number = 0
        self.moment = datetime.now(UTC)

    def go(self) -> int:
        from broadsheet.foundation.clock import stopped_at

        acts = [self.draft, self.edit, self.edit, self.publish, self.publish, self.move, self.withdraw, self.schedule]
        with stopped_at(self.moment):
            self.draft()
        for step in range(ACTS):
            act = self.random.choice(acts)
            self.moment += timedelta(minutes=self.random.randrange(1, 90))
            with stopped_at(self.moment):
                act()
            with stopped_at(self.moment):
                self.compare(f"seed {self.seed}, step {step}, {act.__name__}")
        for story_id in self.stories:
            self.retire(story_id)
        return self.compared

    def word(self) -> str:
        self.number += 1
        return f"canary{self.seed}x{self.number}x{self.random.randrange(10**6)}"

    def load(self, story_id: int) -> Any:
        from broadsheet.stories.models import Story

        return Story.objects.get(pk=story_id)

    def pick(self) -> Any:
        return self.load(self.random.choice(self.stories))

    def draft(self) -> None:
        word = self.word()
        section = self.random.choice(list(self.newsroom.sections.values()))
        story = self.newsroom.draft(headline=f"Headline {word}", section=section, standfirst=f"Standfirst {word}")
        self.stories.append(story.pk)
        self.secrets[story.pk] = word

    def edit(self) -> None:
        story, word = self.pick(), self.word()
        topics = [self.newsroom.topic] if self.random.random() < 0.5 else []
        self.newsroom.edit(story, headline=f"Headline {word}", standfirst=f"Standfirst {word}", topics=topics)
        self.secrets[story.pk] = word

    def move(self) -> None:
        story = self.pick()
        self.newsroom.edit(story, section=self.random.choice(list(self.newsroom.sections.values())))

    def publish(self) -> None:
        story = self.newsroom.publish(self.pick())
        if not story.live:
            return
        self.public[story.pk] = {"headline": story.headline}
        self.secrets.pop(story.pk, None)
        known = self.addresses.setdefault(story.pk, story.address)
        assert known == story.address, f"the address moved from {known} to {story.address}"

    def withdraw(self) -> None:
        from broadsheet.stories.actions import withdraw_story

        story = self.pick()
        if story.live:
            withdraw_story(self.newsroom.chief, story.pk)
            self.secrets[story.pk] = self.public.pop(story.pk)["headline"].split()[-1]

    def schedule(self) -> None:
        from broadsheet.foundation.clock import now, stopped_at
        from broadsheet.stories.actions import publish_revision, publish_what_is_due

        story = self.pick()
        due = now() + timedelta(hours=1)
        story = self.newsroom.edit(story, go_live_at=due)
        publish_revision(self.newsroom.chief, story.latest_revision)
        if self.random.random() < 0.5:
            self.moment = due + timedelta(seconds=1)
            with stopped_at(self.moment):
                assert publish_what_is_due(story.pk)
                assert not publish_what_is_due(story.pk), "published twice"
            story = self.load(story.pk)
            self.public[story.pk] = {"headline": story.headline}
            self.secrets.pop(story.pk, None)
            self.addresses.setdefault(story.pk, story.address)
        self.newsroom.edit(story, go_live_at=None)

    def retire(self, story_id: int) -> None:
        from broadsheet.stories.actions import withdraw_story

        if self.load(story_id).live:
            withdraw_story(self.newsroom.chief, story_id)

    def compare(self, where: str) -> None:
        from django.test import Client

        from broadsheet.stories.models import Listing, ListingCount, ListKind, Story

        listed = set(
            Listing.objects.filter(list_kind=ListKind.EDITION, story_id__in=self.stories).values_list(
                "story", flat=True
            )
        )
        assert listed == set(self.public), f"{where}: listed {listed}, public {set(self.public)}"
        rows = Counter(Listing.objects.values_list("list_kind", "list_id", "edition"))
        kept = {
            row[:3]: row[3] for row in ListingCount.objects.values_list("list_kind", "list_id", "edition", "stories")
        }
        assert rows == {place: count for place, count in kept.items() if count}, f"{where}: counts {kept}, rows {rows}"
        for listing in Listing.objects.filter(list_kind=ListKind.SECTION, story_id__in=self.stories):
            assert Story.objects.filter(pk=listing.story_id, section=listing.list_id).exists(), f"{where}: section"
        client = Client(HTTP_HOST="localhost")
        paths = ["/", "/rss.xml", "/sitemap.xml", *(f"/{slug}/" for slug in self.newsroom.sections)]
        paths += list(self.addresses.values())
        text = ""
        for path in paths:
            response = client.get(path)
            assert response.status_code in (200, 410), f"{where}: {path} gave {response.status_code}"
            text += response.content.decode() + repr(response.headers)
            self.compared += 1
        self.compare_index(where)
        for word in self.secrets.values():
            assert word not in text, f"{where}: {word} is not public and was served"
        for story_id, shown in self.public.items():
            assert shown["headline"] in text, f"{where}: story {story_id} is public and was not served"

    def compare_index(self, where: str) -> None:
        """What is in the index is what is public, and each public story is found by its word as it is now."""
        from django.test import Client

        from broadsheet.index.models import Entry
        from broadsheet.index.sources import wrong_in
        from broadsheet.stories.indexing import KIND, SOURCE

        entries = dict(Entry.objects.filter(kind=KIND, object_id__in=self.stories).values_list("object_id", "title"))
        public = {story_id: shown["headline"] for story_id, shown in self.public.items()}
        assert entries == public, f"{where}: index {entries}, public {public}"
        assert not wrong_in(SOURCE) & set(self.stories), f"{where}: {wrong_in(SOURCE)}"
        words = {story_id: headline.split()[-1] for story_id, headline in public.items()}
        for story_id, word in [*words.items(), *((0, word) for word in self.secrets.values())]:
            page = Client(HTTP_HOST="localhost").get("/search/", {"q": word}).content.decode()
            found = page.count('<article class="card search-hit')
            assert found == (1 if story_id else 0), f"{where}: {word} is found {found} times"
            self.compared += 1
