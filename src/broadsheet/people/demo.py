"""The demo newsroom's writers and speakers."""

import tomllib
from pathlib import Path
from typing import Any

from broadsheet.editions.access import Person as Who
from broadsheet.people.actions import add_person
from broadsheet.people.models import Person, PersonText


def fill(by: Who) -> dict[str, Any]:
    """Enter them; returns the persons by key, as {"person:ida-marrent": ...}."""
    table = tomllib.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))
    found = {}
    for row in table["person"]:
        person = Person(slug=row["key"], writes=row["writes"])
        person.texts = [PersonText(language=code, **row[code]) for code in ("en", "ru") if code in row]
        found[f"person:{row['key']}"] = add_person(by, person)
    return found
