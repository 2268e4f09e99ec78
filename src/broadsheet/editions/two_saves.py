"""Forms that two people have open: nobody overwrites, or deletes, what they have not seen."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from broadsheet.editions.form_words import differences
from broadsheet.editions.typed_anew import on_what_stands
from broadsheet.editions.versions import CODE, refuse_changed_since, version_of
from broadsheet.foundation.refusals import Refused


class RefusalInForm:
    """For create and edit views: a refusal while saving is said in the form, and what was typed stays in it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except Refused as refusal:
            return self.say_refusal(refusal, form)
        return response

    def say_refusal(self, refusal: Refused, form: Any) -> HttpResponse:
        """The form again, with what was refused."""
        view: Any = self
        form.add_error(None, str(refusal))
        view.produced_error_code = refusal.code
        view.produced_error_message = str(refusal)
        return view.form_invalid(form)  # type: ignore[no-any-return]


class SavesWhatWasShown(RefusalInForm):
    """For edit views: the form carries the version that it showed, and the action compares it.

    Where somebody else saved meanwhile both texts are shown above the form, in which what was typed still stands: to
    save it is then a choice.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        view: Any = self
        # Before the thing itself is read: what is saved between the two is then taken for unseen, never for seen.
        self.standing = _standing(view.model, args, kwargs)
        self.shown = request.POST.get("version", self.standing)
        self.meanwhile: dict[str, Any] | None = None
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = self
        view.object = view.get_object()
        try:
            refuse_changed_since(view.object, request.POST.get("version"), by=request.user)
        except Refused as refusal:  # before the form is read: its rows may be of things that are there no more
            return self._say_both(refusal)
        response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        form.version = view.request.POST.get("version")
        return super().form_valid(form)

    def say_refusal(self, refusal: Refused, form: Any) -> HttpResponse:
        return self._say_both(refusal) if refusal.code == CODE else super().say_refusal(refusal, form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "version": self.shown, "meanwhile": self.meanwhile}

    def _say_both(self, refusal: Refused) -> HttpResponse:
        view: Any = self
        sent = view.request
        self.shown = _standing(view.model, view.args, view.kwargs)
        view.object = view.get_object()
        kind, more = view.get_form_class(), {"for_user": sent.user}
        stands = kind(instance=view.object, **more)
        typed = kind(sent.POST, sent.FILES, instance=view.get_object(), **more)
        self.meanwhile = both_texts(refusal, differences(stands, typed), view.get_edit_url(), has_file=bool(sent.FILES))
        view.form = kind(on_what_stands(sent.POST, typed, stands), instance=view.object, **more)
        response: HttpResponse = view.render_to_response(view.get_context_data(form=view.form), status=409)
        return response


class DeletesWhatWasShown:
    """For views that ask before they delete or withdraw: a yes is said of what the page showed."""

    yes, no = gettext_lazy("Yes, delete it"), gettext_lazy("No, keep it")
    says_where_used = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        view: Any = self
        self.standing = _standing(view.model, args, kwargs)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "version": self.standing, "words": {"yes": self.yes, "no": self.no}}

    def delete_action(self) -> None:
        view: Any = self
        action = view.action_class(view.object, user=view.request.user)
        action.version = view.request.POST.get("version")
        action.execute(skip_permission_checks=True)

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except Refused as refusal:
            if refusal.code != CODE:
                raise
            messages.error(view.request, str(refusal))
            return redirect(reverse(view.edit_url_name, args=[view.object.pk]))
        return response


def both_texts(refusal: Refused, rows: list[dict[str, Any]], here: str, *, has_file: bool = False) -> dict[str, Any]:
    """What stands above a form that another has saved meanwhile; for `editions/desk/meanwhile.html`."""
    words = {
        "how": _("Struck words are only in what stands now, underlined ones only in what you wrote."),
        "none": _("What stands now and what you wrote say the same."),
        "file": _("A file that you chose has to be chosen again.") if has_file else "",
        "mine": _("Save mine"),
        "theirs": _("Take theirs"),
    }
    return {"sentence": refusal.sentence, "safe": refusal.what_is_safe, "rows": rows, "here": here, "words": words}


def _standing(model: type[Model], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    return version_of(model(pk=kwargs.get("pk", args[0] if args else None)))
