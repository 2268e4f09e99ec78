"""A story goes from step to step by being handed over: who is told, what is refused, what stays when steps change."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.log_actions import registry as log_registry

from broadsheet.accounts.actions import close_account
from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.desk.access import staff_who_read
from broadsheet.desk.actions import arrange_steps, hand_over, read_all_notices, read_notice
from broadsheet.desk.models import AtWork, HandOver, Notice
from broadsheet.desk.notices import notices_of
from broadsheet.desk.steps import standing_of, steps_of
from broadsheet.foundation.refusals import Refused
from broadsheet.mail.models import OutgoingMail
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database


@pytest.fixture
def reporter(newsroom: Newsroom) -> User:
    return newsroom.member("reporter", edition="main", section="world")


@pytest.fixture
def story(newsroom: Newsroom, reporter: User) -> Story:
    return newsroom.draft(reporter)


def seen(story: Story) -> int:
    return standing_of(story).seen


def step(story: Story) -> str:
    return standing_of(Story.objects.get(pk=story.pk)).step.word


def test_a_new_story_stands_at_the_first_step_with_nobody(story: Story) -> None:
    standing = standing_of(story)
    assert (standing.step.word, standing.holder, standing.seen) == ("draft", None, 0)


def test_a_hand_over_to_a_person_is_a_row_a_notice_a_mail_and_a_line_of_the_log(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    editor = newsroom.staff[Role.EDITOR]
    OutgoingMail.objects.all().delete()
    hand_over(reporter, story.pk, "with-editor", editor.pk, " The second quote is new. ", seen=0)
    standing = standing_of(story)
    assert (standing.step.word, standing.holder) == ("with-editor", editor)
    notice = Notice.objects.get()
    assert (notice.person, notice.by, notice.text, notice.read_at) == (
        editor,
        reporter,
        "The second quote is new.",
        None,
    )
    mail = OutgoingMail.objects.get()
    assert mail.to == editor.email
    assert mail.subject == "Port to stop unloading at night: with editor"
    assert f"http://localhost:8000/desk/stories/edit/{story.pk}/" in mail.text
    assert "The second quote is new." in mail.text
    entry = log_registry.get_logs_for_instance(story).get(action="broadsheet.hand_over")
    assert str(entry.message) == f"Handed over: from draft to with editor, for {editor}"
    assert entry.comment == "The second quote is new."
    assert entry.user == reporter


def test_without_a_person_everybody_is_told_whose_role_the_step_waits_for_where_the_story_stands(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    here = newsroom.member("editor", edition="main", section="world")
    elsewhere = newsroom.member("editor", edition="main", section="economy")
    russian = newsroom.member("editor", edition="ru")
    gone = newsroom.member("editor")
    close_account(email=gone.email)
    hand_over(reporter, story.pk, "with-editor", seen=0)
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {newsroom.staff[Role.EDITOR].pk, here.pk}
    assert not {elsewhere.pk, russian.pk, gone.pk} & told
    assert HandOver.objects.get().to_role == Role.EDITOR


def test_whoever_hands_over_is_not_told_of_it(newsroom: Newsroom, story: Story) -> None:
    editor = newsroom.staff[Role.EDITOR]
    hand_over(editor, story.pk, "with-editor", editor.pk, seen=0)
    assert not Notice.objects.exists()
    assert standing_of(story).holder == editor


def test_a_story_that_goes_back_to_draft_goes_to_whoever_began_it(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    done = hand_over(reporter, story.pk, "with-editor", seen=0)
    Notice.objects.all().delete()
    hand_over(newsroom.staff[Role.EDITOR], story.pk, "draft", None, "Who says so?", seen=done.pk)
    assert [notice.person for notice in Notice.objects.all()] == [reporter]


def test_nobody_is_handed_what_they_may_not_read(newsroom: Newsroom, reporter: User, story: Story) -> None:
    stranger = newsroom.member("editor", edition="main", section="economy")
    assert newsroom.reader is not None
    for person in (stranger.pk, newsroom.reader.pk, 10**9):
        with pytest.raises(Refused, match="may not read"):
            hand_over(reporter, story.pk, "with-editor", person, seen=0)
    assert stranger not in staff_who_read(story)
    assert not HandOver.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_of_two_who_hand_over_at_once_the_second_is_told_who_did_what_and_when(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    editor, chief = newsroom.staff[Role.EDITOR], newsroom.chief
    hand_over(editor, story.pk, "ready", chief.pk, seen=0)
    with pytest.raises(Refused) as refusal:
        hand_over(reporter, story.pk, "with-editor", seen=0)
    assert str(editor) in str(refusal.value)
    assert "ready" in str(refusal.value)
    assert ":" in str(refusal.value).split("ready", 1)[1]
    assert step(story) == "ready"
    assert HandOver.objects.count() == 1


def test_even_where_the_step_is_the_same_again_the_second_is_told(newsroom: Newsroom, story: Story) -> None:
    """There and back: the step alone would not show it."""
    editor = newsroom.staff[Role.EDITOR]
    first = hand_over(editor, story.pk, "ready", seen=0)
    hand_over(editor, story.pk, "draft", seen=first.pk)
    with pytest.raises(Refused, match="meanwhile"):
        hand_over(newsroom.chief, story.pk, "ready", seen=0)


def test_a_step_that_is_not_in_the_list_is_refused(newsroom: Newsroom, story: Story) -> None:
    with pytest.raises(Refused, match="list any more"):
        hand_over(newsroom.chief, story.pk, "published", seen=0)


def test_a_published_story_waits_for_nobody_and_a_withdrawn_one_is_at_the_first_step_again(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    hand_over(reporter, story.pk, "ready", newsroom.chief.pk, seen=0)
    newsroom.publish(story)
    assert not AtWork.objects.exists()
    withdraw_story(newsroom.chief, story.pk)
    assert step(story) == "draft"
    assert HandOver.objects.count() == 1


def test_changes_of_a_published_story_are_handed_over_too(newsroom: Newsroom, story: Story) -> None:
    newsroom.publish(story)
    newsroom.edit(story, headline="Corrected")
    hand_over(newsroom.staff[Role.EDITOR], story.pk, "ready", newsroom.chief.pk, "A correction", seen=0)
    assert step(story) == "ready"
    newsroom.publish(Story.objects.get(pk=story.pk))
    assert not AtWork.objects.exists()


def test_a_section_has_steps_of_its_own_and_the_others_those_of_all(newsroom: Newsroom) -> None:
    world, culture = newsroom.sections["world"].pk, newsroom.sections["culture"].pk
    arrange_steps(newsroom.chief, world, [("draft", ""), ("Fact check", "moderator"), ("ready", "chief")])
    assert [one.word for one in steps_of(world)] == ["draft", "Fact check", "ready"]
    assert [one.word for one in steps_of(culture)] == ["draft", "with-editor", "ready"]
    arrange_steps(newsroom.chief, None, [("draft", ""), ("Read twice", "editor")])
    assert [one.word for one in steps_of(culture)] == ["draft", "Read twice"]
    arrange_steps(newsroom.chief, world, [])
    assert [one.word for one in steps_of(world)] == ["draft", "Read twice"]


def test_known_steps_are_translated_and_others_are_as_written(newsroom: Newsroom) -> None:
    arrange_steps(newsroom.chief, None, [("draft", ""), ("Fact check", "moderator")])
    with translation.override("en"):
        assert [one.name for one in steps_of(None)] == ["draft", "Fact check"]


CHANGED = {
    "the step is gone": (["draft", "legal", "print"], "fact check", "draft"),
    "several are gone": (["draft", "print"], "legal", "draft"),
    "one before it is left": (["draft", "fact check", "print"], "legal", "fact check"),
    "the first is gone": (["idea", "legal"], "draft", "idea"),
    "it moved to the end": (["print", "draft", "legal", "fact check"], "fact check", "fact check"),
    "nothing is left": ([], "legal", "draft"),
}


@pytest.mark.parametrize(("words", "before", "after"), CHANGED.values(), ids=CHANGED)
def test_a_story_whose_step_is_gone_stands_at_the_nearest_one_before_it(
    newsroom: Newsroom, story: Story, words: list[str], before: str, after: str
) -> None:
    world = newsroom.sections["world"].pk
    arrange_steps(newsroom.chief, world, [(word, "") for word in ("draft", "fact check", "legal", "print")])
    hand_over(newsroom.chief, story.pk, before, newsroom.staff[Role.EDITOR].pk, seen=0)
    arrange_steps(newsroom.chief, world, [(word, "editor") for word in words])
    assert step(story) == after
    assert standing_of(story).holder == newsroom.staff[Role.EDITOR]
    hand_over(newsroom.chief, story.pk, steps_of(world)[-1].word, seen=seen(story))


def test_a_story_that_is_moved_to_a_section_without_its_step_stands_at_one_of_that_list(
    newsroom: Newsroom, story: Story
) -> None:
    culture = newsroom.sections["culture"]
    arrange_steps(newsroom.chief, newsroom.sections["world"].pk, [(word, "") for word in ("draft", "a", "b", "c", "d")])
    hand_over(newsroom.chief, story.pk, "d", seen=0)
    newsroom.edit(story, section=culture)
    assert step(story) in [one.word for one in steps_of(culture.pk)]


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([("a", ""), ("A", "")], "same name"),
        ([(str(number), "") for number in range(13)], "at most 12"),
        ([("x" * 61, "")], "at most 60"),
        ([("a", "pope")], "no such role"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(newsroom: Newsroom, steps: list[tuple[str, str]], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        arrange_steps(newsroom.chief, None, steps)
    assert [one.word for one in steps_of(None)] == ["draft", "with-editor", "ready"]


def test_a_mail_is_written_in_the_language_of_whoever_gets_it(newsroom: Newsroom) -> None:
    story = newsroom.draft(edition=newsroom.russian, headline="Порт")
    editor = newsroom.member("editor", edition="ru")
    both = newsroom.staff[Role.EDITOR]
    hand_over(newsroom.chief, story.pk, "with-editor", editor.pk, seen=0)
    assert OutgoingMail.objects.latest("pk").subject == _in("ru", "Порт")
    hand_over(newsroom.chief, story.pk, "with-editor", both.pk, seen=seen(story))
    assert OutgoingMail.objects.latest("pk").subject == _in("ru", "Порт")
    english = newsroom.draft(headline="The port")
    hand_over(newsroom.chief, english.pk, "with-editor", both.pk, seen=0)
    assert OutgoingMail.objects.latest("pk").subject == _in("en", "The port")


def _in(language: str, headline: str) -> str:
    from broadsheet.desk.steps import name_of

    with translation.override(language):
        return f"{headline}: {name_of('with-editor')}"


def test_a_headline_of_two_lines_does_not_stop_a_hand_over(newsroom: Newsroom) -> None:
    story = newsroom.draft(headline="Two\nlines")
    hand_over(newsroom.chief, story.pk, "with-editor", newsroom.staff[Role.EDITOR].pk, seen=0)
    assert OutgoingMail.objects.get().subject.startswith("Two lines")


def test_notices_are_read_one_by_one_or_all_by_whom_they_are_for(newsroom: Newsroom) -> None:
    editor = newsroom.staff[Role.EDITOR]
    for headline in ("One", "Two", "Three"):
        hand_over(newsroom.chief, newsroom.draft(headline=headline).pk, "with-editor", editor.pk, seen=0)
    newest = notices_of(editor, unread=True)[0]
    read_notice(editor, newest.pk)
    assert [notice.story.headline for notice in notices_of(editor, unread=True)] == ["Two", "One"]
    assert read_all_notices(editor) == 2
    assert not notices_of(editor, unread=True)
    assert len(notices_of(editor)) == 3


# --- At the desk.


def form(**changes: Any) -> dict[str, Any]:
    return {"step": "with-editor", "person": "", "note": "Please look.", "seen": "0", **changes}


def test_the_form_works_on_a_page_of_its_own_without_a_script(newsroom: Newsroom, reporter: User, story: Story) -> None:
    desk, address = newsroom.at_desk(reporter), f"/desk/hand-over/{story.pk}/"
    page = desk.get(address).content.decode()
    assert '<option value="with-editor" selected>' in page
    answer = desk.post(address, form(), follow=True)
    assert answer.redirect_chain[-1][0] == f"/desk/stories/edit/{story.pk}/"
    assert "Handed over: with editor, editor." in answer.content.decode()
    assert step(story) == "with-editor"


def test_what_is_refused_is_said_on_the_form_and_the_note_stays(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    hand_over(newsroom.chief, story.pk, "ready", seen=0)
    answer = newsroom.at_desk(reporter).post(f"/desk/hand-over/{story.pk}/", form(note="A note of some length"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Clara Chief handed this story over meanwhile: ready" in page
    assert "A note of some length" in page
    assert f'name="seen" value="{seen(story)}"' in page


@pytest.mark.parametrize("field", ["step", "person", "seen"])
@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "\x00", "٣"])
def test_a_form_that_makes_no_sense_ends_in_a_sentence(
    newsroom: Newsroom, story: Story, field: str, value: str
) -> None:
    answer = newsroom.at_desk(newsroom.chief).post(f"/desk/hand-over/{story.pk}/", form(**{field: value}))
    assert answer.status_code in (302, 409)


def test_the_panel_beside_the_editor_shows_step_holder_way_and_log(
    newsroom: Newsroom, reporter: User, story: Story
) -> None:
    hand_over(reporter, story.pk, "with-editor", newsroom.staff[Role.EDITOR].pk, "The lawyer knows.", seen=0)
    page = newsroom.at_desk(reporter).get(f"/desk/stories/edit/{story.pk}/").content.decode()
    panel = page.split('data-side-panel="workflow"', 1)[1].split("data-side-panel=", 1)[0]
    assert 'class="desk-here" aria-current="step">with editor' in panel
    assert str(newsroom.staff[Role.EDITOR]) in panel
    assert panel.count("The lawyer knows.") == 2
    assert "Begun" in panel
    assert f'action="/desk/hand-over/{story.pk}/"' in panel


def test_an_autosave_does_not_put_the_panel_in_anew_while_somebody_types_a_note(
    newsroom: Newsroom, story: Story, reader: Client
) -> None:
    from tests.unit.desk.forms import story_form

    desk = newsroom.at_desk(newsroom.chief)
    address = f"/desk/stories/edit/{story.pk}/"
    answer = desk.post(address, story_form(newsroom), headers={"accept": "application/json"}).json()
    assert answer["success"]
    assert "desk-hand-over" not in answer["html"]


def test_an_administrator_writes_the_steps_in_a_form(newsroom: Newsroom) -> None:
    desk, world = newsroom.at_desk(newsroom.chief), newsroom.sections["world"].pk
    rows = {"name": ["draft", "", "Fact check", "ready"], "role": ["", "editor", "moderator", "chief"]}
    assert desk.post(f"/desk/steps/{world}/", rows).status_code == 302
    assert [(one.word, one.waits_for) for one in steps_of(world)] == [
        ("draft", ""),
        ("Fact check", "moderator"),
        ("ready", "chief"),
    ]
    assert "Fact check" in desk.get("/desk/steps/").content.decode()
    assert desk.post(f"/desk/steps/{world}/", rows | {"own": ""}).status_code == 302
    assert steps_of(world) == steps_of(None)
    twice = desk.post("/desk/steps/", {"name": ["a", "a"], "role": ["", ""]})
    assert (twice.status_code, "same name" in twice.content.decode()) == (409, True)


def test_whoever_hands_over_to_a_role_that_nobody_has_is_told(newsroom: Newsroom, reporter: User, story: Story) -> None:
    sent = {"step": "with-editor", "person": "", "note": "", "seen": "0"}
    at_desk = newsroom.at_desk(reporter)
    page = at_desk.post(f"/desk/hand-over/{story.pk}/", sent, follow=True).content.decode()
    assert "Nobody has the role" not in page
    for person in list(staff_who_read(story)):
        if person.pk != reporter.pk:
            close_account(email=person.email)
    page = at_desk.post(
        f"/desk/hand-over/{story.pk}/", {**sent, "seen": str(seen(story))}, follow=True
    ).content.decode()
    assert "Nobody has the role of editor for this story." in page
