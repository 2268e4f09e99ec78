"""Comments at a sentence: rows of their own, so that nobody's words go with somebody else's form."""

from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.desk.models import Notice
from broadsheet.foundation.refusals import Refused
from broadsheet.mail.models import OutgoingMail
from broadsheet.stories.actions import write_remarks
from broadsheet.stories.models import Answer, Remark, Story
from broadsheet.stories.sent_remarks import SentAnswer, SentRemark, read_remarks
from tests.factories import Newsroom
from tests.unit.desk.forms import story_form

pytestmark = pytest.mark.database

HEADLINE = "headline"


@pytest.fixture
def story(newsroom: Newsroom) -> Story:
    return newsroom.draft()


@pytest.fixture
def editor(newsroom: Newsroom) -> User:
    return newsroom.staff[Role.EDITOR]


def new(text: str = "Which port?", path: str = HEADLINE, **fields: Any) -> SentRemark:
    return SentRemark(None, text, path, **fields)


def again(remark: Remark, *answers: SentAnswer, **fields: Any) -> SentRemark:
    """A comment that is kept, as a form sends it back."""
    text = fields.pop("text", remark.text)
    return SentRemark(remark.pk, text, remark.path, remark.position, answers=answers, **fields)


def write(by: User, story: Story, *sent: SentRemark, **options: Any) -> None:
    write_remarks(by, story.pk, sent, **options)


def said(story: Story) -> list[str]:
    rows = Remark.objects.filter(story=story, resolved_at=None)
    return [f"{remark.text}{''.join(f' / {answer.text}' for answer in remark.answers.all())}" for remark in rows]


def test_a_comment_is_written_answered_and_resolved(newsroom: Newsroom, story: Story, editor: User) -> None:
    write(editor, story, new())
    remark = Remark.objects.get()
    assert (remark.by, remark.text, remark.path) == (editor, "Which port?", HEADLINE)
    write(newsroom.chief, story, again(remark, SentAnswer(None, "Lusvik.")))
    assert said(story) == ["Which port? / Lusvik."]
    write(editor, story, again(remark, is_resolved=True))
    remark.refresh_from_db()
    assert (said(story), remark.resolved_by) == ([], editor)
    assert Answer.objects.count() == 1


def test_of_two_who_comment_at_once_nobody_loses_a_word(newsroom: Newsroom, story: Story, editor: User) -> None:
    """Each one's form holds only what was there when it was opened."""
    write(editor, story, new("The editor's"))
    write(newsroom.chief, story, new("The chief's"))
    write(editor, story, again(Remark.objects.get(text="The editor's")), new("The editor's second"))
    write(newsroom.chief, story)
    assert said(story) == ["The editor's", "The chief's", "The editor's second"]


def test_what_is_sent_twice_because_no_answer_came_is_there_once(story: Story, editor: User) -> None:
    twice = new("Which port?", answers=(SentAnswer(None, "Never mind."),))
    write(editor, story, twice)
    write(editor, story, twice)
    assert said(story) == ["Which port? / Never mind."]
    assert Notice.objects.count() == 1


def test_what_somebody_resolved_is_not_opened_by_an_older_form(newsroom: Newsroom, story: Story, editor: User) -> None:
    write(editor, story, new())
    remark = Remark.objects.get()
    write(newsroom.chief, story, again(remark, is_resolved=True))
    write(editor, story, again(remark))
    assert said(story) == []


def test_an_answer_to_what_was_resolved_meanwhile_opens_it_again(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    write(editor, story, new())
    remark = Remark.objects.get()
    write(newsroom.chief, story, again(remark, is_resolved=True))
    write(editor, story, again(remark, SentAnswer(None, "But still.")))
    assert said(story) == ["Which port? / But still."]


def test_an_answer_to_what_was_deleted_meanwhile_becomes_a_comment(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    write(editor, story, new())
    remark = Remark.objects.get()
    write(editor, story, again(remark, is_deleted=True))
    assert not Remark.objects.exists()
    for _ in range(2):
        write(newsroom.chief, story, again(remark, SentAnswer(None, "Lusvik.")))
    assert said(story) == ["Lusvik."]


def test_nobody_changes_or_deletes_the_words_of_another(newsroom: Newsroom, story: Story, editor: User) -> None:
    write(editor, story, new(answers=(SentAnswer(None, "Well?"),)))
    remark, answer = Remark.objects.get(), Answer.objects.get()
    chief = newsroom.chief
    write(chief, story, again(remark, SentAnswer(answer.pk, "No."), text="Not what was said"))
    write(chief, story, again(remark, SentAnswer(answer.pk, "Well?", is_deleted=True), is_deleted=True))
    assert said(story) == ["Which port? / Well?"]
    write(editor, story, again(remark, SentAnswer(answer.pk, "Well then?"), text="Which port, please?"))
    assert said(story) == ["Which port, please? / Well then?"]


def test_a_comment_that_others_answered_is_resolved_where_its_writer_deletes_it(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    write(editor, story, new())
    remark = Remark.objects.get()
    write(newsroom.chief, story, again(remark, SentAnswer(None, "Lusvik.")))
    write(editor, story, again(remark, is_deleted=True))
    assert said(story) == []
    assert [answer.text for answer in Answer.objects.all()] == ["Lusvik."]


def test_where_it_stands_follows_the_text_that_was_saved_and_no_other(story: Story, editor: User) -> None:
    write(editor, story, new(path="body.a", position="[1]"))
    remark = Remark.objects.get()
    moved = SentRemark(remark.pk, remark.text, "body.b", "[2]")
    write(editor, story, moved, moves=False)
    remark.refresh_from_db()
    assert (remark.path, remark.position) == ("body.a", "[1]")
    write(editor, story, moved)
    write(editor, story, SentRemark(remark.pk, remark.text, "headline", "[3]"))
    remark.refresh_from_db()
    assert (remark.path, remark.position) == ("body.b", "[3]")


def test_a_comment_of_another_story_is_left_alone(newsroom: Newsroom, story: Story, editor: User) -> None:
    write(editor, story, new())
    other = newsroom.draft(headline="Another")
    write(editor, other, again(Remark.objects.get(), is_deleted=True))
    assert said(story) == ["Which port?"]


def test_who_may_read_a_story_but_not_change_it_does_not_comment(newsroom: Newsroom, story: Story) -> None:
    with pytest.raises(Refused):
        write(newsroom.staff[Role.MODERATOR], story, new())
    assert not Remark.objects.exists()


def test_those_who_wrote_in_a_thread_are_told_and_whoever_began_the_story(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    other, mails = newsroom.member("editor"), OutgoingMail.objects.count()
    write(editor, story, new())
    remark = Remark.objects.get()
    assert [(notice.person, notice.kind) for notice in Notice.objects.all()] == [(newsroom.chief, "remark")]
    write(other, story, again(remark, SentAnswer(None, "Lusvik.")))
    assert [(notice.person, notice.kind) for notice in Notice.objects.all()[:1]] == [(editor, "answer")]
    write(newsroom.chief, story, again(remark, is_resolved=True))
    told = {notice.person for notice in Notice.objects.filter(kind="resolved")}
    assert told == {editor, other}
    mail = OutgoingMail.objects.latest("pk")
    assert OutgoingMail.objects.count() == mails + 4
    assert f"/desk/stories/edit/{story.pk}/?comment={remark.pk}" in mail.text


def test_whoever_may_not_read_the_story_any_more_is_told_nothing(newsroom: Newsroom, editor: User) -> None:
    began = newsroom.member("reporter", edition="main", section="world")
    story = newsroom.draft(began)
    began.assignments.all().delete()  # type: ignore[attr-defined]
    write(editor, story, new())
    assert not Notice.objects.exists()


def test_no_version_holds_a_comment_so_none_brings_one_back(newsroom: Newsroom, story: Story, editor: User) -> None:
    write(editor, story, new())
    newsroom.edit(story, headline="Changed")
    write(editor, story, again(Remark.objects.get(), is_deleted=True))
    for revision in story.revisions.all():
        assert "Which port?" not in str(revision.content)
        newsroom.edit(story, headline=revision.as_object().headline)
    newsroom.publish(Story.objects.get(pk=story.pk))
    assert not Remark.objects.exists()


# --- As the editor sends them.


def rows(*comments: dict[str, Any]) -> dict[str, Any]:
    """What Wagtail's app writes into the form."""
    form: dict[str, Any] = {"comments-TOTAL_FORMS": len(comments), "comments-INITIAL_FORMS": 0}
    for number, comment in enumerate(comments):
        replies = comment.pop("replies", [])
        fields = {"DELETE": "", "resolved": "", "id": "", "position": "", **comment}
        form |= {f"comments-{number}-{name}": value for name, value in fields.items()}
        form[f"comments-{number}-replies-TOTAL_FORMS"] = len(replies)
        for place, reply in enumerate(replies):
            form |= {f"comments-{number}-replies-{place}-{name}": value for name, value in reply.items()}
    return form


def autosave(desk: Client, newsroom: Newsroom, story: Story, form: dict[str, Any], **changes: Any) -> Any:
    address = f"/desk/stories/edit/{story.pk}/"
    return desk.post(
        address, {**story_form(newsroom, **changes), **form}, headers={"accept": "application/json"}
    ).json()


def test_an_autosave_answers_with_the_comments_that_are_kept_now(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    write(editor, story, new("The editor's"))
    answer = autosave(desk, newsroom, story, rows({"text": "Who says so?", "contentpath": "standfirst"}))
    assert answer["success"], answer
    comments = answer["comments"]
    assert [comment["text"] for comment in comments["comments"]] == ["The editor's", "Who says so?"]
    assert comments["user"] == newsroom.chief.pk
    assert comments["authors"][str(editor.pk)]["name"] == str(editor)
    kept = comments["comments"][1]["pk"]
    fields = {"id": kept, "text": "Who says so?", "contentpath": "standfirst", "resolved": "1"}
    answer = autosave(desk, newsroom, story, rows(fields))
    assert [comment["text"] for comment in answer["comments"]["comments"]] == ["The editor's"]


def test_a_comment_is_kept_where_the_text_is_refused_because_somebody_else_saved_it(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    """The text is the later one's to sort out; what they said beside it is not lost meanwhile, and not said twice."""
    desk = newsroom.at_desk(editor)
    late = {"loaded_revision_id": "1", "loaded_revision_created_at": "long ago"}
    form = rows({"text": "Who says so?", "contentpath": "standfirst"}) | late
    for _ in range(2):
        assert not autosave(desk, newsroom, story, form)["success"]
    assert said(story) == ["Who says so?"]


def test_a_new_story_takes_comments_with_its_first_save(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    form = story_form(newsroom) | rows({"text": "Call the harbour", "contentpath": "body"})
    assert desk.post("/desk/stories/add/", form).status_code == 302
    assert said(Story.objects.latest("pk")) == ["Call the harbour"]


def test_what_was_said_of_a_sentence_that_is_gone_is_still_shown(
    newsroom: Newsroom, story: Story, editor: User
) -> None:
    write(editor, story, new("On a block that went", path="body.no-such-block"), new("On the headline"))
    page = newsroom.at_desk(newsroom.chief).get(f"/desk/stories/edit/{story.pk}/").content.decode()
    data = page.split('<script id="comments-data"', 1)[1].split("</script>", 1)[0]
    assert "On the headline" in data
    assert "On a block that went" not in data
    gone = page.split('<section class="desk-gone">', 1)[1].split("</section>", 1)[0]
    assert "On a block that went" in gone


NONSENSE: dict[str, dict[str, Any]] = {
    "no number": {"comments-TOTAL_FORMS": "many"},
    "far too many": {"comments-TOTAL_FORMS": "9" * 18},
    "fewer than said": {"comments-TOTAL_FORMS": "3", "comments-0-text": "a", "comments-0-contentpath": "headline"},
    "no place": {"comments-TOTAL_FORMS": "1", "comments-0-text": "a"},
    "a nought in it": {"comments-TOTAL_FORMS": "1", "comments-0-text": "a\x00b", "comments-0-contentpath": "he\x00ad"},
    "an id of nothing": {"comments-TOTAL_FORMS": "1", "comments-0-id": "9" * 18, "comments-0-text": "a"},
    "no id": {"comments-TOTAL_FORMS": "1", "comments-0-id": "x", "comments-0-DELETE": "1"},
}


@pytest.mark.parametrize("form", NONSENSE.values(), ids=NONSENSE)
def test_a_form_that_makes_no_sense_breaks_nothing(newsroom: Newsroom, story: Story, form: dict[str, Any]) -> None:
    assert autosave(newsroom.at_desk(newsroom.chief), newsroom, story, form)["success"]


def test_a_form_without_comments_holds_none() -> None:
    assert read_remarks({"headline": "a"}) == ()
    assert read_remarks(nested_form_data({"a": {"b": "c"}})) == ()
