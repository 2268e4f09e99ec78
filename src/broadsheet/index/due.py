"""The job that puts the index right; it may run twice without harm."""

from django_tasks import task

from broadsheet.index import actions
from broadsheet.jobs.actions import run_soon


@task()
def fill_index() -> int:
    """Put the index right, a part at a time so that other jobs get their turn; returns how many things are left."""
    left = actions.fill_index()
    if left:
        run_soon(fill_index)
    return left
