"""What a reader reports of an error in a story: as a form sends it, and what is wrong with that in sentences."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

SHORTEST, LONGEST = 4, 2_000
MOST_OF_ONE, MOST_OF_ALL = 6, 200
"""Reports in an hour, from one address of the network and from all of them."""
HOUR = 3600


@dataclass(frozen=True)
class Report:
    """A report as it came; `wrong` says what keeps it from the desk, `is_of_a_machine` that no reader wrote it."""

    text: str = ""
    mail: str = ""
    is_of_a_machine: bool = False
    wrong: tuple[str, ...] = field(default=())


def read_report(form: Mapping[str, str]) -> Report:
    """The report in a form that was sent; whatever is in the form, nothing is raised."""
    text, mail = _visible(form.get("text", "")).strip(), form.get("mail", "").strip()
    return Report(text[:LONGEST], mail[:200], bool(form.get("site")), tuple(_wrong(text, mail)))


def _wrong(text: str, mail: str) -> list[str]:
    sentences = []
    if len(text) < SHORTEST:
        sentences.append(_("Please say in a few words what is wrong."))
    if len(text) > LONGEST:
        sentences.append(_("The report is too long: at most %(most)d characters arrive.") % {"most": LONGEST})
    if mail and not _is_address(mail):
        sentences.append(_("The e-mail address is not one. Leave it empty, if you like."))
    return sentences


def may_report(address: str) -> bool:
    """Whether another report may come from an address of the network in this hour; it counts, and keeps no address."""
    who = hashlib.sha256(address.encode()).hexdigest()[:24]
    return _counts(f"reports-{who}", MOST_OF_ONE) and _counts("reports-all", MOST_OF_ALL)


def _counts(key: str, most: int) -> bool:
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it went away between the two
        return True


def _is_address(mail: str) -> bool:
    try:
        validate_email(mail)
    except ValidationError:
        return False
    return True


def _visible(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
