"""The same for what stands before the views of the desk."""

from collections.abc import Callable, Iterator
from typing import Any

from broadsheet.desk import actions, closed, mailbox
from broadsheet.editions.desk import DeleteOneByOne
from broadsheet.fronts.desk import pages
from broadsheet.stories import desk
from broadsheet.stories.models import Story
from tests.contracts.permissions.checks import Check
from tests.contracts.permissions.flips import Flip, _always, _method
from tests.contracts.permissions.routes import Route, all_routes

# What asks once more for the same: the action behind a view whose only method is POST, Wagtail's own preview.
ASKED_TWICE = {"StoryLock", "StoryUnlock", "StoryPreview"}


def flips_of_views() -> Iterator[Flip]:
    """Each view of one story: asks nothing, then asks only whether the story may be read; and the lists beside them."""
    views = [view for view in vars(desk).values() if isinstance(view, type) and issubclass(view, desk.AsksAccess)]
    for view in views:
        if view is desk.AsksAccess:
            continue
        if "GET" in _methods(view):
            yield Flip(f"{view.__name__} asks nothing", _method(view, "setup", _asks_nothing), _at(view))
        if view.right != "story.read" and view.__name__ not in ASKED_TWICE:
            yield Flip(f"{view.__name__} asks for story.read", _method(view, "right", "story.read"), _at(view))
    lists: list[tuple[type, str, Any]] = [
        (desk.OnlyVisible, "get_object_list", lambda self: Story.objects.all()),
        (desk.OnlyVisible, "get_object", lambda self, pk: Story.objects.get(pk=pk)),
        (desk.OnlyVisible, "get_objects", lambda self, pks: Story.objects.filter(pk__in=pks)),
    ]
    for view, name, other in lists:
        yield Flip(f"{view.__name__}.{name} shows everything", _method(view, name, other), _at(view))


def _asks_nothing(self: Any, request: Any, *args: Any, **kwargs: Any) -> None:
    self.story = Story.objects.get(pk=kwargs["pk"])
    super(desk.AsksAccess, self).setup(request, *args, **kwargs)


def _routes(view: type) -> list[Route]:
    return [one for one in all_routes().values() if issubclass(getattr(one.view, "view_class", object), view)]


def _methods(view: type) -> set[str]:
    return {method for route in _routes(view) for method in route.methods}


def _at(view: type) -> Callable[[Check], bool]:
    """The cells of the addresses that a view answers."""
    names = {route.text for route in _routes(view)}
    return lambda check: check.kind == "address" and check.row.name in names


def flips_of_closing() -> Iterator[Flip]:
    """What stands before all views: the closed addresses, the mailbox, what is deleted by ticking."""
    reports = _named("desk/reports/site-history/", "desk/jsi18n/", "desk/choose/stories/create/")
    yield Flip("no address is closed", _always(closed.refusal_of, lambda _request, _match: None), reports)
    yield Flip("every address is in use", _always(closed.is_open, lambda _match: True), reports)
    yield Flip("no address is in use", _always(closed.is_open, lambda _match: False), reports)
    anyone = lambda *_a, **_k: True  # noqa: E731

    def open_mailbox(patch: Any) -> None:
        """Its page asks, and once more the action that notes what was seen."""
        patch.setattr(mailbox, "has_right", anyone)
        patch.setattr(actions, "require_right", anyone)

    yield Flip("the mailbox asks nothing", open_mailbox, _named("desk/mailbox/"))
    fronts_list = _named("desk/fronts/")
    yield Flip("the list of fronts asks nothing", _method(pages, "has_right", anyone), fronts_list)
    bulk = _named("desk/bulk/<str:app_label>/<str:model_name>/<str:action>/")
    parent: Any = DeleteOneByOne.__mro__[1]
    for name in ("get_actionable_objects", "execute_action"):
        other = vars(parent)[name]
        yield Flip(f"DeleteOneByOne.{name} is Wagtail's", _method(DeleteOneByOne, name, other), bulk)
    allows = _method(DeleteOneByOne, "check_perm", lambda *_a: True)
    yield Flip("DeleteOneByOne.check_perm says always yes", allows, bulk)


def _named(*names: str) -> Callable[[Check], bool]:
    return lambda check: check.kind == "address" and check.row.name in names
