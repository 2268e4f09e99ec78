"""Whether the site can serve, for machines that watch it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from broadsheet.press.pages import public_page
from broadsheet.press.render import reading


@public_page
def health(request: HttpRequest) -> HttpResponse:
    """200 and “ok” where the database answers."""
    with reading("editions"), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
