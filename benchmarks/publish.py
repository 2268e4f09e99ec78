"""A publication: all that our action does in its transaction, beside a bare save of the same row."""

from statistics import median

from benchmarks.newsroom import alternate, demo_newsroom


def measure() -> list[tuple[str, str]]:
    """Milliseconds each, the median of 5 alternating rounds, and their ratio."""
    demo_newsroom()
    from broadsheet.accounts.models import User
    from broadsheet.stories.actions import publish_revision
    from broadsheet.stories.models import Story

    found = Story.objects.get(slug="lusvik-port-ends-night-unloading")
    chief = User.objects.get()
    User.objects.update(is_active=True)
    chief.refresh_from_db()
    publish = lambda: publish_revision(chief, Story.objects.get(pk=found.pk).latest_revision)  # noqa: E731
    save = lambda: Story.objects.get(pk=found.pk).save()  # noqa: E731
    times = alternate(5, 20, publish=publish, save=save)
    ours, bare = median(times["publish"]) * 1000, median(times["save"]) * 1000
    return [
        ("publish: our action", f"{ours:.1f} ms"),
        ("publish: a bare save of the row", f"{bare:.1f} ms"),
        ("publish: ratio", f"{ours / bare:.2f} times"),
    ]
