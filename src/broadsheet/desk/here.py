"""Who is logged in in this browser: asked by an editor whose session had ended, after somebody has logged in again."""

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.generic.base import View


class Here(View):
    """The number of the account, and nothing else."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"person": request.user.pk})


def here_urls() -> list[URLPattern]:
    """The address at which one is after logging in above a text."""
    return [path("here/", Here.as_view(), name="here")]
