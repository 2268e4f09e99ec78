"""Who publishes without being asked: programs that are named here, and nothing of the desk's."""

import ast
from pathlib import Path

import pytest

from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import publish_revision
from broadsheet.stories.checks.passing import NOT_PASSED
from tests.contracts.house import SOURCE, modules, tree_of
from tests.factories import Newsroom

# Programs behind which nobody sits whom one could ask.
# The second publishes words again that readers see already, with a topic or a section more.
PROGRAMS = {"stories/demo.py", "stories/desk/bulk.py"}


def calls_in(tree: ast.AST) -> list[ast.Call]:
    """The calls by which a revision is published, however the action is imported."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).split(".")[-1] == "publish_revision"]


def is_asked(call: ast.Call) -> bool:
    """Whether a call says which warnings were passed: none or some, but not nothing at all."""
    passed = next((word.value for word in call.keywords if word.arg == "passed"), None)
    return passed is not None and ast.unparse(passed) != "None"


def test_whatever_publishes_says_which_warnings_were_passed_but_for_named_programs() -> None:
    unasked = {
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        for call in calls_in(tree_of(Path(path)))
        if not is_asked(call)
    }
    assert unasked == PROGRAMS


def test_the_desk_has_calls_that_are_found() -> None:
    found = {path.name for path in modules() if calls_in(tree_of(Path(path)))}
    assert {"editor.py", "passing.py", "models.py"} <= found


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("actions.publish_revision(by, revision)", False),
        ("publish_revision(by, revision, passed=None)", False),
        ("publish_revision(by, revision, passed=frozenset())", True),
        ("actions.publish_revision(by, revision, passed=passed)", True),
    ],
)
def test_a_call_that_asks_nobody_is_seen(code: str, asked: bool) -> None:
    (call,) = calls_in(ast.parse(code))
    assert is_asked(call) is asked


@pytest.mark.database
def test_the_refusal_names_what_was_not_passed_and_nothing_else(newsroom: Newsroom) -> None:
    story = newsroom.draft(standfirst="They recieved it.")
    with pytest.raises(Refused) as refusal:
        publish_revision(newsroom.chief, story.latest_revision, passed=frozenset({"no-lead-picture"}))
    assert refusal.value.code == NOT_PASSED
    assert refusal.value.sentence == "“recieved” is in no dictionary."
    assert refusal.value.what_is_safe == "The text is saved as a draft. Nothing was published."


@pytest.mark.database
def test_whoever_may_not_publish_learns_of_no_warning(newsroom: Newsroom) -> None:
    story = newsroom.draft(standfirst="They recieved it.")
    with pytest.raises(Refused) as refusal:
        publish_revision(newsroom.staff["reporter"], story.latest_revision, passed=frozenset())  # type: ignore[index]
    assert refusal.value.code == "forbidden"
