"""What stands in an address in the place of a value: `<edition:...>` and `<id:...>`."""

from django.urls import register_converter


class EditionPrefix:
    """Two letters that name an edition."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RowId:
    """The id of a row: a positive number that the database can hold."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def register_converters() -> None:
    """Let routes name them; called once, before any address is read."""
    register_converter(EditionPrefix, "edition")
    register_converter(RowId, "id")
