"""What rooms above this one put into a story's page, and do in its transaction; filled by config.wiring."""

from collections.abc import Callable

from markupsafe import Markup

from broadsheet.editions.reads import EditionValue
from broadsheet.stories.events import RemarkSaid
from broadsheet.stories.models import Story
from broadsheet.stories.values import StoryValue

HEAD: list[Callable[[EditionValue, StoryValue], Markup]] = []
# What stands beside a story; each is called with its edition and the story, in the render of its page.
BESIDE: list[Callable[[EditionValue, StoryValue], Markup]] = []
# Called with the ids of a topic and of that into which it was merged, in the transaction that deletes the first.
TOPIC_MERGED: list[Callable[[int, int], None]] = []
# Called with a story's row in the transaction that publishes, changes or withdraws it, when its lists are set.
LISTED: list[Callable[[Story], None]] = []
# Called in the transaction in which somebody comments, answers or resolves, with what was said and whom it concerns.
TELLS: list[Callable[[RemarkSaid], None]] = []
