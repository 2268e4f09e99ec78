"""Every write is an action: nothing else in the program saves, deletes or updates a row."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.house import SOURCE, modules, tree_of

WRITES = re.compile(
    r"a?(save|delete|create|bulk_create|bulk_update|get_or_create|update_or_create|create_user|create_superuser"
    r"|save_revision|raw|truncate)"
)
SQL = re.compile(
    r"\s*(INSERT\s+INTO|REPLACE\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE\s|(DROP|ALTER|CREATE)\s+[A-Z]+\s)",
    re.I,
)
# Files beside actions.py that write, and why. The first group is called by actions (and each other) alone.
CALLED_BY_ACTIONS = {
    "stories/lists.py": "the listing table, one step of publishing",
    "newsfeed/lists.py": "the listing table of the newsfeed, one step of publishing stories and briefs",
    "stories/publishing.py": "how a story comes to its readers and goes: steps of the actions that ask for the right",
    "stories/uses.py": "what a body refers to, one step of every save of a story",
    "stories/remark_threads.py": "comments at a sentence, one step of the action that takes them from a form",
    "stories/kept_filters.py": "filters that people keep, one step of the action on them",
    "stories/kept_reports.py": "readers' reports, one step of the actions on them",
    "desk/telling.py": "a notice and its mail, one step of the desk's actions",
    "stories/topics.py": "stories move from a topic to another, one step of merging the two",
    "stories/desk_index.py": "when a story was touched, one step of every action on it",
    "stories/addresses.py": "the address, one step of the first publication",
    "accounts/models.py": "the manager that Django asks for; accounts.actions calls it",
}
IN_BULK = {
    "config/archive/bulk_writer.py": "an invented archive of many thousand stories, for the demo command alone",
    "config/archive/tables.py": "its rows, many in a statement",
}
WRITE_NO_ROWS = {
    "mediabank/files.py": "saves a picture into memory",
    "mediabank/rendition_files.py": "saves a picture into a file",
    "mediabank/demo.py": "puts a file into a picture that add_picture then saves",
    "index/models.py": "declares the triggers that keep SQLite's words beside the entries",
    "foundation/triggers.py": "makes the database's own rules",
    "config/backups/": "copies a whole database, below every model",
}


def writes_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every call that writes to the database, or that would if its object were a row."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            # A QuerySet is updated by keywords; dictionaries, sets and hashes by what stands in a place.
            if WRITES.fullmatch(name) or (name in ("update", "aupdate") and node.keywords and not node.args):
                yield node.lineno, f"{ast.unparse(node.func)}(...)"[:80]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield node.lineno, node.value.strip()[:80]


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _may_write(name: str) -> bool:
    listed = {*CALLED_BY_ACTIONS, *IN_BULK, *WRITE_NO_ROWS}
    return name.endswith("/actions.py") or any(name == entry or name.startswith(f"{entry}") for entry in listed)


def test_only_actions_write() -> None:
    wrong = [
        f"{_name(path)}:{line} {text}"
        for path in modules()
        if not _may_write(_name(path))
        for line, text in writes_in(tree_of(path))
    ]
    assert wrong == []


def test_views_the_desk_reads_and_access_are_never_excepted() -> None:
    excepted = {entry.rsplit("/", 1)[1] for entry in (*CALLED_BY_ACTIONS, *IN_BULK, *WRITE_NO_ROWS)}
    assert excepted.isdisjoint({"views.py", "desk.py", "reads.py", "access.py", "forms.py", "wagtail_hooks.py"})


@pytest.mark.parametrize("entry", [*CALLED_BY_ACTIONS, *IN_BULK, *WRITE_NO_ROWS])
def test_an_exception_is_still_needed(entry: str) -> None:
    files = [path for path in modules() if _name(path).startswith(entry)]
    assert any(list(writes_in(tree_of(path))) for path in files)


def imports_of(tree: ast.AST) -> set[str]:
    """The modules that a file imports, and the modules that its names may be."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("entry", [entry for entry in CALLED_BY_ACTIONS if not entry.endswith("models.py")])
def test_what_writes_for_actions_is_called_by_them_alone(entry: str) -> None:
    module = "broadsheet." + entry.removesuffix(".py").replace("/", ".")
    callers = {_name(path) for path in modules() if module in imports_of(tree_of(path))}
    allowed = {f"{entry.split('/')[0]}/actions.py", *CALLED_BY_ACTIONS, *IN_BULK}
    assert callers
    assert callers <= allowed


@pytest.mark.parametrize("entry", IN_BULK)
def test_what_writes_in_bulk_is_called_by_the_archive_alone(entry: str) -> None:
    module = "broadsheet." + entry.removesuffix(".py").replace("/", ".")
    callers = {_name(path) for path in modules() if module in imports_of(tree_of(path))}
    assert callers
    assert all(caller.startswith("config/archive/") for caller in callers)


def test_only_actions_make_users() -> None:
    makers = {"create_user", "create_superuser"}
    found = {
        _name(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in makers
    }
    assert found <= {"accounts/actions.py"}


@pytest.mark.parametrize(
    "code",
    [
        "story.save()",
        "story.delete()",
        "Story.objects.create(headline='a')",
        "Story.objects.filter(pk=1).update(headline='a')",
        "rows.update(**values)",
        "Story.objects.bulk_create([a])",
        "Story.objects.get_or_create(a=1)",
        "await story.asave()",
        "await rows.aupdate(a=1)",
        "story.save_revision(user=None)",
        "cursor.execute('UPDATE stories_story SET live = 1')",
        "cursor.execute(' delete from stories_story')",
        "User.objects.create_user('a')",
    ],
)
def test_a_write_is_seen(code: str) -> None:
    assert list(writes_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["names.update({'a': 1})", "digest.update(data)", "found.update(ids)", "cursor.execute('SELECT 1')", "x.saved()"],
)
def test_what_writes_no_row_is_left_alone(code: str) -> None:
    assert not list(writes_in(ast.parse(code)))
