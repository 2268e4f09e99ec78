"""`make test`: sets up what the tests need, then runs them all; what uses the database runs on PostgreSQL too."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile

from edge import run_tool

# Each pass: its name, pytest's -m, how many processes, and whether on PostgreSQL. What measures time is alone on the
# machine; of the others one more than two cores can do at once, because many wait for processes and a browser.
PASSES = (
    ("SQLite", "not timed", 3, False),
    ("SQLite, what measures time", "timed", 0, False),
    ("PostgreSQL", "database and not timed and not alike", 3, True),
    ("PostgreSQL, what measures time", "database and timed", 0, True),
)
NOTHING_COLLECTED = 5


def main() -> int:
    """Run every pass; the first exit code that is not 0."""
    from browser import find_browser
    from environment import say, set_up

    set_up(development=True)
    environment = {
        **os.environ,
        "BROWSER_FOR_TESTS": find_browser(),
        "BROADSHEET_STRICT_READS": "true",
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("PORT", "BROADSHEET_PORT", "BROADSHEET_DATABASE_URL"):
        environment.pop(name, None)
    outcomes = []  # type: list[tuple[str, int, list[str]]]
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(_postgresql())
        environment["HOMES_FOR_TESTS"] = stack.enter_context(_homes(address))
        for name, marks, at_once, on_postgresql in PASSES:
            say(f"\n{name}:")
            more = {"BROADSHEET_DATABASE_URL": address} if on_postgresql else {}
            outcomes.append((name, *_run_pytest(marks, at_once, {**environment, **more})))
    return _say_what_failed(outcomes)


@contextlib.contextmanager
def _homes(postgresql):
    """A folder for homes that tests copy, an empty one and the demo newsroom: a process makes them there while the
    first pass runs, for they take longer than most tests, and a migrated database on PostgreSQL."""
    from environment import PYTHON, ROOT

    with tempfile.TemporaryDirectory(prefix="broadsheet-homes-") as folder, subprocess.Popen(
        [str(PYTHON), "-m", "tests.homes", folder, postgresql], cwd=str(ROOT), start_new_session=True
    ) as making:  # fmt: skip
        try:
            yield folder
        finally:
            # With all that it started: what goes on writing would be in the way of taking the folder away.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(making.pid, signal.SIGKILL)


@contextlib.contextmanager
def _postgresql():
    """The address of a private server, which ends with this process, however that ends: it watches our pipe."""
    from pythons import CannotSetUp

    here = os.path.dirname(os.path.abspath(__file__))
    with subprocess.Popen(
        [sys.executable, os.path.join(here, "postgresql.py")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True, start_new_session=True,
    ) as server:  # fmt: skip
        lines = iter(server.stdout or ())
        for line in lines:
            if line.startswith("postgresql://"):
                yield line.strip()
                break
            sys.stdout.write(line)
        else:
            raise CannotSetUp("The tests were not run: they need PostgreSQL.")
        if server.stdin:
            server.stdin.close()


def _run_pytest(marks: str, at_once: int, environment: "dict[str, str]") -> "tuple[int, list[str]]":
    """One pass, with a home of its own; its exit code and its last lines."""
    from environment import PYTHON, ROOT

    command = [str(PYTHON), "-m", "pytest", "-m", marks, "-p", "tests.own_home", "--color=no"]
    # In their own order: what takes long stands first, and no process is left alone with it at the end.
    command += ["-n", str(at_once), "--no-loadscope-reorder"] if at_once else []
    command += shlex.split(environment.get("ARGS", ""))
    last = []  # type: list[str]
    with tempfile.TemporaryDirectory(prefix="broadsheet-tests-") as home, subprocess.Popen(
        command, cwd=str(ROOT), env={**environment, "BROADSHEET_HOME": home},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, errors="replace",
    ) as pytest:  # fmt: skip
        for line in pytest.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            last = [*last, line][-60:]
    return pytest.returncode, last


def _say_what_failed(outcomes: "list[tuple[str, int, list[str]]]") -> int:
    """Print again how the passes ended that failed before the last one; the last lines stay pytest's own."""
    failed = [(name, code, last) for name, code, last in outcomes if code not in (0, NOTHING_COLLECTED)]
    if not failed and all(code == NOTHING_COLLECTED for _, code, _ in outcomes):
        return NOTHING_COLLECTED
    if failed and failed != outcomes[-1:]:
        for name, _, last in failed:
            starts = [number for number, line in enumerate(last) if "short test summary info" in line]
            sys.stdout.write(f"\n{name} ended with:\n" + "".join(last[starts[-1] if starts else -1 :]))
    return failed[0][1] if failed else 0


if __name__ == "__main__":
    run_tool(main)
