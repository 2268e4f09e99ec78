"""How a public page is made: one snapshot, one language, the same bytes for every reader."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from broadsheet.foundation.connections import snapshot
from broadsheet.press.render import current_render, rendering

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public_page(view: View[P]) -> View[P]:
    """Make a view a public page: read-only, in one snapshot, guarded, without cookies; its keys go to the response.

    The keys are on the response as `press_keys` (a frozenset) and the number of queries as `press_queries`.
    """

    @functools.wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        if current_render() is not None:
            return view(request, *args, **kwargs)
        with snapshot(), rendering() as render, translation.override("en"):
            response = view(request, *args, **kwargs)
        marked: Any = response
        marked.press_keys = frozenset(render.keys)
        marked.press_queries = render.queries
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    marked_page: Any = page
    marked_page.is_public_page = True
    return page
