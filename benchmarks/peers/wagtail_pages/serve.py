"""Makes the peer's database from what Broadsheet wrote out, once, and answers questions."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.wagtail_pages.settings"


def fill(told: dict[str, Any]) -> None:
    """The same sections, people, topics, pictures and stories."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wagtail.models import Page, Site

    from benchmarks.peers.wagtail_pages.models import FrontPage, Person, Picture, SectionPage, Topic

    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    front = root.add_child(instance=FrontPage(title="The Arren Gazette", slug="front", description=told["description"]))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page=front, is_default_site=True)
    sections = {
        row["slug"]: front.add_child(instance=SectionPage(title=row["name"], slug=row["slug"], description=row["text"]))
        for row in told["sections"]
    }
    things = {
        "people": {row["id"]: Person.objects.create(**row) for row in told["people"]},
        "topics": {row["id"]: Topic.objects.create(**row) for row in told["topics"]},
        "pictures": {row["id"]: Picture.objects.create(**row) for row in told["pictures"]},
        "stories": {},
    }
    for row in told["stories"]:
        things["stories"][row["id"]] = _add(row, sections, things)


def _add(row: dict[str, Any], sections: dict[str, Any], things: dict[str, dict[int, Any]]) -> int:
    from benchmarks.peers.wagtail_pages.models import Byline, StoryPage

    fields = {name: row[name] for name in ("title", "slug", "kind", "standfirst", "dateline")}
    moment = datetime.fromisoformat(row["published_at"])
    page = StoryPage(
        section=sections[row["section"]],
        lead_picture=things["pictures"].get(row["lead_picture"]),
        published_at=moment,
        changed_at=moment,
        body=json.dumps([_block(block, things["stories"]) for block in row["body"]]),
        **fields,
    )
    page.topics = [things["topics"][topic] for topic in row["topics"]]
    page.bylines = [Byline(person=things["people"][person]) for person in row["bylines"]]
    sections[row["section"]].add_child(instance=page)
    sections[row["section"]].refresh_from_db()
    return int(page.pk)


def _block(block: dict[str, Any], stories: dict[int, int]) -> dict[str, Any]:
    if block["type"] == "related":
        return {**block, "value": stories[block["value"]]}
    if block["type"] == "quote":
        return {**block, "value": {name: block["value"][name] for name in ("text", "speaker")}}
    if block["type"] in ("paragraph", "subhead"):
        return block
    return {**block, "type": "other", "value": str(block["value"])}


def main() -> None:
    """Fill the database and answer."""
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from benchmarks.asked import answer_questions

    fill(json.loads(Path(os.environ["PEER_CONTENT"]).read_text(encoding="utf-8")))
    answer_questions(get_wsgi_application())


if __name__ == "__main__":
    main()
