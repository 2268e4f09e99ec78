"""Who may do what: roles given for editions and sections, and the only way from an id to an object of this room."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role, roles_with
from broadsheet.editions.models import Assignment, Edition, Section, StandingPage, Topic
from broadsheet.foundation.refusals import Refused

Person = User | AnonymousUser


@dataclass(frozen=True)
class Given:
    """A role as it was given: None stands for every edition, or every section."""

    role: Role
    edition_id: int | None
    section_id: int | None

    def covers(self, edition_id: int | None, section_ids: frozenset[int]) -> bool:
        """Whether it reaches an object of this edition and these sections; no section: any role in the edition."""
        if self.edition_id is not None and edition_id is not None and self.edition_id != edition_id:
            return False
        return self.section_id is None or not section_ids or self.section_id in section_ids


def roles_of(person: Person) -> tuple[Given, ...]:
    """The roles of a person, read once and kept on the person's object; none for readers and closed accounts."""
    if not isinstance(person, User) or not person.is_active or not person.is_staff:
        return ()
    kept: tuple[Given, ...] | None = getattr(person, "_roles", None)
    if kept is None:
        rows = Assignment.objects.filter(user=person).values_list("role", "edition_id", "section_id")
        kept = tuple(Given(Role(role), edition, section) for role, edition, section in rows)
        person._roles = kept  # type: ignore[attr-defined]
    return kept


def has_right(
    person: Person, right: str, *, edition_id: int | None = None, section_ids: frozenset[int] = frozenset()
) -> bool:
    """Whether a person holds a right for an edition and sections; without them, whether they hold it anywhere."""
    holders = roles_with(right)
    return any(given.role in holders and given.covers(edition_id, section_ids) for given in roles_of(person))


def require_right(
    person: Person, right: str, *, edition_id: int | None = None, section_ids: frozenset[int] = frozenset()
) -> None:
    """Refuse unless the person holds the right."""
    if not has_right(person, right, edition_id=edition_id, section_ids=section_ids):
        raise forbidden()


def forbidden() -> Refused:
    from django.utils.translation import gettext as _

    return Refused("forbidden", _("Your role does not allow this."), _("Nothing was changed."))


def access_edition(person: Person, edition_id: int, right: str) -> Edition:
    """The edition, if the person holds the right on it; else Refused, or Http404 where there is none."""
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Http404
    require_right(person, right, edition_id=edition.pk)
    return edition


def access_section(person: Person, section_id: int, right: str) -> Section:
    """The section, if the person holds the right on it; else Refused, or Http404 where there is none."""
    section: Section | None = Section.objects.filter(pk=section_id).first()
    if section is None:
        raise Http404
    require_right(person, right, section_ids=frozenset({section.pk}))
    return section


def access_topic(person: Person, topic_id: int, right: str) -> Topic:
    """The topic, if the person holds the right on topics; else Refused, or Http404 where there is none."""
    topic: Topic | None = Topic.objects.filter(pk=topic_id).first()
    if topic is None:
        raise Http404
    require_right(person, right)
    return topic


def access_page(person: Person, page_id: int, right: str) -> StandingPage:
    """The standing page, if the person holds the right in its edition; else Refused, or Http404 where there is none."""
    page: StandingPage | None = StandingPage.objects.filter(pk=page_id).first()
    if page is None:
        raise Http404
    require_right(person, right, edition_id=page.edition_id)
    return page


# Django's names of permissions, and the right that stands for each; the desk adds those of every room's models.
RIGHT_OF_PERMISSION: dict[str, str] = {"wagtailadmin.access_admin": "desk.enter"}


class RoleBackend(BaseBackend):
    """Answers Django's and Wagtail's own question "may this user ...?" from the roles; logs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return perm in RIGHT_OF_PERMISSION and has_right(user_obj, RIGHT_OF_PERMISSION[perm])

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
