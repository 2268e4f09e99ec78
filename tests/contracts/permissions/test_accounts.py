"""Who is who: log-in, log-out, closed accounts, roles given and taken away, and that nobody is above the table.

SQLite is enough, but for what the database itself refuses.
"""

import pytest
from allauth.account import app_settings
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from broadsheet.accounts.actions import close_account
from broadsheet.accounts.models import User, UserKind
from broadsheet.editions.access import RoleBackend, has_right, roles_of
from broadsheet.editions.actions import assign, unassign
from broadsheet.editions.models import Assignment
from tests.contracts.permissions.cast import Stage
from tests.contracts.permissions.things import LINK
from tests.contracts.permissions.visits import visit
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "not the pass phrase"


def log_in(browser: Client, email: str, password: str) -> bool:
    """Try the log-in page; whether the browser is logged in afterwards."""
    browser.post("/account/login/", {"login": email, "password": password})
    return "_auth_user_id" in browser.session


def email_of(stage: Stage, actor: str) -> str:
    return str(User.objects.get(pk=stage.ids[actor]).email)


@pytest.mark.database
def test_the_database_refuses_a_superuser() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="root@example.org", is_superuser=True)
    plain = User.objects.create(email="plain@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=plain.pk).update(is_superuser=True)


def test_a_closed_account_loses_everything_at_once(stage: Stage) -> None:
    browser = stage.browser("chief")
    assert browser.get("/desk/stories/").status_code == 200
    close_account(email=email_of(stage, "chief"))
    answer = browser.get("/desk/stories/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")
    closed = stage.person("chief")
    assert roles_of(closed) == ()
    assert not has_right(closed, "story.read")
    assert not closed.has_perm("wagtailadmin.access_admin")
    assert RoleBackend().get_user(closed.pk) is None
    assert not log_in(stage.browser("nobody"), closed.email, PASSWORD)


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(stage: Stage) -> None:
    browser, path = stage.browser("ed-here"), f"/desk/stories/edit/{stage.things['others'].pk}/"
    assert browser.get(path).status_code == 200
    unassign(email=email_of(stage, "ed-here"), role="editor", edition="main", section="world")
    assert browser.get(path).status_code == 403
    assert browser.get("/desk/").status_code == 403
    assign(email=email_of(stage, "ed-here"), role="reporter", edition="main", section="world")
    assert browser.get("/desk/").status_code == 200
    assert visit(stage, "ed-here", "GET", path).word == "no"


def test_who_becomes_a_reader_leaves_the_desk_with_the_next_request(stage: Stage) -> None:
    browser = stage.browser("chief")
    User.objects.filter(pk=stage.ids["chief"]).update(kind=UserKind.READER)
    assert browser.get("/desk/").status_code == 403


def test_a_reader_who_logs_in_does_not_enter_the_desk(stage: Stage) -> None:
    assert Assignment.objects.filter(user_id=stage.ids["reader"]).exists(), "the reader was chief once"
    browser = stage.browser("nobody")
    assert log_in(browser, "reader@example.org", PASSWORD)
    for path in ("/desk/", "/desk/stories/", "/desk/nowhere/"):
        assert browser.get(path).status_code == 403


def test_djangos_own_groups_and_permissions_open_nothing(stage: Stage) -> None:
    """Wagtail's tables of groups are there and nobody fills them; were they filled, nothing would open."""
    everything = Permission.objects.all()
    group = Group.objects.create(name="All")
    group.permissions.set(everything)
    for actor in ("reader", "rep-else"):
        person = User.objects.get(pk=stage.ids[actor])
        person.groups.add(group)
        person.user_permissions.set(everything)
    story = stage.things["draft"].pk
    assert visit(stage, "reader", "GET", "/desk/").word == "no"
    assert visit(stage, "rep-else", "GET", f"/desk/stories/edit/{story}/").word == "404"
    for path in ("/desk/users/", "/desk/pages/", "/desk/sections/", "/desk/reports/site-history/"):
        assert visit(stage, "rep-else", "GET", path).word == "no"


def test_the_right_password_logs_in_and_a_wrong_one_does_not(stage: Stage) -> None:
    email = email_of(stage, "author")
    browser = stage.browser("nobody")
    assert not log_in(browser, email, WRONG)
    assert not log_in(browser, email, "")
    assert log_in(browser, email, PASSWORD)


def test_guessing_passwords_is_stopped(stage: Stage) -> None:
    """After a few wrong ones even the right one is refused for a while; other people's log-in goes on."""
    cache.clear()
    browser, email = stage.browser("nobody"), email_of(stage, "author")
    for _attempt in range(5):
        assert not log_in(browser, email, WRONG)
    assert not log_in(browser, email, PASSWORD)
    assert log_in(stage.browser("nobody"), email_of(stage, "chief"), PASSWORD)


def test_limits_stand_before_whatever_could_be_guessed_or_flooded() -> None:
    asked = {"login", "login_failed", "reset_password", "reset_password_from_key", "change_password", "reauthenticate"}
    assert asked <= {name for name, limit in app_settings.RATE_LIMITS.items() if limit}


def test_there_is_no_second_door(stage: Stage) -> None:
    """Wagtail's own log-in knows no limits and no second factor."""
    browser = stage.browser("nobody")
    answer = browser.post("/desk/login/", {"username": email_of(stage, "chief"), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert "_auth_user_id" not in browser.session


def test_nobody_signs_up_by_themselves(stage: Stage) -> None:
    before = User.objects.count()
    data = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    stage.browser("nobody").post("/account/signup/", data)
    assert User.objects.count() == before


def test_a_changed_password_ends_every_other_session(stage: Stage) -> None:
    browser, other = stage.browser("author"), stage.browser("nobody")
    assert log_in(other, email_of(stage, "author"), PASSWORD)
    new = "another long enough pass phrase"
    other.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get("/desk/").status_code == 200
    assert browser.get("/desk/").status_code == 302


def test_logging_out_ends_the_session_for_good(stage: Stage) -> None:
    browser = stage.browser("author")
    browser.post("/account/logout/")
    assert stage.browser("author").get("/desk/").status_code == 302, "the cookie, kept aside, opens nothing"


def test_a_mail_about_an_account_is_read_by_administrators_only(stage: Stage) -> None:
    path = f"/desk/mailbox/{stage.things['account-mail'].pk}/"
    assert LINK.encode() in visit(stage, "admin", "GET", path).body
    assert LINK.encode() not in visit(stage, "chief", "GET", path).body


@pytest.mark.parametrize(
    "path", ["/desk/stories/add/", "/desk/logout/", "/account/logout/", "/account/password/change/"]
)
def test_what_another_site_sends_is_refused(stage: Stage, path: str) -> None:
    """Without the token of our own page a POST does nothing, whoever is logged in."""
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    browser.cookies = stage.browser("chief").cookies
    assert browser.post(path, {}).status_code == 403
    assert browser.get("/desk/").status_code == 200
