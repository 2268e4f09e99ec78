"""What is found while somebody types into a field of the desk: at most a handful, as a field shows what is chosen."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.generic.base import View

from broadsheet.editions.access import Person, require_right

MOST_TYPED = 100
"""Letters that are read of what was typed."""


class FoundByTyping(View):
    """The things of one kind that are found, and whether whoever asks may enter a new one there."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> JsonResponse:
        require_right(request.user, "desk.enter")
        typed = request.GET.get("q", "")[:MOST_TYPED].replace("\0", "")
        return JsonResponse({"found": self.found(request.user, typed), "may_add": self.may_add(request.user)})

    def found(self, person: Person, typed: str) -> list[dict[str, Any]]:
        """Each with id, string, edit_url and about."""
        raise NotImplementedError

    def may_add(self, person: Person) -> bool:
        """Whether a new one is entered where one types."""
        return False
