"""The job that visits links; it may run twice without harm."""

from django_tasks import task

from broadsheet.jobs.actions import run_soon
from broadsheet.proofreading import actions

AT_ONCE = 10
"""Links that one job visits: each may take as long as `visits.PATIENCE`, and others wait for the worker."""


@task()
def visit_links(hashes: list[str]) -> int:
    """Visit these links, a few at a time so that other jobs get their turn; returns how many it visited."""
    now, later = hashes[:AT_ONCE], hashes[AT_ONCE:]
    visited = [key for key in now if actions.visit_link(key) is not None]
    if later:
        run_soon(visit_links, later)
    return len(visited)
