"""Finds a Python that is new enough. Runs on any Python 3, also on one that is too old for everything else."""

import importlib.util
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
PARTS = ("venv", "ensurepip", "ssl", "sqlite3")
QUESTION = """
import importlib.util, sys
parts = [name for name in %r if importlib.util.find_spec(name) is None]
print("%%d.%%d" %% sys.version_info[:2], ",".join(parts))
""" % (PARTS,)


class CannotSetUp(Exception):
    """What is needed is not there; the text is one plain sentence."""


def use_new_enough_python():
    # type: () -> None
    """Go on in this Python if it is new enough and whole; else begin anew in one that is, or raise CannotSetUp."""
    if sys.version_info >= OLDEST and all(importlib.util.find_spec(name) for name in PARTS):
        return
    incomplete = None
    for path in _candidates():
        version, missing = _missing_parts(path)
        if version < OLDEST:
            continue
        if not missing:
            os.execv(path, [path] + sys.argv)
        incomplete = incomplete or (path, version, missing)
    if incomplete:
        raise CannotSetUp(_incomplete(*incomplete))
    raise CannotSetUp(
        "Broadsheet needs Python 3.11 or newer; this machine has Python %d.%d (%s). Nothing was changed. "
        "Install a newer one (Debian, Ubuntu: apt install python3.11 python3.11-venv), then run make again."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )


def _candidates():
    # type: () -> list[str]
    found = []
    for name in NAMES:
        path = shutil.which(name)
        if path and os.path.realpath(path) != os.path.realpath(sys.executable):
            found.append(path)
    return [*found, sys.executable]


def _missing_parts(path):
    # type: (str) -> tuple[tuple[int, int], list[str]]
    """The version of a Python and the modules that it lacks; version 0.0 if it does not run."""
    try:
        answer = subprocess.run([path, "-c", QUESTION], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        words = answer.stdout.decode().split()
        major, minor = words[0].split(".")
        return (int(major), int(minor)), words[1].split(",") if words[1:] else []
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return (0, 0), []


def _incomplete(path, version, missing):
    # type: (str, tuple[int, int], list[str]) -> str
    name = "%d.%d" % version
    if missing[0] in ("venv", "ensurepip"):
        packages = "python3-venv" if path.endswith("python3") else "python%s-venv" % name
        return (
            "Python %s (%s) has no %s module, which makes the environment. Nothing was changed. "
            "Install it (Debian, Ubuntu: apt install %s), then run make again." % (name, path, missing[0], packages)
        )
    return (
        "Python %s (%s) was built without its %s module, which Broadsheet needs. Nothing was changed. "
        "Install a whole Python, then run make again." % (name, path, missing[0])
    )
