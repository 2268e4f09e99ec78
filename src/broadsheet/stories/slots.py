"""What rooms above this one put into a story's page; filled by config.wiring."""

from collections.abc import Callable

from markupsafe import Markup

from broadsheet.editions.reads import EditionValue
from broadsheet.stories.values import StoryValue

HEAD: list[Callable[[EditionValue, StoryValue], Markup]] = []
