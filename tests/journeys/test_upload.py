"""A file that is too large, sent to a real site: said in the form, and never held whole in memory or on the disk."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import real_home
from tests.journeys.serving import Serve, serving
from tests.waiting import eventually

MB = 2**20
LOG_IN = """
from importlib import import_module
from django.conf import settings
from broadsheet.accounts.actions import add_staff
from broadsheet.editions.actions import assign
user, _password = add_staff(email="pictures@newsroom.example", name="Pia", password="a long enough pass phrase")
assign(email=user.email, role="administrator")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session["_auth_user_id"] = str(user.pk)
session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
session["_auth_user_hash"] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
TOKEN = "a" * 32
FIELDS = {
    "csrfmiddlewaretoken": TOKEN, "title": "A ship", "focal_x": "0.5", "focal_y": "0.5",
    "texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "0", "texts-MIN_NUM_FORMS": "1", "texts-MAX_NUM_FORMS": "1000",
    "texts-0-language": "en", "texts-0-alt": "A ship at a quay", "texts-0-ORDER": "1",
}  # fmt: skip


def form(size: int) -> tuple[bytes, bytes]:
    """What stands before and behind the file."""
    part = '--bound\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    before = "".join(part.format(name, value) for name, value in FIELDS.items())
    head = '--bound\r\nContent-Disposition: form-data; name="original"; filename="ship.jpg"\r\n'
    return (before + head + "Content-Type: image/jpeg\r\n\r\n").encode(), b"\r\n--bound--\r\n"


def send(port: int, cookies: str, size: int) -> tuple[int, str]:
    """Send the form with a file of so many bytes, piece by piece; the answer."""
    before, behind = form(size)
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        asked.putrequest("POST", "/desk/pictures/add/")
        for name, value in {
            "Content-Type": "multipart/form-data; boundary=bound", "Cookie": cookies,
            "Content-Length": str(len(before) + size + len(behind)),
        }.items():  # fmt: skip
            asked.putheader(name, value)
        asked.endheaders()
        asked.send(before)
        for _piece in range(size // MB):
            asked.send(b"\xff" * MB)
        asked.send(behind)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


def most_memory(serve: Serve) -> int:
    """The most that a process that answers has ever used, in MB."""
    status = [Path(f"/proc/{pid}/status").read_text() for pid, kind in serve.processes() if kind == "granian"]
    return (
        max(int(line.split()[1]) for text in status for line in text.splitlines() if line.startswith("VmHWM")) // 1024
    )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Serve, str]]:
    home = real_home(tmp_path / "home")
    (tmp_path / "temporary").mkdir()
    session = home.run(LOG_IN).strip()
    home.environment["TMPDIR"] = str(tmp_path / "temporary")
    with serving(home) as serve:
        yield serve, f"sessionid={session}; csrftoken={TOKEN}"


def test_a_file_of_200_mb_is_refused_in_the_form_and_held_nowhere(site: tuple[Serve, str], tmp_path: Path) -> None:
    serve, cookies = site
    status, page = send(serve.port, cookies, MB)
    assert (status, "no whole picture" in page) == (200, True)
    before = most_memory(serve)
    status, page = send(serve.port, cookies, 200 * MB)
    assert status == 200
    assert "The file is larger than 60 MB." in page
    assert "A ship at a quay" in page
    assert most_memory(serve) - before < 30
    eventually(lambda: not list((tmp_path / "temporary").iterdir()))


def test_somebody_without_an_account_fills_no_memory_either(site: tuple[Serve, str], tmp_path: Path) -> None:
    serve, _cookies = site
    token = f"csrftoken={TOKEN}"  # anybody may choose one, and with it the form is read
    assert send(serve.port, token, MB)[0] == 302
    before = most_memory(serve)
    assert send(serve.port, token, 200 * MB)[0] == 302
    assert most_memory(serve) - before < 30
    eventually(lambda: not list((tmp_path / "temporary").iterdir()))
