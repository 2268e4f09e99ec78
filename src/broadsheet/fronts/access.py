"""Who may arrange fronts, and the only way from an id to an object of this room."""

from django.http import Http404

from broadsheet.accounts.roles import roles_with
from broadsheet.editions.access import Person, forbidden, has_right, roles_of
from broadsheet.editions.models import Edition, Section
from broadsheet.fronts.models import Container, Front

RIGHT = "front.arrange"


def may_arrange(person: Person, edition_id: int, section_id: int | None) -> bool:
    """Whether a person may arrange a front: a section's in that section; an edition's own by a role for all of it.

    What has no section is elsewhere reached from any. An edition's front is of all its sections, so a role for one of
    them does not reach it.
    """
    if section_id is not None:
        return has_right(person, RIGHT, edition_id=edition_id, section_ids=frozenset({section_id}))
    holders = roles_with(RIGHT)
    whole = (given for given in roles_of(person) if given.role in holders and given.section_id is None)
    return any(given.covers(edition_id, frozenset()) for given in whole)


def require_may_arrange(person: Person, edition_id: int, section_id: int | None) -> None:
    """Refuse unless the person may arrange the front."""
    if not may_arrange(person, edition_id, section_id):
        raise forbidden()


def access_place(person: Person, edition_id: int, section_id: int | None) -> tuple[Edition, Section | None]:
    """The edition and section of a front, arranged or not; Http404 where there is none, else Refused."""
    edition = Edition.objects.filter(pk=edition_id).first()
    section: Section | None = Section.objects.filter(pk=section_id).first() if section_id is not None else None
    if edition is None or (section is None and section_id is not None):
        raise Http404
    require_may_arrange(person, edition_id, section_id)
    return edition, section


def access_front(person: Person, front_id: int, *, for_update: bool = False) -> Front:
    """The front that was arranged once, if the person may arrange it; else Refused, or Http404 where there is none."""
    fronts = Front.objects.select_for_update() if for_update else Front.objects.all()
    front: Front | None = fronts.filter(pk=front_id).first()
    if front is None:
        raise Http404
    require_may_arrange(person, front.edition_id, front.section_id)
    return front


def access_container(person: Person, container_id: int) -> Container:
    """The container, if the person may arrange its front; else Refused, or Http404 where there is none."""
    container: Container | None = Container.objects.select_related("front").filter(pk=container_id).first()
    if container is None:
        raise Http404
    require_may_arrange(person, container.front.edition_id, container.front.section_id)
    return container
