"""The demo's eighty stories before publishing: no error, and hardly a warning."""

from collections import Counter

import pytest

from broadsheet.config.demo import fill_home
from broadsheet.foundation.clock import now
from broadsheet.stories.checks import errors_of, warnings_of
from broadsheet.stories.checks.findings import Version
from broadsheet.stories.models import Story

MOST_WORDS = 25
"""Words of the demo that no dictionary has, mostly of trades and dialects; without the newsroom's own there are 37."""


@pytest.mark.alike
@pytest.mark.django_db
def test_the_demos_stories_have_no_error_and_hardly_a_warning(media: object) -> None:
    fill_home(lambda _said: None)
    moment = now()
    found, words = Counter[str](), 0
    flagged: list[str] = []
    for story in Story.objects.filter(live=True).order_by("pk"):
        version = story.get_latest_revision_as_object()
        assert errors_of(version, moment) == [], story
        words += sum(len(text.words.split()) for text in Version(version, moment).texts)
        for warning in warnings_of(version, moment):
            found[warning.code] += 1
            flagged += [warning.about] if warning.code == "spelling" else []
    print(f"80 stories, {words} words: {dict(found)}; {' '.join(flagged)}")
    assert Story.objects.filter(live=True).count() == 80
    assert found.keys() <= {"spelling", "no-lead-picture"}
    assert found["spelling"] <= MOST_WORDS
    assert found["no-lead-picture"] <= 4
