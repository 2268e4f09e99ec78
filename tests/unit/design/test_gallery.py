"""The gallery of parts: each stands there by itself, in both languages, and only in development."""

import re

import pytest
from django.test import Client, override_settings

from broadsheet.design.samples import WORDS
from broadsheet.design.styles import PARTS
from broadsheet.design.views import parts, render_part, schemes_sheet

WITHOUT_LOOKS = {"tokens", "base"}
"""What holds for all parts and cannot be looked at alone."""


def test_every_part_has_an_example() -> None:
    folders = {folder.name for folder in PARTS.iterdir() if folder.is_dir()}
    assert folders - set(parts()) == WITHOUT_LOOKS


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("part", parts())
def test_a_part_can_be_shown_alone_in_each_language(part: str, language: str) -> None:
    html = render_part(part, language=language)
    assert 'class="container-head"' in html
    assert f'<html lang="{language}"' in html


def test_every_example_that_can_be_used_says_by_which_keys_and_names() -> None:
    silent = [
        name
        for name in parts()
        if re.search(r"<a |<button|<input|tabindex", render_part(name, language="en").partition("<h1>")[2])
        and "Keys: " not in render_part(name, language="en")
    ]
    assert silent == []


def test_both_schemes_can_be_chosen_by_hand() -> None:
    sheet = schemes_sheet()
    assert len(re.findall(r"--paper:", sheet)) == 2
    assert sheet.count("--tone-8:") == 2


@pytest.mark.database
@pytest.mark.django_db
def test_a_public_site_has_no_gallery() -> None:
    assert Client().get("/-/gallery/", HTTP_HOST="localhost").status_code == 404


@override_settings(DEBUG=True)
def test_in_development_every_part_has_an_address() -> None:
    client = Client(HTTP_HOST="localhost")
    page = client.get("/-/gallery/").content.decode()
    for name in parts():
        assert f'href="/-/gallery/{name}/' in page
        answer = client.get(f"/-/gallery/{name}/", {"language": "ru", "scheme": "dark", "direction": "rtl"})
        assert '<html lang="ru" dir="rtl" data-scheme="dark"' in answer.content.decode()
    assert client.get("/-/gallery/nothing/").status_code == 404
    assert '<html lang="en" dir="ltr"' in client.get("/-/gallery/", {"language": "<x>"}).content.decode()
