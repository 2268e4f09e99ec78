"""Packages of the distribution, where there are apt and root."""

import os
import shutil
import subprocess

from environment import LOGS, say


def can_install() -> bool:
    """Whether this user may install packages of the distribution with apt."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> bool:
    """Install a package with apt; False where that is not possible or fails (apt's report is in .tools/apt.log)."""
    if not can_install():
        return False
    say(f"Installing the distribution's package {package} ...")
    LOGS.mkdir(exist_ok=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with open(LOGS / "apt.log", "a") as report:
        for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            done = subprocess.run(
                ["apt-get", "-qq", *command], env=environment, stdout=report, stderr=report, stdin=subprocess.DEVNULL
            )
    return done.returncode == 0
