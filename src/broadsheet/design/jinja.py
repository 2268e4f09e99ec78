"""The one environment in which public pages are written: Jinja2, escaped, from frozen values."""

import functools
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from broadsheet.design import words
from broadsheet.design.styles import style_sheet

_filters: dict[str, Callable[..., Any]] = {}


def register_filter(name: str, function: Callable[..., Any]) -> None:
    """Let templates use a room's own filter; called when the room is loaded."""
    _filters[name] = function


def translated(message: str) -> str:
    """The message in the active language, looked up once: a page has dozens, and catalogues do not change."""
    return _translated(message, translation.get_language())


@functools.cache
def _translated(message: str, language: str | None) -> str:
    """The message in a language, which must be the active one."""
    return translation.gettext(message)


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
    found.install_gettext_callables(  # type: ignore[attr-defined]
        translated, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    found.filters.update(
        {
            "as_date": words.as_date,
            "as_time": words.as_time,
            "as_moment": words.as_moment,
            "as_locale": words.as_locale,
            "as_script": words.as_script,
            "quoted": words.quoted,
            "iso": words.iso,
            "combined": lambda first, second: {**first, **second},
            "as_length": words.as_length,
        }
    )
    found.filters.update(_filters)
    found.globals["style_sheet"] = lambda: Markup(style_sheet())
    return found


def render(template: str, **values: Any) -> Markup:
    """A template filled with values."""
    return Markup(environment().get_template(template).render(**values))
