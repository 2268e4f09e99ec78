"""What a stranger types, understood."""

import pytest

from broadsheet.index.asked import MOST_TERMS, understand


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        ("port", [("port",)], []),
        ("Port Strikes", [("port",), ("strike",)], []),
        ("port port", [("port",)], []),
        ('"port strike"', [("port", "strike")], []),
        ("«порт бастует» сегодня", [("порт", "баст"), ("сегодн",)], []),
        ("„port strike“ now", [("port", "strike"), ("now",)], []),
        ("port -strike", [("port",)], [("strike",)]),
        ('port -"strike ends"', [("port",)], [("strike", "end")]),
        ("port −strike –night", [("port",)], [("strike",), ("night",)]),
        ("-strike", [], [("strike",)]),
        ("port - strike", [("port",), ("strike",)], []),
        ("north-west", [("north", "west")], []),
        ('"port strike', [("port", "strike")], []),
        ('port" strike', [("port",), ("strike",)], []),
        ('""', [], []),
        ("port -port", [("port",)], []),
        ("AND OR NOT NEAR", [("and",), ("or",), ("not",), ("near",)], []),
        ("title:port* ^a + (b)", [("titl", "port"), ("a",), ("b",)], []),
        ("a & b | !c <-> d:*", [("a",), ("b",), ("c",), ("d",)], []),
        ("'; DROP TABLE x; --", [("drop",), ("tabl",), ("x",)], []),
        ("", [], []),
        ('…!?"“”-', [], []),
        ("\x00", [], []),
        ("😀", [], []),
    ],
)
def test_words_are_understood(words: str, wanted: list[tuple[str, ...]], unwanted: list[tuple[str, ...]]) -> None:
    asked = understand(words)
    assert (list(asked.wanted), list(asked.unwanted)) == (wanted, unwanted)


def test_only_so_many_words_count() -> None:
    asked = understand(" ".join(f"w{number}" for number in range(5000)))
    assert len(asked.wanted) == MOST_TERMS
    assert len(understand('"' + "a b " * 5000).wanted[0]) == 12
