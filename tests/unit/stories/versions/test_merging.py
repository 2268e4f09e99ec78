"""Two texts that went apart: what is suggested, and what comes of each choice."""

import json
from typing import Any

import pytest
from django.db.models import Model

from broadsheet.stories.versions.merging import MINE, ORDER, THEIRS, differences, merge, order_differs


def name(model: type[Model], pk: int) -> str:
    return f"{model.__name__} {pk}"


def paragraph(key: str, words: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{words}</p>", "id": key}


def text(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"headline": "Ferry", "standfirst": "", "kind": "news", **fields, "body": json.dumps(blocks)}


A, B, C = (paragraph(key, words) for key, words in (("a", "One."), ("b", "Two."), ("c", "Three.")))
BASE = text(A, B)


def keys_and_sides(theirs: dict[str, Any], mine: dict[str, Any], base: Any = BASE) -> list[tuple[str, str]]:
    return [(one.key, one.suggested) for one in differences(theirs, mine, base, name)]


def body(content: dict[str, Any]) -> list[str]:
    return [block["value"] for block in json.loads(content["body"])]


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        (BASE, BASE, []),
        (BASE, text(A, B, headline="Boat"), [("headline", MINE)]),
        (text(A, B, headline="Ship"), BASE, [("headline", THEIRS)]),
        (text(A, B, headline="Ship"), text(A, B, headline="Boat"), [("headline", "")]),
        (text(A, B, headline="Ship"), text(A, B, headline="Ship"), []),
        (BASE, text(A, B, C), [("body:c", MINE)]),
        (text(A), BASE, [("body:b", THEIRS)]),
        (text(A), text(A, paragraph("b", "Two, and more.")), [("body:b", "")]),
        (text(A, paragraph("b", "2.")), text(paragraph("a", "1."), B), [("body:a", MINE), ("body:b", THEIRS)]),
        (text(A, B, section=3), text(A, B, section=None), [("section", THEIRS)]),
    ],
)
def test_what_one_alone_changed_is_suggested(
    theirs: dict[str, Any], mine: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert keys_and_sides(theirs, mine) == expected


def test_without_the_text_from_which_both_set_out_nothing_is_suggested() -> None:
    assert keys_and_sides(text(A, headline="Ship"), text(A, B), None) == [("headline", ""), ("body:b", "")]


def test_what_was_chosen_is_in_the_merged_text_and_the_rest_is_theirs() -> None:
    theirs = text(paragraph("a", "Theirs."), B, headline="Ship", topics=[1])
    mine = text(paragraph("a", "Mine."), C, B, headline="Boat", topics=[1, 2])
    merged = merge(theirs, mine, {"headline": MINE, "body:a": THEIRS, "body:c": MINE, "topics": THEIRS})
    assert (merged["headline"], merged["topics"]) == ("Boat", [1])
    assert body(merged) == ["<p>Theirs.</p>", "<p>Three.</p>", "<p>Two.</p>"]


def test_a_paragraph_that_only_one_wrote_stays_where_nobody_chose_and_goes_where_the_other_side_was_chosen() -> None:
    theirs, mine = text(A, B), text(A, C)
    assert body(merge(theirs, mine, {})) == ["<p>One.</p>", "<p>Three.</p>", "<p>Two.</p>"]
    assert body(merge(theirs, mine, {"body:c": THEIRS, "body:b": MINE})) == ["<p>One.</p>"]


def test_the_order_is_a_question_of_its_own() -> None:
    theirs, mine = text(A, B), text(B, A, C)
    assert order_differs(theirs, mine)
    assert not order_differs(text(A, B), text(A, C, B))
    assert body(merge(theirs, mine, {})) == ["<p>One.</p>", "<p>Three.</p>", "<p>Two.</p>"]
    assert body(merge(theirs, mine, {ORDER: MINE})) == ["<p>Two.</p>", "<p>One.</p>", "<p>Three.</p>"]


def test_choosing_one_side_throughout_gives_that_text() -> None:
    theirs = text(paragraph("a", "Theirs."), C, headline="Ship")
    mine = text(B, paragraph("a", "Mine."), headline="Boat")
    found = differences(theirs, mine, None, name)
    for side, whole in ((THEIRS, theirs), (MINE, mine)):
        merged = merge(theirs, mine, {**{one.key: side for one in found}, ORDER: side})
        assert (merged["headline"], body(merged)) == (whole["headline"], body(whole))


def test_what_differs_is_shown_word_by_word_and_things_by_their_names() -> None:
    quote = {"type": "quote", "value": {"text": "We saw it.", "speaker": 7, "role": "", "place": "", "said_on": None}}
    theirs = text({**quote, "id": "q"}, lead_picture=4)
    mine = text({**quote, "id": "q", "value": {**quote["value"], "text": "We heard it.", "speaker": 8}})
    picture, said = differences(theirs, mine, None, name)
    assert picture.theirs is not None
    assert picture.theirs.text == "Picture 4"
    assert [(run.kind, run.text) for run in said.runs] == [
        ("same", "We "), ("removed", "saw"), ("added", "heard"), ("same", " it.\nSpeaker: Person "),
        ("removed", "7"), ("added", "8"),
    ]  # fmt: skip


def test_a_difference_in_form_alone_is_called_so() -> None:
    mine = text({**A, "value": "<p><b>One.</b></p>"}, B)
    assert [one.is_in_form_only for one in differences(BASE, mine, BASE, name)] == [True]


def test_a_paragraph_that_differs_in_its_key_alone_does_not_differ() -> None:
    mine = text({**paragraph("a", "Fog"), "value": '<p data-block-key="at000">Fog</p>'})
    theirs = text({**paragraph("a", "Fog"), "value": '<p data-block-key="x1y2z">Fog</p>'})
    assert differences(theirs, mine, None, name) == []
