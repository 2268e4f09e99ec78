"""What a film's file says of itself, and what of it is not for readers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.foundation.refusals import Refused

LONGEST = 12 * 3600 * 1000
MOST_PIXELS = 8192
MOST_PARTS = 100_000
"""No film has as many parts; a file that is made of nothing else would keep us reading for minutes."""


@dataclass(frozen=True)
class Blank:
    """A part of a file that is overwritten before it is kept: `begin`, then zeros, `length` bytes in all.

    Nothing is cut out, so that whatever the file says of places in itself stays true.
    """

    offset: int
    length: int
    begin: bytes


@dataclass(frozen=True)
class Measured:
    """A film as its file describes it; `ending` is mp4 or webm, the size is that which is seen, in pixels."""

    ending: str
    milliseconds: int
    width: int
    height: int
    blanks: tuple[Blank, ...] = ()


def measured(ending: str, milliseconds: float, size: tuple[int, int], blanks: list[Blank]) -> Measured:
    """What was read, if it can be true; else Refused."""
    if not 0 < milliseconds <= LONGEST:
        raise refusal(
            "film.no-length", _("The file does not say how long the film is. Export it once more, as a whole file.")
        )
    if not all(0 < side <= MOST_PIXELS for side in size):
        raise no_film()
    return Measured(ending, max(1, round(milliseconds)), *size, blanks=tuple(blanks))


def refusal(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, _("Nothing was added."))


def no_film() -> Refused:
    return refusal(
        "film.unreadable", _("The file is no film that browsers show: an MP4 (H.264 and AAC) or a WebM is needed.")
    )


def cut_off() -> Refused:
    return refusal("film.cut-off", _("The file is cut off: its end is missing. Export or upload it once more."))


def other_pictures(codec: str) -> Refused:
    sentence = _(
        "The film’s pictures are in %s, which not every browser shows. Export it in H.264 (MP4) or VP9 (WebM)."
    )
    return refusal("film.pictures", sentence % codec)


def other_sound(codec: str) -> Refused:
    sentence = _("The film’s sound is in %s, which not every browser plays. Export it in AAC (MP4) or Opus (WebM).")
    return refusal("film.sound", sentence % codec)


def other_data() -> Refused:
    return refusal(
        "film.data",
        _(
            "The file holds a track that is neither pictures nor sound; cameras note there where they were. "
            "Export the film without it."
        ),
    )
