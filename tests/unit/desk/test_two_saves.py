"""Two people in one form of the desk, whichever it is: the later one is told, sees both texts and chooses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from wagtail.actions.registry import action_registry

from broadsheet.accounts.roles import Role
from broadsheet.desk.wagtail_hooks import ROOMS
from broadsheet.editions.actions import add_named
from broadsheet.editions.models import Edition, Section, StandingPage, Topic
from broadsheet.editions.versions import CODE, version_of
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.models import Film, Picture
from broadsheet.newsfeed.actions import publish_brief
from broadsheet.newsfeed.models import Brief
from broadsheet.people.models import Person
from broadsheet.stories.models import Story
from tests.factories import Newsroom, make_film, make_picture, picture_bytes
from tests.unit.desk.page_forms import sent_by

pytestmark = pytest.mark.database

HERS, HIS = "Hers came first", "His came later"


@dataclass(frozen=True)
class Case:
    """A form: its address, a thing that it changes, and the field in which both write."""

    path: str
    thing: Callable[[Newsroom], Any]
    field: str
    label: str


CASES: dict[type[Model], Case] = {
    Edition: Case("editions", lambda newsroom: newsroom.english, "motto", "Motto"),
    Section: Case("sections", lambda newsroom: newsroom.sections["world"], "names-0-name", "Name (English)"),
    Topic: Case("topics", lambda newsroom: newsroom.topic, "names-1-description", "Description (Русский)"),
    StandingPage: Case("standing-pages", lambda newsroom: _page(newsroom), "title", "Title"),
    Person: Case("people", lambda newsroom: newsroom.speaker, "texts-0-role", "Role (English)"),
    Picture: Case("pictures", lambda newsroom: newsroom.picture, "creator", "Creator"),
    Film: Case("films", lambda newsroom: make_film(newsroom.chief, newsroom.picture), "agency", "Agency"),
    Brief: Case("briefs", lambda newsroom: _brief(newsroom), "text", "Brief"),
}
ELSEWHERE = {Story: "stories keep both texts: test_two_writers.py"}


class OldForm:
    """A form that showed another version than the one that stands."""

    version = "0"


every_form = pytest.mark.parametrize("model", CASES, ids=lambda model: model.__name__)


def _page(newsroom: Newsroom) -> StandingPage:
    page = StandingPage(title="About", slug="about", edition=newsroom.english, body="<p>We print.</p>")
    add_named(newsroom.chief, page)
    return page


def _brief(newsroom: Newsroom) -> Brief:
    return publish_brief(newsroom.chief, Brief(edition=newsroom.english, text="Afloat."))


@pytest.fixture
def his(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


@pytest.fixture
def hers(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.staff[Role.ADMINISTRATOR])


def opened(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200
    return dict(sent_by(response.content.decode()))


def test_every_form_of_the_desk_is_among_these() -> None:
    there = {viewset.model for room in ROOMS for viewset in room.VIEWSETS}
    assert there == {*CASES, *ELSEWHERE}


@every_form
def test_the_later_one_is_told_sees_both_texts_and_saves_their_own(
    newsroom: Newsroom, hers: Client, his: Client, model: type[Model]
) -> None:
    case = CASES[model]
    thing = case.thing(newsroom)
    address = f"/desk/{case.path}/edit/{thing.pk}/"
    first, later = opened(hers, address), opened(his, address)
    assert hers.post(address, {**first, case.field: HERS}).status_code == 302
    answer = his.post(address, {**later, case.field: HIS})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Administrator" in page
    assert "changed this at" in page
    assert f"<h3>{case.label}</h3>" in page
    assert "<del>Hers</del><ins>His</ins> came <del>first</del><ins>later</ins>" in page
    assert opened(his, address)[case.field] == [HERS]
    again = sent_by(page)
    assert again[case.field] == [HIS]
    assert his.post(address, again).status_code == 302
    assert opened(his, address)[case.field] == [HIS]


@every_form
def test_who_has_seen_the_newest_saves_again_and_again(newsroom: Newsroom, his: Client, model: type[Model]) -> None:
    case = CASES[model]
    address = f"/desk/{case.path}/edit/{case.thing(newsroom).pk}/"
    for words in (HERS, HIS):
        assert his.post(address, {**opened(his, address), case.field: words}).status_code == 302


@every_form
def test_nobody_deletes_what_was_changed_after_they_were_asked(
    newsroom: Newsroom, hers: Client, his: Client, model: type[Model]
) -> None:
    case = CASES[model]
    thing = case.thing(newsroom)
    address = f"/desk/{case.path}/edit/{thing.pk}/"
    question = f"/desk/{case.path}/delete/{thing.pk}/"
    asked = sent_by(his.get(question).content.decode(), form_id="")
    assert asked["version"]
    hers.post(address, {**opened(hers, address), case.field: HERS})
    answer = his.post(question, asked, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "changed this at" in answer.content.decode()
    assert model._default_manager.filter(pk=thing.pk).exists()
    if model is Brief:
        assert Brief.objects.get().withdrawn_at is None


@every_form
def test_the_actions_themselves_refuse_to_overwrite(newsroom: Newsroom, model: type[Model]) -> None:
    thing = CASES[model].thing(newsroom)
    save, delete = (action_registry.get_action_class(model, name) for name in ("edit", "delete"))
    acts = [save(thing, user=newsroom.chief), delete(thing, user=newsroom.chief)]
    acts[0].form, acts[1].version = OldForm(), OldForm.version
    before = version_of(thing)
    for act in acts:
        act._clean_instance = lambda: None
        with pytest.raises(Refused) as refused:
            act.execute(skip_permission_checks=True)
        assert refused.value.code == CODE
    assert version_of(thing) == before


def test_a_row_that_another_added_stays_beside_what_was_typed(newsroom: Newsroom, hers: Client, his: Client) -> None:
    address = f"/desk/people/edit/{newsroom.speaker.pk}/"
    hers.post(address, {**opened(hers, address), "texts-1-DELETE": "1"})
    first, later = opened(hers, address), opened(his, address)
    added = {"texts-1-language": "ru", "texts-1-name": "Айви", "texts-1-role": "лоцман", "texts-1-biography": ""}
    more = {**added, "texts-1-id": "", "texts-1-ORDER": "2", "texts-1-DELETE": "", "texts-TOTAL_FORMS": "2"}
    assert hers.post(address, {**first, **more}).status_code == 302
    page = his.post(address, {**later, "texts-0-name": "Ivy Tide"}).content.decode()
    assert his.post(address, sent_by(page)).status_code == 302
    assert dict(newsroom.speaker.texts.values_list("language", "name")) == {"en": "Ivy Tide", "ru": "Айви"}


def test_a_row_that_another_took_out_comes_back_with_what_was_typed_in_it(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    address = f"/desk/people/edit/{newsroom.speaker.pk}/"
    first, later = opened(hers, address), opened(his, address)
    assert hers.post(address, {**first, "texts-1-DELETE": "1"}).status_code == 302
    page = his.post(address, {**later, "texts-1-role": "лоцман"}).content.decode()
    assert his.post(address, sent_by(page)).status_code == 302
    assert set(newsroom.speaker.texts.values_list("language", flat=True)) == {"en", "ru"}


def test_a_form_with_an_error_is_still_of_the_version_that_it_showed(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    address = f"/desk/editions/edit/{newsroom.english.pk}/"
    later = opened(his, address)
    page = his.post(address, {**later, "name": ""}).content.decode()
    hers.post(address, {**opened(hers, address), "motto": HERS})
    assert his.post(address, {**sent_by(page), "name": "The Gazette"}).status_code == 409


def test_a_picture_that_was_replaced_meanwhile_is_not_replaced_again(
    newsroom: Newsroom, hers: Client, his: Client
) -> None:
    picture = make_picture(newsroom.chief, "quay")
    address = f"/desk/pictures/edit/{picture.pk}/"
    later = opened(his, address)
    hers.post(address, {**opened(hers, address), "creator": HERS})
    file = SimpleUploadedFile("boat.jpg", picture_bytes(colour="red"), "image/jpeg")
    page = his.post(address, {**later, "original": file}).content.decode()
    assert "A file that you chose has to be chosen again." in page
    assert "boat" in page
    assert Picture.objects.get(pk=picture.pk).original.name == picture.original.name


@pytest.mark.parametrize("of_section", [True, False])
def test_the_steps_of_stories_are_not_overwritten_either(
    newsroom: Newsroom, hers: Client, his: Client, of_section: bool
) -> None:
    his = newsroom.at_desk(newsroom.member("administrator"))
    address = f"/desk/steps/{newsroom.sections['world'].pk}/" if of_section else "/desk/steps/"
    first, later = (sent_by(client.get(address).content.decode()) for client in (hers, his))
    assert hers.post(address, {**first, "name": ["Draft", "Fact check"], "role": ["", "editor"]}).status_code == 302
    answer = his.post(address, {**later, "name": ["Draft", "Law check"], "role": ["", "editor"]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed this at" in page or not of_section
    assert "<del>Fact</del><ins>Law</ins> check" in page
    again = sent_by(page)
    assert again["name"][:2] == ["Draft", "Law check"]
    assert his.post(address, again).status_code == 302
