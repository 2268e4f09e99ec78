"""Text goes out compressed to whoever takes it, until the press keeps pages ready compressed."""

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 1_000
"""Bytes below which it is not worth it."""
LEVEL = 4
TEXT = ("text/html", "text/xml", "text/plain", "text/javascript", "application/xml", "application/rss+xml")


class Compression:
    """Compresses what public pages answer (RFC 9110, section 8.4.1): they hold no secret that its length could tell."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_public_text(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if _takes_gzip(request.headers.get("Accept-Encoding", "")):
            response.content = gzip.compress(response.content, LEVEL, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_public_text(response: HttpResponse) -> bool:
    return (
        hasattr(response, "press_keys")
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").partition(";")[0] in TEXT
        and len(response.content) >= SMALLEST
    )


def _takes_gzip(accepted: str) -> bool:
    """Whether gzip is named among the encodings, with a weight above 0."""
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
