"""Every room is built alike: it says what it is, its files have known names and one job, and none grows too large."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.house import ROOT, SOURCE, modules, promise_of, room_of, rooms, tree_of
from tests.contracts.pages_from_code import FILES, FOLDERS, PAGES

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
NO_ROOMS = {"locale", "__pycache__"}
NO_NAMES = {
    "common",
    "core",
    "helper",
    "helpers",
    "util",
    "utils",
    "service",
    "services",
    "misc",
    "base",
    "tools",
    "lib",
}


def test_whatever_lies_in_the_house_is_a_room() -> None:
    there = {path.name for path in SOURCE.iterdir() if path.is_dir()} - NO_ROOMS
    assert there == set(rooms())
    assert {path.name for path in SOURCE.glob("*.py")} == {"__init__.py", "cli.py"}


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_in_a_sentence_what_it_is(room: str) -> None:
    assert promise_of(SOURCE / room / "__init__.py").endswith(".")


def test_every_file_says_in_a_sentence_what_it_is_for() -> None:
    silent = [
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        if path.name != "apps.py" and not promise_of(path).endswith((".", "?", "!"))
    ]
    assert silent == []


def test_nothing_is_named_by_what_it_is_not() -> None:
    names = {part.removesuffix(".py") for path in modules() for part in path.relative_to(SOURCE).parts}
    assert names & NO_NAMES == set()


def test_a_room_holds_no_other_kind_of_folder_than_the_known_ones_and_its_own_packages() -> None:
    for room in rooms():
        for folder in (path for path in (SOURCE / room).iterdir() if path.is_dir() and path.name not in NO_ROOMS):
            is_known = f"{folder.name}/" in FOLDERS or folder.name.startswith("demo_")
            assert is_known or (folder / "__init__.py").exists() or not any(folder.iterdir()), folder


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_written_from_the_code_is_as_the_code_is(page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8") if (ROOT / page).exists() else ""
    assert written == PAGES[page](), "Write it anew: .venv/bin/python -m tests.contracts.pages_from_code"


def test_where_code_lives_names_every_file_and_gives_it_a_job() -> None:
    page = (ROOT / "docs/where_code_lives.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| `")]
    assert [row for row in rows if not row[1].strip()] == []
    for path in modules():
        if path.name not in ("apps.py", "__init__.py", "cli.py"):
            assert f"| `{path.relative_to(SOURCE / room_of(path)).as_posix()}` |" in page, path


def test_known_files_are_only_where_a_room_begins() -> None:
    known = set(FILES) - {"apps.py", "demo.py"}
    nested = [path for path in modules() if path.name in known and len(path.relative_to(SOURCE).parts) != 2]
    assert [path for path in nested if "commands" not in path.parts] == []


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def functions_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Each function with its length in lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_too_long_to_be_understood() -> None:
    too_long = [
        f"{path.relative_to(SOURCE)}: {name} has {length} lines"
        for path in modules()
        for name, length in functions_of(tree_of(path))
        if length > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_a_long_function_is_noticed() -> None:
    body = "\n".join(f"    a = {number}" for number in range(70))
    assert list(functions_of(ast.parse(f"def long():\n{body}\n"))) == [("long", 71)]


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in tree_of(path).body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")


def test_every_action_read_and_access_makes_a_promise() -> None:
    silent = [
        f"{path.relative_to(SOURCE)}: {function.name}"
        for path in modules()
        if path.name in ("actions.py", "reads.py", "access.py")
        for function in public_functions(path)
        if (path.name != "access.py" or function.name.startswith("access_")) and not ast.get_docstring(function)
    ]
    assert silent == []
