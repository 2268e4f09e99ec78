"""A story's page: ours, and the same page made from models with Django's templates."""

from statistics import median

from benchmarks.newsroom import alternate, demo_newsroom


def measure() -> list[tuple[str, str]]:
    """Pages a second in one thread, and their ratio: the median of 5 alternating rounds."""
    demo_newsroom()
    from django.test import RequestFactory

    from benchmarks.peers.django_story import story_page
    from broadsheet.stories.models import Story
    from broadsheet.stories.views import story

    found = Story.objects.get(slug="lusvik-port-ends-night-unloading")
    section, year, month, day, slug = found.address.strip("/").split("/")
    request = RequestFactory().get(found.address, headers={"host": "localhost"})
    ours = lambda: story(request, section=section, year=year, month=month, day=day, slug=slug)  # noqa: E731
    theirs = lambda: story_page(request, found.pk)  # noqa: E731
    assert ours().status_code == theirs().status_code == 200
    times = alternate(5, 60, ours=ours, theirs=theirs)
    ours_each, theirs_each = median(times["ours"]), median(times["theirs"])
    return [
        ("pages: a story, Broadsheet, made anew", f"{1 / ours_each:.0f} a second"),
        ("pages: a story, models and Django templates", f"{1 / theirs_each:.0f} a second"),
        ("pages: ratio", f"{theirs_each / ours_each:.2f} times"),
    ]
