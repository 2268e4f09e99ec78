"""One visit of the matrix: an actor asks for an address, and one word says what came of it.

yes     it was shown, or done: with POST, only what was written counts
no      forbidden, or nothing was written and no mail sent
part    shown, without what is for others only
404     there is no such thing, for this person
login   they were asked to log in first
other numbers stand for themselves
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction

from tests.contracts.permissions.cast import Stage
from tests.contracts.permissions.things import SECRET

WRITE = re.compile(r'\s*(INSERT (OR IGNORE )?INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(?P<table>\w+)', re.IGNORECASE)
# What a visit may write though nothing was done: that somebody was here, and what they were told.
LEFT_BY_ANYBODY = {"django_session", "wagtailadmin_editingsession", "account_emailaddress"}
MAILBOX, LINK_WORDS = "/desk/mailbox/", b"Only an administrator can read its text"
WHERE_IT_COUNTS = ("/desk/editing-sessions/", "/account/email/")
"""Where just that is what the address is for."""

SHOWN_BY_POST = "/preview/"
"""Where a form is sent only to be looked at: what is shown counts, and nothing may be written."""


OWN_WORDS = re.compile(rb"<textarea readonly.*?</textarea>", re.DOTALL)
"""What somebody sent is shown to them again where there is nothing to save it into; that tells them nothing."""


@dataclass(frozen=True)
class Outcome:
    """What came of a visit; `tables` are those that were written ("a mail" if one was sent), `body` what was shown."""

    word: str
    status: int
    sets_cookie: bool
    tables: frozenset[str]
    body: bytes

    @property
    def tells_secret(self) -> bool:
        return SECRET.encode() in OWN_WORDS.sub(b"", self.body)


def visit(stage: Stage, actor: str, method: str, path: str, data: dict[str, Any] | None = None) -> Outcome:
    """Ask once, and put everything back as it was."""
    cache.clear()
    tables: set[str] = set()
    browser, mails = stage.browser(actor), len(mail.outbox)
    with transaction.atomic():
        with _noting(tables):
            response: Any = browser.get(path) if method == "GET" else browser.post(path, data or {})
            body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    if len(mail.outbox) > mails:
        tables.add("a mail")
    written = frozenset(tables if path.startswith(WHERE_IT_COUNTS) else tables - LEFT_BY_ANYBODY)
    word = _word(response)
    if path.startswith(MAILBOX) and LINK_WORDS in body:
        word = "part"
    if path.startswith("/desk/fronts/") and path.endswith(SHOWN_BY_POST):
        assert not written, (path, written)
    elif method == "POST" and word == "yes" and not written and not _logs_out(response):
        word = "no"
    return Outcome(word, response.status_code, bool(response.cookies), written, body)


def _word(response: Any) -> str:
    status = response.status_code
    if status not in (301, 302):
        return {200: "yes", 204: "yes", 403: "no"}.get(status, str(status))
    target = response["Location"].split("?")[0]
    if "login" in target or "reauthenticate" in target:
        return "yes" if _logs_out(response) else "login"
    return "no" if target == "/desk/" and _has_error(response) else "yes"


def _has_error(response: Any) -> bool:
    return any(message.level >= constants.ERROR for message in get_messages(response.wsgi_request))


def _logs_out(response: Any) -> bool:
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie is not None and cookie.value == ""


@contextmanager
def _noting(tables: set[str]) -> Iterator[None]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if written := WRITE.match(sql):
            tables.add(written.group("table"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield
