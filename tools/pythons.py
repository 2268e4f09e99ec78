"""Finds a Python that is new enough. Runs on any Python 3, also on one that is too old for everything else."""

import importlib.util
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
PARTS = ("venv", "ensurepip", "ssl", "sqlite3")
QUESTION = f"""
import importlib.util, sys
parts = [name for name in {PARTS!r} if importlib.util.find_spec(name) is None]
print(sys.version_info[0], sys.version_info[1], ",".join(parts))
"""


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
            os.execv(path, [path, *sys.argv])
        incomplete = incomplete or (path, version, missing)
    if incomplete:
        raise CannotSetUp(_incomplete(*incomplete))
    raise CannotSetUp(
        f"Broadsheet needs Python 3.11 or newer; this machine has Python {sys.version_info[0]}.{sys.version_info[1]} "
        f"({sys.executable}). Nothing was changed. Install a newer one (Debian, Ubuntu: apt install python3.11 "
        "python3.11-venv), then run make again."
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
        return (int(words[0]), int(words[1])), words[2].split(",") if words[2:] else []
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return (0, 0), []


def _incomplete(path, version, missing):
    # type: (str, tuple[int, int], list[str]) -> str
    name = f"{version[0]}.{version[1]}"
    if missing[0] in ("venv", "ensurepip"):
        packages = "python3-venv" if path.endswith("python3") else f"python{name}-venv"
        return (
            f"Python {name} ({path}) has no {missing[0]} module, which makes the environment. Nothing was changed. "
            f"Install it (Debian, Ubuntu: apt install {packages}), then run make again."
        )
    return (
        f"Python {name} ({path}) was built without its {missing[0]} module, which Broadsheet needs. "
        "Nothing was changed. Install a whole Python, then run make again."
    )
