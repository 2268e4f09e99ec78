"""Script in any text field comes out as text, on every page on which the text stands."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from broadsheet.design.styles import FIRST_SCRIPT
from broadsheet.editions.actions import add_named, save_named
from broadsheet.editions.models import Section, SectionName, Topic, TopicName
from broadsheet.mediabank.actions import add_picture
from broadsheet.mediabank.models import Picture, PictureText
from broadsheet.people.actions import add_person
from broadsheet.people.models import Person, PersonText
from broadsheet.stories.models import Byline
from tests.factories import Newsroom, picture_bytes
from tests.unit.stories.canary import FRAME

pytestmark = pytest.mark.database

ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></title></script><!--{{7*7}}"


def attacked(newsroom: Newsroom) -> dict[str, Any]:
    """A picture, a person, a section, a topic and a story with an attack in each text."""
    chief = newsroom.chief
    picture = Picture(title=ATTACK, creator=ATTACK, agency=ATTACK, licence=ATTACK, source=ATTACK, taken="<script>")
    picture.original.save("x.jpg", ContentFile(picture_bytes()), save=False)
    picture.texts = [PictureText(language="en", alt=ATTACK, caption=ATTACK)]
    add_picture(chief, picture)
    person = Person(slug="attacker", writes=True)
    person.texts = [PersonText(language="en", name=ATTACK[:120], role=ATTACK, biography=ATTACK)]
    add_person(chief, person)
    section, topic = Section(slug="attacked"), Topic(slug="attacked")
    section.names = [SectionName(language="en", name=ATTACK[:80], description=ATTACK)]
    topic.names = [TopicName(language="en", name=ATTACK[:80], description=ATTACK)]
    edition = newsroom.english
    edition.name, edition.short_name, edition.motto, edition.description = (ATTACK[:120], ATTACK[:60], ATTACK, ATTACK)
    save_named(chief, edition)
    shown = {"picture": picture, "caption": ATTACK}
    story = newsroom.draft(
        section=add_named(chief, section),
        topics=[add_named(chief, topic)],
        headline=ATTACK,
        card_headline=ATTACK[:120],
        standfirst=ATTACK,
        dateline=ATTACK[:80],
        slug="attacked",
        lead_picture=picture,
        lead_caption=ATTACK,
        body=[
            ("paragraph", ATTACK),
            ("subhead", ATTACK),
            ("quote", {"text": ATTACK, "speaker": person, "role": ATTACK, "place": ATTACK}),
            ("picture", shown),
            ("gallery", {"title": ATTACK, "pictures": [shown]}),
            ("video", {"title": ATTACK, "address": f"https://player.vimeo.com/{ATTACK}", "poster": picture}),
            ("fact_box", {"title": ATTACK, "text": ATTACK}),
            ("timeline", {"title": ATTACK, "entries": [{"when": ATTACK, "text": ATTACK}]}),
            ("table", {"caption": ATTACK, "rows": ATTACK}),
            ("embed", {"title": ATTACK, "address": f"{FRAME}{ATTACK}"}),
        ],
    )
    story = newsroom.publish(newsroom.edit(story, bylines=[Byline(person=person)]))
    return {"story": story, "picture": picture}


def test_script_in_any_text_comes_out_as_text(newsroom: Newsroom, reader: Client) -> None:
    made = attacked(newsroom)
    story, picture = made["story"], made["picture"]
    pages = [
        story.address,
        "/",
        "/attacked/",
        "/topics/attacked/",
        "/people/attacker/",
        picture.address,
        "/nothing/",
        "/ru/",
    ]
    for path in pages:
        page = reader.get(path)
        html = page.content.decode()
        assert page.status_code in (200, 404), path
        assert "alert(1)" in html or path not in pages, path
        tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
        for script in tree.iter("script"):
            if script.get("type") == "application/ld+json":
                json.loads(script.text or "")
            else:
                assert script.text == FIRST_SCRIPT or script.get("src", "").startswith("/static/"), path
        for element in tree.iter():
            if isinstance(element.tag, str):
                attributes = {name for name in element.attrib if name.startswith("on")}
                assert not attributes, f"{path}: {element.tag} {attributes}"
        assert all(image.get("src", "").startswith("/media/") for image in tree.iter("img")), path
        assert "49" not in re.findall(r"<h1[^>]*>.*?</h1>", html, flags=re.DOTALL)


def test_script_in_any_text_stays_text_in_feeds(newsroom: Newsroom, reader: Client) -> None:
    attacked(newsroom)
    for path in ("/rss.xml", "/attacked/rss.xml"):
        feed = ElementTree.fromstring(reader.get(path).content)
        assert {element.tag for element in feed.iter("script")} == set()
        assert feed.find("channel/item/title").text == ATTACK[:120]  # type: ignore[union-attr]
        assert feed.find("channel/item/description").text == ATTACK  # type: ignore[union-attr]
    ElementTree.fromstring(reader.get("/sitemap.xml").content)


def test_the_words_of_an_attack_are_read_as_they_were_written(newsroom: Newsroom, reader: Client) -> None:
    story = attacked(newsroom)["story"]
    tree = html5lib.parse(reader.get(story.address).content, treebuilder="etree", namespaceHTMLElements=False)
    assert "".join(next(tree.iter("h1")).itertext()) == ATTACK
    title = next(tree.iter("title")).text or ""
    assert ATTACK in title
    article = next(element for element in tree.iter("script") if element.get("type") == "application/ld+json")
    assert json.loads(article.text or "")["headline"] == ATTACK
