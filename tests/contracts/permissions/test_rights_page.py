"""The page for developers shows the table of rights as it is."""

from pathlib import Path

from broadsheet.accounts.roles import RIGHTS, Role

PAGE = Path(__file__).parents[3] / "docs/developers/rights.md"


def rows_of_rights() -> list[str]:
    """The table of rights as lines of Markdown: a right a line, a column for each role."""
    return [
        "| " + " | ".join([f"`{right}`", *("yes" if role in holders else "" for role in Role)]) + " |"
        for right, holders in RIGHTS.items()
    ]


def test_the_page_shows_each_right_and_who_holds_it() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if line.startswith("| `") and line.split("`")[1] in RIGHTS]
    assert written == rows_of_rights(), "Write it anew in docs/developers/rights.md:\n" + "\n".join(rows_of_rights())


def test_the_page_names_the_roles_in_the_order_of_its_columns() -> None:
    heading = "| right | " + " | ".join(str(role.value).replace("-", " ") for role in Role) + " |"
    assert heading in PAGE.read_text(encoding="utf-8")
