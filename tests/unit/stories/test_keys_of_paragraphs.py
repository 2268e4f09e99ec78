"""Keys of paragraphs: the same however often a text is opened, and no part of what it says."""

import json

import pytest

from broadsheet.stories.keys_of_paragraphs import with_keys, without_keys

BARE = "<p>One</p><h3>Two</h3><ul><li>Three</li></ul><blockquote>Four</blockquote>"


@pytest.mark.parametrize(
    ("text", "keyed"),
    [
        ("", ""),
        ("<p>One</p>", '<p data-block-key="at000">One</p>'),
        ("<P>One</P>", '<P data-block-key="at000">One</P>'),
        ("<pre>One</pre>", "<pre>One</pre>"),
        (
            '<p data-block-key="own00">One</p><p>Two</p>',
            '<p data-block-key="own00">One</p><p data-block-key="at000">Two</p>',
        ),
        ('<p class="x">One</p>', '<p data-block-key="at000" class="x">One</p>'),
        ("<ul><li>One</li></ul>", '<ul><li data-block-key="at000">One</li></ul>'),
    ],
)
def test_what_has_no_key_gets_one_by_its_place(text: str, keyed: str) -> None:
    assert with_keys(text) == keyed
    assert with_keys(keyed) == keyed


def test_keys_are_taken_out_of_a_text_and_of_json_that_holds_it() -> None:
    assert without_keys(with_keys(BARE)) == BARE
    assert json.loads(without_keys(json.dumps([{"value": with_keys(BARE)}]))) == [{"value": BARE}]
    said = "<p>He wrote data-block-key=&quot;x&quot; on the wall</p>"
    assert without_keys(said) == said
