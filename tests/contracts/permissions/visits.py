"""One visit of the matrix: an actor asks for an address, and what came of it in one word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import constants, get_messages
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse

from tests.contracts.permissions.cast import SECRET, Stage

# What a visit may leave behind though nothing was allowed: the message that says so.
LEFT_BY_REFUSALS = {"django_session"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True)
class Outcome:
    """`word` is "yes", "login", "no", "404", or the number of another status; `tables` are those that were written."""

    word: str
    tables: frozenset[str]
    tells_secret: bool
    detail: str


def visit(stage: Stage, actor: str, method: str, path: str, data: dict[str, Any] | None = None) -> Outcome:
    """Ask once, and put everything back as it was."""
    cache.clear()
    tables: set[str] = set()
    with transaction.atomic():
        with _noting(tables):
            response = stage.browser(actor).generic(method, path) if data is None else _post(stage, actor, path, data)
            content = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    return Outcome(_word(response), frozenset(tables), SECRET.encode() in content, f"{response.status_code} {response.get('Location', '')}")


def _post(stage: Stage, actor: str, path: str, data: dict[str, Any]) -> Any:
    return stage.browser(actor).post(path, data)


def _word(response: Any) -> str:
    status = response.status_code
    if status in (301, 302):
        target = response["Location"].split("?")[0]
        if "login" in target or "reauthenticate" in target:
            return "login"
        return "no" if target == "/desk/" and _has_error(response) else "yes"
    return {200: "yes", 204: "yes", 403: "no", 404: "404"}.get(status, str(status))


def _has_error(response: Any) -> bool:
    return any(message.level >= constants.ERROR for message in get_messages(response.wsgi_request))


@contextmanager
def _noting(tables: set[str]) -> Iterator[None]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        if words and words[0].upper() in WRITES:
            tables.add(words[1 if words[0].upper() == "UPDATE" else 2].strip('"'))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield
