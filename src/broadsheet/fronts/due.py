"""The jobs by which pins and breaking lines end; each may run twice without harm.

Pages ask for the moment themselves. What these remove is what makes a stored page stale.
"""

from django_tasks import task

from broadsheet.fronts import actions


@task()
def end_pins(front_id: int) -> int:
    """Remove the pins of a front whose end has come; returns how many."""
    return actions.end_pins(front_id)


@task()
def end_breaking(edition_id: int) -> bool:
    """Remove the breaking line of an edition if its end has come."""
    return actions.end_breaking(edition_id)
