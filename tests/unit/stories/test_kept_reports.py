"""Readers' reports: kept until the desk has answered, with the reader's address no longer than needed."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import registry as log_registry

from broadsheet.accounts.roles import Role
from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.mail.models import OutgoingMail
from broadsheet.stories.actions import answer_report, forget_reader, report_error
from broadsheet.stories.models import ErrorReport
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MAIL = "ann@reader.example"


@pytest.fixture
def report(newsroom: Newsroom) -> ErrorReport:
    story = newsroom.published(headline="The long quay")
    report_error(story_id=story.pk, headline="The long quay", address="/a/", text="It is 1,900 metres.", mail=MAIL)
    return ErrorReport.objects.get()


def test_a_report_is_kept_and_still_goes_by_mail(report: ErrorReport) -> None:
    assert (report.text, report.mail, report.answered_at) == ("It is 1,900 metres.", MAIL, None)
    assert OutgoingMail.objects.get().reply_to == MAIL


def test_a_report_is_closed_with_what_came_of_it_in_the_storys_log(newsroom: Newsroom, report: ErrorReport) -> None:
    editor = newsroom.staff[Role.EDITOR]
    answer_report(editor, report.pk, "corrected", " Two figures were swapped. ")
    report.refresh_from_db()
    assert (report.outcome, report.note, report.answered_by) == ("corrected", "Two figures were swapped.", editor)
    entry = log_registry.get_logs_for_instance(report.story).get(action="broadsheet.report.answer")
    assert str(entry.message) == "A reader’s report answered: corrected"
    assert entry.comment == "It is 1,900 metres. — Two figures were swapped."
    assert MAIL not in str(entry.data)


def test_a_second_answer_is_refused_with_who_gave_the_first(newsroom: Newsroom, report: ErrorReport) -> None:
    editor = newsroom.staff[Role.EDITOR]
    answer_report(editor, report.pk, "nothing-wrong")
    with pytest.raises(Refused, match=str(editor)):
        answer_report(newsroom.chief, report.pk, "corrected")
    report.refresh_from_db()
    assert report.outcome == "nothing-wrong"


@pytest.mark.parametrize("outcome", ["", "maybe", "\x00"])
def test_an_outcome_that_is_none_is_refused(newsroom: Newsroom, report: ErrorReport, outcome: str) -> None:
    with pytest.raises(Refused, match="what came of the report"):
        answer_report(newsroom.chief, report.pk, outcome)


def test_the_readers_address_goes_thirty_days_after_the_answer_and_not_before(
    newsroom: Newsroom, report: ErrorReport
) -> None:
    assert not forget_reader(report.pk)
    with stopped_at(NOON):
        answer_report(newsroom.chief, report.pk, "corrected")
    job = DBTaskResult.objects.get(task_path="broadsheet.stories.due.forget_reader")
    assert job.run_after == NOON + timedelta(days=30)
    with stopped_at(NOON + timedelta(days=29, hours=23)):
        assert not forget_reader(report.pk)
    assert ErrorReport.objects.get().mail == MAIL
    with stopped_at(NOON + timedelta(days=30)):
        assert forget_reader(report.pk)
        assert not forget_reader(report.pk)
    assert ErrorReport.objects.get().mail == ""


def test_a_report_is_read_and_closed_at_the_desk(newsroom: Newsroom, report: ErrorReport) -> None:
    desk, address = newsroom.at_desk(newsroom.staff[Role.EDITOR]), f"/desk/reported/{report.pk}/"
    assert address in desk.get("/desk/").content.decode()
    assert address in desk.get(f"/desk/stories/edit/{report.story_id}/").content.decode()
    page = desk.get(address).content.decode()
    assert MAIL in page
    refused = desk.post(address, {"outcome": "", "note": "A note that stays"})
    assert refused.status_code == 409
    assert "A note that stays" in refused.content.decode()
    assert desk.post(address, {"outcome": "corrected", "note": "Thanks."}).status_code == 302
    assert address not in desk.get("/desk/").content.decode()
    assert "Closed by" in desk.get(address).content.decode()
