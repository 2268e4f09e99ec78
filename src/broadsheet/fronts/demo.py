"""The demo newsroom's fronts, arranged as its editors would; nothing is breaking there."""

import tomllib
from pathlib import Path
from typing import Any

from broadsheet.editions.access import Person
from broadsheet.fronts.actions import arrange_front
from broadsheet.fronts.plans import ContainerPlan, PinPlan

Found = dict[str, Any]


def fill(by: Person, found: Found) -> None:
    """Arrange them; `found` holds what the other rooms made, by key."""
    table = tomllib.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))
    for row in table["front"]:
        edition = found[f"edition:{row['edition']}"]
        section = found[f"section:{row['section']}"] if "section" in row else None
        plan = tuple(_container(one, row["edition"], found) for one in row["container"])
        arrange_front(by, edition.pk, section.pk if section else None, plan, version=0)


def _container(row: dict[str, Any], edition: str, found: Found) -> ContainerPlan:
    return ContainerPlan(
        look=row["look"],
        rule=row["rule"],
        most=row["most"],
        title=row.get("title", ""),
        section_id=found[f"section:{row['section']}"].pk if "section" in row else None,
        topic_id=found[f"topic:{row['topic']}"].pk if "topic" in row else None,
        kinds=tuple(row.get("kinds", ())),
        pins=tuple(PinPlan(found[f"story:{edition}:{key}"].pk) for key in row.get("pins", ())),
    )
