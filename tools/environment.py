"""The environment in .venv: made from locked, hashed packages, and left alone while nothing has changed."""

import contextlib
import fcntl
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from pythons import CannotSetUp

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = ROOT / ".tools"
RUN = ROOT / "requirements" / "run.txt"
DEVELOPMENT = ROOT / "requirements" / "dev.txt"
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|name resolution|Network is unreachable|ProxyError|ConnectTimeout"
    r"|Connection refused|Read timed out|Connection aborted|No matching distribution found"
)
PACKAGE = re.compile(r"^\s*(Collecting|Requirement already satisfied:?) ")


def say(line: str) -> None:
    """Print a line of progress at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def is_set_up(*, development: bool = False) -> bool:
    """Whether the environment is as the locked lists, the project and its Python ask for."""
    return PYTHON.exists() and all(_is_fresh(stamp) for stamp in _stamps(development))


def set_up(*, development: bool = False) -> None:
    """Make the environment, or bring it up to date; raises CannotSetUp with a sentence."""
    with _alone():
        if is_set_up(development=development):
            return
        _make_venv()
        if not _is_fresh("run"):
            _install(RUN, "Installing the packages that Broadsheet runs on")
            _install_project()
            _write_stamp("run")
        if development and not _is_fresh("development"):
            _install(DEVELOPMENT, "Installing the packages for tests and checks")
            _write_stamp("development")


def add(name: str, sentence: str) -> None:
    """Add what requirements/<name>.txt lists to the environment, once; raises CannotSetUp with a sentence."""
    with _alone():
        if not _is_fresh(name):
            _install(_list(name), sentence)
            _write_stamp(name)


def _list(name: str) -> Path:
    return {"run": RUN, "development": DEVELOPMENT}.get(name, ROOT / "requirements" / f"{name}.txt")


def _stamps(development: bool) -> "tuple[str, ...]":
    return ("run", "development") if development else ("run",)


def _stamp_text(name: str) -> str:
    digest = hashlib.sha256()
    for file in (RUN, ROOT / "pyproject.toml", VENV / "pyvenv.cfg", *((_list(name),) if name != "run" else ())):
        digest.update(file.read_bytes() if file.exists() else b"-")
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def _is_fresh(name: str) -> bool:
    stamp = VENV / (f"broadsheet-{name}.stamp")
    return stamp.exists() and stamp.read_text() == _stamp_text(name)


def _write_stamp(name: str) -> None:
    (VENV / (f"broadsheet-{name}.stamp")).write_text(_stamp_text(name))


@contextlib.contextmanager
def _alone():
    """Let one set-up at a time work on the environment."""
    LOGS.mkdir(exist_ok=True)
    with open(LOGS / "set-up.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_venv() -> None:
    if _venv_works():
        return
    say(f"Making the environment in .venv (Python {sys.version_info[0]}.{sys.version_info[1]}) ...")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        (LOGS / "venv.log").write_bytes(made.stdout)
        raise CannotSetUp(
            f"Python could not make an environment in {VENV}; its report is in {LOGS / 'venv.log'}. On Debian and "
            f"Ubuntu the package python3.{sys.version_info[1]}-venv is often what is missing."
        )


def _venv_works() -> bool:
    """Whether .venv holds a Python that is new enough, with pip."""
    question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([str(PYTHON), "-c", question], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def _install(requirements: Path, sentence: str) -> None:
    total = sum(1 for line in requirements.read_text().splitlines() if re.match(r"[A-Za-z0-9]", line))
    say(f"{sentence} ({total}) ...")
    # --no-deps: the list is whole, so pip has nothing to work out. --only-binary: nothing is ever compiled here.
    _pip("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(requirements), total=total)


def _install_project() -> None:
    _pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def _pip(*arguments: str, total: int = 0) -> None:
    log = LOGS / "pip.log"
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    command += ["--progress-bar", "off", *arguments]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "universal_newlines": True, "errors": "replace"}
    seen = 0
    with open(log, "w") as report, subprocess.Popen(command, **options) as pip:
        for line in pip.stdout or ():
            report.write(line)
            if total and PACKAGE.match(line):
                seen += 1
                if seen % 20 == 0:
                    say(f"  {seen} of {total}")
    if pip.returncode:
        raise CannotSetUp(_why_pip_failed(log))


def _why_pip_failed(log: Path) -> str:
    if NO_NETWORK.search(log.read_text(errors="replace")):
        return (
            "The packages could not be downloaded: the package index (pypi.org) was not reached. Nothing is lost; "
            f"run make again when there is a network. pip's report: {log}"
        )
    return f"pip could not install the packages. Nothing is lost; its report says why: {log}"


def environment_command(name: str) -> str:
    """The path of a command in the environment."""
    return str(VENV / "bin" / name)


def replace_this_process(command: "list[str]") -> None:
    """Go on as another program, with the same process id, so that Ctrl-C reaches it alone."""
    sys.stdout.flush()
    os.execv(command[0], command)
