"""The command palette: what each may do, and that nobody finds a headline that they may not read."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from broadsheet.accounts.models import User
from broadsheet.desk import finding
from broadsheet.desk.finding import holds, words_in
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def asked(client: Client, text: str = "") -> dict[str, list[dict[str, str]]]:
    """The groups by their names."""
    groups = client.get("/desk/palette/", {"as": "json", "q": text}).json()["groups"]
    return {group["name"]: group["items"] for group in groups}


def names(client: Client, group: str, text: str = "") -> list[str]:
    return [item["name"] for item in asked(client, text).get(group, [])]


@pytest.mark.parametrize(
    ("role", "there", "not_there"),
    [
        ("administrator", {"New story", "New brief", "Editions", "Fronts", "Deleted drafts", "Mailbox"}, set[str]()),
        ("reporter", {"New story", "New brief", "My drafts", "Stories", "Pictures"}, {"Editions", "Fronts", "Steps"}),
        ("moderator", {"First screen"}, {"New story", "New brief", "Deleted drafts", "Editions"}),
    ],
)
def test_what_is_offered_is_what_the_person_may_do(
    newsroom: Newsroom, role: str, there: set[str], not_there: set[str]
) -> None:
    client = newsroom.at_desk(newsroom.member(role))
    offered = asked(client)["Go to"]
    assert there <= {item["name"] for item in offered}
    assert not not_there & {item["name"] for item in offered}
    for item in offered:
        assert client.get(item["url"]).status_code == 200, item


def test_words_are_found_by_how_they_begin_in_any_order(newsroom: Newsroom) -> None:
    newsroom.draft(headline="Ferry brings the first letters")
    client = newsroom.at_desk(newsroom.chief)
    for text in ("ferry", "LETT fer", "brings first"):
        assert names(client, "Stories", text) == ["Ferry brings the first letters"]
    for text in ("erry", "ferry boats", "—"):
        assert names(client, "Stories", text) == []
    assert names(client, "Go to", "new st") == ["New story"]


def secret_words(newsroom: Newsroom) -> list[tuple[User, bool]]:
    """Who asks, and whether they may read a draft of the section economy of the main edition."""
    return [
        (newsroom.chief, True),
        (newsroom.member("editor", edition="main", section="economy"), True),
        (newsroom.member("editor", edition="main", section="world"), False),
        (newsroom.member("reporter", edition="ru"), False),
        (newsroom.member("moderator", edition="main", section="world"), False),
    ]


def test_nobody_finds_a_headline_that_they_may_not_read(newsroom: Newsroom) -> None:
    newsroom.draft(headline="Kanareika one", section=newsroom.sections["economy"])
    for person, may_read in secret_words(newsroom):
        client = newsroom.at_desk(person)
        assert names(client, "Stories", "kanareika") == (["Kanareika one"] if may_read else []), person
        assert ("Kanareika" in client.get("/desk/palette/?q=kan").content.decode()) == may_read


def test_of_a_published_story_others_find_the_headline_that_readers_see(newsroom: Newsroom) -> None:
    story = newsroom.published(headline="Harbour opens", section=newsroom.sections["economy"])
    newsroom.edit(story, headline="Kanareika two")
    for person, may_read in secret_words(newsroom):
        client = newsroom.at_desk(person)
        assert names(client, "Stories", "kanareika") == (["Kanareika two"] if may_read else []), person
        found = asked(client, "harbour").get("Stories", [])
        assert [item["name"] for item in found] == ([] if may_read else ["Harbour opens"]), person
        for item in found:
            assert item["url"].endswith(story.address)


def test_an_old_story_is_found_in_the_index(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.published(headline="Harbour opens")
    monkeypatch.setattr(finding, "CHANGED_LAST", 0)
    assert names(newsroom.at_desk(newsroom.chief), "Stories", "harbour") == ["Harbour opens"]


def test_people_pictures_and_topics_are_found_by_name(newsroom: Newsroom) -> None:
    chief = newsroom.at_desk(newsroom.chief)
    reporter = newsroom.at_desk(newsroom.member("reporter"))
    speaker = str(newsroom.speaker.texts.first().name)
    assert asked(chief, speaker)["People"][0]["url"] == f"/desk/people/edit/{newsroom.speaker.pk}/"
    way = asked(reporter, speaker)["People"][0]["url"]
    assert way.startswith("/desk/people/?q=")
    assert speaker in reporter.get(way).content.decode()
    assert asked(chief, "cranes")["Pictures"][0]["url"] == f"/desk/pictures/edit/{newsroom.picture.pk}/"
    assert asked(chief, "порт")["Topics"][0]["url"] == f"/desk/topics/edit/{newsroom.topic.pk}/"
    assert "Topics" not in asked(reporter, "порт")


def test_an_answer_is_short_however_much_there_is(
    newsroom: Newsroom, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(9):
        newsroom.draft(headline=f"Ferry {number}")
    client = newsroom.at_desk(newsroom.chief)
    with django_assert_max_num_queries(16):
        assert len(names(client, "Stories", "ferry")) == finding.SHOWN


@pytest.mark.parametrize("text", ["\x00", "a" * 5000, "%", "'\"<script>", "\ud83d", "🦆"])
def test_whatever_is_typed_is_answered(newsroom: Newsroom, text: str) -> None:
    client = newsroom.at_desk(newsroom.chief)
    sent: dict[str, Any] = {"q": text.encode("utf-8", "surrogatepass"), "as": "json"}
    assert client.get("/desk/palette/", sent).status_code == 200


def test_without_scripts_it_is_a_page(newsroom: Newsroom) -> None:
    newsroom.draft(headline="Ferry <b>comes</b>")
    page = newsroom.at_desk(newsroom.chief).get("/desk/palette/?q=ferry").content.decode()
    assert "Ferry &lt;b&gt;comes&lt;/b&gt;</a>" in page


@pytest.mark.parametrize(
    ("name", "text", "is_held"),
    [("Один дома", "дом", True), ("A-b", "b", True), ("Ferry", "", True), ("Ferry", "ry", False)],
)
def test_what_holds_what(name: str, text: str, is_held: bool) -> None:
    assert holds(name, words_in(text)) is is_held
