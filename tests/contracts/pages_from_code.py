"""The two pages of docs that are written from the code. After a change of the code, write them anew:

.venv/bin/python -m tests.contracts.pages_from_code
"""

from pathlib import Path

from broadsheet.foundation.settings import SETTINGS, Setting
from tests.contracts.house import ROOT, SOURCE, modules, promise_of, room_of, rooms

HOW = "<!-- Written from the code by `.venv/bin/python -m tests.contracts.pages_from_code`; a test compares. -->"
# The files that a room may have, always under these names, and what such a file is for.
FILES = {
    "models.py": "tables and constraints; writes nothing elsewhere",
    "access.py": "`access_x(person, id)`: the permission check that returns the object, the only way from an id to it",
    "reads.py": "every query that feeds a page, with its keys",
    "actions.py": "every write: one verb, one transaction, one event",
    "events.py": "what happened, as frozen values (ids and words)",
    "on_events.py": "what this room does when a room below says that something happened (none needs it yet)",
    "due.py": "what happens later or at a time, as jobs; each may run twice without harm",
    "views.py": "HTTP in, HTTP out, nothing else",
    "urls.py": "addresses; all are in `config/urls.py` as long as they fit there",
    "desk.py": "how this room looks on the desk, calling actions",
    "demo.py": "believable demo content",
    "apps.py": "the room's name for Django",
}
FOLDERS = {
    "templates/": "this room's pages and parts",
    "parts/": "the parts that pages are made of: a folder each, with its style and its examples",
    "dictionaries/": "words of each language, as they came, with their sources and licences",
    "static/": "styles, scripts and pictures of the interface",
    "migrations/": "how the tables came to be",
}
ELSEWHERE = {
    "tests/unit/": "tests at the same path as the source",
    "tests/contracts/": "what holds for the whole house: order, words, addresses, docs, every page",
    "tests/contracts/permissions/": "who may do what at every address and by every action",
    "tests/journeys/": "a browser and real processes, from end to end",
    "tests/journeys/page_quality/": "every kind of page in a browser: access, HTML, widths, loading, keyboard",
    "tests/factories.py": "a small newsroom for tests",
    "proofs/": "long, seeded, resumable proofs; small ones run in `make test`",
    "benchmarks/": "pairs against something real, measured in the same run",
    "docs/": "for editors, operators and developers; decisions; evidence",
    "requirements/": "what is installed, locked and hashed",
    "tools/page_checks/": "the npm packages that check pages, locked and hashed; only tests and benchmarks need them",
}


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def _job(path: Path) -> str:
    return promise_of(path) or (FILES["apps.py"] if path.name == "apps.py" else "")


def _room(room: str) -> list[str]:
    folder = SOURCE / room
    lines = ["", f"### {room}", "", promise_of(folder / "__init__.py"), "", "| file | its one job |", "|---|---|"]
    for path in modules():
        if room_of(path) == room and path.suffix == ".py" and path.name not in ("__init__.py", "apps.py"):
            lines.append(f"| `{path.relative_to(folder).as_posix()}` | {cell(_job(path))} |")
        elif room_of(path) == room and path.name == "__init__.py" and path.parent != folder:
            lines.append(f"| `{path.parent.relative_to(folder).as_posix()}/` | {cell(_job(path))} |")
    return lines


def _tools() -> list[str]:
    lines = ["", "## Tools", "", "| file | its one job |", "|---|---|"]
    for path in sorted((ROOT / "tools").glob("*.py")):
        lines.append(f"| `tools/{path.name}` | {cell(promise_of(path))} |")
    return lines


def where_code_lives() -> str:
    """docs/where_code_lives.md: each room, each file, its one job."""
    lines = [
        "# Where code lives",
        "",
        HOW,
        "",
        "`src/broadsheet/` is a house of rooms, named by the words of the trade. A room knows the rooms that stand",
        "below it in this list, never one above or beside it: `.importlinter` holds that for imports, and",
        "`tests/contracts/test_upward_references.py` for relations, strings and templates.",
        "",
        "## Files with the same name wherever a room has them",
        "",
        "| file | what it is for |",
        "|---|---|",
        *(f"| `{name}` | {job} |" for name, job in (*FILES.items(), *FOLDERS.items())),
        "",
        "## Rooms, from the upper to the lower",
        "",
        f"`cli.py`: {promise_of(SOURCE / 'cli.py')}",
    ]
    for room in rooms():
        lines += _room(room)
    lines += _tools()
    lines += ["", "## Elsewhere", "", "| place | what is there |", "|---|---|"]
    lines += [f"| `{place}` | {what} |" for place, what in ELSEWHERE.items()]
    return "\n".join(lines) + "\n"


def _as_toml(setting: Setting) -> str:
    value = setting.default
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{word}"' for word in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


def settings_page() -> str:
    """docs/operators/settings.md: one row for each setting."""
    lines = [
        "# Settings",
        "",
        HOW,
        "",
        "A setting comes from the environment, else from `settings.toml` in the home, else it is the default. A wrong",
        "one stops the start with a sentence that names the line. `broadsheet check` says what is unsafe.",
        "",
        "```toml",
        "# settings.toml",
        'site_url = "https://news.example"',
        'mail = "smtp"',
        'smtp_host = "mail.example"',
        "```",
        "",
        "`BROADSHEET_HOME` names the home itself (else `./newsroom`), and `PORT` is another name of `BROADSHEET_PORT`;",
        "both stand in the environment only. There a list is written with commas:",
        "`BROADSHEET_ALLOWED_HOSTS=a.example,b.example`.",
        "",
        "| in settings.toml | in the environment | default | what it is for |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{setting.name}` | `{setting.variable}` | `{_as_toml(setting)}` | {cell(setting.meaning)} |"
        for setting in SETTINGS
    ]
    return "\n".join(lines) + "\n"


PAGES = {"docs/where_code_lives.md": where_code_lives, "docs/operators/settings.md": settings_page}


if __name__ == "__main__":
    for name, write in PAGES.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(write(), encoding="utf-8")
