"""What the docs name is there: settings, commands and their options, make's targets, addresses, files."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve

from broadsheet.cli import _parser
from broadsheet.foundation.settings import NOT_SETTINGS, SETTINGS, TABLE
from tests.contracts.house import ROOT

FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4,}.*\n)+", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
VARIABLE = re.compile(r"\bBROADSHEET_[A-Z0-9_]*[A-Z0-9]\b")
COMMAND = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?broadsheet((?: +[^\s`|;&#]+)+)")
TARGET = re.compile(r"(?<![\w-])make +([a-z]+)\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Beginnings of paths on a machine, which are no addresses of the site.
ON_A_MACHINE = (
    "/srv/",
    "/tmp",
    "/var/",
    "/etc/",
    "/home/",
    "/usr/",
    "/backups",
    "/opt/",
    "/root",
    "/dev/",
    "/proc/",
    "/mnt/",
)
IN_THE_TREE = ("src/", "tests/", "docs/", "tools/", "requirements/", "benchmarks/", "proofs/", ".ci/")


def pages() -> list[Path]:
    """Every page of the docs; records of decisions and evidence tell of their own time."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(path for path in found if not {"decisions", "evidence"} & set(path.relative_to(ROOT).parts))


def code_of(text: str) -> Iterator[str]:
    """Every piece of code on a page: spans and blocks."""
    yield from (block for _language, block in FENCED.findall(text))
    text = FENCED.sub("", text)
    yield from INDENTED.findall(text)
    yield from SPAN.findall(text)


def on_pages() -> Iterator[tuple[Path, str]]:
    for page in pages():
        for code in code_of(page.read_text(encoding="utf-8")):
            yield page.relative_to(ROOT), code


def test_there_are_docs_for_editors_operators_and_developers() -> None:
    for reader in ("editors", "operators", "developers"):
        assert list((ROOT / "docs" / reader).glob("*.md")), reader
    assert len(list(on_pages())) > 50


def test_settings_that_the_docs_name_exist() -> None:
    variables = {setting.variable for setting in SETTINGS} | NOT_SETTINGS
    named = {(page.relative_to(ROOT), name) for page in pages() for name in VARIABLE.findall(page.read_text("utf-8"))}
    assert {(str(page), name) for page, name in named if name not in variables} == set()
    assert named


def wrong_in_toml(block: str) -> list[str]:
    """Names in a block of settings.toml that are no settings, or whose value is of another type."""
    return [
        name
        for name, value in tomllib.loads(block).items()
        if name not in TABLE or not isinstance(value, list if TABLE[name].default == () else type(TABLE[name].default))
    ]


def test_settings_in_examples_of_settings_toml_exist() -> None:
    for page in pages():
        for language, block in FENCED.findall(page.read_text(encoding="utf-8")):
            if language == "toml":
                assert wrong_in_toml(block) == [], page
    for page, code in on_pages():
        if re.fullmatch(r"[a-z_]+ = (\".*\"|\d+|true|false|\[.*\])", code):
            assert wrong_in_toml(code) == [], page


def test_a_wrong_setting_is_noticed() -> None:
    assert wrong_in_toml('site_url = "https://a.example"\nport = 8000') == []
    assert wrong_in_toml('site_adress = "a"\nport = "8000"\nallowed_hosts = "a"') == [
        "site_adress",
        "port",
        "allowed_hosts",
    ]


def test_every_setting_stands_in_the_operators_page() -> None:
    page = (ROOT / "docs/operators/settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        row = [line for line in page.splitlines() if line.startswith(f"| `{setting.name}` |")]
        assert len(row) == 1, setting.name
        assert setting.variable in row[0]


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0]) if found else {}


def wrong_in_command(line: str) -> str:
    """The first word of a `broadsheet ...` that the command does not know; empty if it knows them all."""
    parser, path = _parser(), "broadsheet"
    for word in line.split():
        choices = _choices(parser)
        if word.startswith("-"):
            options = {option for action in parser._actions for option in action.option_strings}
            if word.split("=")[0] not in options:
                return f"{path} {word}"
        elif choices:
            if word not in choices:
                return f"{path} {word}"
            parser, path = choices[word], f"{path} {word}"
    return ""


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("serve", ""),
        ("user add a@b.example --role editor", ""),
        ("user --help", ""),
        ("sing", "broadsheet sing"),
        ("user sing", "broadsheet user sing"),
        ("user add a@b.example --colour red", "broadsheet user add --colour"),
        ("--version", ""),
    ],
)
def test_a_command_that_is_none_is_noticed(line: str, wrong: str) -> None:
    assert wrong_in_command(line) == wrong


def test_commands_that_the_docs_name_exist_with_their_options() -> None:
    wrong, seen = [], 0
    for page, code in on_pages():
        for line in COMMAND.findall(re.sub(r"#.*", "", code)):
            seen += 1
            # In a list of what there is (serve | demo | user) each stands for itself; "broadsheet && cd" is a folder.
            if sentence := wrong_in_command(line):
                wrong.append(f"{page}: {sentence}")
    assert wrong == []
    assert seen > 5


def test_targets_of_make_that_the_docs_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {(str(page), target) for page, code in on_pages() for target in TARGET.findall(code)}
    assert {pair for pair in named if pair[1] not in targets} == set()
    assert named


def is_an_address(code: str) -> bool:
    """Whether a piece of code is an address of the site, whole, with nothing left to fill in."""
    return re.fullmatch(r"/[^\s<>*{}|]*", code) is not None and not code.startswith(ON_A_MACHINE)


def leads_somewhere(address: str) -> bool:
    """Whether an address has a route of its own, not only the last one, which takes whatever is left."""
    match = resolve(address.partition("?")[0])
    return match.url_name != "elsewhere"


def test_addresses_that_the_docs_name_are_routes() -> None:
    addresses = {(str(page), code) for page, code in on_pages() if is_an_address(code)}
    local = re.compile(r"https?://(?:localhost|127\.0\.0\.1)(?::\d+)?(/[^\s`)>]*)")
    addresses |= {
        (str(page.relative_to(ROOT)), path)
        for page in pages()
        for path in local.findall(page.read_text(encoding="utf-8"))
    }
    assert {pair for pair in addresses if not leads_somewhere(pair[1])} == set()
    assert len(addresses) >= 3


@pytest.mark.parametrize(("address", "leads"), [("/desk/", True), ("/ru/rss.xml", True), ("/nowhere/at/all/", False)])
def test_an_address_without_a_route_is_noticed(address: str, leads: bool) -> None:
    assert leads_somewhere(address) is leads


def test_links_of_the_docs_lead_to_files() -> None:
    broken = []
    for page in pages():
        for target in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
            path = target.partition("#")[0]
            if path and not re.match(r"[a-z]+:", path) and not (page.parent / path).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_files_that_the_docs_name_exist() -> None:
    missing = [
        f"{page}: {word}"
        for page, code in on_pages()
        for word in re.findall(r"(?<![\w/.])(?:\./)?[\w.-]+/[\w./-]+", code)
        if word.startswith(IN_THE_TREE) and not (ROOT / word.rstrip(":.")).exists()
    ]
    assert missing == []
