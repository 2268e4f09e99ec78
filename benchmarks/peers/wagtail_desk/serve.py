"""The story that is named, as a Page in a copy of Broadsheet's home; then somebody at the desk who edits it."""

import os
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.wagtail_desk.settings"
COPIED = ("standfirst", "section_id", "kind", "lead_picture_id", "lead_caption", "dateline")


def fill(story_id: int) -> Any:
    """The page, published, below a front page and its section's."""
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    from wagtail.models import Page, Site

    from benchmarks.peers.wagtail_desk.models import Byline, StoryPage
    from broadsheet.stories.models import Story

    story = Story.objects.get(pk=story_id)
    front, section = Page(title="Front", slug="news-front"), Page(title=str(story.section), slug="section")
    Page.objects.get(depth=1).add_child(instance=front)
    front.add_child(instance=section)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=front, is_default_site=True)
    page = StoryPage(
        title=story.headline,
        slug=story.slug,
        body=story.body.get_prep_value(),
        topics=list(story.topics.all()),
        bylines=[Byline(person_id=byline.person_id) for byline in story.bylines.all()],
        **{name: getattr(story, name) for name in COPIED},
    )
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


def editor() -> Any:
    """A member of the newsroom in a group that may write and publish pages, and nothing else."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission, Page

    from broadsheet.accounts.models import User

    group = Group.objects.create(name="Newsroom")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    person = User.objects.get(email=os.environ["BENCH_PERSON"])
    person.groups.add(group)
    return person


def main() -> None:
    """Make the page and answer questions about its editor."""
    import django

    django.setup()
    from benchmarks.peers.at_the_desk import AtTheDesk, answer

    page = fill(int(os.environ["BENCH_STORY"]))
    answer(AtTheDesk(editor(), f"/desk/pages/{page.pk}/edit/", overwrites=True))


if __name__ == "__main__":
    main()
