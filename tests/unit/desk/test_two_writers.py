"""Two people in one story, through the desk's forms: both are kept, and the later one chooses."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from broadsheet.accounts.roles import Role
from broadsheet.stories.boxes import ManyBoxes
from broadsheet.stories.models import Aside, Story
from tests.factories import Newsroom
from tests.unit.desk.forms import newest, seen_form, story_form

pytestmark = pytest.mark.database
ADD = "/desk/stories/add/"
JSON = {"accept": "application/json"}


def edit(story: Story) -> str:
    return f"/desk/stories/edit/{story.pk}/"


@pytest.fixture
def hers(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.staff[Role.EDITOR])


@pytest.fixture
def his(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def test_the_later_one_is_told_sees_both_texts_and_chooses(newsroom: Newsroom, hers: Client, his: Client) -> None:
    his.post(ADD, story_form(newsroom, headline="The ferry came at noon"))
    story = newest()
    opened = seen_form(story)
    hers.post(edit(story), story_form(newsroom, headline="The ferry came at dawn", window="hers", **opened))
    sent = story_form(newsroom, headline="The ferry came at noon", standfirst="He was there.", window="his", **opened)
    answer = his.post(edit(story), sent, follow=True)
    page = answer.content.decode()
    aside = Aside.objects.get()
    assert answer.redirect_chain == [(f"/desk/stories/texts/{aside.pk}/", 302)]
    assert re.search(r"Editor \d+ changed this at", page)
    assert "<del>dawn</del><ins>noon</ins>" in page
    assert newest().get_latest_revision_as_object().headline == "The ferry came at dawn"
    choices = {"choice:headline": "theirs", "choice:standfirst": "mine", **seen_form(story)}
    saved = his.post(f"/desk/stories/texts/{aside.pk}/", choices, follow=True).content.decode()
    assert "Saved as you chose." in saved
    chosen = newest().get_latest_revision_as_object()
    assert (chosen.headline, chosen.standfirst) == ("The ferry came at dawn", "He was there.")


def test_what_was_saved_while_one_chose_is_shown_before_it_is_overwritten(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    his.post(ADD, story_form(newsroom))
    story = newest()
    opened = seen_form(story)
    hers.post(edit(story), story_form(newsroom, headline="Hers", window="hers", **opened))
    his.post(edit(story), story_form(newsroom, headline="His", window="his", **opened))
    looked = seen_form(story)
    hers.post(edit(story), story_form(newsroom, headline="Hers once more", window="hers", **looked))
    aside = Aside.objects.get()
    page = his.post(f"/desk/stories/texts/{aside.pk}/", {"choice:headline": "mine", **looked}, follow=True)
    assert "changed this at" in page.content.decode()
    assert "Hers once more" in page.content.decode()
    assert newest().get_latest_revision_as_object().headline == "Hers once more"


def test_an_autosave_over_anothers_text_is_refused_and_sets_nothing_aside(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    his.post(ADD, story_form(newsroom))
    story = newest()
    opened = seen_form(story)
    hers.post(edit(story), story_form(newsroom, headline="Hers", window="hers", **opened))
    refused = his.post(edit(story), story_form(newsroom, headline="His", window="his", **opened), headers=JSON).json()
    assert (refused["success"], refused["error_code"]) == (False, "changed-meanwhile")
    assert not Aside.objects.exists()


def test_a_text_from_which_the_window_set_out_is_believed_only_of_its_own_story(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    his.post(ADD, story_form(newsroom, headline="Base"))
    story = newest()
    base = json.dumps(story.latest_revision.content)
    other = json.dumps({**story.latest_revision.content, "pk": story.pk + 1})
    opened = seen_form(story)
    hers.post(edit(story), story_form(newsroom, headline="Hers", window="hers", **opened))
    old = {**opened, "loaded_revision_created_at": "2026-01-01T00:00:00+00:00"}
    for sent, is_kept in ((base, True), (other, False), ("{", False), ("[]", False), ("", False)):
        his.post(edit(story), story_form(newsroom, headline="His", window="his", base=sent, **old))
        assert (Aside.objects.first().base is not None) == is_kept, sent  # type: ignore[union-attr]


def test_a_story_that_was_sent_twice_because_the_answer_was_lost_is_begun_once(newsroom: Newsroom, his: Client) -> None:
    window = str(uuid.uuid4())
    first = his.post(ADD, story_form(newsroom, headline="One", window=window), headers=JSON).json()
    again = his.post(ADD, story_form(newsroom, headline="One, and on", window=window), headers=JSON).json()
    assert (again["pk"], again["url"]) == (first["pk"], first["url"])
    assert Story.objects.count() == 1
    assert newest().headline == "One, and on"


def test_a_copy_of_what_a_button_has_sent_changes_nothing_and_the_answer_says_so(
    newsroom: Newsroom, his: Client
) -> None:
    his.post(ADD, story_form(newsroom))
    opened = {"window": "his", "number": "7", **seen_form(newest())}
    his.post(edit(newest()), story_form(newsroom, headline="As sent", **opened))
    again = his.post(edit(newest()), story_form(newsroom, headline="As sent", **opened), headers=JSON).json()
    younger = {**opened, "number": "8"}
    on = his.post(edit(newest()), story_form(newsroom, headline="And on", **younger), headers=JSON).json()
    assert (again["success"], again["changed"]) == (True, False)
    assert (on["success"], on["changed"]) == (True, True)


def test_a_form_that_comes_back_with_an_error_is_the_same_window_and_counts_on(newsroom: Newsroom, his: Client) -> None:
    his.post(ADD, story_form(newsroom))
    sent = story_form(newsroom, go_live_at="nonsense", window="his", number="7", **seen_form(newest()))
    page = his.post(edit(newest()), sent).content.decode()
    assert 'name="window" value="his"' in page
    assert 'name="number" value="7"' in page


def test_anothers_window_begins_a_story_of_its_own_or_none(newsroom: Newsroom, hers: Client, his: Client) -> None:
    window = str(uuid.uuid4())
    his.post(ADD, story_form(newsroom, headline="His", window=window))
    refused = hers.post(ADD, story_form(newsroom, headline="Hers", window=window), headers=JSON).json()
    assert refused["error_code"] == "story.begun"
    assert newest().headline == "His"


@pytest.mark.parametrize("window", ["x", "0" * 500, "ё", "'; drop table", "00000000-0000-0000-0000-000000000000"])
def test_whatever_a_window_calls_itself_the_story_is_saved(newsroom: Newsroom, his: Client, window: str) -> None:
    answer = his.post(ADD, story_form(newsroom, window=window), headers=JSON).json()
    assert answer["success"], answer


def test_a_withdrawal_is_asked_of_the_story_that_the_page_showed(newsroom: Newsroom, hers: Client, his: Client) -> None:
    story = newsroom.published()
    page = his.get(f"/desk/stories/unpublish/{story.pk}/").content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    newsroom.publish(newsroom.edit(story, headline="Corrected meanwhile"))
    answer = his.post(f"/desk/stories/unpublish/{story.pk}/", {"version": version[1]}, follow=True).content.decode()
    assert "changed this" in answer
    assert Story.objects.get(pk=story.pk).live


def test_two_versions_are_compared_word_by_word_in_either_order(newsroom: Newsroom, his: Client) -> None:
    story = newsroom.draft(headline="Fog over the sound")
    first = story.latest_revision_id
    second = newsroom.edit(story, headline="Ice over the sound").latest_revision_id
    for a, b in ((first, second), (second, first)):
        page = his.get(f"/desk/stories/history/{story.pk}/revisions/compare/{a}...{b}/").content.decode()
        assert "<del>Fog</del><ins>Ice</ins> over the sound" in page
        assert f"/desk/stories/history/{story.pk}/revisions/{first}/revert/" in page
        assert f"revisions/{second}/revert/" not in page
    chosen = his.get(f"/desk/stories/compare/{story.pk}/?a={first}&b={second}")
    assert chosen.headers["Location"] == f"/desk/stories/history/{story.pk}/revisions/compare/{first}...{second}/"


def test_a_deleted_draft_is_brought_back_from_the_list(newsroom: Newsroom, his: Client) -> None:
    story = newsroom.draft(headline="Thrown away")
    page = his.post(f"/desk/stories/delete/{story.pk}/", follow=True).content.decode()
    assert "It can be brought back for 30 days." in page
    assert "Thrown away" in his.get("/desk/stories/deleted/").content.decode()
    assert his.get(edit(story)).status_code == 404
    his.post(f"/desk/stories/deleted/{story.pk}/restore/")
    assert "Thrown away" in his.get(edit(story)).content.decode()


def test_an_answer_to_an_autosave_is_made_without_the_form_that_it_does_not_show(
    newsroom: Newsroom, his: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form with all its blocks is most of the work of the editor's page."""
    made: list[str] = []
    shown = ManyBoxes.render

    def noted(self: ManyBoxes, name: str, *rest: Any, **more: Any) -> Any:
        made.append(name)
        return shown(self, name, *rest, **more)

    monkeypatch.setattr(ManyBoxes, "render", noted)
    story = newsroom.draft()
    his.get(edit(story))
    assert made
    made.clear()
    answer = his.post(
        edit(story), story_form(newsroom, headline="By itself", window="his", **seen_form(story)), headers=JSON
    ).json()
    assert answer["success"]
    assert "before-publishing" in answer["html"], "what stands beside the form is made anew"
    assert not made


def test_a_window_that_only_reads_is_told_who_saved_meanwhile(newsroom: Newsroom, hers: Client, his: Client) -> None:
    his.post(ADD, story_form(newsroom, headline="The ferry came at noon", window="his"))
    story = newest()
    opened = {"window": "his", **seen_form(story)}
    asked = f"/desk/stories/edit/{story.pk}/others/"
    assert his.get(asked, opened).json() == {"said": ""}
    hers.post(edit(story), story_form(newsroom, headline="The ferry came at dawn", window="hers", **seen_form(story)))
    said = his.get(asked, opened).json()["said"]
    assert re.fullmatch(r"Editor \d changed this at \d+ \w+ \d{4}, \d\d:\d\d, after you had opened it\.", said), said
    # What the same window saved is its own, though it has not heard so yet; and nothing is said of nothing.
    assert hers.get(asked, {**opened, "window": "hers"}).json() == {"said": ""}
    assert his.get(asked).json() == {"said": ""}


def test_a_text_from_elsewhere_is_not_changed_by_opening_it_in_two_windows(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    story = newsroom.draft(headline="The ferry came at noon", body=[("paragraph", "<p>At noon.</p>")])
    first, second = (re.findall(r"at\d{3}", one.get(edit(story)).content.decode()) for one in (hers, his))
    assert first == second == ["at000"]
