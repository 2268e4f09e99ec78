"""What is left of the text of a standing page: paragraphs, subheads, lists and links."""

import re

import nh3

TAGS = {"p", "h2", "ul", "ol", "li", "a", "b", "strong", "i", "em", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}
WITHOUT_WORDS = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg"}


def as_page(html: str) -> str:
    """The text with the elements of a standing page and nothing else; links that lead nowhere and what is empty go.

    Words of another language may be marked as such, so that they are read aloud in it.
    """
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": {"lang"}},
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags=WITHOUT_WORDS,
    )
    clean = re.sub(r"<a>(.*?)</a>", r"\1", clean, flags=re.DOTALL)
    clean = re.sub(r"<(p|h2|li)>(\s|&nbsp;|<br>)*</\1>\s*", "", clean)
    return clean.strip()


def has_words(html: str) -> bool:
    """Whether there is a letter or a figure to read."""
    return any(character.isalnum() for character in nh3.clean(html, tags=set()))
