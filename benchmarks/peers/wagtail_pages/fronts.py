"""How a front is filled: each container by a query of its own, and no story or picture stands twice."""

from typing import Any

from benchmarks.peers.wagtail_pages.models import Brief, StoryPage


def fill(containers: Any, but: list[Any]) -> tuple[list[dict[str, Any]], set[int]]:
    """The containers that have something, and the stories that stand in them; briefs of `but` stand elsewhere."""
    elsewhere = [item.pk for item in but if isinstance(item, Brief)]
    plans = [block.value for block in containers]
    taken = {story.pk for plan in plans for story in plan["pins"] if story}
    filled = []
    for plan in plans:
        stories = _stories(plan, taken)
        taken.update(story.pk for story in stories)
        briefs = _briefs(plan, elsewhere) if plan["takes_briefs"] else []
        if stories or briefs:
            filled.append({"plan": plan, "stories": stories, "briefs": briefs})
    _show_each_picture_once(filled)
    return filled, taken


def _show_each_picture_once(filled: list[dict[str, Any]]) -> None:
    seen: set[int] = set()
    for container in filled:
        if container["plan"]["look"] not in ("opinion", "recent", "brief"):
            most = 4 if container["plan"]["look"] == "lead" else None
            for story in container["stories"][:most]:
                story.stands_above = story.lead_picture_id in seen
                seen.add(story.lead_picture_id)


def _stories(plan: Any, taken: set[int]) -> list[Any]:
    pins = [story for story in plan["pins"] if story]
    left = plan["most"] - len(pins)
    if plan["takes_briefs"] or left <= 0:
        return pins
    stories = StoryPage.for_cards().exclude(pk__in=taken)
    if plan["look"] == "opinion":
        stories = stories.prefetch_related("bylines__person")
    if plan["section"]:
        stories = stories.filter(sections=plan["section"])
    elif plan["topic"]:
        stories = stories.filter(topics=plan["topic"])
    elif plan["kinds"]:
        stories = stories.filter(kind__in=plan["kinds"])
    return [*pins, *stories[:left]]


def _briefs(plan: Any, elsewhere: list[int]) -> list[Brief]:
    briefs = Brief.objects.exclude(pk__in=elsewhere).order_by("-published_at")
    if plan["section"]:
        briefs = briefs.filter(section=plan["section"])
    return list(briefs[: plan["most"]])
