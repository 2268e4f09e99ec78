"""The installable package: a wheel builds, and starts outside the checkout with an empty home."""

import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.homes import ROOT, clean_environment
from tests.journeys.serving import free_port
from tests.waiting import eventually


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what git would give."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_is_small_and_holds_what_pages_need(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.stat().st_size < 25 * 2**20
    for needed in (
        "broadsheet/design/templates/design/page.jinja",
        "broadsheet/design/static/design/page.css",
        "broadsheet/locale/ru/LC_MESSAGES/django.mo",
        "broadsheet/mediabank/demo_pictures/pictures.toml",
        "broadsheet/stories/migrations/0001_initial.py",
    ):
        assert needed in names


def test_it_starts_outside_the_checkout_with_an_empty_home(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        str(installed),
        str(wheel),
    ]
    subprocess.run(command, check=True, capture_output=True)
    port = free_port()
    environment = clean_environment(tmp_path / "newsroom") | {"PYTHONPATH": str(installed), "PORT": str(port)}
    script = installed / "bin" / "broadsheet"
    with subprocess.Popen(
        [sys.executable, str(script), "serve", "--demo-if-empty"],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as serve:
        try:
            assert serve.stdout is not None
            lines = iter(serve.stdout.readline, "")
            assert any("Log-in" in line for line in lines)
            front = urllib.request.urlopen(f"http://localhost:{port}/").read().decode()
            assert "The Arren Gazette" in front
            assert str(installed) in _where_it_runs(serve.pid)
        finally:
            serve.terminate()
    eventually(lambda: serve.poll() is not None, 20)


def _where_it_runs(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") if os.path.exists("/proc") else ""
