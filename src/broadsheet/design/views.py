"""The gallery: every part by itself, with its states, in both languages and schemes. In development only."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from broadsheet.design.jinja import render
from broadsheet.design.samples import WORDS, samples
from broadsheet.design.styles import PARTS, hash_of, style_hash
from broadsheet.design.words import as_script

SCHEMES = ("light", "dark")
DIRECTIONS = ("ltr", "rtl")
DARK = re.compile(r"prefers-color-scheme: dark\) \{\s*:root (\{.*?\})", re.DOTALL)
LIGHT = re.compile(r":root (\{.*?\})", re.DOTALL)


@require_safe
def gallery(request: HttpRequest, part: str = "") -> HttpResponse:
    """All parts by name, or one by itself; `language`, `scheme` and `direction` are asked for in the query."""
    names = parts()
    if not settings.DEBUG or (part and part not in names):
        raise Http404
    shown = {
        "language": _chosen(request, "language", tuple(WORDS)),
        "scheme": _chosen(request, "scheme", SCHEMES),
        "direction": _chosen(request, "direction", DIRECTIONS),
    }
    with translation.override(shown["language"]):
        html = render_part(part, **shown)
    response = HttpResponse(html)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
        f"style-src '{style_hash(as_script(shown['language']))}' '{hash_of(schemes_sheet())}'; "
        "form-action 'none'; base-uri 'none'"
    )
    return response


def render_part(part: str, *, language: str, scheme: str = "light", direction: str = "ltr") -> str:
    """The gallery's page of one part, or the list of all where none is named."""
    return render(
        "design/gallery.jinja",
        parts=parts(),
        part=part,
        example=f"{part}/example.jinja",
        sample=samples(language),
        schemes_sheet=schemes_sheet(),
        language=language,
        scheme=scheme,
        direction=direction,
    )


def parts() -> list[str]:
    """The names of the parts that have an example."""
    return sorted(file.parent.name for file in PARTS.glob("*/example.jinja"))


def schemes_sheet() -> str:
    """The colours of both schemes, to be chosen by hand; a page for readers follows their device."""
    tokens = (PARTS / "tokens" / "tokens.css").read_text(encoding="utf-8")
    light, dark = LIGHT.search(tokens), DARK.search(tokens)
    assert light, "tokens.css has no light colours"
    assert dark, "tokens.css has no dark colours"
    return f"[data-scheme=light] {light[1]} [data-scheme=dark] {dark[1]}"


def _chosen(request: HttpRequest, name: str, choices: tuple[str, ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in choices else choices[0]
