"""Rooms refer only to rooms below them also where the import linter cannot see it: relations, strings, templates."""

import ast
import itertools
import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.contracts.house import LEVEL, ROOT, SOURCE, may_know, modules, room_of, rooms, tree_of

TEMPLATE = re.compile(r"([a-z]+)/[\w./-]+\.(?:jinja|html|css|js|txt)")
MODEL = re.compile(r"([a-z]+)\.[A-Z]\w+")
MODULE = re.compile(r"broadsheet\.([a-z]+)(?:\.\w+)*")
IN_TEMPLATE = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")
STATIC = re.compile(r"/?static/([a-z]+)/|\{%\s*static\s+[\"']([a-z]+)/")
# Settings name every room because Django asks for their names there; wiring and the list of rooms are its like.
KNOWS_ALL = "config"


@pytest.mark.parametrize(
    ("room", "other", "may"),
    [
        ("stories", "people", True),
        ("stories", "stories", True),
        ("people", "stories", False),
        ("foundation", "design", False),
        ("design", "foundation", True),
        ("fronts", "chats", False),
        ("desk", "fronts", True),
        ("syndication", "desk", False),
    ],
)
def test_the_order_of_the_house(room: str, other: str, may: bool) -> None:
    assert may_know(room, other) is may


def test_every_room_has_its_place_in_the_order() -> None:
    assert [room for room in rooms() if room not in LEVEL] == []


def test_the_import_linter_holds_the_same_order() -> None:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    layers = [
        {name.strip() for name in re.split(r"[|:]", line)}
        for line in parser["importlinter:contract:rooms"]["layers"].split("\n")
        if line.strip()
    ]
    assert set().union(*layers) == {*rooms(), "cli"}
    for upper, lower in itertools.pairwise(layers):
        assert all(may_know(room, other) or LEVEL[room] == LEVEL[other] for room in upper for other in lower)


def test_relations_of_models_point_to_their_own_room_or_below() -> None:
    wrong, seen = [], 0
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("broadsheet."):
            continue
        room = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            other = field.related_model
            if field.auto_created or not isinstance(other, type) or not issubclass(other, models.Model):
                continue
            seen += 1
            if other.__module__.startswith("broadsheet.") and not may_know(room, other.__module__.split(".")[1]):
                wrong.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
    assert wrong == []
    assert seen > 20


def test_app_labels_are_the_names_of_their_rooms() -> None:
    labels = {config.name: config.label for config in apps.get_app_configs() if config.name.startswith("broadsheet.")}
    assert labels.pop("broadsheet.config") == "wiring"
    assert labels == {f"broadsheet.{room}": room for room in rooms() if room != "config"}


def test_migrations_depend_on_their_own_room_or_below() -> None:
    ours = set(rooms())
    wrong = []
    for (label, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        for other, _number in (*migration.dependencies, *migration.run_before):
            if label in ours and other in ours and not may_know(label, other):
                wrong.append(f"{label} {name} -> {other}")
    assert wrong == []


def references_in_code(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, text and room of each string that names something of a room; docstrings name what they like."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            for pattern in (TEMPLATE, MODEL, MODULE):
                if (found := pattern.fullmatch(node.value)) and found.group(1) in LEVEL:
                    yield node.lineno, node.value, found.group(1)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "get_model":
            label = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
            if (room := str(label).split(".")[0]) in LEVEL:
                yield node.lineno, f"get_model({label})", room


def references_in_template(text: str) -> Iterator[tuple[str, str]]:
    """Text and room of each template and file that a template names."""
    for name in IN_TEMPLATE.findall(text):
        if (room := name.split("/")[0]) in LEVEL:
            yield name, room
    for found in STATIC.finditer(text):
        if (room := found.group(1) or found.group(2)) in LEVEL:
            yield found.group(), room


def _upward_in_code(path: Path) -> list[str]:
    room = room_of(path)
    return [
        f"{path.relative_to(SOURCE)}:{line} {text!r}"
        for line, text, other in references_in_code(tree_of(path))
        if room != KNOWS_ALL and not may_know(room, other)
    ]


def test_strings_in_code_name_nothing_above() -> None:
    assert [line for path in modules() for line in _upward_in_code(path)] == []


def test_templates_name_nothing_above() -> None:
    wrong, seen = [], 0
    for path in [*SOURCE.rglob("templates/**/*.jinja"), *SOURCE.rglob("templates/**/*.html")]:
        for name, other in references_in_template(path.read_text(encoding="utf-8")):
            seen += 1
            if not may_know(room_of(path), other):
                wrong.append(f"{path.relative_to(SOURCE)}: {name}")
    assert wrong == []
    assert seen > 10


def test_templates_lie_under_the_name_of_their_room_or_of_what_they_replace() -> None:
    replaced = {"wagtailadmin", "account", "allauth", "mfa"}
    for path in [*SOURCE.rglob("templates/**/*.jinja"), *SOURCE.rglob("templates/**/*.html")]:
        _room, _templates, folder, *_rest = path.relative_to(SOURCE).parts
        assert folder == room_of(path) or (folder in replaced and path.suffix == ".html"), path


@pytest.mark.parametrize(
    ("code", "room"),
    [
        ('speaker = Chooser("people.Person")', "people"),
        ('models.ForeignKey("stories.Story")', "stories"),
        ('render("fronts/front.jinja", a=1)', "fronts"),
        ('import_string("broadsheet.desk.home.view")', "desk"),
        ('apps.get_model("stories", "Story")', "stories"),
        ('get_model("stories.Story")', "stories"),
        ('template_name = "desk/mailbox.html"', "desk"),
    ],
)
def test_a_reference_in_code_is_seen(code: str, room: str) -> None:
    assert room in [other for _line, _text, other in references_in_code(ast.parse(code))]


@pytest.mark.parametrize("code", ['"""people.Person"""', 'x = "story.edit"', 'x = "wagtail.create"', 'f("a/b.html")'])
def test_what_is_no_reference_is_left_alone(code: str) -> None:
    assert list(references_in_code(ast.parse(code))) == []


@pytest.mark.parametrize(
    ("template", "room"),
    [
        ('{% extends "stories/story.jinja" %}', "stories"),
        ("{%- from 'design/parts.jinja' import card -%}", "design"),
        ('{% include "desk/a.html" %}', "desk"),
        ('<link href="/static/accounts/account.css">', "accounts"),
        ('<link href="{% static "desk/desk.css" %}">', "desk"),
    ],
)
def test_a_reference_in_a_template_is_seen(template: str, room: str) -> None:
    assert [other for _text, other in references_in_template(template)] == [room]
