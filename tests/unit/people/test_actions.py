"""Every write on persons, and what pages say of them."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.accounts.roles import Role
from broadsheet.editions.names import Localized
from broadsheet.foundation.refusals import Refused
from broadsheet.people.actions import add_person, delete_person, save_person, set_person_uses
from broadsheet.people.models import Person, PersonText, PersonUse
from broadsheet.people.reads import persons
from tests.factories import Newsroom, make_person

pytestmark = pytest.mark.database


def test_who_may_enter_change_and_delete_persons(newsroom: Newsroom) -> None:
    assert newsroom.reader is not None
    allowed = {Role.EDITOR, Role.CHIEF, Role.ADMINISTRATOR}
    enter = allowed | {Role.REPORTER}
    people: list[tuple[Any, bool, bool]] = [(newsroom.staff[role], role in enter, role in allowed) for role in Role]
    people += [(AnonymousUser(), False, False), (newsroom.reader, False, False)]
    for number, (who, may_enter, may_change) in enumerate(people):
        person = make_person(newsroom.chief, f"person-{number}", "A", "А", writes=False)
        for act, may in (
            (lambda who=who, number=number: make_person(who, f"new-{number}", "B", "Б", writes=False), may_enter),
            (lambda who=who, person=person: save_person(who, person), may_change),
            (lambda who=who, person=person: delete_person(who, person.pk), may_change),
        ):
            if may:
                act()
            else:
                with pytest.raises(Refused, match="Your role does not allow this"):
                    act()


def test_a_person_who_is_not_there_is_not_found(newsroom: Newsroom) -> None:
    with pytest.raises(Http404):
        delete_person(newsroom.chief, 10**9)


def test_a_person_who_writes_or_speaks_is_not_deleted(newsroom: Newsroom) -> None:
    set_person_uses(used_by="story", used_by_id=7, public=set(), drafted={newsroom.speaker.pk, 10**9})
    with pytest.raises(Refused) as refusal:
        delete_person(newsroom.chief, newsroom.speaker.pk)
    assert refusal.value.code == "person.used"
    with pytest.raises(ProtectedError):
        newsroom.speaker.delete()
    set_person_uses(used_by="story", used_by_id=7, public=set(), drafted=set())
    delete_person(newsroom.chief, newsroom.speaker.pk)


def test_uses_are_those_that_were_named_last(newsroom: Newsroom) -> None:
    for people in ({newsroom.speaker.pk, newsroom.writer.pk}, {newsroom.writer.pk}, {newsroom.writer.pk}):
        set_person_uses(used_by="story", used_by_id=7, public={newsroom.writer.pk}, drafted=people)
        assert set(PersonUse.objects.values_list("person_id", flat=True)) == people
        assert PersonUse.objects.get(is_public=True).person == newsroom.writer
    set_person_uses(used_by="other", used_by_id=7, public=set(), drafted=set())
    assert PersonUse.objects.count() == 1


def test_the_database_refuses_a_person_without_a_name_or_an_address(newsroom: Newsroom) -> None:
    for model, change in ((Person, {"slug": ""}), (PersonText, {"name": ""}), (PersonText, {"language": "en"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_person(newsroom.chief, Person(slug=newsroom.writer.slug))


def test_a_person_is_named_in_the_language_of_the_page_or_in_one_that_there_is(newsroom: Newsroom) -> None:
    only_russian = Person(slug="only-russian")
    only_russian.texts = [PersonText(language="ru", name="Ия Редкая")]
    nameless = Person(slug="nameless")
    for person in (only_russian, nameless):
        add_person(newsroom.chief, person)
    ids = (nameless.pk, newsroom.writer.pk, only_russian.pk, 10**9)
    english = persons(ids, "en")
    assert [value.id for value in english] == list(ids[:3])
    assert [value.name for value in english] == [
        Localized("nameless"), Localized("Ann Writer"), Localized("Ия Редкая", "ru"),
    ]  # fmt: skip
    assert [value.name.text for value in persons(ids, "ru")][1:] == ["Анна Писаренко", "Ия Редкая"]
    assert persons((), "en") == ()


def test_a_persons_page_says_who_they_are_and_what_they_wrote(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    newsroom.draft(headline="Not yet")
    html = reader.get("/people/ann-writer/").content.decode()
    for words in ("Ann Writer", "harbour master", "Grew up by the sea.", story.headline):
        assert words in html
    assert "Not yet" not in html
    russian = reader.get("/ru/people/ann-writer/").content.decode()
    assert "Анна Писаренко" in russian
    assert story.headline not in russian


def test_a_speaker_is_named_beside_the_quote_with_a_way_to_their_page(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(body=[("quote", {"text": "We sleep.", "speaker": newsroom.speaker})])
    html = reader.get(story.address).content.decode()
    assert '<a class="speaker" href="/people/sam-speaker/">Sam Speaker</a>' in html
    assert reader.get("/people/sam-speaker/").status_code == 200


def test_uses_that_are_as_they_were_are_only_read(newsroom: Newsroom) -> None:
    """An editor saves by itself every second."""
    uses: dict[str, Any] = {"used_by": "story", "used_by_id": 7}
    uses |= {"public": {newsroom.writer.pk}, "drafted": {newsroom.speaker.pk}}
    set_person_uses(**uses)
    before = list(PersonUse.objects.values_list())
    with CaptureQueriesContext(connection) as queries:
        set_person_uses(**uses)
    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]
    assert list(PersonUse.objects.values_list()) == before
