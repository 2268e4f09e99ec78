"""The keys by which the editor of rich text tells paragraphs apart: comments stand at them, readers never see them.

A text that came from elsewhere has none. The editor would make up others each time that it is opened, and two windows
would seem to have changed every paragraph: so the first opening finds the keys that any other would.
"""

import re

BLOCK = re.compile(r"<(p|h[1-6]|li|blockquote)(?=[\s>])(?![^>]*\bdata-block-key)", re.IGNORECASE)
KEY = re.compile(r""" data-block-key=\\?(["'])[^"'\\<>]*\\?\1""")


def with_keys(html: str) -> str:
    """A rich text of which every paragraph has a key: its own, or one that follows from its place."""
    places = iter(range(len(html)))
    return BLOCK.sub(lambda found: f'{found[0]} data-block-key="at{next(places):03}"', html)


def without_keys(text: str) -> str:
    """A rich text, or JSON that holds some, without any keys."""
    return KEY.sub("", text)
