"""Persons by their names, for a field of the desk in which one types: who is found, and one who is new."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.generic.base import View

from broadsheet.editions.access import has_right, require_right
from broadsheet.editions.words import LANGUAGES
from broadsheet.foundation.refusals import Refused
from broadsheet.people.actions import add_person_called
from broadsheet.people.finding import found_as
from broadsheet.people.models import Person

MOST_TYPED = 100


class FoundPeople(View):
    """Who is found by what was typed, and whether whoever asks may enter somebody new."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        require_right(request.user, "desk.enter")
        typed = request.GET.get("q", "")[:MOST_TYPED].replace("\0", "")
        found = found_as(typed, _language(request.GET.get("language", "")))
        rows = [{**_chosen(pk, name, request.user), "about": role} for pk, name, role in found]
        return JsonResponse({"found": rows, "may_add": has_right(request.user, "person.add")})


class AddCalled(View):
    """Enters a person of whom a name and perhaps a role were typed; the answer is what a field shows as chosen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        name, role = (request.POST.get(field, "").replace("\0", "") for field in ("name", "role"))
        language = _language(request.POST.get("language", ""))
        try:
            person = add_person_called(request.user, name, role=role, language=language)
        except Refused as refusal:
            status = 403 if refusal.code == "forbidden" else 409
            return JsonResponse({"sentence": str(refusal)}, status=status)
        return JsonResponse(_chosen(person.pk, str(person), request.user))


def _chosen(pk: int, name: str, who: Any) -> dict[str, str]:
    """What a chooser's field needs to show a person as chosen."""
    edit = reverse(Person.snippet_viewset.get_url_name("edit"), args=[pk]) if has_right(who, "person.edit") else ""
    return {"id": str(pk), "string": name, "edit_url": edit}


def _language(code: str) -> str:
    """The language that was asked for, else that of whoever works here."""
    known = dict(LANGUAGES)
    return code if code in known else next((own for own in ((get_language() or "")[:2],) if own in known), "en")
