"""The rows of a backup, back in PostgreSQL."""

import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from broadsheet.config.backups import loading
from broadsheet.config.backups.archive import POSTGRESQL, read_members
from broadsheet.config.backups.manifest import broken
from broadsheet.config.backups.postgresql import ROWS, Connection, Contents, contents_from_bytes
from broadsheet.config.backups.unpacking import CONTENTS, Checked
from broadsheet.foundation.home import Home


@contextmanager
def restored_rows(
    source: Path, staging: Home, address: str, checked: Checked, say: Callable[[str], None]
) -> Iterator[None]:
    """Fill an empty database with the rows of a backup and run the block; if that fails, empty the database again."""
    contents = contents_from_bytes(checked.small[CONTENTS])
    with loading.empty_database(address) as connection:
        _wake_django(staging, address)
        newest = loading.make_tables(contents)
        say(f"The database has its {len(contents.tables)} tables; the rows follow.")
        with connection.transaction():
            loading.begin_load(connection)
            _load(source, connection, contents)
        loading.set_sequences(connection, contents)
        if newest:
            loading.make_rules()
        connection.execute("ANALYZE")
        loading.declare_finished(connection)
        yield


def _wake_django(staging: Home, address: str) -> None:
    """Start Django on the home that is not in place yet. A process that has started it for another home cannot."""
    from django.conf import settings

    if settings.configured:
        raise RuntimeError("a restore needs a process of its own")
    os.environ["BROADSHEET_HOME"] = str(staging.path)
    os.environ["BROADSHEET_DATABASE_URL"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.config.settings"
    import django

    django.setup()


def _load(source: Path, connection: Connection, contents: Contents) -> None:
    def receive(member: tarfile.TarInfo, content: IO[bytes]) -> None:
        part, _, name = member.name.partition("/")
        if part != POSTGRESQL or member.name == CONTENTS:
            return
        table = name.removesuffix(ROWS)
        if table not in contents.tables:
            raise broken(f"it holds rows of an unknown table, {table}")
        loading.load_table(connection, table, contents.tables[table], content)

    read_members(source, receive)
