"""The demo newsroom's editions, sections, topics and standing pages."""

import tomllib
from pathlib import Path
from typing import Any

from broadsheet.editions.access import Person
from broadsheet.editions.actions import add_named
from broadsheet.editions.models import Edition, Section, SectionName, StandingPage, Topic, TopicName

LANGUAGES = ("en", "ru")


def fill(by: Person) -> dict[str, Any]:
    """Found them; returns editions, sections and topics by key, as {"edition:en": ..., "section:world": ...}."""
    table = tomllib.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for order, row in enumerate(table["edition"]):
        fields = {name: value for name, value in row.items() if name != "key"}
        found[f"edition:{row['key']}"] = add_named(by, Edition(order=order, **fields))
    for row in table["section"]:
        section = Section(slug=row["slug"], order=row["order"])
        section.names = [SectionName(language=code, **row[code]) for code in LANGUAGES if code in row]
        found[f"section:{section.slug}"] = add_named(by, section)
    for row in table["topic"]:
        topic = Topic(slug=row["slug"])
        topic.names = [TopicName(language=code, **row[code]) for code in LANGUAGES if code in row]
        found[f"topic:{topic.slug}"] = add_named(by, topic)
    return found


def fill_pages(by: Person, found: dict[str, Any]) -> None:
    """Write the standing pages of the editions that are there, in the order of the file."""
    table = tomllib.loads((Path(__file__).parent / "demo_pages" / "pages.toml").read_text(encoding="utf-8"))
    for order, row in enumerate(table["page"]):
        for code in (code for code in LANGUAGES if code in row):
            edition = found[f"edition:{code}"]
            page = StandingPage(edition=edition, slug=row["slug"], title=row[code]["title"], order=order)
            page.body = row[code]["html"]
            add_named(by, page)
