"""What is left of a pasted or imported text: the few inline elements that a newspaper needs.

The sanitizer runs after each step that changes the text: what a step could make of harmless pieces (a soft hyphen
taken out of an address, for example) does not come past it.
"""

import html as entities
import re
from functools import lru_cache
from html.parser import HTMLParser

import nh3

INLINE = {"b", "strong", "i", "em", "a", "sup", "sub"}
LISTS = {"ul", "ol"}
TAGS = INLINE | LISTS | {"p", "li", "br"}
# What else divides words from words: each becomes a paragraph, a cell of a table a space.
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "main", "nav", "option", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
}  # fmt: skip
CELLS = {"td", "th"}
WITHOUT_WORDS = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg"}
LONGEST_KNOWN = 4_000
"""Letters of a text that is remembered with what was made of it."""
SCHEMES = {"http", "https", "mailto", "tel"}


def as_paragraphs(html: str) -> str:
    """The text in paragraphs and lists, with links, bold and italic, and nothing else; what is empty is dropped.

    Word's and web pages' own elements, styles, classes, comments and scripts go; their words stay, but for those of
    scripts and styles. Cleaning twice is cleaning once.
    """
    # The same paragraphs come again each time an editor saves by itself, and thrice when a story is published.
    return _known(html) if len(html) <= LONGEST_KNOWN else _clean(html)


def _clean(html: str) -> str:
    wide, attributes = TAGS | BLOCKS | CELLS, {"a": {"href"}, "b": {"style"}}
    visible = _without_invisible(_sanitize(html, wide, attributes))
    writer = _Writer()
    writer.feed(_sanitize(visible, wide, attributes))
    writer.close()
    return _sanitize("".join(writer.out), TAGS, {"a": {"href"}})


_known = lru_cache(maxsize=2_000)(_clean)


def plain_text(html: str) -> str:
    """The words of a text without any element, in one line."""
    return " ".join(nh3.clean(re.sub(r"</(p|li)>|<br>", " ", html), tags=set()).split())


def _sanitize(html: str, tags: set[str], attributes: dict[str, set[str]]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=attributes,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags=WITHOUT_WORDS,
    )


def _without_invisible(html: str) -> str:
    """No control characters, soft hyphens and zero-width spaces, and of every run of white space one space."""
    shown = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\ufeff]", "", html.replace("&nbsp;", " "))
    return re.sub("[ \t\r\n\f\u00a0]+", " ", shown)


class _Writer(HTMLParser):
    """Writes a text anew: words stand in paragraphs and items of lists only; elements are opened when words come."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.number = 0  # counts the places at which words may stand: each block begins and ends one
        self.words_at = 0  # the place of the last words
        self.places: list[tuple[str, int]] = []  # lists and items that are open in the text, each with its number
        self.open_places: list[tuple[str, int]] = []  # the elements that are open in what is written
        self.marks: list[tuple[str, str]] = []  # inline elements that are open in the text, with what opens each
        self.open_marks = 0  # how many of them are open in what is written
        self.gap = ""  # what stands before the next words, if they are not the first of their place

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INLINE:
            self.marks.append((tag, self._mark(tag, dict(attrs))))
        elif tag == "br":
            self.gap = self.gap.strip() + "<br>"
        elif tag in CELLS:
            self.gap = self.gap or " "
        else:
            self._end_place()
            if tag in LISTS or tag == "li":
                self.places.append((tag, self.number))

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self._end_mark(tag)
        elif tag not in CELLS and tag != "br":
            self._end_place()
            if self.places and self.places[-1][0] == tag:
                self.places.pop()

    def handle_data(self, data: str) -> None:
        if data.startswith(" "):
            self.gap = self.gap or " "
        if data.strip(" "):
            self._open_place()
            self.out += [opening for _tag, opening in self.marks[self.open_marks :]]
            self.open_marks = len(self.marks)
            self.out.append(entities.escape(data.strip(" "), quote=False))
            self.gap = " " if data.endswith(" ") else ""

    def close(self) -> None:
        super().close()
        self._end_place()
        self._leave([])

    def _mark(self, tag: str, attributes: dict[str, str | None]) -> str:
        """What opens an inline element; nothing where it would say nothing."""
        if any(opening and tag == open_tag for open_tag, opening in self.marks):
            return ""
        if tag == "a":
            address = attributes.get("href")
            return f'<a href="{entities.escape(address)}">' if address else ""
        # Web editors wrap a whole paste in a bold element that says it is not bold.
        weightless = re.search(r"font-weight:\s*(normal|[1-4]00)\b", attributes.get("style") or "", re.IGNORECASE)
        return "" if weightless else f"<{tag}>"

    def _end_mark(self, tag: str) -> None:
        while self.marks:
            last, opening = self.marks.pop()
            if self.open_marks > len(self.marks):
                self.open_marks = len(self.marks)
                self.out.append(f"</{last}>" if opening else "")
            if last == tag:
                return

    def _end_place(self) -> None:
        for tag, opening in reversed(self.marks[: self.open_marks]):
            self.out.append(f"</{tag}>" if opening else "")
        self.open_marks = 0
        self.number += 1
        self.gap = ""

    def _open_place(self) -> None:
        """Open the paragraph or item in which words stand, or go on in it."""
        wanted = self._wanted_places()
        has_left = self._leave(wanted)
        opened = wanted[len(self.open_places) :]
        self.out += [f"<{tag}>" for tag, _number in opened]
        self.open_places = wanted
        if not opened and not has_left:
            divided = self.words_at != self.number
            self.out.append("<br>" if divided and "<br>" not in self.gap else self.gap)
        self.words_at = self.number

    def _wanted_places(self) -> list[tuple[str, int]]:
        wanted: list[tuple[str, int]] = []
        for tag, number in self.places:
            in_list = bool(wanted) and wanted[-1][0] in LISTS
            if tag in LISTS and in_list:
                wanted.append(("li", number))
            if tag in LISTS or in_list:
                wanted.append((tag, number))
        if not wanted:
            return [("p", self.number)]
        return wanted if wanted[-1][0] == "li" else [*wanted, ("li", self.number)]

    def _leave(self, wanted: list[tuple[str, int]]) -> bool:
        """Close what is open and not wanted; whether anything was."""
        has_left = False
        while self.open_places and self.open_places != wanted[: len(self.open_places)]:
            self.out.append(f"</{self.open_places.pop()[0]}>")
            has_left = True
        return has_left
