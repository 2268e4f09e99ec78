"""The one environment in which public pages are written: Jinja2, escaped, from frozen values."""

import functools
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup

from broadsheet.design import words
from broadsheet.design.styles import FIRST_SCRIPT, style_sheet

_filters: dict[str, Callable[..., Any]] = {}


def register_filter(name: str, function: Callable[..., Any]) -> None:
    """Let templates use a room's own filter; called when the room is loaded."""
    _filters[name] = function


class PartTemplate(Template):
    """A template whose macros are the same wherever they are imported."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        # Jinja looks at each import whether the page brings globals of its own, with which the macros would be made
        # anew. No page does; without this, imports are a twentieth of a story's page.
        return super()._get_default_module()


def message(text: str, **values: Any) -> Markup:
    """The text in the active language, with its values: what `_` does in templates, as a format and escaped."""
    language = translation.get_language()
    return _format(text, language) % values if values else _whole(text, language)


# A page has dozens of messages, and the catalogues do not change; the language must be the active one.
@functools.cache
def _format(text: str, language: str | None) -> Markup:
    return Markup(translation.gettext(text))


@functools.cache
def _whole(text: str, language: str | None) -> Markup:
    return _format(text, language) % {}


@functools.cache
def environment() -> Environment:
    """The environment with the templates of every room; an unknown name in a template is an error."""
    folders = [Path(str(import_module(room).__file__)).parent for room in settings.ROOMS]
    found = Environment(
        loader=FileSystemLoader([folder / "templates" for folder in folders] + [folders[-2] / "parts"]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
    )
    found.template_class = PartTemplate
    found.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    found.globals["_"] = message
    found.filters.update(
        {
            "as_date": words.as_date,
            "as_time": words.as_time,
            "as_moment": words.as_moment,
            "as_locale": words.as_locale,
            "as_script": words.as_script,
            "beside": words.beside,
            "quoted": words.quoted,
            "iso": words.iso,
            "combined": lambda first, second: {**first, **second},
            "as_length": words.as_length,
        }
    )
    found.filters.update(_filters)
    found.globals["style_sheet"] = lambda language: Markup(style_sheet(words.as_script(language)))
    found.globals["first_script"] = Markup(FIRST_SCRIPT)
    return found


def render(template: str, **values: Any) -> Markup:
    """A template filled with values."""
    return Markup(environment().get_template(template).render(**values))
