"""The field in which a paragraph is written."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea


class ParagraphArea(DraftailRichTextArea):
    """Wagtail's, but for one thing: each letter is in the form at once, so that it can be kept and saved.

    Its own waits for a pause of a quarter of a second; who types on without one would have nothing saved.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["stateSaveInterval"] = 0
