"""The home: the one folder in which a newsroom's data lie."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FORMAT = 1


class HomeUnusable(Exception):
    """The home cannot be used; the text is one plain sentence for the operator."""


@dataclass(frozen=True)
class Home:
    """Paths of a home folder; nothing is created by naming them."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "broadsheet.sqlite3"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def mailbox(self) -> Path:
        return self.path / "mailbox"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def settings_file(self) -> Path:
        return self.path / "settings.toml"

    @property
    def marker(self) -> Path:
        return self.path / "home.txt"

    @property
    def desk_login(self) -> Path:
        return self.keys / "first-login.txt"

    def is_empty(self) -> bool:
        """True when the folder does not exist or holds nothing of Broadsheet's."""
        return not self.marker.exists()

    def prepare(self, version: str) -> None:
        """Make the folders and the marker, or raise HomeUnusable with a sentence."""
        try:
            for folder in (self.path, self.media, self.mailbox, self.keys, self.run):
                folder.mkdir(parents=True, exist_ok=True)
            self.keys.chmod(0o700)
            self.mailbox.chmod(0o700)
            probe = self.path / ".can-write"
            probe.write_text("yes")
            probe.unlink()
        except OSError as error:
            raise HomeUnusable(
                f"The home folder {self.path} cannot be written ({error.strerror}). "
                "Choose another with BROADSHEET_HOME, or change who may write to it."
            ) from None
        self.check_version()
        if not self.marker.exists():
            self.marker.write_text(f"format {FORMAT}\nmade by broadsheet {version}\n")

    def check_version(self) -> None:
        """Refuse a home made by a newer version."""
        if not self.marker.exists():
            return
        first, *rest = (*self.marker.read_text().splitlines(), "")
        number = first.removeprefix("format ").strip()
        if not number.isdigit() or int(number) > FORMAT:
            made_by = rest[0].removeprefix("made by ") if rest and rest[0] else "a newer version"
            raise HomeUnusable(
                f"The home folder {self.path} was made by {made_by}, which is newer than this program. "
                "Nothing was changed. Install that version or a later one, or name another home with BROADSHEET_HOME."
            )

    def secret(self, name: str) -> str:
        """A secret of this home, made at random the first time it is asked for, readable by the owner only."""
        self.keys.mkdir(parents=True, exist_ok=True)
        path = self.keys / name
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            value = secrets.token_urlsafe(48)
            file.write(value)
        return value


def home_from_environment() -> Home:
    """The home that BROADSHEET_HOME names, or ./newsroom."""
    return Home(Path(os.environ.get("BROADSHEET_HOME") or "newsroom").expanduser().absolute())
