"""Captions that come in: what is well-formed, and what is said of the rest."""

import io

import pytest

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank import demo
from broadsheet.mediabank.films.captions import read_captions
from tests.films import VTT


def written(*cues: str, head: str = "WEBVTT") -> bytes:
    return "\n\n".join((head, *cues, "")).encode()


ONE = "00:01.000 --> 00:02.000\nOne."
GOOD = [
    ("a cue", VTT),
    ("words in the head", written(ONE, head="WEBVTT - the cranes\nKind: captions")),
    ("a name above a cue", written(f"first\n{ONE}")),
    ("hours", written("100:00:01.000 --> 100:00:02.000\nOne.")),
    ("settings", written("00:01.000 --> 00:02.000 line:0 position:20% align:start\nOne.")),
    ("a note, a style and a region", written("NOTE by hand", "STYLE\n::cue { color: white }", "REGION\nid:a", ONE)),
    ("spans", written("00:01.000 --> 00:02.000\n<v Ann>One <i>two</i> <c.loud>three</c> <00:01.500>four")),
    ("signs that are no spans", written("00:01.000 --> 00:02.000\n1 &lt; 2 &amp; 3 > 2")),
    ("two at once", written(ONE, "00:01.000 --> 00:03.000\nTwo.")),
    ("Russian", written("00:01.000 --> 00:02.000\nОдин.")),
    ("no line end at the end", written(ONE).strip()),
]
BAD = [
    ("nothing", b"", "captions.no-vtt", "WEBVTT"),
    ("SubRip", b"1\n00:00:01,000 --> 00:00:02,000\nOne.\n", "captions.no-vtt", "WEBVTT"),
    ("a longer word", written(ONE, head="WEBVTTX"), "captions.no-vtt", "WEBVTT"),
    ("Windows-1251", written("00:01.000 --> 00:02.000\n") + "Один".encode("cp1251"), "captions.letters", "UTF-8"),
    ("a zero", written(f"{ONE}\0"), "captions.no-vtt", "WEBVTT"),
    ("no cue", written("NOTE nothing yet"), "captions.empty", "no words"),
    ("a cue in the head", written(head=f"WEBVTT\n{ONE}"), "captions.malformed", "Line 2"),
    ("a comma", written("00:01,000 --> 00:02,000\nOne."), "captions.malformed", "Line 3"),
    ("seconds alone", written("1.000 --> 2.000\nOne."), "captions.malformed", "Line 3"),
    ("sixty seconds", written("00:60.000 --> 01:01.000\nOne."), "captions.malformed", "Line 3"),
    ("an unknown setting", written("00:01.000 --> 00:02.000 colour:red\nOne."), "captions.malformed", "Line 3"),
    ("words without times", written("One."), "captions.malformed", "Line 3"),
    ("an end before its beginning", written("00:02.000 --> 00:01.000\nOne."), "captions.malformed", "end before"),
    ("an order", written("00:05.000 --> 00:06.000\nTwo.", ONE), "captions.malformed", "Line 6"),
    ("no words", written("00:01.000 --> 00:02.000"), "captions.malformed", "no words"),
    ("no line between two", written(f"{ONE}\n00:03.000 --> 00:04.000\nTwo."), "captions.malformed", "Line 5"),
    ("an unknown span", written("00:01.000 --> 00:02.000\n<script>x</script>"), "captions.malformed", "<script>"),
    ("an open span", written("00:01.000 --> 00:02.000\n<i>One."), "captions.malformed", "not closed"),
    ("a wrong end", written("00:01.000 --> 00:02.000\n<i>One</b>"), "captions.malformed", "closes nothing"),
    ("a style behind a cue", written(ONE, "STYLE\n::cue { color: red }"), "captions.malformed", "Line 7"),
    ("more than 500 kB", written(ONE, "NOTE " + "x" * 500_000), "captions.too-large", "500 kB"),
]


@pytest.mark.parametrize(("name", "data"), GOOD, ids=[row[0] for row in GOOD])
def test_well_formed_captions_are_taken_as_they_are(name: str, data: bytes) -> None:
    assert read_captions(io.BytesIO(data)) == data


@pytest.mark.parametrize(("name", "data", "code", "words"), BAD, ids=[row[0] for row in BAD])
def test_what_is_wrong_with_captions_is_said_with_its_line(name: str, data: bytes, code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        read_captions(io.BytesIO(data))
    assert caught.value.code == code
    assert words in caught.value.sentence


def test_the_demos_captions_are_well_formed() -> None:
    found = sorted(demo.FILMS.glob("*.vtt"))
    assert [path.name.split(".")[1] for path in found] == ["en", "ru"]
    for path in found:
        assert read_captions(io.BytesIO(path.read_bytes()))
