"""What can be wrong with the home folder."""

import os
import pwd
import shutil
import stat
from pathlib import Path

from broadsheet.config.backups.sizes import in_words
from broadsheet.config.checks.findings import Findings, Situation, advice, wrong
from broadsheet.foundation.home import Home, HomeUnusable
from broadsheet.foundation.settings import TABLE, load_settings

LEAST_FREE, LEAST_SHARE = 10**9, 0.05
# Systems of other machines, on which SQLite's locks or its shared memory do not hold.
NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "fuse.sshfs",
    "fuse.gluster",
    "fuse.s3fs",
    "fuse.rclone",
    "lustre",
)
MOUNTS = Path("/proc/self/mounts")
SECRETS_IN_SETTINGS = ("smtp_password", "database_url")


def is_newer(situation: Situation) -> Findings:
    """A newer version has made the home."""
    try:
        situation.home.check_version()
    except HomeUnusable as error:
        yield wrong(str(error), "", "")


def cannot_be_written(situation: Situation) -> Findings:
    """A folder of the home cannot be written."""
    home = situation.home
    for folder in (home.path, home.media, home.mailbox, home.keys, home.run):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            yield wrong(
                f"{folder} cannot be written by you ({_user(os.geteuid())}).",
                "Nothing can be saved there.",
                "Run check as the user that runs the site; if you do, give it the folder.",
            )


def belongs_to_somebody_else(situation: Situation) -> Findings:
    """Something in the home has another owner than the home."""
    home = situation.home
    owner = home.path.stat().st_uid
    for path in _inner(home):
        if path.exists() and path.stat().st_uid != owner:
            yield wrong(
                f"{path} belongs to {_user(path.stat().st_uid)}, and the home to {_user(owner)}.",
                "The site may be unable to read or change it.",
                f"Give it to the home's owner: chown -R {_user(owner)} {home.path}",
            )


def secrets_are_open(situation: Situation) -> Findings:
    """Others on this machine can read what is secret."""
    home = situation.home
    private = [home.keys, home.mailbox, *sorted(home.keys.glob("*"))]
    # What the file itself says: a secret that comes from the environment does not lie in it.
    written = load_settings(home.settings_file, {}).values
    if any(written[name] != TABLE[name].default for name in SECRETS_IN_SETTINGS):
        private.append(home.settings_file)
    others = stat.S_IRWXG | stat.S_IRWXO
    open_to_all = [str(path) for path in private if path.exists() and path.stat().st_mode & others]
    if open_to_all:
        yield wrong(
            f"Other users of this machine can read {', '.join(open_to_all)}.",
            "Who has the keys can log in as anybody.",
            f"Take their rights away: chmod -R go= {' '.join(open_to_all)}",
        )
    if home.database.exists() and home.database.stat().st_mode & stat.S_IROTH and _can_be_entered(home):
        yield advice(
            f"Other users of this machine can read {home.database}.",
            "It holds addresses of readers and drafts.",
            f"Take their rights away: chmod o= {home.database}*",
        )


def first_login_lies_there(situation: Situation) -> Findings:
    """The password of the first log-in is still written down."""
    if situation.home.desk_login.exists():
        yield advice(
            f"The desk's first password still lies in {situation.home.desk_login}.",
            "Whoever gets at the home or a backup can log in with it.",
            "Give that account another: “broadsheet user password” also removes the file.",
        )


def disk_is_full(situation: Situation) -> Findings:
    """The disk has little room left."""
    usage = shutil.disk_usage(situation.home.path)
    if usage.free < LEAST_FREE:
        yield wrong(
            f"The disk with the home has {in_words(usage.free)} free.",
            "When it is full, nothing can be saved.",
            "Make room, or move the home to a larger disk.",
        )
    elif usage.free < usage.total * LEAST_SHARE:
        yield advice(
            f"Of the disk with the home {100 * usage.free // usage.total} % are free, {in_words(usage.free)}.",
            "When it is full, nothing can be saved.",
            "Make room in time.",
        )


def lies_on_a_network(situation: Situation) -> Findings:
    """SQLite's file lies on another machine."""
    if situation.settings.text("database_url"):
        return
    kind = file_system_of(situation.home.path)
    if kind.startswith(NETWORK):
        yield wrong(
            f"The home lies on a network file system ({kind}).",
            "SQLite's locks do not hold there, and the database can be damaged.",
            "Move the home to a disk of this machine, or use PostgreSQL (database_url).",
        )


def file_system_of(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system on which a path lies, such as ext4; empty where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        # The kernel writes a blank in a name as \040.
        where = Path(place.replace("\\040", " "))
        if path.resolve().is_relative_to(where) and len(where.parts) >= longest:
            found, longest = kind, len(where.parts)
    return found


def _inner(home: Home) -> list[Path]:
    return [
        home.database,
        home.settings_file,
        home.media,
        home.mailbox,
        home.keys,
        *sorted(home.keys.glob("*")),
        home.run,
    ]


def _can_be_entered(home: Home) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (home.path, *home.path.parents))


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
