"""Persons by their names, for a field of the desk in which one types: who is found, and one who is new."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.generic.base import View

from broadsheet.editions.access import Person as Who
from broadsheet.editions.access import has_right
from broadsheet.editions.typed import FoundByTyping
from broadsheet.editions.words import LANGUAGES
from broadsheet.foundation.refusals import Refused
from broadsheet.people.actions import add_person_called
from broadsheet.people.finding import found_as
from broadsheet.people.models import Person


class FoundPeople(FoundByTyping):
    """Who is found by what was typed."""

    def found(self, person: Who, typed: str) -> list[dict[str, Any]]:
        found = found_as(typed, _language(self.request.GET.get("language", "")))
        return [{**_chosen(pk, name, person), "about": role} for pk, name, role in found]

    def may_add(self, person: Who) -> bool:
        return has_right(person, "person.add")


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
