"""What `broadsheet check` knows of settings, home and machine: quiet where all is well, heard where it is not."""

import os
import resource
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config import checks
from broadsheet.config.checks import homes, machine, mail, public
from broadsheet.config.checks.findings import Check, is_this_machine
from broadsheet.foundation.home import Home
from tests.unit.config.checking import SMTP, found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare("0")
    home.secret("secret_key")
    return home


OF_SETTINGS: list[tuple[Check, dict[str, Any], bool | None]] = [
    # check, settings, and what is found: None nothing, True wrong, False advice
    (public.errors_are_shown, {}, None),
    (public.errors_are_shown, {"debug": True}, True),
    (public.address_is_missing, {}, None),
    (public.address_is_missing, {"listen": "::1"}, None),
    (public.address_is_missing, {"listen": "0.0.0.0"}, True),
    (public.address_is_missing, {"listen": "192.0.2.7"}, True),
    (public.address_is_missing, {"listen": "0.0.0.0", "site_url": "https://news.example"}, None),
    (public.address_is_not_secure, {}, None),
    (public.address_is_not_secure, {"site_url": "http://localhost:8000"}, None),
    (public.address_is_not_secure, {"site_url": "http://[::1]:8000"}, None),
    (public.address_is_not_secure, {"site_url": "https://news.example"}, None),
    (public.address_is_not_secure, {"site_url": "http://news.example"}, True),
    (public.every_host_is_allowed, {"allowed_hosts": ("news.example",)}, None),
    (public.every_host_is_allowed, {"allowed_hosts": ("news.example", "*")}, True),
    (mail.server_has_no_name, {"smtp_host": ""}, None),
    (mail.server_has_no_name, SMTP, None),
    (mail.server_has_no_name, {**SMTP, "smtp_host": ""}, True),
    (mail.password_travels_in_the_open, {**SMTP, "smtp_password": "x"}, None),
    (mail.password_travels_in_the_open, {**SMTP, "smtp_security": "none"}, None),
    (mail.password_travels_in_the_open, {**SMTP, "smtp_security": "none", "smtp_password": "x"}, True),
    (
        mail.password_travels_in_the_open,
        {**SMTP, "smtp_security": "none", "smtp_password": "x", "smtp_host": "127.0.0.1"},
        None,
    ),
    (mail.log_in_is_half, SMTP, None),
    (mail.log_in_is_half, {**SMTP, "smtp_user": "a", "smtp_password": "b"}, None),
    (mail.log_in_is_half, {**SMTP, "smtp_user": "a"}, True),
    (mail.log_in_is_half, {**SMTP, "smtp_password": "a"}, True),
    (mail.sender_is_no_address, {}, None),
    (mail.sender_is_no_address, {"mail_from": "The Gazette <desk@news.example>"}, None),
    (mail.sender_is_no_address, {"mail_from": "Гавань <desk@гавань.example>"}, None),
    (mail.sender_is_no_address, {"mail_from": "desk"}, True),
    (mail.sender_is_no_address, {"mail_from": "desk@news.example, more@news.example"}, True),
    (mail.sender_is_no_address, {"mail_from": ""}, True),
    (mail.sender_is_this_machine, {}, None),
    (mail.sender_is_this_machine, SMTP, None),
    (mail.sender_is_this_machine, {**SMTP, "mail_from": "Desk <desk@localhost>"}, True),
    (mail.goes_nowhere, {}, None),
    (mail.goes_nowhere, {"site_url": "http://localhost:8000"}, None),
    (mail.goes_nowhere, {"site_url": "https://news.example"}, False),
    (mail.goes_nowhere, {"site_url": "https://news.example", **SMTP}, None),
]


@pytest.mark.parametrize(("check", "values", "expected"), OF_SETTINGS)
def test_a_setting_is_found_wrong_where_it_is_and_nowhere_else(
    check: Check, values: dict[str, Any], expected: bool | None
) -> None:
    assert [finding.is_wrong for finding in found(check, **values)] == ([] if expected is None else [expected])


def test_every_check_of_the_settings_is_in_the_table_above() -> None:
    assert {check for check, _, _ in OF_SETTINGS} | {machine.few_files} == set(checks.OF_THE_SETTINGS)


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("news.localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(host: str, is_here: bool) -> None:
    assert is_this_machine(host) == is_here


def test_a_low_limit_of_open_files_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    for highest, count in ((1024, 1), (4096, 0), (resource.RLIM_INFINITY, 0)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, highest=highest: (1024, highest))
        assert len(found(machine.few_files)) == count


def test_a_fresh_home_is_well(home: Home) -> None:
    for check in checks.OF_THE_HOME:
        if check not in (homes.disk_is_full, homes.lies_on_a_network):  # these are about the machine of the tests
            assert found(check, home) == [], check


def test_a_home_of_a_newer_version_is_wrong(home: Home) -> None:
    home.marker.write_text("format 99\nmade by broadsheet 9.0\n")
    assert "9.0" in str(found(homes.is_newer, home)[0])


def test_a_folder_that_cannot_be_written_is_wrong(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _: path != home.media)
    (finding,) = found(homes.cannot_be_written, home)
    assert finding.is_wrong
    assert str(home.media) in finding.what


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_another_owner_is_wrong(home: Home) -> None:
    os.chown(home.keys / "secret_key", 12345, -1)
    (finding,) = found(homes.belongs_to_somebody_else, home)
    assert "secret_key belongs to user 12345" in finding.what


@pytest.mark.parametrize("name", ["keys", "mailbox", "keys/secret_key"])
@pytest.mark.parametrize("mode", [0o040, 0o004, 0o010])
def test_secrets_that_others_can_read_are_wrong(name: str, mode: int, home: Home) -> None:
    path = home.path / name
    path.chmod(path.stat().st_mode | mode)
    (finding,) = found(homes.secrets_are_open, home)
    assert finding.is_wrong
    assert f"{path}" in finding.what


def test_settings_are_secret_only_where_they_hold_a_secret(home: Home) -> None:
    home.settings_file.write_text("")
    home.settings_file.chmod(0o644)
    assert found(homes.secrets_are_open, home) == []
    assert found(homes.secrets_are_open, home, smtp_password="x") == [], "it came from the environment"
    home.settings_file.write_text('smtp_password = "x"\n')
    assert len(found(homes.secrets_are_open, home)) == 1
    home.settings_file.chmod(0o600)
    assert found(homes.secrets_are_open, home) == []


def test_a_database_that_everybody_can_read_is_advice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.database.write_bytes(b"")
    home.database.chmod(0o644)
    for folder in (home.path, *home.path.parents):
        if folder.stat().st_uid == os.geteuid() and str(folder).startswith(str(home.path.parent.parent)):
            folder.chmod(0o755)
    monkeypatch.setattr(homes, "_can_be_entered", lambda _: True)
    assert [finding.is_wrong for finding in found(homes.secrets_are_open, home)] == [False]
    home.database.chmod(0o640)
    assert found(homes.secrets_are_open, home) == []


def test_a_database_in_a_closed_folder_is_well(home: Home) -> None:
    home.database.write_bytes(b"")
    home.database.chmod(0o644)
    home.path.chmod(0o700)
    assert found(homes.secrets_are_open, home) == []


def test_the_first_log_in_that_lies_there_is_advice(home: Home) -> None:
    home.desk_login.write_text("desk@news.example\nsecret\n")
    (finding,) = found(homes.first_login_lies_there, home)
    assert not finding.is_wrong
    assert "secret" not in str(finding)


@pytest.mark.parametrize(
    ("free", "total", "expected"),
    [(9 * 10**8, 10**10, [True]), (10**9, 10**10, []), (10**10, 10**12, [False]), (6 * 10**10, 10**12, [])],
)
def test_a_full_disk_is_wrong_and_a_nearly_full_one_advice(
    free: int, total: int, expected: list[bool], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": free, "total": total})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert [finding.is_wrong for finding in found(homes.disk_is_full, home)] == expected


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/vdb /srv/news\\040room ext4 rw 0 0
//server/share /srv/share cifs rw 0 0
me@server: /home/me/far fuse.sshfs rw 0 0
/dev/vdc /home/me/far/near xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/newsroom", "ext4"),
        ("/srv/newsroom", "nfs4"),
        ("/srv/news room/home", "ext4"),
        ("/srv/share", "cifs"),
        ("/srv/shared", "nfs4"),
        ("/home/me/far/home", "fuse.sshfs"),
        ("/home/me/far/near/home", "xfs"),
    ],
)
def test_a_home_on_a_network_is_found_by_the_mount_it_lies_on(
    path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert homes.file_system_of(Path(path), tmp_path / "mounts") == kind
    monkeypatch.setattr(homes, "file_system_of", lambda _: kind)
    is_near = kind in ("ext4", "xfs")
    assert [finding.is_wrong for finding in found(homes.lies_on_a_network, Home(Path(path)))] == [True] * (not is_near)
    assert found(homes.lies_on_a_network, Home(Path(path)), database_url="postgresql://db/newsroom") == []
