"""Who is logged in in this browser: asked by an editor whose session had ended, after somebody has logged in again."""

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path


def here(request: HttpRequest) -> JsonResponse:
    """The number of the account, and nothing else."""
    return JsonResponse({"person": request.user.pk})


def here_urls() -> list[URLPattern]:
    """The address at which one is after logging in above a text."""
    return [path("here/", here, name="here")]
