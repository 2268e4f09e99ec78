"""The house as it stands: its rooms in their order, their files, and what the files say."""

import ast
import re
from functools import cache
from pathlib import Path

import broadsheet

SOURCE = Path(broadsheet.__file__).parent
ROOT = SOURCE.parent.parent
# From the upper to the lower; what shares a line does not know each other.
ORDER = """
cli
config
desk
wire syndication subscriptions search
fronts coverage discussion chats
newsfeed
quotes
stories
people
mediabank moderation proofreading
editions
accounts
live
press
mail index
jobs
design
foundation
"""
LEVEL = {room: level for level, line in enumerate(ORDER.strip().splitlines()[::-1]) for room in line.split()}


def may_know(room: str, other: str) -> bool:
    """Whether a room may refer to another: itself, or one of a lower level."""
    return room == other or LEVEL[room] > LEVEL[other]


def rooms() -> list[str]:
    """The rooms that exist, from the upper to the lower."""
    there = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    return sorted(there, key=lambda room: (-LEVEL.get(room, 99), room))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the program but migrations."""
    found = (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)
    return tuple(path for path in found if path.parent != SOURCE or path.name == "cli.py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def promise_of(path: Path) -> str:
    """The first sentence of a file's docstring, on one line; empty where there is none."""
    text = " ".join((ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].split())
    found = re.match(r"(.+?[.!?])(?=\s[A-Z]|$)", text)
    return found.group(1) if found else text
