"""Every write on the newsroom's words and on links."""

import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person, require_right
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.jobs.actions import run_soon
from broadsheet.proofreading.addresses import hash_of, to_visit
from broadsheet.proofreading.models import Link, Word
from broadsheet.proofreading.spelling import DICTIONARIES, MOST_LETTERS, tokens_of
from broadsheet.proofreading.visits import Visit, visit

ONCE_IN = timedelta(days=1)
MOST_OF_A_SAVE = 100
"""Links of one save that are visited; the others come with a later one."""


@transaction.atomic
def add_word(by: Person, language: str, word: str) -> Word:
    """Add a word to the newsroom's own; one that it has already stays as it is."""
    require_right(by, "story.edit")
    plain = unicodedata.normalize("NFC", word).strip()
    if language not in DICTIONARIES:
        raise Refused("word.language", _("Spelling is not checked in this language."), _("Nothing was changed."))
    if len(plain) > MOST_LETTERS or [token.word for token in tokens_of(plain)] != [plain.replace("’", "'")]:
        raise Refused("word.not-one", _("Write one word, of letters alone."), _("Nothing was changed."))
    kept, _is_new = Word.objects.get_or_create(
        language=language,
        word=plain.replace("’", "'"),
        defaults={"added_by": by if isinstance(by, User) else None},
    )
    return kept


@transaction.atomic
def remove_word(by: Person, word_id: int) -> None:
    """Take a word from the newsroom's own; Http404 where there is none."""
    require_right(by, "story.edit")
    if not Word.objects.filter(pk=word_id).delete()[0]:
        raise Http404


def ask_for_visits(addresses: Iterable[str]) -> None:
    """Hand in a job that visits those links that nobody asked for within a day; part of the caller's transaction."""
    wanted = {hash_of(address): address for address in map(to_visit, addresses) if address}
    if not wanted:
        return
    moment = now()
    recent = Link.objects.filter(hash__in=wanted, asked_at__gt=moment - ONCE_IN).values_list("hash", flat=True)
    due = sorted(wanted.keys() - set(recent))[:MOST_OF_A_SAVE]
    if not due:
        return
    Link.objects.bulk_create(
        [Link(hash=key, address=wanted[key], asked_at=moment) for key in due],
        update_conflicts=True,
        unique_fields=["hash"],
        update_fields=["asked_at"],
    )
    run_soon(_due().visit_links, due)


def visit_link(key: str, **how: Any) -> Visit | None:
    """Visit a link and note what is found there; None if it is no more, or was visited since it was asked for.

    The network is asked outside of any transaction. `how` goes to `visits.visit`.
    """
    link = Link.objects.filter(hash=key).first()
    if link is None or (link.checked_at is not None and link.checked_at >= link.asked_at):
        return None
    found = visit(link.address, **how)
    Link.objects.filter(pk=link.pk).update(checked_at=now(), status=found.status, trouble=found.trouble)
    return found


def _due() -> Any:
    from broadsheet.proofreading import due

    return due
