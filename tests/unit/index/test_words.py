"""From a text to stems: the same for what is put in and what is asked."""

import threading

import pytest

from broadsheet.index.words import LONGEST, composed, stem, stems_of, words_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("unloading", "unloads"),
        ("Port", "PORT"),
        ("порт", "портов"),
        ("станциями", "Станция"),
        ("ёлка", "ЕЛКИ"),
        ("café", "cafes"),
        ("Lusvik’s", "Lusvik"),
        ("O'Brien", "obrien"),
        ("don’t", "don't"),
        ("за\u0301мок", "замок"),
        ("un\u00adloading", "unloading"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul"),
        ("２０２６", "2026"),
        ("Йога", "йога"),
    ],
)
def test_these_are_one_word(one: str, other: str) -> None:
    assert stems_of(composed(one)) == stems_of(composed(other))
    assert len(stems_of(composed(one))) == 1


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("port", "порт"), ("news", "new"), ("10", "100")])
def test_these_are_two(one: str, other: str) -> None:
    assert stems_of(one) != stems_of(other)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The port, at night.", ["the", "port", "at", "night"]),
        ("north-west", ["north", "west"]),
        ("1,000 a_b", ["1", "000", "a", "b"]),
        ("", []),
        ("… — !?", []),
        ("😀 \u202e\u200b", []),
        ("a\x00b", ["a", "b"]),
    ],
)
def test_a_text_is_parted_into_words(text: str, stems: list[str]) -> None:
    assert stems_of(composed(text)) == stems


def test_a_stem_is_never_empty_and_holds_letters_and_digits_alone() -> None:
    for number in range(0x110000):
        letter = chr(number)
        if letter.isalnum():
            for stem_ in stems_of(composed(f"{letter}{letter} {letter}x")):
                assert stem_.isalnum(), hex(number)
                assert len(stem_) <= LONGEST


def test_every_word_of_a_text_has_one_stem_so_that_extracts_find_their_places() -> None:
    text = composed("".join(chr(number) + (" " if number % 7 == 0 else "") for number in range(0x3000)))
    assert len(list(words_in(text))) == len(stems_of(text))


def test_a_word_without_an_end_is_cut() -> None:
    assert len(stem("b" * 10_000)) == LONGEST


def test_threads_do_not_disturb_each_other() -> None:
    words = [f"{start}{end}" for start in ("unload", "relat", "harbour", "govern") for end in ("ing", "s", "ed", "ion")]
    alone = [stem.__wrapped__(word) for word in words]
    found: list[list[str]] = []

    def work() -> None:
        found.extend([stem.__wrapped__(word) for word in words] for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(stems == alone for stems in found)
    assert len(found) == 200
