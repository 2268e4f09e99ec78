"""Links: whether they lead somewhere. The network is never asked here: what a job found out lies in a table."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from broadsheet.editions.models import Section, StandingPage, Topic
from broadsheet.editions.reads import EditionValue, all_editions
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person
from broadsheet.proofreading.addresses import to_visit
from broadsheet.proofreading.reads import dead_links
from broadsheet.stories.checks.findings import Finding, Version
from broadsheet.stories.checks.texts import Block, addresses_of
from broadsheet.stories.models import Address, State


def links_lead_somewhere(version: Version) -> Iterator[Finding]:
    """No link of the story is known to be dead."""
    placed = [(address, block.id) for block in version.blocks for address in addresses_of(block)]
    dead = dead_links(to_visit(address) for address, _place in placed if elsewhere(address))
    told: set[str] = set()
    for address, place in placed:
        found = dead.get(to_visit(address)) if elsewhere(address) else None
        trouble = found.trouble if found else own_trouble(address, version.story.edition_id)
        if trouble and address not in told:
            told.add(address)
            sentence = _("The link to %(address)s is dead: %(trouble)s.") % {"address": address, "trouble": trouble}
            yield Finding(
                "dead-link", "warning", sentence, _("Correct the address, or take the link away."), place, address
            )


def links_elsewhere(blocks: Iterable[Block]) -> list[str]:
    """The addresses on other sites to which a body links, each once; those are visited."""
    found = (address for block in blocks for address in addresses_of(block))
    return list(dict.fromkeys(address for address in found if elsewhere(address)))


def elsewhere(address: str) -> bool:
    """Whether an address is on another site, and one that can be visited."""
    return bool(to_visit(address)) and _edition_of(address) is None


def own_trouble(address: str, edition_id: int) -> str:
    """What is wrong with an address of the own site, by its own tables; empty where nothing is known to be."""
    found = _edition_of(address, edition_id)
    return "" if found is None or _is_there(*found) else _("there is no such page any more")


def _is_there(edition: EditionValue, path: str) -> bool:
    try:
        match = resolve(edition.base + path)
    except Resolver404:
        return False
    if match.kwargs.get("prefix", "") != edition.base.strip("/"):
        return False
    if match.url_name == "elsewhere" and not path.endswith("/"):
        return _is_there(edition, f"{path}/")
    look = OWN.get(match.url_name or "")
    return look is None or look(edition, path, match.kwargs)


def _is_story(edition: EditionValue, path: str, _arguments: dict[str, Any]) -> bool:
    """An address that a story has or had; or the same with the section to which it belongs by now."""
    ending = path.split("/", 2)[2] if path.count("/") > 2 else ""
    sections = Section.objects.values_list("slug", flat=True) if ending else ()
    paths = [path, *(f"/{slug}/{ending}" for slug in sections)]
    there = Address.objects.filter(edition_id=edition.id, path__in=paths, story__state=State.PUBLISHED)
    return there.exists()


def _is_section(edition: EditionValue, _path: str, arguments: dict[str, Any]) -> bool:
    slug = arguments["section"]
    is_page = StandingPage.objects.filter(edition_id=edition.id, slug=slug)
    return Section.objects.filter(slug=slug).exists() or is_page.exists()


# How an address of ours is looked up, by its name in the table of addresses; what is not here always is there.
OWN: dict[str, Callable[[EditionValue, str, dict[str, Any]], bool]] = {
    "story": _is_story,
    "elsewhere": _is_story,
    "section": _is_section,
    "section-feed": _is_section,
    "topic": lambda _edition, _path, named: Topic.objects.filter(slug=named["topic"]).exists(),
    "person": lambda _edition, _path, named: Person.objects.filter(slug=named["person"]).exists(),
    "picture": lambda _edition, _path, named: Picture.objects.filter(pk=named["picture_id"]).exists(),
}


def _edition_of(address: str, edition_id: int = 0) -> tuple[EditionValue, str] | None:
    """The edition to which an address belongs, and the path within it; None for other sites, mail and telephone.

    A path alone is on the host of the edition in which the story stands.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or not (parts.netloc or parts.path.startswith("/")):
        return None
    editions = sorted(all_editions(), key=lambda edition: -len(edition.base))
    hosts = [urlsplit(edition.origin).netloc.lower() for edition in editions if edition.id == edition_id]
    host = parts.netloc.lower() or next(iter(hosts), urlsplit(editions[0].origin).netloc.lower() if editions else "")
    path = unquote(parts.path) or "/"
    for edition in editions:
        if urlsplit(edition.origin).netloc.lower() == host and f"{path}/".startswith(f"{edition.base}/"):
            return edition, path[len(edition.base) :] or "/"
    return None
