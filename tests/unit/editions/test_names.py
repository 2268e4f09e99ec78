"""Names in several languages, and which edition an address speaks of."""

import pytest
from django.test import Client

from broadsheet.editions.actions import save_named
from broadsheet.editions.names import Localized, choose
from broadsheet.editions.reads import all_editions, all_sections, topics
from tests.factories import Newsroom

TABLE = [
    ({"en": "World", "ru": "Мир"}, "en", Localized("World")),
    ({"en": "World", "ru": "Мир"}, "ru", Localized("Мир")),
    ({"en": "World"}, "ru", Localized("World", "en")),
    ({"ru": "Мир"}, "en", Localized("Мир", "ru")),
    ({"en": "", "ru": "Мир"}, "en", Localized("Мир", "ru")),
    ({"lv": "Pasaule", "ru": "Мир"}, "de", Localized("Мир", "ru")),
    ({"lv": "Pasaule", "et": "Maailm"}, "de", Localized("Maailm", "et")),
    ({"en": ""}, "en", Localized()),
    ({}, "en", Localized()),
]


@pytest.mark.parametrize(("texts", "language", "chosen"), TABLE)
def test_the_language_of_the_page_is_chosen_or_a_stated_other(
    texts: dict[str, str], language: str, chosen: Localized
) -> None:
    assert choose(texts, language) == chosen
    assert bool(chosen) == bool(chosen.text)


@pytest.mark.database
def test_sections_and_topics_without_a_name_in_the_language_say_in_which_they_are(
    newsroom: Newsroom, reader: Client
) -> None:
    newsroom.sections["culture"].names.filter(language="ru").delete()
    newsroom.sections["economy"].names.all().delete()
    newsroom.topic.names.filter(language="en").delete()
    names = {section.slug: section.name for section in all_sections("ru")}
    assert names == {"world": Localized("Мир"), "culture": Localized("Culture", "en"), "economy": Localized("economy")}
    assert topics((newsroom.topic.pk,), "en")[0].name == Localized("Порт", "ru")
    assert '<span lang="en">Culture</span>' in reader.get("/ru/culture/").content.decode()
    assert 'lang="en">Culture</a>' in reader.get("/ru/").content.decode()


@pytest.mark.database
def test_an_edition_is_found_by_its_prefix_or_its_host(newsroom: Newsroom, reader: Client) -> None:
    assert b'<html lang="en"' in reader.get("/").content
    assert b'<html lang="ru"' in reader.get("/ru/").content
    assert reader.get("/lv/").status_code == 404


@pytest.mark.database
def test_an_edition_with_a_host_of_its_own_stands_there_and_only_there(
    newsroom: Newsroom, reader: Client, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "ru.example"]  # type: ignore[attr-defined]
    newsroom.russian.host = "ru.example"
    save_named(newsroom.chief, newsroom.russian)
    story = newsroom.published(edition=newsroom.russian, headline="Порт встаёт")
    there = reader.get("/", headers={"host": "ru.example"})
    assert b'<html lang="ru"' in there.content
    assert f'href="{story.address}"' in there.content.decode()
    assert reader.get(story.address, headers={"host": "RU.example:8000"}).status_code == 200
    assert reader.get("/ru/").status_code == 404
    assert reader.get(story.address).status_code == 404
    assert b'<html lang="en"' in reader.get("/").content
    edition = next(edition for edition in all_editions() if edition.host)
    assert edition.canonical("/x/") == "http://ru.example/x/"
    assert edition.path("/x/") == "/x/"
