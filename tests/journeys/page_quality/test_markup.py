"""The Nu HTML checker finds neither an error nor a warning in any page, nor in the CSS that stands in it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.page_quality.conftest import Checkers, Shown, Site


def complaints(folder: Path, checkers: Checkers) -> dict[str, list[str]]:
    """What the checker says of each file of a folder that it does not like."""
    jar = checkers.packages / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [checkers.java, "-Xss1m", "-jar", str(jar), "--stdout", "--format", "json", "--skip-non-html"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True)
    assert done.stdout, done.stderr
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout)["messages"]:
        kind = one.get("subType", one["type"])
        if kind in ("error", "warning", "fatal", "non-document-error"):
            lines = found.setdefault(one["url"].rpartition("/")[2].removesuffix(".html"), [])
            lines.append(f"{kind}: {one['message']} … {one.get('extract', '')}")
    return found


def name_of(edition: str, kind: str) -> str:
    return "".join(letter if letter.isalpha() else "-" for letter in f"{edition} {kind}")


@pytest.fixture(scope="module")
def of_every_page(site: Site, checkers: Checkers, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """All pages in one run: the checker takes longer to start than to read them."""
    folder = tmp_path_factory.mktemp("markup")
    for (edition, kind), path in site.pages.items():
        file = folder / f"{name_of(edition, kind)}.html"
        file.write_text(site.surfaces[edition].get(path).html, encoding="utf-8")
    return complaints(folder, checkers)


def test_the_page_is_valid_html_and_css(shown: Shown, of_every_page: dict[str, list[str]]) -> None:
    assert of_every_page.get(name_of(shown.edition, shown.kind), []) == []


def test_the_checker_sees_what_is_wrong(tmp_path: Path, checkers: Checkers) -> None:
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
    (tmp_path / "bad.html").write_text(f"{head}<style>p {{ colr: red }}</style></head><body><p>x<img src='a.png'>")
    (tmp_path / "doubtful.html").write_text(f"{head}</head><body><section><p>without a heading</section>")
    (tmp_path / "good.html").write_text(f"{head}</head><body><p>x</body></html>")
    found = complaints(tmp_path, checkers)
    assert sorted(found) == ["bad", "doubtful"]
    assert [line[:7] for line in found["bad"]] == ["error: ", "error: "]
