"""The way through: from the desk to a reader, and once more from a restored backup."""

import subprocess
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Page

from tests.homes import ROOT, RealHome, clean_environment
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve, serving

WORD = (
    "<!--[if gte mso 9]><xml><o:p>junk</o:p></xml><![endif]--><p class=MsoNormal style='margin:0cm'>"
    "<span lang=EN-GB style='font-family:Calibri'>The post office <b>opened</b> at noon.<o:p></o:p></span></p>"
    "<script>window.hacked = 1</script>"
)


def walk(page: Page, site: str, login: Path, headline: str) -> None:
    """Rada, an editor, writes and publishes; Tomas, a reader, finds it on the front and reads it."""
    rada = Desk(page, site)
    rada.log_in_from(login)
    rada.new_story(headline=headline, standfirst="Forty-one sacks of post came ashore.", section="Society, Общество")
    rada.choose("Choose picture", "chart ward vacancies")
    rada.write_paragraph("The first ferry of the year tied up at noon.")
    rada.paste_paragraph(WORD)
    rada.write_quote("We had forgotten what a bill looks like.", "Agda Pirrel")
    assert "published" in rada.publish()

    page.context.clear_cookies()
    page.goto(f"{site}/")
    page.get_by_role("link", name=headline, exact=True).first.click()
    article = page.locator("article.story")
    article.wait_for()
    assert page.locator("h1").inner_text() == headline
    assert "The first ferry of the year tied up at noon." in article.inner_text()
    assert "“We had forgotten what a bill looks like.”" in article.inner_text()
    assert article.locator("figure.picture img").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    pasted = article.locator(".body p", has_text="The post office").inner_html()
    assert pasted == "The post office <b>opened</b> at noon."
    assert page.context.cookies() == []


def pages_of(site: str) -> dict[str, bytes]:
    """Every address in the sitemap and its bytes."""
    sitemap = urllib.request.urlopen(f"{site}/sitemap.xml").read().decode()
    paths = [part.split("</loc>")[0] for part in sitemap.split("<loc>")[1:]]
    inside = [path.replace(paths[0].rstrip("/"), "", 1) or "/" for path in paths]
    return {path: urllib.request.urlopen(f"{site}{path}").read() for path in ["/sitemap.xml", "/rss.xml", *inside]}


def broadsheet(home: RealHome, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "broadsheet.cli", *arguments],
        env=home.environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
    )


def test_an_editor_writes_and_publishes_and_a_reader_reads(page: Page, demo_site: Serve, demo_home: RealHome) -> None:
    walk(page, f"http://localhost:{demo_site.port}", demo_home.path / "keys" / "first-login.txt", "First post by ferry")


def test_what_is_not_ready_is_refused_with_its_reasons_and_the_text_is_kept(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    rada = Desk(page, f"http://localhost:{demo_site.port}")
    rada.log_in_from(demo_home.path / "keys" / "first-login.txt")
    rada.new_story(headline="A story that has no section", standfirst="It waits for one.")
    said = rada.publish()
    assert "The story has no section." in said
    assert "saved as a draft" in said
    assert page.locator("#id_headline").input_value() == "A story that has no section"
    assert page.locator("#id_standfirst").input_value() == "It waits for one."


def test_a_restored_backup_shows_the_same_bytes_and_the_way_goes_through_it_too(
    page: Page, demo_site: Serve, demo_home: RealHome, tmp_path: Path
) -> None:
    archive = tmp_path / "newsroom.tar.gz"
    broadsheet(demo_home, "backup", str(archive))
    before = pages_of(f"http://localhost:{demo_site.port}")
    again = RealHome(tmp_path / "again", {**clean_environment(tmp_path / "again")})
    broadsheet(again, "restore", str(archive))
    again.environment["BROADSHEET_SITE_URL"] = f"http://localhost:{demo_site.port}"
    with serving(again) as serve:
        after = pages_of(f"http://localhost:{serve.port}")
        assert after.keys() == before.keys()
        assert [path for path in before if before[path] != after[path]] == []
        walk(page, f"http://localhost:{serve.port}", again.path / "keys" / "first-login.txt", "Second post by ferry")
