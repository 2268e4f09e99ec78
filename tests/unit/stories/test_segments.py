"""From blocks to finished segments: before beside after."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.foundation.slugs import to_slug
from broadsheet.stories.segments import TRANSFORMS, WRITERS, references_of, to_segments

Block = dict[str, Any]


def block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value, "id": "an-id-of-the-editor"}


def html(text: str) -> list[Block]:
    return [{"type": "html", "html": text}]


def item(value: Any) -> Block:
    """A part of a list as the editor stores it."""
    return {"type": "item", "value": value, "id": "x"}


SCRIPT, SHOWN = "<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"
MAP = "https://www.openstreetmap.org/export/embed.html"
BEGUN = item({"when": "1920", "text": "a"})
BY_THE_CLERK = {"speaker": 4, "role": "clerk", "place": "Riga", "said_on": "2026-11-22"}
QUOTE = {"type": "quote", "number": 1, "text": "We sleep.", "speaker": None, "role": "", "place": "", "said_on": ""}
TABLE: list[tuple[str, list[Block], list[Block]]] = [
    ("a paragraph", [block("paragraph", "<p>One.</p>")], html("<p>One.</p>")),
    ("a subhead", [block("subhead", " A & B ")], html('<h2 id="a-b">A &amp; B</h2>')),
    (
        "a quote",
        [
            block(
                "quote",
                {"text": " We sleep. ", "speaker": 4, "role": "clerk", "place": "Riga", "said_on": "2026-11-22"},
            )
        ],
        [{**QUOTE, "type": "quote", "speaker": 4, "role": "clerk", "place": "Riga", "said_on": "2026-11-22"}],
    ),
    (
        "quotes are numbered",
        [block("quote", {"text": "One"}), block("subhead", "x"), block("quote", {"text": "Two", "speaker": None})],
        [
            {**QUOTE, "type": "quote", "text": "One"},
            *html('<h2 id="x">x</h2>'),
            {**QUOTE, "type": "quote", "text": "Two", "number": 2},
        ],
    ),
    (
        "a picture",
        [block("picture", {"picture": 7, "caption": " c "})],
        [{"type": "picture", "picture": 7, "caption": "c"}],
    ),
    (
        "a gallery, as the editor stores it",
        [block("gallery", {"title": "t", "pictures": [item({"picture": 7, "caption": ""}), item({"picture": None})]})],
        [{"type": "gallery", "title": "t", "pictures": [{"type": "picture", "picture": 7, "caption": ""}]}],
    ),
    (
        "a gallery, as the importer writes it",
        [block("gallery", {"pictures": [{"picture": 7}]})],
        [{"type": "gallery", "title": "", "pictures": [{"type": "picture", "picture": 7, "caption": ""}]}],
    ),
    (
        "a video",
        [block("video", {"title": "v", "address": "https://player.vimeo.com/video/1", "poster": 3})],
        [
            {
                "type": "video",
                "film": None,
                "title": "v",
                "address": "https://player.vimeo.com/video/1",
                "host": "player.vimeo.com",
                "poster": 3,
            }
        ],
    ),
    (
        "a film of the mediabank",
        [block("video", {"film": 4, "title": "", "address": "", "poster": None})],
        [{"type": "video", "film": 4, "title": "", "address": "", "host": "", "poster": None}],
    ),
    (
        "an embed",
        [block("embed", {"title": "m", "address": MAP})],
        [{"type": "embed", "title": "m", "address": MAP, "host": "www.openstreetmap.org"}],
    ),
    (
        "a fact box",
        [block("fact_box", {"title": "Facts", "text": "<div>One</div>"})],
        html('<aside class="fact-box"><h2>Facts</h2><p>One</p></aside>'),
    ),
    (
        "a timeline, without what has no text",
        [
            block(
                "timeline",
                {"title": "", "entries": [item({"when": "1920", "text": "a"}), item({"when": "1", "text": ""})]},
            )
        ],
        html('<section class="timeline"><ol><li><b>1920</b> a</li></ol></section>'),
    ),
    (
        "a table, each row as wide as the widest",
        [block("table", {"caption": "c", "rows": "a | b\n\n 1 \n1|2|3"})],
        html(
            '<div class="table" tabindex="0" role="region" aria-label="c"><table><caption>c</caption>'
            '<thead><tr><th scope="col">a</th>'
            '<th scope="col">b</th><td></td></tr></thead><tbody><tr><td>1</td><td></td><td></td></tr>'
            "<tr><td>1</td><td>2</td><td>3</td></tr></tbody></table></div>"
        ),
    ),
    ("a related story", [block("related", 5)], [{"type": "card", "story": 5}]),
    (
        "neighbouring html is joined",
        [block("paragraph", "<p>1</p>"), block("subhead", "2"), block("related", 5), block("paragraph", "<p>3</p>")],
        [*html('<p>1</p>\n<h2 id="2">2</h2>'), {"type": "card", "story": 5}, *html("<p>3</p>")],
    ),
    ("script in a subhead", [block("subhead", SCRIPT)], html(f'<h2 id="{to_slug(SCRIPT)}">{SHOWN}</h2>')),
    (
        "script in a fact box",
        [block("fact_box", {"title": SCRIPT, "text": f"<p>x</p>{SCRIPT}"})],
        html(f'<aside class="fact-box"><h2>{SHOWN}</h2><p>x</p></aside>'),
    ),
    (
        "script in a timeline",
        [block("timeline", {"title": SCRIPT, "entries": [{"when": SCRIPT, "text": SCRIPT}]})],
        html(f'<section class="timeline"><h2>{SHOWN}</h2><ol><li><b>{SHOWN}</b> {SHOWN}</li></ol></section>'),
    ),
    (
        "script in a table",
        [block("table", {"caption": SCRIPT, "rows": f"{SCRIPT}\n{SCRIPT}"})],
        html(
            f'<div class="table" tabindex="0" role="region" aria-label="{SHOWN}"><table><caption>{SHOWN}</caption>'
            f'<thead><tr><th scope="col">{SHOWN}</th>'
            f"</tr></thead><tbody><tr><td>{SHOWN}</td></tr></tbody></table></div>"
        ),
    ),
]


@pytest.mark.parametrize(("name", "before", "after"), TABLE, ids=[row[0] for row in TABLE])
def test_blocks_become_segments(name: str, before: list[Block], after: list[Block]) -> None:
    untouched = copy.deepcopy(before)
    assert to_segments(before) == after
    assert to_segments(before) == after
    assert before == untouched, "a transform is pure"


UNFINISHED = [
    ("paragraph", ""), ("paragraph", None), ("paragraph", "<p>&nbsp;</p>"), ("paragraph", "<script>x</script>"),
    ("subhead", " "), ("subhead", None),
    ("quote", {"text": "", "speaker": 4}), ("quote", {"text": "“”"}), ("quote", {"text": None}),
    ("picture", {"picture": None, "caption": "c"}), ("picture", {}),
    ("gallery", {"title": "t", "pictures": []}), ("gallery", {"title": "t", "pictures": [item({"picture": None})]}),
    ("gallery", {"title": "t", "pictures": None}),
    ("video", {"title": "", "address": "https://player.vimeo.com/video/1"}),
    ("video", {"title": "t", "address": "https://evil.example/video"}), ("video", {"title": "t", "address": None}),
    ("video", {"film": None, "title": "t", "address": ""}),
    ("video", {"film": 4, "title": "t", "address": "https://player.vimeo.com/video/1"}),
    ("embed", {"title": "t", "address": "https://["}), ("embed", {"title": "t", "address": ""}),
    ("fact_box", {"title": "t", "text": "<p> </p>"}), ("fact_box", {"title": "t", "text": None}),
    ("timeline", {"title": "t", "entries": []}), ("timeline", {"entries": [item({"when": "1", "text": " "})]}),
    ("table", {"caption": "c", "rows": " \n "}), ("table", {"caption": "c", "rows": None}),
    ("related", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), UNFINISHED, ids=str)
def test_an_unfinished_block_never_reaches_a_reader(kind: str, value: Any) -> None:
    assert to_segments([block("subhead", "a"), block(kind, value), block("subhead", "b")]) == html(
        '<h2 id="a">a</h2>\n<h2 id="b">b</h2>'
    )


MARKS = [
    ("“We sleep.”", "We sleep."),
    ("«Мы спим.»", "Мы спим."),
    ('"We sleep."', "We sleep."),
    ("„We sleep.”", "We sleep."),
    ("« Nous dormons. »", "Nous dormons."),
    ("“He said “no”.”", "“He said “no”.”"),
    ("«Он сказал „нет“.»", "Он сказал „нет“."),
    ("“Yes” and “no”", "“Yes” and “no”"),
    ('"Yes" and "no"', '"Yes" and "no"'),
    ("“Yes”, he said", "“Yes”, he said"),
    ("We “sleep”", "We “sleep”"),
    ("‘We sleep.’", "‘We sleep.’"),
    ('"', '"'),
    ("“Two\nlines”", "Two\nlines"),
]


@pytest.mark.parametrize(("before", "after"), MARKS)
def test_marks_around_a_whole_quote_go_and_those_within_stay(before: str, after: str) -> None:
    assert to_segments([block("quote", {"text": before})])[0]["text"] == after


def test_references_are_found_wherever_they_stand() -> None:
    segments = to_segments(
        [
            block("picture", {"picture": 1}),
            block("gallery", {"pictures": [item({"picture": 2}), item({"picture": 1})]}),
            block("video", {"title": "v", "address": "https://player.vimeo.com/1", "poster": 3}),
            block("video", {"film": 6, "poster": 7}),
            block("quote", {"text": "q", "speaker": 4}),
            block("quote", {"text": "", "speaker": 9}),
            block("related", 5),
        ]
    )
    assert references_of(segments) == {"pictures": {1, 2, 3, 7}, "films": {6}, "people": {4}, "stories": {5}}


NAMES = ("text", "speaker", "role", "picture", "caption", "title", "address", "poster", "rows")
STRUCTS = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), st.text(max_size=8)), max_size=5)
ANY_BLOCK = st.one_of(
    st.tuples(st.sampled_from(["paragraph", "subhead"]), st.text(max_size=12)),
    st.tuples(st.sampled_from(["quote", "picture", "video", "fact_box", "table", "embed"]), STRUCTS),
    st.tuples(st.just("related"), st.integers(1, 9)),
)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.lists(ANY_BLOCK, max_size=6))
def test_the_same_blocks_always_give_the_same_segments(parts: list[tuple[str, Any]]) -> None:
    blocks = [block(kind, value) for kind, value in parts]
    first = to_segments(copy.deepcopy(blocks))
    assert to_segments(blocks) == first
    assert all("<script" not in segment.get("html", "") for segment in first)


def test_every_block_of_the_desk_has_a_writer() -> None:
    from broadsheet.stories.blocks import StoryBody

    assert set(StoryBody.base_blocks) == set(WRITERS)
    assert len({transform.__name__ for transform in TRANSFORMS}) == len(TRANSFORMS)
