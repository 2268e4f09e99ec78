"""Every action × every person, on things of this section and of another, in each state that matters.

What an action refuses is decided in Python, so on PostgreSQL a few persons try. (What the database itself refuses is
tested where the constraints are.)
"""

import pytest

from tests.contracts.permissions.cast import Stage, actors
from tests.contracts.permissions.checks import ask_action
from tests.contracts.permissions.sources import parameters, public_functions, users_of_actions
from tests.contracts.permissions.tables import Row, read_table
from tests.contracts.permissions.tries import TRIES, word_of

pytestmark = pytest.mark.django_db

ROWS = read_table("actions.txt", words=1)
ACTIONS = public_functions("*/actions.py")

COMMAND_LINE = {
    "config.commands.user",
    "config.processes.first_newsroom",
    "accounts.demo",
    "editions.demo",
    "config.demo",
}
WORKER = {"jobs.worker", "jobs.upkeep", "jobs.heartbeat"}
WITHIN_AN_ACTION = {
    "stories.actions", "stories.publishing", "stories.uses", "stories.due", "newsfeed.actions", "fronts.actions",
    "mail.actions", "mediabank.actions", "proofreading.actions", "proofreading.due",
    "index.actions", "index.due",
}  # fmt: skip

INDEXING = {
    "stories.indexing", "stories.desk_index", "mediabank.indexing", "people.indexing", "editions.indexing",
}  # fmt: skip

# The actions that ask nobody's right, why that is safe, and the modules that may use them.
WITHOUT_A_PERSON: dict[str, tuple[str, set[str]]] = {
    "accounts.add_staff": ("only the operator's command line calls it, on the machine itself", COMMAND_LINE),
    "accounts.set_password": ("the same", COMMAND_LINE),
    "accounts.close_account": ("the same", COMMAND_LINE),
    "editions.assign": ("the same: nobody on the desk gives roles yet", COMMAND_LINE),
    "editions.unassign": ("the same", COMMAND_LINE),
    "jobs.run_soon": ("hands in a job of the program's own, within an action that has asked", WITHIN_AN_ACTION),
    "jobs.run_at": ("the same", WITHIN_AN_ACTION),
    "jobs.claim_due": ("the worker's own book-keeping; no request reaches it", WORKER),
    "jobs.succeed": ("the same", WORKER),
    "jobs.fail": ("the same", WORKER),
    "jobs.give_back": ("the same", WORKER),
    "jobs.take_back": ("the same", WORKER),
    "jobs.enlist": ("the same", WORKER),
    "jobs.dismiss": ("the same", WORKER),
    "jobs.prune_finished": ("the same", WORKER),
    "mail.queue_mail": (
        "called by Django's mail functions, with what the program itself wrote, and for reports and notices",
        {"mail.backend", "stories.actions", "desk.telling"},
    ),
    "mail.deliver_mail": ("a job; it sends what is queued, to whom it is queued for", set()),
    "mail.try_again": ("a job: the same, later", set()),
    "mail.send_again": ("the mailbox's page asks for mailbox.read before it calls it", {"desk.mailbox"}),
    "mediabank.set_picture_uses": ("book-keeping within a story's action, which has asked", WITHIN_AN_ACTION),
    "mediabank.set_film_uses": ("the same", WITHIN_AN_ACTION),
    "people.set_person_uses": ("the same", WITHIN_AN_ACTION),
    "proofreading.ask_for_visits": ("the same: a story's links are visited after a save", {"stories.uses"}),
    "proofreading.visit_link": ("a job: notes what is found at a link that a story has", {"proofreading.due"}),
    "newsfeed.list_story": ("the same, through a slot that wiring fills", {"config.wiring"}),
    "stories.forget_deleted_story": ("a job: what was deleted 30 days ago is forgotten", {"stories.due"}),
    "index.put": ("book-keeping within an action, which has asked", INDEXING),
    "index.remove": ("the same", INDEXING),
    "index.fill_index": ("a job: lets the search know what is there already", {"index.due"}),
    "stories.merge_some": (
        "a job: moves the stories of a topic that is being merged",
        {"stories.due"},
    ),
    "editions.end_merging": ("its end, when no story stands in the topic any more", {"stories.topics"}),
    "fronts.follow_merged_topic": ("the same, through a slot that wiring fills", {"config.wiring"}),
    "index.ask_for_index": (
        "hands that job in, when the worker starts and when the operator adds an archive",
        {"config.processes.worker", "config.commands.demo"},
    ),
    "stories.report_error": (
        "a reader's own words to the desk, by mail; how many in an hour is bounded",
        {"stories.report_views"},
    ),
    "stories.forget_reader": ("a job: removes only the address of a reader whose report was answered", {"stories.due"}),
    "desk.end_work": ("within a story's action, which has asked, through a slot that wiring fills", {"config.wiring"}),
    "desk.tell_of_remark": ("the same", {"config.wiring"}),
    "fronts.end_pins": ("a job: removes only pins whose end has come", {"fronts.due"}),
    "fronts.end_breaking": ("a job: removes only a line whose end has come", {"fronts.due"}),
    "stories.publish_what_is_due": (
        "a job: publishes only what somebody with the right has scheduled",
        {"stories.due"},
    ),
    "stories.withdraw_what_is_due": (
        "a job: withdraws only at the end that a published revision names",
        {"stories.due"},
    ),
}


def test_every_action_that_takes_a_person_has_rows() -> None:
    named = {row.name.split(" ")[0] for row in ROWS}
    missing = [name for name, action in ACTIONS.items() if "by" in parameters(action) and name not in named]
    assert not missing, (
        "These actions have no row in the permission matrix. Write down who may do them: rows in "
        "tests/contracts/permissions/tables/actions.txt, and how to try them in TRIES in tries.py: "
        + ", ".join(missing)
    )
    assert named <= ACTIONS.keys(), f"There are no such actions any more: {', '.join(named - ACTIONS.keys())}"
    assert {row.name for row in ROWS} == TRIES.keys()


def test_every_action_that_takes_no_person_says_why_nobody_from_outside_reaches_it() -> None:
    without = {name for name, action in ACTIONS.items() if "by" not in parameters(action)}
    missing = sorted(without - WITHOUT_A_PERSON.keys())
    assert not missing, (
        "These actions take no person, so nothing asks for a right. Let them take one (`by`), or say in "
        "WITHOUT_A_PERSON why nobody from outside reaches them, and who may call them: " + ", ".join(missing)
    )
    assert WITHOUT_A_PERSON.keys() <= without


def test_actions_that_ask_nobody_are_used_only_where_that_is_safe() -> None:
    users = users_of_actions()
    strangers = {
        name: sorted(found)
        for name, (_why, allowed) in WITHOUT_A_PERSON.items()
        if (found := {user for user in users[name] if user not in allowed and not _is_of_its_room(user, name)})
    }
    assert not strangers, f"These modules call actions that ask for no right: {strangers}"


def _is_of_its_room(user: str, action: str) -> bool:
    """A room's own actions and jobs may use each other; its views and its desk may not."""
    room, _dot, module = user.partition(".")
    return room == action.partition(".")[0] and module not in ("views", "desk")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_action_answers_each_person_as_the_table_says(stage: Stage, row: Row) -> None:
    assert [ask_action(stage, row, actor) for actor in actors()] == [row.expected[actor] for actor in actors()]


@pytest.mark.parametrize("action", ["stories.publish_revision", "stories.withdraw_story"])
def test_no_person_at_all_is_refused_as_nobody_is(stage: Stage, action: str) -> None:
    assert word_of(lambda: TRIES[action](stage, None, "published")) in ("no", "404")
