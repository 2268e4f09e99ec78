"""Every address of the site as Django's URL table has it, and how to fill one in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Route:
    """One pattern of the URL table: `text` is what `resolve(...).route` says, `regex` the whole expression."""

    text: str
    regex: str
    view: Any

    @property
    def writes(self) -> bool:
        """Whether the view takes POST; a view that is a plain function may do anything, so it counts as one that does."""
        view_class = getattr(self.view, "view_class", None)
        if view_class is None:
            return True
        return hasattr(view_class, "post") and "post" in view_class.http_method_names

    def path(self, values: Mapping[str, object]) -> str:
        """An address of this route, its arguments filled in by name."""
        for template, names in normalize(self.regex):
            if set(names) <= set(values):
                return "/" + template % {name: values[name] for name in names}
        missing = {name for _template, names in normalize(self.regex) for name in names} - set(values)
        raise LookupError(f"{self.text} has arguments that addresses.py does not fill in: {', '.join(sorted(missing))}")


def all_routes() -> dict[str, Route]:
    """The whole URL table, by the text of each route."""
    return {route.text: route for route in _walk(get_resolver().url_patterns, "", "")}


def _walk(patterns: list[URLPattern | URLResolver], text: str, regex: str) -> Iterator[Route]:
    for pattern in patterns:
        here = text + str(pattern.pattern)
        expression = regex + re.sub(r"^\^", "", pattern.pattern.regex.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, expression)
        else:
            yield Route(here, expression, pattern.callback)
