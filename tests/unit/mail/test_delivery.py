import email
import email.policy
import re
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.foundation.settings import Settings
from broadsheet.mail import delivery
from broadsheet.mail.delivery import Undelivered, deliver, message_of, try_server
from broadsheet.mail.models import OutgoingMail, Trouble

MOMENT = datetime(2026, 11, 23, 18, 5, 2, 250_000, UTC)
Wish = Callable[..., Settings]


def a_mail(**fields: Any) -> OutgoingMail:
    return OutgoingMail(
        **{
            "pk": 7,
            "to": "reader@example.org",
            "sender": "desk@news.example",
            "subject": "Your newsletter",
            "text": "From the desk.\n",
            "queued_at": MOMENT,
            **fields,
        }
    )


def parsed(content: str) -> EmailMessage:
    message = email.message_from_bytes(content.encode(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def smtp(port: int, **more: Any) -> dict[str, Any]:
    return {"mail": "smtp", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", **more}


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """A certificate for 127.0.0.1 and its key; nobody trusts it until a test says so."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
    Path(paths[0]).write_bytes(certificate.public_bytes(Encoding.PEM))
    Path(paths[1]).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def test_a_mail_reaches_a_real_server(mail_server: Any, wish: Wish) -> None:
    server = mail_server()
    wish(**smtp(server.port))
    deliver(a_mail(html="<p>From the desk.</p>"))
    taken = server.next_message()
    assert (taken["from"], taken["to"]) == ("desk@news.example", ["reader@example.org"])
    message = parsed(taken["content"])
    assert message["subject"] == "Your newsletter"
    assert message["auto-submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_a_russian_subject_and_text_arrive_as_they_were_written(mail_server: Any, wish: Wish) -> None:
    server = mail_server()
    wish(**smtp(server.port))
    subject = "Ночь прилива: что известно о дамбе, пароме и школе — и чего мы пока не знаем"
    deliver(a_mail(subject=subject, text="Добрый вечер.\nЁ, «кавычки» и длинная строка " + "слово " * 300 + "\n"))
    content = server.next_message()["content"]
    assert parsed(content)["subject"] == subject
    headers = content.split("\r\n\r\n")[0]
    assert headers.isascii()
    assert max(len(line) for line in headers.splitlines()) <= 78
    assert "Subject: =?utf-8?" in headers
    assert "Ё, «кавычки» и длинная строка слово" in parsed(content).get_content()


def test_names_and_host_names_in_other_scripts_leave_as_ascii() -> None:
    message = message_of(a_mail(sender="Гавань <desk@гавань.example>", to="reader@почта.example"))
    headers = message.message().as_bytes().split(b"\n\n")[0].decode("ascii")
    assert "To: reader@xn--80a1acny.example" in headers
    assert str(email.message_from_string(headers, policy=email.policy.default)["from"]).startswith("Гавань <desk@xn--")


def test_a_server_that_asks_for_a_log_in_gets_it(mail_server: Any, wish: Wish) -> None:
    server = mail_server("--log-in", "desk", "secret")
    wish(**smtp(server.port, smtp_user="desk", smtp_password="secret"))
    deliver(a_mail())
    assert server.next_message()["logged_in"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_leaves_encrypted_where_the_settings_say_so(
    security: str, mail_server: Any, wish: Wish, certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
    server = mail_server("--security", security, "--certificate", *certificate)
    wish(**smtp(server.port, smtp_security=security))
    deliver(a_mail())
    assert server.next_message()["encrypted"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(
    security: str, mail_server: Any, wish: Wish, certificate: tuple[str, str]
) -> None:
    server = mail_server("--security", security, "--certificate", *certificate)
    wish(**smtp(server.port, smtp_security=security))
    with pytest.raises(Undelivered) as raised:
        deliver(a_mail())
    assert raised.value == Undelivered(Trouble.NOT_SECURE)
    assert server.stop() == []


def test_a_server_without_starttls_gets_neither_mail_nor_password_in_the_open(mail_server: Any, wish: Wish) -> None:
    server = mail_server("--log-in", "desk", "secret")
    wish(**smtp(server.port, smtp_security="starttls", smtp_user="desk", smtp_password="secret"))
    with pytest.raises(Undelivered) as raised:
        deliver(a_mail())
    assert raised.value == Undelivered(Trouble.NOT_SECURE)
    assert server.stop() == []


REFUSALS = {
    "an unknown recipient": (["--mode", "refuse-recipient"], {}, Undelivered(Trouble.RECIPIENT, final=True)),
    "a recipient for later": (["--mode", "recipient-later"], {}, Undelivered(Trouble.RECIPIENT, final=False)),
    "an unwanted message": (["--mode", "refuse-message"], {}, Undelivered(Trouble.MESSAGE, final=True)),
    "a wrong password": (
        ["--log-in", "desk", "secret"],
        {"smtp_user": "desk", "smtp_password": "wrong"},
        Undelivered(Trouble.LOG_IN),
    ),
    "a missing log-in": (["--log-in", "desk", "secret"], {}, Undelivered(Trouble.SENDER)),
    "a log-in that it does not offer": ([], {"smtp_user": "desk", "smtp_password": "x"}, Undelivered(Trouble.LOG_IN)),
    "silence": (["--mode", "silent"], {}, Undelivered(Trouble.TOO_SLOW)),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_is_told_apart_from_the_others(
    name: str, mail_server: Any, wish: Wish, monkeypatch: pytest.MonkeyPatch
) -> None:
    options, more, expected = REFUSALS[name]
    monkeypatch.setattr(delivery, "TIMEOUT", 0.5 if name == "silence" else 20)
    server = mail_server(*options)
    wish(**smtp(server.port, **more))
    with pytest.raises(Undelivered) as raised:
        deliver(a_mail())
    assert raised.value == expected
    assert server.stop() == []


def test_a_server_that_is_not_there_is_a_trouble_that_may_pass(wish: Wish) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers here, and nobody else can
        wish(**smtp(taken.getsockname()[1]))
        with pytest.raises(Undelivered) as raised:
            deliver(a_mail())
    assert raised.value == Undelivered(Trouble.NO_SERVER)


def test_a_host_name_that_does_not_exist_is_a_server_that_is_not_there(wish: Wish) -> None:
    for host in ("mail.invalid", "a..b", "x" * 64 + ".invalid"):
        wishes = wish(**smtp(25, smtp_host=host))
        with pytest.raises(Undelivered) as raised:
            try_server(wishes, timeout=5)
        assert raised.value == Undelivered(Trouble.NO_SERVER)


@pytest.mark.parametrize("mode", ["hang-at-the-end", "babble-at-the-end"])
def test_a_server_that_does_not_say_goodbye_has_taken_the_mail_all_the_same(
    mode: str, mail_server: Any, wish: Wish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "TIMEOUT", 0.5)
    server = mail_server("--mode", mode)
    wish(**smtp(server.port))
    deliver(a_mail())
    assert parsed(server.next_message()["content"])["subject"] == "Your newsletter"


def test_trying_the_server_logs_in_and_sends_nothing(mail_server: Any, wish: Wish) -> None:
    server = mail_server("--log-in", "desk", "secret")
    try_server(wish(**smtp(server.port, smtp_user="desk", smtp_password="secret")))
    with pytest.raises(Undelivered):
        try_server(wish(**smtp(server.port, smtp_user="desk", smtp_password="wrong")))
    assert server.stop() == []


def test_a_repetition_can_be_told_as_one_by_its_message_id() -> None:
    first, second = message_of(a_mail()).message(), message_of(a_mail()).message()
    assert first["message-id"] == second["message-id"] == "<20261123180502250000.7@news.example>"
    assert message_of(a_mail(pk=8)).message()["message-id"] != first["message-id"]


def test_the_log_holds_no_address(
    mail_server: Any, wish: Wish, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = mail_server("--mode", "refuse-recipient")
    wish(**smtp(server.port))
    with pytest.raises(Undelivered):
        deliver(a_mail())
    assert "550" in caplog.text
    assert not re.search(r"[\w.]+@[\w.]+", caplog.text)


@pytest.mark.parametrize("field", ["to", "reply_to", "subject", "sender"])
def test_no_field_can_add_a_header(field: str) -> None:
    with pytest.raises(ValueError, match=r"newline|[Ii]nvalid"):
        message_of(a_mail(**{field: "x@example.org\r\nBcc: everybody@example.org"})).message()


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("аяЁж «»—…né 漢🦆 :;,=?_\"'aZ9"), max_size=250).map(
        lambda text: " ".join(text.split())
    )
)
def test_every_subject_arrives_as_it_was_written(subject: str) -> None:
    content = message_of(a_mail(subject=subject)).message().as_bytes().decode()
    assert (parsed(content)["subject"] or "").replace("\n", "") == subject
