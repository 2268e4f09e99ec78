"""Every address × every person: the tables in tables/ are compared with what the site does.

What decides here is Python, so on PostgreSQL a few persons come to every address; the one rule that is also written in
SQL has its own test on both databases (test_objects.py).
"""

import re

import pytest
from django.urls import ResolverMatch, resolve

from broadsheet.desk.closed import WHY_CLOSED, is_open
from tests.contracts.permissions.arguments import ANYWHERE, arguments_for, query_for
from tests.contracts.permissions.cast import OUTSIDERS, Stage, actors
from tests.contracts.permissions.forms import data_for
from tests.contracts.permissions.routes import Route, all_routes
from tests.contracts.permissions.tables import Row, read_table
from tests.contracts.permissions.visits import visit

pytestmark = pytest.mark.django_db

FILES = ("stories.txt", "rooms.txt", "wagtail.txt", "accounts.txt", "public.txt")
ROWS = read_table(*FILES, words=2)
ROUTES = all_routes()
FRONT = "(front)"
"""How the tables name the address that has no letters."""
NAMED = {"" if row.name == FRONT else row.name for row in ROWS}
GROUPS = {name.removesuffix("*") for name in NAMED if name.endswith("*")}


def group_of(route: str) -> str | None:
    """The group that covers an address without a row of its own: the longest one."""
    if route in NAMED:
        return None
    return max((group for group in GROUPS if route.startswith(group)), key=len, default=None)


def routes_of(row: Row) -> list[Route]:
    """The addresses that a row speaks of."""
    if not row.name.endswith("*"):
        return [ROUTES["" if row.name == FRONT else row.name]]
    method = row.words[0]
    return [r for r in ROUTES.values() if group_of(r.text) == row.name.removesuffix("*") and method in r.methods]


def test_every_address_and_method_has_a_row() -> None:
    methods = {("" if row.name == FRONT else row.name, row.words[0]) for row in ROWS}
    missing = [
        f"{method} {route.text}"
        for route in ROUTES.values()
        for method in route.methods
        if (route.text, method) not in methods and group_of(route.text) is None
    ]
    assert not missing, (
        "These addresses have no row in the permission matrix. Write down, for each, who may use it: a line with the "
        "address, below it a row for each method, in tests/contracts/permissions/tables/ (stories.txt or rooms.txt for "
        "ours, wagtail.txt for Wagtail's own; those must also stand in OPEN in desk/closed.py to be used at all):\n"
        + "\n".join(missing)
    )


def test_every_row_has_an_address() -> None:
    gone = [str(row) for row in ROWS if not row.name.endswith("*") and not ({row.name, ""} & {*ROUTES, FRONT})]
    gone += [str(row) for row in ROWS if row.name.endswith("*") and not any(map(row.name[:-1].__eq__, GROUPS))]
    assert not gone, "There are no such addresses any more; take their rows out of the matrix:\n" + "\n".join(gone)


def test_the_filled_in_addresses_lead_where_their_rows_say() -> None:
    astray = []
    for route in ROUTES.values():
        found = resolve(route.path({**ANYWHERE, **LOOKS_LIKE_A_STORY})).route
        if found != route.text and not route.text.endswith("^"):
            astray.append(f"{route.text} leads to {found}")
    assert not astray


LOOKS_LIKE_A_STORY = {
    **{"year": "2026", "month": "01", "day": "02", "slug": "cranes"},
    **{"picture_id": 1, "object_id": 1, "mail_id": 1},
}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_address_answers_each_person_as_the_table_says(stage: Stage, row: Row) -> None:
    method, of = row.words
    wrong = []
    for route in routes_of(row):
        path = route.path(arguments_for(stage, of)) + query_for(route.text, stage, of)
        bodies = set()
        for actor in actors():
            data = data_for(route.text, stage, of) if method == "POST" else None
            outcome = visit(stage, actor, method, path, data)
            bodies.add(outcome.body)
            if outcome.word != row.expected[actor]:
                wrong.append(f"{actor}: {outcome.word}, not {row.expected[actor]} ({method} {path})")
            if actor in OUTSIDERS and outcome.tells_secret:
                wrong.append(f"{actor} was told what is not published ({method} {path})")
            if route.is_public and outcome.sets_cookie:
                wrong.append(f"{actor} got a cookie with a public page ({method} {path})")
        if route.is_public and len(bodies) > 1:
            wrong.append(f"a public page is not the same for everybody ({method} {path})")
    assert not wrong, f"{row}\n" + "\n".join(wrong)


def closed_routes() -> list[str]:
    """The addresses of the desk that are closed whatever their arguments."""
    matches = [(route, resolve(route.path({**ANYWHERE, **LOOKS_LIKE_A_STORY}))) for route in ROUTES.values()]
    return [route.text for route, match in matches if match.route.startswith("desk/") and not is_open(match)]


def test_what_is_closed_is_closed_for_a_reason() -> None:
    without = [text for text in closed_routes() if not text.startswith(tuple(WHY_CLOSED))]
    assert not without, (
        "These addresses of Wagtail's are closed, and desk/closed.py does not say why. If the desk needs them, add "
        "them to OPEN and give them a row; if not, add the reason to WHY_CLOSED:\n" + "\n".join(without)
    )


def test_each_group_of_closed_addresses_stands_in_the_matrix() -> None:
    assert {prefix for prefix in WHY_CLOSED if prefix not in ("desk/bulk/", "desk/choose/")} == GROUPS


def test_a_new_address_of_wagtails_is_closed_until_somebody_opens_it() -> None:
    def view() -> None: ...

    view.__module__ = "wagtail.something.new"
    match = ResolverMatch(view, (), {}, "new", route="desk/something/new/", namespaces=["wagtail_something"])
    assert not is_open(match)


def test_a_reader_of_the_tables_can_tell_the_columns() -> None:
    lines = [line for line in (re.sub(r"\s+", " ", text) for text in _headings()) if "nobody" in line]
    assert lines
    assert set(lines) == {"# nobody reader rep- rep- author ed- ed- ed- pic- mode- chief admin"}


def _headings() -> list[str]:
    from tests.contracts.permissions.tables import FOLDER

    return [line for file in FILES for line in (FOLDER / file).read_text(encoding="utf-8").splitlines()]
