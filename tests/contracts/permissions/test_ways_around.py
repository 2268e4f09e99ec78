"""Ways around a refusal that somebody once found, each of them closed."""

import json
from typing import Any

import pytest
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.models import get_snippet_models

from broadsheet.editions.desk import DeleteOneByOne
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import save_story
from broadsheet.stories.models import State, Story
from tests.contracts.permissions.cast import ACTORS, OUTSIDERS, ROLES, Stage
from tests.contracts.permissions.forms import data_for
from tests.contracts.permissions.things import SECRET
from tests.contracts.permissions.visits import visit

pytestmark = pytest.mark.django_db
EDIT = "desk/stories/edit/<int:pk>/"


def send(stage: Stage, actor: str, of: str, **changes: Any) -> Story:
    """Send the editor's form with changed fields; the story as it then is."""
    story = stage.things[of]
    stage.browser(actor).post(f"/desk/stories/edit/{story.pk}/", {**data_for(EDIT, stage, of), **changes})
    kept: Story = stage.thing(of)
    return kept


@pytest.mark.parametrize("actor", ROLES)
def test_the_button_publish_publishes_only_for_those_who_may(stage: Stage, actor: str) -> None:
    may = actor in ("ed-here", "chief", "admin")
    picture = stage.newsroom.picture.pk  # without it there would be a warning to be passed
    story = send(stage, actor, "draft", **{"action-publish": "1", "body-count": "0", "lead_picture": picture})
    assert (story.state == State.PUBLISHED) is may


@pytest.mark.parametrize("actor", ["author", "ed-here"])
def test_a_story_is_not_pushed_into_a_section_or_an_edition_of_others(stage: Stage, actor: str) -> None:
    world, english = stage.newsroom.sections["world"].pk, stage.newsroom.english.pk
    for changes in ({"section": stage.newsroom.sections["economy"].pk}, {"edition": stage.newsroom.russian.pk}):
        story = send(stage, actor, "draft", **changes)
        assert (story.section_id, story.edition_id) == (world, english)
        draft = story.get_latest_revision_as_object()
        assert (draft.section_id, draft.edition_id) == (world, english)


def test_a_number_that_two_read_differently_opens_nothing(stage: Stage) -> None:
    """Wagtail reads `1_32` as 1, the sign with the number 0x32, so 12; Python as 132."""
    newsroom = stage.newsroom
    newsroom.draft(stage.person("rep-else"), pk=9132, headline="Mine", section=newsroom.sections["economy"])
    newsroom.draft(stage.person("author"), pk=912, headline=f"{SECRET}: not mine")
    for number in ("91_32", "9_132", "912 ", "+912", "９12", "912", "0x390"):
        outcome = visit(
            stage, "rep-else", "GET", f"/desk/stories/history/{number}/revisions/compare/earliest...latest/"
        )
        assert (outcome.word, outcome.tells_secret) == ("404", False), number


@pytest.mark.parametrize("number", ["abc", "-1", "1e3", "9" * 30, "_31", "1_"])
def test_what_is_no_number_is_not_found(stage: Stage, number: str) -> None:
    for path in (
        f"/desk/stories/history/{number}/revisions/compare/earliest...latest/",
        f"/desk/choose/stories/chosen/{number}/",
    ):
        assert visit(stage, "chief", "GET", path).word == "404", path


def test_the_revision_of_one_story_is_not_read_through_another(stage: Stage) -> None:
    mine, secret = stage.things["moved"], stage.things["draft"]
    for page in ("view", "revert"):
        path = f"/desk/stories/history/{mine.pk}/revisions/{secret.latest_revision_id}/{page}/"
        assert visit(stage, "ed-else", "GET", path).word == "404"
    path = f"/desk/stories/history/{mine.pk}/revisions/compare/earliest...{secret.latest_revision_id}/"
    assert visit(stage, "ed-else", "GET", path).word == "404"


@pytest.mark.parametrize("actor", OUTSIDERS[2:])
def test_lists_and_searches_of_the_desk_tell_nobody_of_what_they_may_not_read(stage: Stage, actor: str) -> None:
    searches = [
        "/desk/stories/?q=zanzi", "/desk/stories/results/?q=zanzi", "/desk/stories/?ordering=state", "/desk/",
        "/desk/stories/?state=draft", "/desk/stories/?export=xlsx", "/desk/stories/?export=csv", "/desk/stories/?p=2",
        "/desk/choose/stories/?q=zanzi", "/desk/choose/stories/results/?q=zanzi&multiple=1",
        f"/desk/pictures/usage/{stage.things['picture'].pk}/", f"/desk/people/usage/{stage.things['person'].pk}/",
        f"/desk/topics/usage/{stage.things['topic'].pk}/", "/desk/bulk/stories/story/delete/?id=all",
    ]  # fmt: skip
    told = [path for path in searches if visit(stage, actor, "GET", path).tells_secret]
    assert not told


@pytest.fixture
def with_a_card(stage: Stage) -> Story:
    """A story of a reporter of Economy with a card of a draft of World, whose id they guessed."""
    own = stage.newsroom.draft(stage.person("rep-else"), headline="Mine", section=stage.newsroom.sections["economy"])
    guessed = [{"type": "related", "value": stage.things["draft"].pk}]
    Story.objects.filter(pk=own.pk).update(body=json.dumps(guessed))
    story = Story.objects.get(pk=own.pk)
    story.save_revision(clean=False)
    return story


def test_a_card_in_ones_own_story_does_not_tell_the_headline_of_a_story_of_others(
    stage: Stage, with_a_card: Story
) -> None:
    for page in ("edit", "preview", "history", "usage"):
        assert not visit(stage, "rep-else", "GET", f"/desk/stories/{page}/{with_a_card.pk}/").tells_secret, page
    assert SECRET.encode() in visit(stage, "chief", "GET", f"/desk/stories/edit/{with_a_card.pk}/").body


def test_a_form_that_comes_back_does_not_tell_the_headline_of_a_story_of_others(stage: Stage) -> None:
    secret = str(stage.things["draft"].pk)
    card = {
        "body-count": "1",
        "body-0-type": "related",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-value": secret,
    }
    for guessed in (card, {"counterpart": secret}):
        data = {**data_for("desk/stories/add/", stage, "-"), **guessed, "kind": "no such kind"}
        outcome = visit(stage, "rep-else", "POST", "/desk/stories/add/", data)
        assert (outcome.status, outcome.tells_secret) == (200, False)
        assert f"story {secret}".encode() in outcome.body


def test_nobody_adds_a_card_of_a_story_that_they_may_not_read(stage: Stage) -> None:
    """The comparison of two versions would show its headline."""
    reporter = stage.person("rep-else")
    own = stage.newsroom.draft(reporter, headline="Mine", section=stage.newsroom.sections["economy"])
    own.body = [("related", stage.things["draft"])]
    with pytest.raises(Refused, match="may not read"):
        save_story(reporter, own)
    save_story(stage.person("chief"), own)


def test_ticking_deletes_through_our_actions_only() -> None:
    """For each model of ours: no bulk action writes by itself, also none that a new version of Wagtail brings."""
    for model in get_snippet_models():
        assert model.__module__.startswith("broadsheet."), (
            f"{model} is no room's; closed.py takes its addresses for ours"
        )
        actions = bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name)
        assert set(actions) == {DeleteOneByOne}


def test_ticking_others_beside_ones_own_deletes_ones_own_only(stage: Stage) -> None:
    mine, others = stage.things["moved"].pk, stage.things["draft"].pk
    stage.browser("ed-else").post(f"/desk/bulk/stories/story/delete/?id={mine}&id={others}")
    kept = Story.objects.filter(pk__in=(mine, others)).exclude(state="deleted")
    assert set(kept.values_list("pk", flat=True)) == {others}


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_sees_on_the_first_screen_what_they_may_not_read(stage: Stage, actor: str) -> None:
    outcome = visit(stage, actor, "GET", "/desk/")
    assert outcome.tells_secret is False or actor not in OUTSIDERS
