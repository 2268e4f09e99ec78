"""The jobs by which stories come and go at their time; each may run twice without harm."""

from django_tasks import task

from broadsheet.jobs.actions import run_soon
from broadsheet.stories import actions


@task()
def publish_due(story_id: int) -> bool:
    """Publish the story's scheduled revision, if its time has come."""
    return actions.publish_what_is_due(story_id)


@task()
def merge_topic(topic_id: int) -> int:
    """Merge a topic into another, a part at a time so that others get their turn; returns how many stories are left."""
    left = actions.merge_some(topic_id)
    if left:
        run_soon(merge_topic, topic_id)
    return left


@task()
def forget_deleted(story_id: int) -> bool:
    """Delete a draft for good, if it was deleted 30 days ago and nobody brought it back."""
    return actions.forget_deleted_story(story_id)


@task()
def forget_reader(report_id: int) -> bool:
    """Remove the reader's mail address from a report that was answered long enough ago."""
    return actions.forget_reader(report_id)


@task()
def withdraw_due(story_id: int) -> bool:
    """Withdraw the story, if its end has come."""
    return actions.withdraw_what_is_due(story_id)
