"""Every address of the site as Django's URL table has it, and how to fill one in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """One pattern of the URL table: `text` is what `resolve(...).route` says, `regex` the whole expression."""

    text: str
    regex: str
    view: Any

    @property
    def is_public(self) -> bool:
        return bool(getattr(self.view, "is_public_page", False))

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that need a row. A view that is a plain function may do anything with either."""
        if self.is_public:
            return ("GET",)
        view: Any = getattr(self.view, "view_class", None)
        if view is None:
            return METHODS
        return tuple(name for name in METHODS if hasattr(view, name.lower()) and name.lower() in view.http_method_names)

    def path(self, values: Mapping[str, object]) -> str:
        """An address of this route, its arguments filled in by name; raises LookupError where one has no value."""
        ways = normalize(self.regex)
        for template, names in ways:
            if set(names) <= set(values):
                return "/" + template % {name: values[name] for name in names}
        missing = sorted({name for _template, names in ways for name in names} - set(values))
        raise LookupError(f"{self.text}: give {', '.join(missing)} a value in arguments.py")


@cache
def all_routes() -> dict[str, Route]:
    """The whole URL table, by the text of each route."""
    return {route.text: route for route in _walk(get_resolver().url_patterns, "", "")}


def _walk(patterns: list[Any], text: str, regex: str) -> Iterator[Route]:
    for pattern in patterns:
        assert isinstance(pattern, URLPattern | URLResolver)
        # Django joins routes so. What is left of "^" alone is the desk's address for all that is nowhere.
        here = text + (str(pattern.pattern).removeprefix("^") if text else str(pattern.pattern))
        expression = regex + pattern.pattern.regex.pattern.removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, expression)
        elif str(pattern.pattern) == "^":
            yield Route(f"{text}^", f"{expression}nowhere", pattern.callback)
        else:
            yield Route(here, expression, pattern.callback)
