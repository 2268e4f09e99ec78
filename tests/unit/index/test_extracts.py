"""What of a text is shown under a hit."""

import pytest

from broadsheet.index.extracts import LENGTH, extract, marked
from broadsheet.index.values import Piece
from broadsheet.index.words import stems_of


def show(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def cut(text: str, *words: str) -> str:
    return show(extract(text, stems_of(text), frozenset(words)))


FILLER = "One may read a good deal here of other things. " * 12


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("The cranes stand still.", "The [cranes] stand still."),
        ("Nothing of it.", "Nothing of it."),
        ("Crane, “crane” – CRANES!", "[Crane], “[crane]” – [CRANES]!"),
        ("<b>crane</b> & more", "<b>[crane]</b> & more"),
    ],
)
def test_a_short_text_is_shown_whole(text: str, shown: str) -> None:
    assert cut(text, "crane") == shown


def test_of_a_long_text_the_part_with_the_words_is_shown_and_the_cuts_are_said() -> None:
    shown = cut(FILLER + "At night the cranes stand still. " + FILLER, "crane", "night")
    assert "At [night] the [cranes] stand still." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert LENGTH - 30 < len(shown) < LENGTH + 30


def test_where_most_of_the_words_are_is_shown() -> None:
    text = f"A crane. {FILLER} A crane at night. {FILLER}"
    assert "[crane] at [night]" in cut(text, "crane", "night")


def test_without_a_match_the_beginning_is_shown() -> None:
    shown = cut(FILLER, "crane")
    assert FILLER.startswith(shown.removesuffix(" …"))


def test_a_word_without_an_end_is_cut() -> None:
    assert len(cut("b" * 5000, "crane")) <= LENGTH + 3
    assert len(cut("A crane " + "b" * 5000, "crane")) <= LENGTH + 3


def test_a_title_is_marked_whole() -> None:
    assert show(marked("Port to stop", stems_of("Port to stop"), frozenset({"stop"}))) == "Port to [stop]"
