"""What a version of a story names beside its body, as ids: stored on its row at publication."""

from broadsheet.stories.models import Story


def bylines_of(version: Story) -> list[int]:
    """The ids of those who wrote it, in their order; a form on the way may not have chosen one yet."""
    return [byline.person_id for byline in version.bylines.all() if byline.person_id]


def topics_of(version: Story) -> list[int]:
    """The ids of its topics."""
    return sorted(topic.pk for topic in version.topics.all())
