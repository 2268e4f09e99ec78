"""What the desk asks of words and links; no public page does."""

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.proofreading.addresses import hash_of
from broadsheet.proofreading.models import Link, Word

SHOWN = 200


@dataclass(frozen=True)
class DeadLink:
    """A link that was visited and did not lead to a page; `trouble` is a half sentence in the reader's language."""

    address: str
    trouble: str
    status: int | None


def newsroom_words(language: str) -> frozenset[str]:
    """The newsroom's own words of a language."""
    return frozenset(Word.objects.filter(language=language).values_list("word", flat=True))


def newest_words(before: int | None = None) -> tuple[list[Word], int | None]:
    """A page of the newsroom's words, the newest first, and the id before which the next one begins."""
    words = Word.objects.order_by("-id")
    found = list((words.filter(pk__lt=before) if before else words)[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].pk if len(found) > SHOWN else None


def dead_links(addresses: Iterable[str]) -> dict[str, DeadLink]:
    """Those of these addresses that were visited and are dead, by address; the network is not asked."""
    hashes = [hash_of(address) for address in addresses]
    links = Link.objects.filter(hash__in=hashes).exclude(trouble="") if hashes else ()
    return {link.address: DeadLink(link.address, link.get_trouble_display(), link.status) for link in links}
