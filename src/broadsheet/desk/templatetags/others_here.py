"""Who else has a thing open, in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def what_they_do(session: dict[str, Any], own: Any) -> str:
    """Such as “Tomas Rey is writing”; `own` is the session of whoever is told."""
    if session["user"] == own.user:
        return _("You are writing in another window") if session["is_editing"] else _("You, in another window")
    who = {"who": session["user"]}
    if session["is_editing"]:
        return _("%(who)s is writing") % who
    return (_("%(who)s, looking elsewhere") if session["is_idle"] else _("%(who)s is here")) % who


@register.simple_tag
def first_letters(user: Any) -> str:
    """Such as “TR”, where there is no room for the name."""
    first, *more = str(user).split() or ["?"]
    return (first[0] + (more[-1][0] if more else "")).upper()
