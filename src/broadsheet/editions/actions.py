"""Every write on editions, sections, topics, standing pages and assignments."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.editions.access import (
    Person,
    access_edition,
    access_page,
    access_section,
    access_topic,
    require_right,
)
from broadsheet.editions.cleaning import as_page, has_words
from broadsheet.editions.indexing import set_topic_in_index
from broadsheet.editions.models import Assignment, Edition, FormerTopic, Section, StandingPage, Topic
from broadsheet.editions.versions import lock_unchanged
from broadsheet.foundation.refusals import Refused

Named = Edition | Section | Topic | StandingPage
ADD_RIGHT = {Edition: "edition.edit", Section: "section.edit", Topic: "topic.edit", StandingPage: "page.edit"}


@transaction.atomic
def add_named(by: Person, thing: Named, *, form: Any = None) -> Named:
    """Found an edition, section or topic, or write a standing page."""
    _require(by, thing)
    return _save(by, thing, form, "wagtail.create")


@transaction.atomic
def save_named(by: Person, thing: Named, *, form: Any = None, version: str | None = None) -> Named:
    """Save an edition, section, topic or standing page; of a page the right is asked for where it stood, too.

    `version` is the one that the form showed: what was changed after it is not overwritten.
    """
    _access(by, thing)
    _require(by, thing)
    lock_unchanged(thing, version, by=by)
    return _save(by, thing, form, "wagtail.edit")


def delete_named(by: Person, thing: Named, *, version: str | None = None) -> None:
    """Delete an edition, section or topic in which no story stands, or a standing page."""
    _access(by, thing)
    try:
        with transaction.atomic():
            lock_unchanged(thing, version, by=by)
            _refuse_chosen(thing)
            log(instance=thing, action="wagtail.delete", user=_user(by), deleted=True)
            number = thing.pk
            thing.delete()
            if isinstance(thing, Topic):
                set_topic_in_index(number)
    except ProtectedError:
        raise _used() from None


@transaction.atomic
def assign(*, email: str, role: str, edition: str | None = None, section: str | None = None) -> None:
    """Give a member of staff a role; edition by its prefix or "main", section by its slug, None for all."""
    Assignment.objects.get_or_create(
        user=_staff(email), role=_role(role), edition=_edition(edition), section=_section(section)
    )


@transaction.atomic
def unassign(*, email: str, role: str, edition: str | None = None, section: str | None = None) -> None:
    """Take a role back, exactly as it was given."""
    gone, _rows = Assignment.objects.filter(
        user=_staff(email), role=_role(role), edition=_edition(edition), section=_section(section)
    ).delete()
    if not gone:
        raise Refused("assignment.unknown", _("%(email)s does not have this role there.") % {"email": email})


def _refuse_chosen(thing: Named) -> None:
    """Refuse where a room above has chosen it for something: such rows would go silently with it."""
    relations: Any = thing._meta.get_fields(include_hidden=True)
    for relation in relations:
        joins = relation.related_model if relation.one_to_many else None
        if joins is None or not joins._meta.auto_created:
            continue
        if joins._default_manager.filter(**{relation.field.name: thing}).exists():
            raise _used()


def _used() -> Refused:
    return Refused("name.used", _("Stories or pages stand in it, so it is not deleted."), _("Nothing was changed."))


@transaction.atomic
def begin_merging(by: Person, topic_id: int, into_id: int) -> None:
    """Say that a topic is being merged into another; the room that has the stories moves them, then ends it."""
    topic, into = access_topic(by, topic_id, "topic.edit"), access_topic(by, into_id, "topic.edit")
    nothing = _("Nothing was changed.")
    if topic.pk == into.pk:
        raise Refused("topic.itself", _("A topic is not merged into itself."), nothing)
    if topic.merging_into_id or into.merging_into_id or topic.merged.exists():
        raise Refused("topic.merging", _("One of the two is being merged already. Wait until that is done."), nothing)
    topic.merging_into = into
    topic.save(update_fields=["merging_into"])
    log(instance=into, action="wagtail.edit", user=_user(by), content_changed=True)
    log(instance=topic, action="wagtail.edit", user=_user(by), content_changed=True)


@transaction.atomic
def end_merging(topic_id: int) -> None:
    """Let the addresses of a topic in which no story stands any more lead to that into which it was merged; delete it.

    Called by the room that moved its stories, at the end; the right was asked for when the merging began.
    """
    gone = Topic.objects.select_for_update().get(pk=topic_id)
    into_id = gone.merging_into_id
    FormerTopic.objects.filter(topic_id=topic_id).update(topic_id=into_id)
    FormerTopic.objects.create(slug=gone.slug, topic_id=into_id, former_id=topic_id)
    log(instance=gone, action="wagtail.delete", user=None, deleted=True)
    gone.delete()
    set_topic_in_index(topic_id)


def _keep_address(topic: Topic) -> None:
    """Let the address that a topic had lead to the one that it has now; refuse one that leads to another topic."""
    if FormerTopic.objects.filter(slug=topic.slug).exclude(topic_id=topic.pk).exists():
        raise Refused(
            "slug.former-topic",
            _("The address /topics/%(slug)s/ leads to another topic. Choose another slug.") % {"slug": topic.slug},
            _("Nothing was changed."),
        )
    FormerTopic.objects.filter(slug=topic.slug).delete()
    kept = Topic.objects.filter(pk=topic.pk).values_list("slug", flat=True).first()
    if kept and kept != topic.slug:
        FormerTopic.objects.create(slug=kept, topic_id=topic.pk)


def _require(by: Person, thing: Named) -> None:
    edition_id = thing.edition_id if isinstance(thing, StandingPage) else None
    require_right(by, ADD_RIGHT[type(thing)], edition_id=edition_id)


def _make_ready(thing: Named) -> None:
    """Clean what is written, and refuse what cannot be found at an address of its own."""
    if isinstance(thing, Section) and StandingPage.objects.filter(slug=thing.slug).exists():
        raise Refused("slug.of-page", _("A standing page has this slug. Choose another."), _("Nothing was changed."))
    if not isinstance(thing, StandingPage):
        return
    if Section.objects.filter(slug=thing.slug).exists():
        raise Refused("slug.of-section", _("A section has this slug. Choose another."), _("Nothing was changed."))
    thing.body = as_page(thing.body)
    if not has_words(thing.body):
        raise Refused("page.empty", _("The page has no text."), _("Nothing was changed."))


def _access(by: Person, thing: Named) -> None:
    if isinstance(thing, Edition):
        access_edition(by, thing.pk, "edition.edit")
    elif isinstance(thing, Section):
        access_section(by, thing.pk, "section.edit")
    elif isinstance(thing, StandingPage):
        access_page(by, thing.pk, "page.edit")
    else:
        access_topic(by, thing.pk, "topic.edit")


def _save(by: Person, thing: Named, form: Any, action: str) -> Named:
    _make_ready(thing)
    if isinstance(thing, Topic):
        _keep_address(thing)
    if form is not None:
        form.instance = thing
        thing = form.save()
    else:
        thing.save()
    if isinstance(thing, Topic):
        set_topic_in_index(thing.pk)
    log(instance=thing, action=action, user=_user(by), content_changed=True)
    return thing


def _user(by: Person) -> User | None:
    return by if isinstance(by, User) else None


def _staff(email: str) -> User:
    user = User.objects.filter(email__iexact=email.strip(), kind="staff").first()
    if user is None:
        raise Refused(
            "account.unknown", _("There is no member of staff with the address %(email)s.") % {"email": email}
        )
    return user


def _role(role: str) -> Role:
    if role not in Role.values:
        names = ", ".join(Role.values)
        raise Refused("role.unknown", _("“%(role)s” is no role. Roles: %(names)s.") % {"role": role, "names": names})
    return Role(role)


def _edition(prefix: str | None) -> Edition | None:
    if prefix is None:
        return None
    edition = Edition.objects.filter(path_prefix="" if prefix == "main" else prefix).first()
    if edition is None:
        raise Refused("edition.unknown", _("There is no edition “%(prefix)s”.") % {"prefix": prefix})
    return edition


def _section(slug: str | None) -> Section | None:
    if slug is None:
        return None
    section: Section | None = Section.objects.filter(slug=slug).first()
    if section is None:
        raise Refused("section.unknown", _("There is no section “%(slug)s”.") % {"slug": slug})
    return section
