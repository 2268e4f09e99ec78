"""Names that exist in several languages, and which of them a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass

FALLBACKS = ("en", "ru")


@dataclass(frozen=True)
class Localized:
    """A text for a page; `lang` is empty where the text is in the page's own language, else the language it is in."""

    text: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def choose(texts: Mapping[str, str], language: str) -> Localized:
    """The text in the page's language; where there is none, the first that there is: English, Russian, any other."""
    if texts.get(language):
        return Localized(texts[language])
    for fallback in (*FALLBACKS, *sorted(texts)):
        if texts.get(fallback):
            return Localized(texts[fallback], fallback)
    return Localized()
