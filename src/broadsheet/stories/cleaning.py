"""What is left of a pasted or imported text: the few inline elements that a newspaper needs."""

import re

import nh3

TAGS = {"p", "b", "strong", "i", "em", "a", "sup", "sub", "ul", "ol", "li", "br"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def clean_rich_text(html: str) -> str:
    """The text with paragraphs, lists, links, bold and italic, and nothing else; empty paragraphs are dropped.

    Word's and web pages' own elements, styles, classes, comments and scripts go; their text stays, but for scripts,
    styles and what is hidden.
    """
    html = re.sub(r"<!--\[if.*?<!\[endif\]-->|<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(r"</?(?:div|section|article|h[1-6]|blockquote)\b[^>]*>", "</p><p>", html, flags=re.IGNORECASE)
    html = _drop_weightless_bold(html)
    html = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "title", "template", "noscript", "iframe", "object"},
    )
    html = html.replace("&nbsp;", " ").replace("\u00a0", " ").replace("\u200b", "").replace("\u00ad", "")
    html = re.sub(r"<(a|b|strong|i|em|sup|sub)>\s*</\1>", "", html)
    html = re.sub(r"[ \t\r\n]+", " ", html)
    return re.sub(r"<p>(?:\s|<br>)*</p>", "", html).strip()


def _drop_weightless_bold(html: str) -> str:
    """Web editors wrap a whole paste in a bold element that says it is not bold."""
    return re.sub(r"<b\b[^>]*font-weight:\s*normal[^>]*>(.*)</b>", r"\1", html, flags=re.DOTALL | re.IGNORECASE)


def as_paragraphs(html: str) -> str:
    """Cleaned text in which everything stands in a paragraph or a list."""
    cleaned = clean_rich_text(html)
    if not cleaned or cleaned.startswith(("<p>", "<ul>", "<ol>")):
        return cleaned
    return f"<p>{cleaned}</p>"


def plain_text(html: str) -> str:
    """The words of a text without any element, in one line."""
    return " ".join(nh3.clean(re.sub(r"</(p|li)>|<br>", " ", html), tags=set()).split())
