"""The edge of the web process: what every answer bears, and what is said when something goes wrong."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from broadsheet.config import edge, health
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts import views as fronts
from tests.contracts.reading import fetch
from tests.factories import Newsroom

PRIVATE = {
    "/desk": True,
    "/desk/": True,
    "/desk/stories/": True,
    "/account/login/": True,
    "/": False,
    "/desktop/": False,
    "/accounts/": False,
    "/ru/desk/": False,
    "//desk/": False,
    "/DESK/": False,
    "/world/desk/": False,
}


@pytest.mark.parametrize("path", PRIVATE)
def test_what_belongs_to_somebody_who_is_logged_in_is_known_by_its_address(path: str) -> None:
    request = HttpRequest()
    request.path = path
    assert edge.is_private(request) is PRIVATE[path]


def _fails(*_: Any, **__: Any) -> HttpResponse:
    raise RuntimeError("a secret detail")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], HttpResponse]:
    """Asks for an address of which the page cannot be made."""
    monkeypatch.setattr(fronts, "render_page", _fails)
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    return lambda address: client.get(address)  # type: ignore[return-value]


@pytest.mark.database
@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        ("/", "en", "Something went wrong"),
        ("/ru/", "ru", "Что-то пошло не так"),
        ("/world/", "en", "Something went wrong"),
    ],
)
def test_an_error_is_said_in_the_language_of_the_edition_with_a_number_that_stands_in_the_log(
    newsroom: Newsroom,
    broken: Callable[[str], HttpResponse],
    caplog: pytest.LogCaptureFixture,
    address: str,
    language: str,
    words: str,
) -> None:
    response = broken(address)
    html = response.content.decode()
    assert response.status_code == 500
    assert f'<html lang="{language}">' in html
    assert words in html
    assert "secret" not in html
    assert re.fullmatch(r"[0-9a-f]{12}", response.headers["X-Request-Id"])
    assert response.headers["X-Request-Id"] in html
    assert "a secret detail" in caplog.text


def test_an_error_on_the_desk_is_said_in_the_language_of_whoever_works_there(rf: RequestFactory) -> None:
    with translation.override("ru"):
        html = edge.server_error(rf.get("/desk/stories/")).content.decode()
    assert '<html lang="ru">' in html
    assert "Номер ошибки" in html


@pytest.mark.parametrize(("code", "status"), [("forbidden", 403), ("story.locked", 409)])
def test_a_refusal_is_a_page_for_people_and_json_for_scripts(rf: RequestFactory, code: str, status: int) -> None:
    refusal = Refused(code, "Somebody <b>has</b> locked it.", "Nothing was changed.")
    page = edge.refused(rf.get("/desk/", headers={"accept": "text/html"}), refusal)
    assert page.status_code == status
    assert b"Somebody &lt;b&gt;has&lt;/b&gt; locked it." in page.content
    assert b"Nothing was changed." in page.content
    answer = edge.refused(rf.get("/desk/", headers={"accept": "application/json"}), refusal)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json")


@pytest.mark.database
def test_every_answer_forbids_guessing_its_type(newsroom: Newsroom) -> None:
    for address in ("/", "/nothing/", "/rss.xml", "/robots.txt", "/desk/", "/static/design/page.css"):
        assert fetch(address).headers["x-content-type-options"] == "nosniff", address


@pytest.mark.database
def test_a_site_whose_database_answers_is_healthy_and_one_whose_does_not_is_not(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    response = client.get("/-/health")
    assert (response.status_code, response.content, response.headers["Cache-Control"]) == (200, b"ok\n", "no-store")
    monkeypatch.setattr(health, "connection", None)
    assert client.get("/-/health").status_code == 500
