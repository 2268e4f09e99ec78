"""What the program's own sources say: which functions there are, and who uses which."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import broadsheet

ROOT = Path(broadsheet.__file__).parent


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def files(pattern: str) -> list[Path]:
    """The program's files that match, without migrations."""
    return sorted(file for file in ROOT.glob(pattern) if "migrations" not in file.parts)


def module_of(file: Path) -> str:
    """`stories.desk` for src/broadsheet/stories/desk.py."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def public_functions(pattern: str) -> dict[str, ast.FunctionDef]:
    """The public functions of these modules, as `room.name`."""
    return {
        f"{module_of(file).split('.')[0]}.{node.name}": node
        for file in files(pattern)
        for node in parsed(file).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]


def users_of_actions() -> dict[str, set[str]]:
    """For each action, as `room.name`, the modules that import it or call it as `actions.name`."""
    users: dict[str, set[str]] = defaultdict(set)
    for file in files("**/*.py"):
        for node in ast.walk(parsed(file)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("broadsheet."):
                continue
            room, _dot, rest = str(node.module).removeprefix("broadsheet.").partition(".")
            for alias in node.names:
                if rest == "actions":
                    users[f"{room}.{alias.name}"].add(module_of(file))
                elif alias.name == "actions" and not rest:
                    for name in _attributes_of(file, alias.asname or "actions"):
                        users[f"{room}.{name}"].add(module_of(file))
    return users


def _attributes_of(file: Path, name: str) -> set[str]:
    return {
        node.attr
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }
