"""Who may do what with one story on the desk: asked before a view does anything, and of this very story."""

from contextvars import ContextVar
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from broadsheet.editions.access import Person
from broadsheet.editions.desk import RightsPolicy
from broadsheet.editions.times import in_zone
from broadsheet.stories.access import NOBODY, access_story, may


class StoryPolicy(RightsPolicy):
    """Wagtail's questions about one story are answered by `access.may`."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action in self.rights and may(user, self.rights[action], instance)


class AsksAccess:
    """For views of one story: the right is asked for before anything else is done, and of this very story."""

    right = "story.edit"
    # What Wagtail would ask of stories at large: a reporter's own draft would be closed to them.
    permission_required: str | None = None
    any_permission_required: list[str] | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        pk = number_of(kwargs["pk"] if "pk" in kwargs else args[0])
        self.story = access_story(request.user, pk, self.right)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is said of times is said in the zone of the story's edition."""
        with in_zone(self.story.edition.zone):
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            return response.render() if isinstance(response, TemplateResponse) else response

    def user_has_permission(self, permission: str) -> bool:
        """Whether a button is shown."""
        view: Any = self
        allowed: bool = view.user_has_permission_for_instance(permission, self.story)
        return allowed


def number_of(pk: Any) -> int:
    """The id that an argument of an address names, read as Wagtail reads it; Http404 where it names none."""
    text = unquote(str(pk))
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


WHO_ASKS: ContextVar[Person] = ContextVar("who_asks", default=NOBODY)


class KnowsWhoAsks:
    """For create and edit: the fields of the form, which know of no request, learn who looks at them."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        WHO_ASKS.set(request.user)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
