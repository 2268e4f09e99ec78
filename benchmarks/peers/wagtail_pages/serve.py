"""Makes the peer's database from what Broadsheet told, once, and answers questions."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.wagtail_pages.settings"
# A story's page is Broadsheet's story with this added to its id, so that bodies and fronts can name it beforehand.
FIRST_STORY = 10_000


def fill(told: dict[str, Any]) -> None:
    """The same editions, sections, people, topics, pictures, briefs and stories, and the same fronts."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wagtail.models import Page, Site

    from benchmarks.peers.wagtail_pages import models

    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    edition = told["editions"][0]
    front = models.FrontPage(title=edition["name"], slug="front", description=edition["description"])
    root.add_child(instance=front)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=8000, root_page=front, is_default_site=True)
    sections = {row["slug"]: models.SectionPage(**row) for row in told["sections"]}
    standing = [models.StandingPage(**row, show_in_menus=True) for row in told["standing"]]
    for page in (*sections.values(), *standing):
        front.add_child(instance=page)
    for model, name in (
        (models.Edition, "editions"),
        (models.Person, "people"),
        (models.Topic, "topics"),
        (models.Picture, "pictures"),
    ):
        model.objects.bulk_create(model(**row) for row in told[name])
    if told["breaking"]:
        models.BreakingLine.objects.create(**told["breaking"])
    models.Brief.objects.bulk_create(
        models.Brief(**row | {"section": sections.get(row["section"]), "published_at": _moment(row["published_at"])})
        for row in told["briefs"]
    )
    for row in told["stories"]:
        _add_story(row, sections)
    _arrange({"/": front} | {f"/{slug}/": page for slug, page in sections.items()}, told["fronts"], sections)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _add_story(row: dict[str, Any], sections: dict[str, Any]) -> None:
    from benchmarks.peers.wagtail_pages.models import Byline, StoryPage

    names = ("title", "card_headline", "kind", "standfirst", "dateline", "lead_caption")
    section = sections[row["section"]]
    page = StoryPage(
        pk=FIRST_STORY + row["id"],
        slug=f"{row['slug']}-{row['id']}",
        section=section,
        lead_picture_id=row["lead_picture"],
        published_at=_moment(row["published_at"]),
        changed_at=_moment(row["changed_at"]),
        body=json.dumps(_blocks(row["body"])),
        **{name: row[name] for name in names},
    )
    section.add_child(instance=page)
    Byline.objects.bulk_create(
        Byline(story=page, person_id=person, sort_order=place) for place, person in enumerate(row["bylines"])
    )
    on, of = StoryPage.topics.through, StoryPage.sections.through
    on.objects.bulk_create(on(storypage=page, topic_id=topic) for topic in row["topics"])
    of.objects.bulk_create(of(storypage=page, sectionpage=sections[slug]) for slug in row["sections"])
    section.refresh_from_db()


def _blocks(body: list[dict[str, Any]]) -> list[dict[str, Any]]:
    blocks, quotes = [], 0
    for block in body:
        kind, value = block["type"], block["value"]
        if kind == "related":
            value += FIRST_STORY
        elif kind == "quote":
            quotes += 1
            value = value | {"number": quotes}
        elif kind not in ("paragraph", "subhead"):
            kind, value = "other", str(value)
        blocks.append({"type": kind, "value": value, "id": block["id"]})
    return blocks


def _arrange(pages: dict[str, Any], fronts: dict[str, Any], sections: dict[str, Any]) -> None:
    for path, containers in fronts.items():
        blocks = [
            row
            | {
                "section": sections[row["section"]].pk if row["section"] else None,
                "pins": [{"type": "item", "value": FIRST_STORY + story, "id": str(story)} for story in row["pins"]],
            }
            for row in containers
        ]
        pages[path].refresh_from_db()
        pages[path].containers = json.dumps([{"type": "container", "value": block} for block in blocks])
        pages[path].save()


def main() -> None:
    """Fill the database and answer."""
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from benchmarks.asked import answer_questions

    told = json.loads(Path(os.environ["PEER_CONTENT"]).read_text(encoding="utf-8"))
    fill(told)
    answer_questions(get_wsgi_application())


if __name__ == "__main__":
    main()
