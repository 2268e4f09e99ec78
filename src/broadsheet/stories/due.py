"""The jobs by which stories come and go at their time; each may run twice without harm."""

from django_tasks import task

from broadsheet.stories import actions


@task()
def publish_due(story_id: int) -> bool:
    """Publish the story's scheduled revision, if its time has come."""
    return actions.publish_what_is_due(story_id)


@task()
def withdraw_due(story_id: int) -> bool:
    """Withdraw the story, if its end has come."""
    return actions.withdraw_what_is_due(story_id)
