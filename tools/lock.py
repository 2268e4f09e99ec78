"""`make lock`: writes requirements/*.txt anew, with hashes, for every system and every Python that is supported."""

import shutil
import subprocess

from edge import run_tool
from pythons import CannotSetUp

OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-annotate",
    "--upgrade",
    "--quiet",
)


def main() -> int:
    """Compile every list; returns the exit code."""
    from environment import DEVELOPMENT, ROOT, RUN, say

    uv = _find_uv()
    run, development = RUN.relative_to(ROOT), DEVELOPMENT.relative_to(ROOT)
    _compile(uv, "pyproject.toml", "requirements/build.in", "--output-file", str(run))
    say(f"{run} is written.")
    groups = ["--group", "pyproject.toml:test", "--group", "pyproject.toml:lint"]
    # Constrained by the other list, so that tests run on the very versions that are served.
    _compile(uv, *groups, "--constraint", str(run), "--output-file", str(development))
    say(f"{development} is written.")
    for name in ("node", "java"):
        _compile(uv, "--group", f"pyproject.toml:{name}", "--output-file", f"requirements/{name}.txt")
        say(f"requirements/{name}.txt is written.")
    say("Run make test, then commit them all.")
    return 0


def _find_uv() -> str:
    """uv's path: what compiles the lists. It is put into the environment if the machine has none."""
    from environment import PYTHON, environment_command, say, set_up

    for path in (environment_command("uv"), shutil.which("uv")):
        if path and shutil.which(path):
            return path
    set_up()
    say("Installing uv, which compiles the lists ...")
    if subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "uv>=0.9"]).returncode:
        raise CannotSetUp(
            "uv, which compiles the lists, could not be installed; pip says above why. Nothing was changed."
        )
    return environment_command("uv")


def _compile(uv: str, *arguments: str) -> None:
    from environment import ROOT

    if subprocess.run([uv, "pip", "compile", *arguments, *OPTIONS], cwd=str(ROOT)).returncode:
        raise CannotSetUp("uv could not compile the lists; it says above why.")


if __name__ == "__main__":
    run_tool(main)
