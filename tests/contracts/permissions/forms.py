"""What is sent with POST: a form that would pass, so that only a right can be what stops it."""

import json
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from broadsheet.editions.models import Edition, Section, StandingPage, Topic
from broadsheet.mediabank.models import Film, Picture
from broadsheet.newsfeed.models import Brief
from broadsheet.people.models import Person
from broadsheet.stories.models import SavedFilter, Story
from broadsheet.stories.seen import Seen
from tests.contracts.permissions.cast import Stage
from tests.factories import PASSWORD, picture_bytes
from tests.films import mp4

Data = dict[str, Any]
WARNINGS = ["no-lead-picture", "no-alt-text", "no-licence", "spelling", "no-speaker"]


def data_for(route: str, stage: Stage, of: str) -> Data:
    """The fields to send to an address; nothing for addresses that only want a click."""
    if route in OTHER_FORMS:
        return OTHER_FORMS[route](stage)
    if route.startswith("desk/stories/<int:pk>/before-publishing/"):
        return {"seen": stage.thing(of).latest_revision.created_at.isoformat(), "passed": WARNINGS}
    if route in WORK_ON_THINGS:
        return WORK_ON_THINGS[route](stage, None if of == "-" else stage.thing(of))
    room, _slash, page = route.removeprefix("desk/").partition("/")
    if room not in FORMS or page.split("/")[0] not in ("add", "edit", "preview", "history"):
        return {}
    return FORMS[room](stage, None if of == "-" else stage.thing(of))


def _work_on_story(stage: Stage, story: Story | None) -> Data:
    return {"job": "publish", "id": story.pk if story else "", "go": ""}


def _filter(stage: Stage, kept: SavedFilter | None) -> Data:
    return {"delete": kept.pk} if kept else {"name": "New", "query": "state=draft"}


def _story(stage: Stage, story: Story | None) -> Data:
    """A story of World; an edit changes the standfirst only."""
    kept = story.get_latest_revision_as_object() if story else Story(headline="A new story")
    section = stage.newsroom.sections["world"].pk
    return {
        "headline": kept.headline,
        "standfirst": "Changed",
        "edition": stage.newsroom.english.pk,
        "section": (kept.section_id or "") if story else section,
        "kind": "news",
        "body-count": "0",
        **_formset("bylines", []),
        **dict.fromkeys(("lead_picture", "lead_caption", "dateline", "card_headline", "slug"), ""),
        **dict.fromkeys(("embargo_until", "go_live_at", "expire_at"), ""),
    }


def _picture(stage: Stage, picture: Picture | None) -> Data:
    file = {} if picture else {"original": SimpleUploadedFile("new.jpg", picture_bytes(), "image/jpeg")}
    rows = (
        [{"id": text.pk, "language": text.language, "alt": "Changed"} for text in picture.texts.all()]
        if picture
        else []
    )
    return {
        "title": "changed",
        **file,
        **_formset("texts", rows or [{"language": "en", "alt": "New"}], kept=len(rows)),
        **dict.fromkeys(("creator", "agency", "licence", "licence_url", "source", "taken"), ""),
        "focal_x": "0.5",
        "focal_y": "0.5",
    }


def _film(stage: Stage, film: Film | None) -> Data:
    file = {} if film else {"file": SimpleUploadedFile("new.mp4", mp4(word=b"new"), "video/mp4")}
    texts: Any = film.texts.all() if film else ()
    captions: Any = film.captions.all() if film else ()
    rows = [{"id": text.pk, "language": text.language, "title": "Changed"} for text in texts]
    said = [{"id": one.pk, "language": one.language} for one in captions]
    return {
        "title": "changed",
        **file,
        "poster": stage.newsroom.picture.pk,
        **_formset("texts", rows or [{"language": "en", "title": "New"}], kept=len(rows)),
        **_formset("captions", said, kept=len(said)),
        **dict.fromkeys(("creator", "agency", "licence", "licence_url", "source", "taken"), ""),
    }


def _person(stage: Stage, person: Person | None) -> Data:
    rows = (
        [{"id": text.pk, "language": text.language, "name": "Changed"} for text in person.texts.all()] if person else []
    )
    slug = person.slug if person else "new-person"
    return {"slug": slug, **_formset("texts", rows or [{"language": "en", "name": "New"}], kept=len(rows))}


def _edition(stage: Stage, edition: Edition | None) -> Data:
    prefix, language = (edition.path_prefix, edition.language) if edition else ("fr", "en")
    fixed = {"direction": "ltr", "zone": "UTC", "order": "7", "host": "", "short_name": "", "description": ""}
    return {"name": "Changed", "motto": "Changed", "path_prefix": prefix, "language": language, **fixed}


def _named(thing: Section | Topic | None) -> Data:
    rows = (
        [{"id": name.pk, "language": name.language, "name": "Changed"} for name in thing.names.all()] if thing else []
    )
    slug = thing.slug if thing else "brand-new"
    return {
        "slug": slug,
        "order": "7",
        **_formset("names", rows or [{"language": "en", "name": "New"}], kept=len(rows)),
    }


def _page(stage: Stage, page: StandingPage | None) -> Data:
    slug = page.slug if page else "contact"
    fixed = {"edition": stage.newsroom.english.pk, "order": "7", "in_footer": "on"}
    return {"slug": slug, "title": "Changed", "body": rich_text("Changed"), **fixed}


def rich_text(words: str) -> str:
    """A paragraph as the editor sends it."""
    block = {"key": "a", "text": words, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def _brief(stage: Stage, brief: Brief | None) -> Data:
    """A brief of World."""
    where = {"edition": stage.newsroom.english.pk, "section": stage.newsroom.sections["world"].pk}
    return {"text": "Changed", **where, "picture": ""}


def _front(stage: Stage, name: str) -> Data:
    """One container with the newest of the front itself, from the version that stands."""
    front = stage.thing(name)
    rule = {"rule": "section", "section": front.section_id} if front.section_id else {"rule": "edition", "section": ""}
    row = {"look": "list", "most": "5", "title": "", "topic": "", **rule}
    pins = {f"containers-0-{key}": value for key, value in _formset("pins", []).items()}
    return {"version": front.version, **_formset("containers", [row]), **pins}


def _formset(prefix: str, rows: list[Data], *, kept: int = 0) -> Data:
    counts = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": kept, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    fields = {f"{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {f"{prefix}-{name}": value for name, value in {**counts, **fields}.items()}


FORMS: dict[str, Callable[[Stage, Any], Data]] = {
    "stories": _story,
    "pictures": _picture,
    "films": _film,
    "people": _person,
    "editions": _edition,
    "sections": lambda stage, thing: _named(thing),
    "topics": lambda stage, thing: _named(thing),
    "standing-pages": _page,
    "briefs": _brief,
}
NEW = "another long enough pass phrase"


def _seen(stage: Stage) -> Data:
    """What a window says that shows the story of the text that was set aside."""
    seen = Seen.of(stage.thing("aside").story)
    return {"loaded_revision_id": str(seen.revision_id), "loaded_revision_created_at": seen.saved_at}


OTHER_FORMS: dict[str, Callable[[Stage], Data]] = {
    "desk/people/called/": lambda stage: {"name": "Agda Pirrel", "language": "en"},
    "desk/pictures/bring/": lambda stage: {
        "file": SimpleUploadedFile("new.jpg", picture_bytes(), "image/jpeg"),
        "title": "new",
        "alt": "What is seen",
    },
    "desk/fronts/<int:edition_id>/": lambda stage: _front(stage, "whole-front"),
    "desk/fronts/<int:edition_id>/<int:section_id>/": lambda stage: _front(stage, "front"),
    "desk/fronts/<int:edition_id>/preview/": lambda stage: _front(stage, "whole-front"),
    "desk/fronts/<int:edition_id>/<int:section_id>/preview/": lambda stage: _front(stage, "front"),
    "desk/fronts/<int:edition_id>/breaking/": lambda stage: {"text": "The harbour is open", "story": "", "until": ""},
    "desk/stories/texts/<id:aside_id>/": _seen,
    "desk/words/": lambda stage: {"language": "en", "word": "smorgas"},
    "desk/hand-over/<int:story_id>/": lambda stage: {"step": "with-editor", "seen": "0", "note": "Please look."},
    "desk/reported/<int:report_id>/": lambda stage: {"outcome": "corrected", "note": "Thank you."},
    "desk/steps/": lambda stage: {"name": ["draft", "checked"], "role": ["", "editor"]},
    "desk/steps/<int:section_id>/": lambda stage: {"name": ["draft", "checked"], "role": ["", "editor"]},
    "account/login/": lambda stage: {"login": "reader@example.org", "password": PASSWORD},
    "account/signup/": lambda stage: {"email": "new@example.org", "password1": NEW, "password2": NEW},
    "account/password/reset/": lambda stage: {"email": "reader@example.org"},
    "account/password/change/": lambda stage: {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    "account/email/": lambda stage: {"action_add": "", "email": "other@example.org"},
    "account/reauthenticate/": lambda stage: {"password": PASSWORD},
    "desk/choose-external-link/": lambda stage: {"external-link-chooser-url": "https://example.org/"},
    "desk/login/": lambda stage: {"username": "chief@newsroom.example", "password": PASSWORD},
    "desk/password_reset/": lambda stage: {"email": "chief@newsroom.example"},
}

# Those that speak of a thing that is sent, not named in the address.
WORK_ON_THINGS: dict[str, Callable[[Stage, Any], Data]] = {
    "desk/stories/bulk/": _work_on_story,
    "desk/stories/filters/": _filter,
    "desk/topics/merge/<int:topic_id>/": lambda stage, topic: {"into": stage.thing("free-topic").pk},
}
