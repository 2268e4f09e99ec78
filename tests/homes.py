"""Real homes for tests that start real processes: prepared once, then copied, on SQLite or PostgreSQL."""

import functools
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.waiting import eventually

ROOT = Path(__file__).parent.parent
PREPARE = """
from broadsheet import __version__
from broadsheet.config.processes.prepare import prepare
from broadsheet.foundation.home import home_from_environment
home_from_environment().prepare(__version__)
prepare()
"""
TEMPLATE = "broadsheet_template"
DEMO_TEMPLATE = "broadsheet_demo_template"
SECONDS_TO_MAKE = 300.0


@dataclass(frozen=True)
class RealHome:
    """A prepared home without content, and the environment in which its processes run."""

    path: Path
    environment: dict[str, str]

    def python(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start a Python that works on this home."""
        return subprocess.Popen([sys.executable, *arguments], env=self.environment, cwd=ROOT, text=True, **options)

    def run(self, script: str, *arguments: str) -> str:
        """Run a script with Django set up; what it prints."""
        start = "from broadsheet.config.start import start_django\nstart_django()\n"
        return subprocess.run(
            [sys.executable, "-c", start + script, *arguments],
            env=self.environment,
            cwd=ROOT,
            text=True,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout

    def rows(self, query: str) -> list[Any]:
        """What a query reads from the home's database."""
        address = self.environment.get("BROADSHEET_DATABASE_URL")
        if address:
            with psycopg.connect(address) as database:
                return database.execute(query.encode()).fetchall()
        with closing(sqlite3.connect(self.path / "broadsheet.sqlite3", timeout=20)) as database:
            return database.execute(query).fetchall()


def clean_environment(home: Path) -> dict[str, str]:
    """The environment of a process of Broadsheet on a home, without the settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_") and name != "PORT"}
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return {**kept, "BROADSHEET_HOME": str(home), "PYTHONPATH": paths, "BROADSHEET_LOG": "text"}


def real_home(path: Path, *, postgresql: str = "") -> RealHome:
    """A copy of the prepared home at a path; with a PostgreSQL server's address, on a database of its own there."""
    shutil.copytree(_prepared(postgresql), path)
    environment = clean_environment(path)
    if postgresql:
        environment["BROADSHEET_DATABASE_URL"] = _database(postgresql, _name_for(path), template=TEMPLATE)
    return RealHome(path, environment)


def _name_for(path: Path) -> str:
    return f"broadsheet_{os.getpid()}_{path.parent.name}".lower().replace("-", "_")


def home_with_demo(path: Path, *, postgresql: str = "") -> RealHome:
    """A copy of the demo newsroom at a path; with a PostgreSQL server's address, on a database of its own there."""
    if not postgresql:
        shutil.copytree(made_for_all("demo") or _demo(), path)
        return RealHome(path, clean_environment(path))
    shutil.copytree(made_for_all("demo-template") or _demo(postgresql), path)
    environment = clean_environment(path)
    environment["BROADSHEET_DATABASE_URL"] = _database(postgresql, _name_for(path), template=DEMO_TEMPLATE)
    return RealHome(path, environment)


def made_for_all(name: str) -> Path | None:
    """What `make test` makes once for all passes while the first one runs (`python -m tests.homes`): a home
    (“prepared”, “demo”), or “template” and “demo-template” for databases on PostgreSQL. Waited for; None where it is
    not made."""
    if not os.environ.get("HOMES_FOR_TESTS"):
        return None
    folder = Path(os.environ["HOMES_FOR_TESTS"])
    eventually(lambda: (folder / name).exists() or (folder / "ended").exists(), SECONDS_TO_MAKE)
    return folder / name if (folder / name).exists() else None


@functools.cache
def _demo(postgresql: str = "") -> Path:
    home = Path(tempfile.mkdtemp(prefix="broadsheet-demo-")) / "home"
    fill_demo(home, postgresql)
    return home


def fill_demo(path: Path, postgresql: str = "") -> Path:
    """Make a home the demo newsroom, with no job left to do: renditions are made when a page asks for them.

    With a PostgreSQL server's address, with DEMO_TEMPLATE as its database.
    """
    home = RealHome(path, clean_environment(path))
    if postgresql:
        home.environment["BROADSHEET_DATABASE_URL"] = _database(postgresql, DEMO_TEMPLATE, template=TEMPLATE)
    subprocess.run(
        [sys.executable, "-m", "broadsheet.cli", "demo"],
        env=home.environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    home.run("from django_tasks_db.models import DBTaskResult\nDBTaskResult.objects.all().delete()")
    return path


@functools.cache
def _prepared(postgresql: str) -> Path:
    made = made_for_all("template" if postgresql else "prepared")
    return made or prepare(Path(tempfile.mkdtemp(prefix="broadsheet-prepared-")) / "home", postgresql)


def prepare(home: Path, postgresql: str = "") -> Path:
    """Make a home without content at a path; with a PostgreSQL server's address, with TEMPLATE as its database."""
    environment = clean_environment(home)
    if postgresql:
        environment["BROADSHEET_DATABASE_URL"] = _database(postgresql, TEMPLATE, template="template0")
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return home


def _database(server: str, name: str, *, template: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def main(folder: Path, postgresql: str) -> None:
    """Make in a folder what `made_for_all` gives; each appears under its name when it is whole."""
    half = folder / "half"
    try:
        prepare(half).rename(folder / "prepared")
        shutil.copytree(folder / "prepared", half)
        fill_demo(half)
        half.rename(folder / "demo")
        if postgresql:
            prepare(half, postgresql).rename(folder / "template")
            shutil.copytree(folder / "template", half)
            fill_demo(half, postgresql).rename(folder / "demo-template")
    finally:
        (folder / "ended").touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3] or [""])
