"""What the script needs that helps to write: its numbers, its words, and which language each edition has."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from broadsheet.editions.reads import all_editions
from broadsheet.stories.checks.headline import LETTERS_IN_A_LINE, MOST_LINES

WORDS_A_MINUTE = 200


class HelpsToWrite:
    """For create and edit: the numbers and words of the script are in the page, and what is gone is said."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if not view.expects_json_response:
            for sentence in form.gone:
                messages.warning(view.request, sentence)
        return response

    def get_success_json(self) -> dict[str, Any]:
        """Beside the others': sentences on what the form named that was deleted meanwhile."""
        view: Any = self
        return {**super().get_success_json(), "gone": view.form.gone}  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "writing": writing_data()}


def writing_data() -> dict[str, Any]:
    """Numbers, addresses and sentences for static/stories/desk/writing."""
    return {
        "letters": LETTERS_IN_A_LINE,
        "lines": MOST_LINES,
        "wordsAMinute": WORDS_A_MINUTE,
        "language": (get_language() or "en")[:2],
        "languages": {str(edition.id): edition.language for edition in all_editions()},
        "people": reverse("found-people"),
        "addPerson": reverse("add-person-called"),
        "stories": reverse("found-stories"),
        "addPicture": reverse("bring-picture"),
        "lookOfPicture": reverse("look-of-picture", args=[0]),
        "words": {**_counting(), **_choosing(), **_pictures(), **_keys()},
    }


def _counting() -> dict[str, str]:
    return {
        "fits": _("Letters: %(letters)s. Fits a card."),
        "tooLong": _("Letters: %(letters)s. Too long for a card: lines %(lines)s, at most %(most)s look good."),
        "ownCard": _("Letters: %(letters)s. Cards have a headline of their own."),
        "cardEmpty": _("Cards show the headline."),
        "counted": _("Words: %(words)s. Reading time: %(minutes)s min."),
    }


def _choosing() -> dict[str, str]:
    return {
        "typeName": _("Type a name"),
        "typeHeadline": _("Type a word of the headline"),
        "add": _("Add “%s”"),
        "role": _("Role of %s, if it is known"),
        "addNow": _("Add"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "nothing": _("Nothing found."),
        "found": _("Found: %s. Choose with the arrow keys."),
        "chosen": _("Chosen: %s"),
        "unreachable": _("The desk does not answer. What you typed is still here; try again."),
    }


def _pictures() -> dict[str, str]:
    return {
        "take": _("Take or choose a picture"),
        "dropHere": _("or drop one here"),
        "newPicture": _("A new picture"),
        "alt": _("Alt text: what is seen, for those who cannot see it"),
        "title": _("Working title"),
        "creator": _("Who made it"),
        "agency": _("Agency"),
        "licence": _("Licence"),
        "bring": _("Put it into the story"),
        "sending": _("The picture is on its way: %s %%"),
        "noPicture": _("That is no picture."),
        "noPictures": _("Pictures are not pasted with a text. Drop each on its own, so that its rights are asked."),
    }


def _keys() -> dict[str, str]:
    return {
        "heading": _("Keys"),
        "moved": _("Moved: it is number %(number)s of %(count)s now."),
        "deleted": _("The block is deleted."),
        "keys": _(
            "/ in an empty line: all blocks. Ctrl+Enter: a new paragraph below. Alt+Shift+↑ ↓: move a block. "
            "Backspace in an empty block: delete it. Ctrl+Alt+Q, I, H, R: quote, picture, subhead, related story."
        ),
    }
