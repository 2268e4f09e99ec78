"""What templates are written with."""

from django.utils import translation
from markupsafe import Markup

from broadsheet.design.jinja import environment, message


def test_a_message_is_in_the_language_that_is_active() -> None:
    found = {}
    for language in ("en", "ru", "en"):
        with translation.override(language):
            found[language] = message("Most recent")
    assert found == {"en": "Most recent", "ru": "Последнее"}


def test_the_values_of_a_message_are_escaped_and_its_own_characters_are_not() -> None:
    with translation.override("en"):
        assert message("<b>%(name)s</b>", name="<i>") == Markup("<b>&lt;i&gt;</b>")
        assert message("a quarter: 25%%") == "a quarter: 25%"


def test_the_macros_of_a_part_are_made_once() -> None:
    part = environment().get_template("moment/moment.jinja")
    page = environment().from_string(
        '{% from "moment/moment.jinja" import moment %}{{ moment is sameas(first) }}', {"own": 1}
    )
    assert page.render(first=part.module.moment) == "True"
