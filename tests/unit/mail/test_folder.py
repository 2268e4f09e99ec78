import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from broadsheet.foundation.home import Home
from broadsheet.mail.delivery import Undelivered, deliver
from broadsheet.mail.folder import file_name, write_message
from broadsheet.mail.models import OutgoingMail, Trouble

MOMENT = datetime(2026, 11, 23, 18, 5, 2, 250_000, UTC)


def a_mail(**fields: Any) -> OutgoingMail:
    return OutgoingMail(
        **{
            "pk": 7,
            "to": "reader@example.org",
            "sender": "desk@news.example",
            "subject": "Восстановление пароля",
            "text": "Вот ссылка.\n",
            "queued_at": MOMENT,
            **fields,
        }
    )


def test_the_file_name_sorts_by_time_and_says_what_the_mail_is_about() -> None:
    assert file_name(a_mail()) == "2026-11-23T18-05-02Z-7-vosstanovlenie-parolya.eml"


def test_a_subject_without_letters_leaves_time_and_number() -> None:
    assert file_name(a_mail(subject="../../—")) == "2026-11-23T18-05-02Z-7.eml"


def test_a_mail_becomes_one_file_that_only_the_owner_can_read(home: Home, wish: Any) -> None:
    wish()
    deliver(a_mail(html="<p>Вот ссылка.</p>", reply_to="editor@news.example"))
    (path,) = home.mailbox.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["subject"] == "Восстановление пароля"
    assert (message["to"], message["from"]) == ("reader@example.org", "desk@news.example")
    assert message["reply-to"] == "editor@news.example"
    assert message["date"].datetime == MOMENT.replace(microsecond=0)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))  # type: ignore[attr-defined]
    assert plain.get_content().strip() == "Вот ссылка."
    assert html.get_content().strip() == "<p>Вот ссылка.</p>"


def test_the_same_mail_delivered_twice_is_one_file(home: Home, wish: Any) -> None:
    wish()
    deliver(a_mail())
    first = [path.read_bytes() for path in home.mailbox.iterdir()]
    deliver(a_mail())
    assert [path.read_bytes() for path in home.mailbox.iterdir()] == first


def test_two_mails_of_one_moment_and_subject_are_two_files(home: Home, wish: Any) -> None:
    wish()
    deliver(a_mail())
    deliver(a_mail(pk=8))
    assert len(list(home.mailbox.iterdir())) == 2


def test_a_message_that_cannot_be_written_whole_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_message(home.mailbox, a_mail(), b"half")
    assert list(home.mailbox.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_trouble_with_a_name(home: Home, wish: Any) -> None:
    wish()
    home.mailbox.rmdir()
    home.mailbox.write_text("not a folder")
    with pytest.raises(Undelivered) as raised:
        deliver(a_mail())
    assert raised.value == Undelivered(Trouble.FOLDER)


def test_a_link_laid_in_the_way_is_not_followed(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "target"
    target.write_text("untouched")
    monkeypatch.setattr("os.getpid", lambda: 1)
    (home.mailbox / ".7.1.tmp").symlink_to(target)
    with pytest.raises(OSError, match="symbolic links"):
        write_message(home.mailbox, a_mail(), b"message")
    assert target.read_text() == "untouched"
