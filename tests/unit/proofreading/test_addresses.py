"""Which addresses are visited, and as what."""

import pytest

from broadsheet.proofreading.addresses import hash_of, to_visit


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" http://example.org/a?b=c#d ", "http://example.org/a?b=c"),
        ("https://пример.рф/а", "https://пример.рф/а"),
        ("ftp://example.org/", ""),
        ("file:///etc/passwd", ""),
        ("gopher://example.org/", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", ""),
        ("//example.org/", ""),
        ("/world/", ""),
        ("https://", ""),
        ("https://user:secret@example.org/", ""),
        ("https://example.org:99999/", ""),
        ("https://example.org:0/", ""),
        ("https://example.org/a b", ""),
        ("https://example.org/\r\nHost: other", ""),
        ("http://[::1", ""),
        ("https://example.org/" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_an_address_is_visited_as_it_stands_or_not_at_all(address: str, expected: str) -> None:
    assert to_visit(address) == expected


def test_two_addresses_are_told_apart() -> None:
    assert hash_of("https://example.org/a") != hash_of("https://example.org/b")
    assert len(hash_of("\ud800")) == 64
