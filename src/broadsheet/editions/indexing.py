"""What of topics is in the index, so that the desk finds them by their names in any language."""

from broadsheet.editions.models import Topic
from broadsheet.index import actions as index
from broadsheet.index.places import moment_of_id
from broadsheet.index.sources import Source, declare
from broadsheet.index.values import NewEntry

KIND = "topic"


def set_topic_in_index(topic_id: int) -> None:
    """Let the desk find a topic as it is now, or no more if it is gone."""
    topic = Topic.objects.prefetch_related("names").filter(pk=topic_id).first()
    if topic is None:
        index.remove(KIND, topic_id)
        return
    index.put(
        NewEntry(
            kind=KIND,
            id=topic_id,
            edition_id=0,
            section_id=0,
            language="",
            published_at=moment_of_id(topic_id),
            title=str(topic),
            standfirst=topic.slug,
            text="",
            keeps_text=False,
            apart=KIND,
        )
    )


declare(Source(kind=KIND, wanted=lambda: set(Topic.objects.values_list("pk", flat=True)), put_anew=set_topic_in_index))
