"""What a story must have: a table of what is wrong, and what is said of it."""

from datetime import timedelta
from typing import Any

import pytest

from broadsheet.foundation.clock import now
from broadsheet.stories.checks import check_before_publishing, errors_of
from tests.factories import Newsroom, make_film
from tests.unit.stories.checks.looking import paragraph, story_of

pytestmark = pytest.mark.database

BODY = [paragraph("The cranes stand still.")]
LATER = timedelta(hours=2)
TABLE: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "no headline": ({"headline": "…", "slug": "a"}, ("headline", "The story has no headline.", "Write one.")),
    "a separator": (
        {"headline": "The port |"},
        ("headline", "The headline begins or ends with a separator.", "Take it away."),
    ),
    "no section": ({"section": None}, ("section", "The story has no section.", "Choose one.")),
    "no slug": (
        {"headline": "½ ¼", "slug": "***"},
        ("slug", "No address can be made from the headline.", "Write a slug in letters a to z and digits."),
    ),
    "no text": (
        {"body": []},
        ("standfirst", "The story has neither a standfirst nor a body.", "Write one of the two."),
    ),
    "no kind": ({"kind": "rumour"}, ("kind", "The story has no kind.", "Choose one.")),
    "before its embargo": (
        {"go_live_at": now() + LATER, "embargo_until": now() + 2 * LATER},
        ("embargo_until", "The story is scheduled before its embargo ends.", "Move one of the two."),
    ),
    "an end too early": (
        {"expire_at": now() - LATER},
        ("expire_at", "The story would end before it is published.", "Move its end, or take it away."),
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_is_lacking_is_said_with_its_fix_and_its_place(newsroom: Newsroom, case: str) -> None:
    fields, said = TABLE[case]
    errors = errors_of(story_of(newsroom, **({"body": BODY} | fields)), now())
    assert (errors[0].place, errors[0].sentence, errors[0].fix) == said
    assert {error.weight for error in errors} == {"error"}
    assert len(errors) == 1


def test_a_story_that_has_everything_has_no_error(newsroom: Newsroom) -> None:
    story = story_of(newsroom, body=BODY)
    assert errors_of(story, now()) == []
    check_before_publishing(story, now())


def test_a_video_of_two_kinds_is_named_by_its_block(newsroom: Newsroom) -> None:
    film = make_film(newsroom.chief, newsroom.picture)
    video = {"film": film, "address": "https://player.vimeo.com/video/1", "title": "T", "poster": None}
    story = story_of(newsroom, body=[*BODY, ("video", video)])
    (error,) = errors_of(story, now())
    assert error.sentence == "A video of the body is both a film and the address of a player."
    assert error.place == story.body[1].id
    assert error.in_body
