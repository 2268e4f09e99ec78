"""The comments of the desk as the editor's form sends them: values, with nothing asked of the database."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST, LONGEST = 500, 5_000
"""Comments in a form, answers to one of them; and the letters of one."""


@dataclass(frozen=True)
class SentAnswer:
    """An answer; `id` is None for one that the form does not know to be saved."""

    id: int | None
    text: str
    is_deleted: bool = False


@dataclass(frozen=True)
class SentRemark:
    """A comment; `path` and `position` say where it stands now."""

    id: int | None
    text: str
    path: str
    position: str = ""
    is_resolved: bool = False
    is_deleted: bool = False
    answers: tuple[SentAnswer, ...] = ()


def read_remarks(form: Mapping[str, str]) -> tuple[SentRemark, ...]:
    """The comments in a form; none where it holds none. Whatever is in the form, nothing is raised."""
    return tuple(_remark(form, f"comments-{number}") for number in range(_count(form, "comments")))


def _remark(form: Mapping[str, str], prefix: str) -> SentRemark:
    replies = f"{prefix}-replies"
    return SentRemark(
        id=_number(form.get(f"{prefix}-id")),
        text=_words(form.get(f"{prefix}-text")),
        path=form.get(f"{prefix}-contentpath", "")[:250].replace("\x00", ""),
        position=form.get(f"{prefix}-position", "")[:LONGEST].replace("\x00", ""),
        is_resolved=bool(form.get(f"{prefix}-resolved")),
        is_deleted=bool(form.get(f"{prefix}-DELETE")),
        answers=tuple(_answer(form, f"{replies}-{number}") for number in range(_count(form, replies))),
    )


def _answer(form: Mapping[str, str], prefix: str) -> SentAnswer:
    text = _words(form.get(f"{prefix}-text"))
    return SentAnswer(_number(form.get(f"{prefix}-id")), text, bool(form.get(f"{prefix}-DELETE")))


def _count(form: Mapping[str, str], prefix: str) -> int:
    return min(_number(form.get(f"{prefix}-TOTAL_FORMS")) or 0, MOST)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _words(text: str | None) -> str:
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST]
