"""The words of the index by which the desk's stories are sought: where each belongs, and who may read it."""

from broadsheet.accounts.roles import roles_with
from broadsheet.editions.access import Person, roles_of
from broadsheet.index.places import mark

KIND, READ_BY_ALL = "desk", "deskpublic"
"""Entries with the words that are being worked on; and, where these are others, those that everybody reads."""


def visible_marks(who: Person) -> list[str]:
    """One of these marks has each story that a person may read; none is asked for where they read all.

    It is the same rule as `access.visible_to`. Whoever shows what is found asks `visible_to` as well: marks make it
    quick, they do not decide.
    """
    if reads_all(who):
        return []
    found = [mark(KIND, "public")]
    given_roles = roles_of(who)
    if given_roles and who.pk:
        found.append(mark(KIND, "by", who.pk))
    for given in given_roles:
        if given.role in roles_with("story.read"):
            found += _reach(given.edition_id, given.section_id)
    return list(dict.fromkeys(found))


def reads_all(who: Person) -> bool:
    """Whether a person's role lets them read the stories of every edition and section."""
    return any(
        given.role in roles_with("story.read") and given.edition_id is None and given.section_id is None
        for given in roles_of(who)
    )


def _reach(edition: int | None, section: int | None) -> list[str]:
    within = (KIND,) if edition is None else (KIND, "edition", edition)
    return [mark(*within)] if section is None else [mark(*within, "section", one) for one in (section, 0)]
