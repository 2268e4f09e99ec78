"""What of a text is shown under a hit: about 200 characters, the words that were asked for marked."""

from broadsheet.index.values import Piece
from broadsheet.index.words import words_in

LENGTH = 200
WINDOW = 32
"""Words among which the most of what is asked for is sought."""
LOOKED_AT = 3000
"""Words at the beginning of a text that are looked at."""
BEFORE = 6
"""Words that are shown before the first match."""


def marked(text: str, stems: list[str], sought: frozenset[str]) -> tuple[Piece, ...]:
    """The whole text in pieces; `stems` has the stem of each of its words."""
    spans = [word.span() for word, stem in zip(words_in(text), stems, strict=False) if stem in sought]
    return _pieces(text, spans, 0, len(text))


def extract(text: str, stems: list[str], sought: frozenset[str]) -> tuple[Piece, ...]:
    """The part of a text in which most of the sought stems stand; its beginning where none does."""
    first = _first_word_of_best(stems[:LOOKED_AT], sought)
    words = []
    for number, word in enumerate(words_in(text)):
        if number >= first:
            words.append((word, stems[number] if number < len(stems) else ""))
            if word.end() - words[0][0].start() > LENGTH:
                break
    if not words:
        return ()
    begin = words[0][0].start() if first else 0
    end = _end_of_extract(text, begin, words[-1][0].start())
    spans = [word.span() for word, stem in words if stem in sought and word.end() <= end]
    pieces = list(_pieces(text, spans, begin, end))
    return (*([Piece("… ")] if begin else []), *pieces, *([Piece(" …")] if end < len(text) else []))


def _first_word_of_best(stems: list[str], sought: frozenset[str]) -> int:
    places = [number for number, stem in enumerate(stems) if stem in sought]
    best, most = 0, 0
    for number in places:
        different = len({stem for stem in stems[number : number + WINDOW] if stem in sought})
        if different > most:
            best, most = max(0, number - BEFORE), different
    return best


def _end_of_extract(text: str, begin: int, last_word: int) -> int:
    if len(text) - begin <= LENGTH:
        return len(text)
    # A single word without an end, such as an address, is cut.
    return len(text[: max(last_word, begin + 1)].rstrip()) if last_word > begin else begin + LENGTH


def _pieces(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> tuple[Piece, ...]:
    pieces, at = [], begin
    for start, stop in spans:
        pieces += [Piece(text[at:start]), Piece(text[start:stop], is_marked=True)]
        at = stop
    pieces.append(Piece(text[at:end]))
    return tuple(piece for piece in pieces if piece.text)
