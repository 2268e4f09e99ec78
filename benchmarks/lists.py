"""Lists of stories, each from its beginning and deep within, and a story: the same pages at 1,000 stories and at
100,000 (or BENCH_STORIES)."""

import os
import time
from statistics import median
from typing import Any

from benchmarks.newsroom import demo_newsroom

FEW, MANY = 1_000, int(os.environ.get("BENCH_STORIES", "100000"))
TIMES = 40


def measure() -> list[tuple[str, str]]:
    """Milliseconds and queries of each list's page made anew, and the ratio of many to few."""
    demo_newsroom()
    from broadsheet.config.archive.adding import add_archive, demo_ground

    rows, found = [], {}
    for stories in (FEW, MANY):
        begin = time.perf_counter()
        added = add_archive(demo_ground(), stories, lambda line: print(line, flush=True))
        seconds = time.perf_counter() - begin
        rows.append((f"lists: writing the archive to {stories:,}", f"{added / seconds:.0f} stories a second"))
        found[stories] = {name: _measured(path) for name, path in _pages().items()}
    for name, (few, queries) in found[FEW].items():
        many, queries_of_many = found[MANY][name]
        rows.append(
            (
                f"lists: {name}, {FEW:,} and {MANY:,} stories (ratio, goal: 1.5 at most)",
                f"{few:.2f} and {many:.2f} ms ({many / few:.2f} times), {queries} and {queries_of_many} queries",
            )
        )
    return rows


def _pages() -> dict[str, str]:
    """The lists with the most stories, each from its beginning and from two thirds of its stories on, and a story."""
    from broadsheet.config.archive.names import topics, writers
    from broadsheet.stories.models import Listing, Story
    from broadsheet.stories.reads import write_mark

    by_slug = {"front": "/", "section": "/politics/"}
    by_slug |= {"topic": f"/topics/{topics()[0].slug}/", "person": f"/people/{writers()[0].slug}/"}
    pages: dict[str, Any] = {}
    kinds = {"front": "edition", "section": "section", "topic": "topic", "person": "person"}
    ids = _ids_of_lists()
    edition = Story.objects.latest("pk").edition_id
    for name, path in by_slug.items():
        listed = Listing.objects.filter(list_kind=kinds[name], list_id=ids[name], edition_id=edition)
        deep = listed.order_by("-published_at", "-story_id")[listed.count() * 2 // 3]
        pages[name] = path
        pages[f"{name}, deep"] = f"{path}?before={write_mark(deep.published_at, deep.story_id)}"
    story = Story.objects.filter(edition=edition, live=True).latest("published_at")
    return pages | {"newsfeed": "/newsfeed/", "a story": story.address}


def _ids_of_lists() -> dict[str, int]:
    from broadsheet.config.archive.names import topics, writers
    from broadsheet.editions.models import Section, Topic
    from broadsheet.people.models import Person
    from broadsheet.stories.models import Story

    return {
        "front": Story.objects.latest("pk").edition_id,
        "section": Section.objects.get(slug="politics").pk,
        "topic": Topic.objects.get(slug=topics()[0].slug).pk,
        "person": Person.objects.get(slug=writers()[0].slug).pk,
    }


def _measured(path: str) -> tuple[float, int]:
    """Milliseconds of the page, the median of 40, and its queries."""
    from django.test import RequestFactory
    from django.urls import resolve

    request = RequestFactory().get(path, headers={"host": "localhost"})
    match = resolve(path.partition("?")[0])
    times, queries = [], 0
    for _time in range(TIMES):
        begin = time.perf_counter()
        page: Any = match.func(request, *match.args, **match.kwargs)
        times.append(time.perf_counter() - begin)
        queries = page.press_queries
        assert page.status_code == 200
    return median(times) * 1000, queries
