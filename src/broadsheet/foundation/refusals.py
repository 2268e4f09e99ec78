"""How an action says no."""

from dataclasses import dataclass


@dataclass
class Refused(Exception):
    """An action was refused, and nothing was changed by it.

    `code` is for programs (lower case, dots), `sentence` says to a person what happened and what to do,
    `what_is_safe` says what was kept. Both sentences are already in the reader's language.
    """

    code: str
    sentence: str
    what_is_safe: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} {self.what_is_safe}".strip()
