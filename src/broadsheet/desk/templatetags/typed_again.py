"""What was typed into a form, where the form itself cannot be shown again."""

from django import template
from django.http import HttpRequest

from broadsheet.desk.typed_texts import typed_texts

register = template.Library()


@register.simple_tag
def what_was_typed(request: HttpRequest) -> list[str]:
    """The texts of a form that was sent; none where a page was only asked for."""
    return typed_texts(request.POST) if request.method == "POST" else []
