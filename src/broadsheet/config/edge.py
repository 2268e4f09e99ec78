"""The edge of the web process: request ids, errors, and what only private addresses need."""

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from broadsheet.config import logs
from broadsheet.config.unreadable import is_unreadable
from broadsheet.design.jinja import render
from broadsheet.desk.closed import refusal_of
from broadsheet.editions.access import has_right
from broadsheet.editions.times import in_zone_of
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.views import gone
from broadsheet.press.render import not_rendering
from broadsheet.stories.views import Gone

logger = logging.getLogger("broadsheet.web")
PRIVATE = re.compile(r"/(desk|account)(/|\Z)")
Handler = Callable[[HttpRequest], HttpResponse]


def is_private(request: HttpRequest) -> bool:
    """Whether an address belongs to somebody who is logged in; everything else is the same for everyone."""
    return PRIVATE.match(request.path) is not None


class RequestEdge:
    """Gives each request an id, turns a withdrawn story into 410, and sets the headers that every answer has."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = logs.request_id.set(secrets.token_hex(6))
        try:
            response = self.get_response(request)
            response.headers.setdefault("X-Content-Type-Options", "nosniff")
            if response.status_code >= 500:
                response.headers["X-Request-Id"] = logs.request_id.get()
            return response
        finally:
            logs.request_id.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        with not_rendering():
            if isinstance(exception, Gone):
                return gone(request)
            if isinstance(exception, Refused):
                return refused(request, exception)
            if not is_private(request) or not is_unreadable(exception):
                return None
            logger.warning("A form could not be read: %s", request.path, exc_info=exception)
            return incomplete(request)


def incomplete(request: HttpRequest) -> HttpResponse:
    """400 for a form of the desk of which a part is missing or wrong in a way that no page of ours sends."""
    sentence = _("The form did not arrive whole. Please send it again.")
    response = refused(request, Refused("form.incomplete", sentence, _("Nothing was changed.")))
    response.status_code = 400
    return response


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """What an action refused, as a page, or as JSON where the desk's scripts ask."""
    status = 403 if refusal.code == "forbidden" else 409
    if not request.accepts("text/html"):
        body = {"success": False, "error_code": refusal.code, "error_message": str(refusal)}
        return JsonResponse(body, status=status)
    user = getattr(request, "user", None)  # none on a public address
    home = "/desk/" if user is not None and has_right(user, "desk.enter") else "/"
    words = {"title": _("Not done"), "refusal": refusal, "back": _("Back"), "home": home}
    return TemplateResponse(request, "desk/refused.html", words, status=status).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """500: says that nothing was lost and by which number the operator finds it."""
    with translation.override(_language_of(request)):
        page = render(
            "design/error.jinja",
            language=translation.get_language(),
            title=_("Something went wrong"),
            sentences=(
                _("The page could not be made. It is not your doing; please try again."),
                _("Number of the error: %(number)s") % {"number": logs.request_id.get()},
            ),
        )
    return HttpResponse(page, status=500)


def _language_of(request: HttpRequest) -> str:
    """The language to answer in without asking the database: an edition's prefix is mostly its language."""
    first = request.path.strip("/").split("/")[0]
    return first if first in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


class ClosedAddresses:
    """Keeps everybody from the addresses of the desk that are closed to them; see `desk.closed`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        assert request.resolver_match is not None
        refusal = refusal_of(request, request.resolver_match)
        if refusal is None:
            return None
        return refused(request, refusal) if request.user.is_authenticated else redirect(settings.LOGIN_URL)


class ZoneOfWork:
    """What the desk says of times is said in the zone of whoever works there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with in_zone_of(request.user):
            return self.get_response(request)


def _only_where_private(path: str) -> Callable[[Handler], Any]:
    """A middleware that acts on private addresses only; the others pass it by untouched."""

    def make(get_response: Handler) -> Any:
        inner = import_string(path)(get_response)

        def middleware(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = inner(request) if is_private(request) else get_response(request)
            return response

        marked: Any = middleware
        for hook in ("process_view", "process_exception", "process_template_response"):
            if hasattr(inner, hook):
                setattr(marked, hook, _guarded(getattr(inner, hook)))
        return middleware

    return make


def _guarded(hook: Callable[..., Any]) -> Callable[..., Any]:
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return hook(request, *args, **kwargs) if is_private(request) else None

    run.__name__ = getattr(hook, "__name__", "hook")
    return run


sessions = _only_where_private("django.contrib.sessions.middleware.SessionMiddleware")
language = _only_where_private("django.middleware.locale.LocaleMiddleware")
common = _only_where_private("django.middleware.common.CommonMiddleware")
csrf = _only_where_private("django.middleware.csrf.CsrfViewMiddleware")
authentication = _only_where_private("django.contrib.auth.middleware.AuthenticationMiddleware")
messages = _only_where_private("django.contrib.messages.middleware.MessageMiddleware")
frames = _only_where_private("django.middleware.clickjacking.XFrameOptionsMiddleware")
zone_of_work = _only_where_private("broadsheet.config.edge.ZoneOfWork")
closed_addresses = _only_where_private("broadsheet.config.edge.ClosedAddresses")
