"""What Broadsheet tells the peer: its own content, and its fronts as it has just rendered them."""

from typing import Any

LANGUAGE = "en"


def told(section: str) -> dict[str, Any]:
    """All that the peer's pages are made of: texts, pictures, stories, and what stands on the front and a section's."""
    from broadsheet.design.styles import style_sheet
    from broadsheet.editions.reads import all_editions, all_sections, standing_pages
    from broadsheet.fronts.reads import breaking_line

    edition = next(one for one in all_editions() if one.language == LANGUAGE)
    line = breaking_line(edition)
    return {
        "style": style_sheet("latin"),
        "editions": [
            {name: getattr(one, name) for name in ("name", "short_name", "language", "motto", "description")}
            | {"address": one.canonical("/")}
            for one in all_editions()
        ],
        "breaking": {"text": line.text, "address": line.address} if line else None,
        "sections": [
            {"slug": one.slug, "title": str(one.name), "description": str(one.description), "tone": one.tone}
            for one in all_sections(LANGUAGE)
        ],
        "standing": [{"slug": page.slug, "title": page.title} for page in standing_pages(edition)],
        "briefs": _briefs(edition.id),
        "stories": _stories(edition.id),
        "fronts": {path: _containers(path) for path in ("/", f"/{section}/")},
    } | _named()


def _named() -> dict[str, Any]:
    """Persons, topics and pictures, by the ids under which stories name them."""
    from broadsheet.editions.models import Topic
    from broadsheet.editions.reads import topics
    from broadsheet.mediabank.models import Picture
    from broadsheet.mediabank.reads import pictures
    from broadsheet.people.models import Person
    from broadsheet.people.reads import persons

    def ids(model: Any) -> tuple[int, ...]:
        return tuple(model.objects.values_list("pk", flat=True))

    return {
        "people": [
            {"id": one.id, "slug": one.slug, "name": str(one.name), "role": str(one.role)}
            for one in persons(ids(Person), LANGUAGE)
        ],
        "topics": [{"id": one.id, "slug": one.slug, "name": str(one.name)} for one in topics(ids(Topic), LANGUAGE)],
        "pictures": [_picture(one) for one in pictures(ids(Picture), LANGUAGE)],
    }


def _picture(picture: Any) -> dict[str, Any]:
    texts = ("file", "alt", "caption", "credit", "licence", "licence_url", "address", "focal_class")
    return (
        {name: str(getattr(picture, name)) for name in texts}
        | {name: getattr(picture, name) for name in ("id", "width", "height")}
        | {f"{kind}_srcset": picture.srcset(kind) for kind in ("avif", "webp", "fallback")}
    )


def _briefs(edition_id: int) -> list[dict[str, Any]]:
    from broadsheet.newsfeed.models import Brief

    rows = Brief.objects.filter(edition_id=edition_id, withdrawn_at=None).select_related("section").order_by("pk")
    return [
        {
            "text": brief.text,
            "address": brief.address,
            "section": brief.section.slug if brief.section else None,
            "published_at": brief.published_at.isoformat(),
        }
        for brief in rows
    ]


def _stories(edition_id: int) -> list[dict[str, Any]]:
    from broadsheet.stories.models import State, Story

    rows = Story.objects.filter(edition_id=edition_id, state=State.PUBLISHED, section__isnull=False)
    return [_story(story) for story in rows.select_related("section").order_by("pk")]


def _story(story: Any) -> dict[str, Any]:
    texts = ("card_headline", "slug", "kind", "standfirst", "dateline", "lead_caption")
    return {name: getattr(story, name) for name in texts} | {
        "id": story.pk,
        "title": story.headline,
        "section": story.section.slug,
        "sections": sorted({story.section.slug, *(section.slug for section in story.further_sections.all())}),
        "lead_picture": story.lead_picture_id,
        "topics": story.topic_ids,
        "bylines": story.byline_ids,
        "published_at": story.published_at.isoformat(),
        "changed_at": story.changed_at.isoformat(),
        "body": list(story.body.get_prep_value()),
    }


def _containers(path: str) -> list[dict[str, Any]]:
    """The containers of a front, with their rules, as they come by when it is rendered."""
    from django.test import RequestFactory
    from django.urls import resolve

    from broadsheet.fronts import views

    seen: list[Any] = []
    fill = views.fill

    def listening(edition: Any, containers: Any, *more: Any) -> Any:
        seen.extend(containers)
        return fill(edition, containers, *more)

    views.fill = listening
    try:
        match = resolve(path)
        page = match.func(RequestFactory().get(path, headers={"host": "localhost"}), *match.args, **match.kwargs)
        assert page.status_code == 200, path
    finally:
        views.fill = fill
    assert seen, f"{path} is made of no containers"
    return [_container(one) for one in seen]


def _container(container: Any) -> dict[str, Any]:
    from broadsheet.editions.models import Section
    from broadsheet.stories.models import KIND_NUMBERS

    lists: dict[str, list[int]] = {}
    for kind, number in container.places:
        lists.setdefault(kind, []).append(number)
    kinds = {number: str(kind) for kind, number in KIND_NUMBERS.items()}
    assert set(lists) <= {"edition", "section", "topic", "kind"}, lists
    sections = Section.objects.filter(pk__in=[*lists.get("section", []), container.section_id or 0])
    return {
        "look": container.look,
        "most": container.most,
        "title": str(container.title),
        "description": str(container.description),
        "address": container.address,
        "tone": container.tone,
        "names_sections": container.names_sections,
        "takes_briefs": container.takes_briefs,
        "section": next(iter(sections.values_list("slug", flat=True)), None),
        "topic": next(iter(lists.get("topic", [])), None),
        "kinds": [kinds[number] for number in lists.get("kind", [])],
        "pins": list(container.pins),
    }
