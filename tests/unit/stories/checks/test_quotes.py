"""Quotes have speakers, and quotations in a paragraph somebody who is named: a table in both languages."""

import pytest

from broadsheet.stories.checks.quotes import quotations_are_attributed, quotes_have_a_speaker, unattributed
from tests.factories import Newsroom
from tests.unit.stories.checks.looking import found, paragraph, quote, story_of

# A paragraph, and the quotation that nobody is named for; empty where somebody is, or where nobody need be.
TABLE = {
    "en": [
        ("The port stands still. “We will never unload at night again.”", "We will never unload at night again."),
        ("There it was: “the cranes had all been sold by then”, in the end.", "the cranes had all been sold by then"),
        ('Outside it rained. "We have nowhere to go now, do we."', "We have nowhere to go now, do we."),
        ("“We will never unload at night again,” she said.", ""),
        ("“We will never unload at night again,” she says, and sits.", ""),
        ("“We will never unload at night again” is how the chairman put it.", ""),
        ("According to the board, “the cranes will never unload at night again”.", ""),
        ("For Maria it was clear: “We will never unload at night again.”", ""),
        ("Maria Lund had no doubt. “We will never unload at night again.”", ""),
        ("“We will never unload at night again,” read a banner on the gate.", ""),
        ("They call it “the long pier”, and it is.", ""),
        ("The “so-called night rule” of the port is gone.", ""),
        ("No quotation at all.", ""),
        ("“An opened one without an end, as one may type it", "An opened one without an end, as one may type it"),
        ("", ""),
    ],
    "ru": [
        ("Порт стоит. «Мы больше никогда не будем разгружать ночью».", "Мы больше никогда не будем разгружать ночью"),
        ("Дождь лил с утра. „Мы больше никогда не будем разгружать ночью“.",
         "Мы больше никогда не будем разгружать ночью"),
        ("«Мы больше никогда не будем разгружать ночью», — сказал он.", ""),
        ("«Мы больше никогда не будем разгружать ночью», — объясняет начальник.", ""),
        ("По словам начальника, «мы больше никогда не будем разгружать ночью».", ""),
        ("Для Марии всё ясно: «Мы больше никогда не будем разгружать ночью».", ""),
        ("На табличке у ворот: «Мы больше никогда не будем разгружать ночью».", ""),
        ("Это называют «длинным пирсом», и верно.", ""),
        ("Просто и словно ответственно: «мы больше никогда не будем разгружать ночью».",
         "мы больше никогда не будем разгружать ночью"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(language, *row) for language, rows in TABLE.items() for row in rows]
)
def test_a_quotation_has_beside_it_who_said_it(language: str, text: str, expected: str) -> None:
    assert unattributed(text, language) == expected


def test_whoever_speaks_on_was_named_in_the_paragraph_before() -> None:
    on = "“And we will never unload on a Sunday either.”"
    assert unattributed(on, "en", "“We will never unload at night again,” she said.") == ""
    assert unattributed(on, "en", "The rain fell.") == "And we will never unload on a Sunday either."


@pytest.mark.database
def test_the_finding_names_the_paragraphs_block(newsroom: Newsroom) -> None:
    body = [paragraph("It rained."), paragraph("Dark. “We will never unload at night again, that is all.”")]
    story = story_of(newsroom, body=body)
    (warning,) = found(quotations_are_attributed, story)
    assert warning.sentence == "Nobody is named for “We will never unload at night …”."
    assert (warning.code, warning.fix) == ("unattributed", "Say in the paragraph who said it.")
    assert warning.place == story.body[1].id


@pytest.mark.database
def test_a_quote_without_a_speaker_is_told_of_and_one_with_a_speaker_is_not(newsroom: Newsroom) -> None:
    story = story_of(newsroom, body=[quote("We saw it."), quote("So did I.", newsroom.speaker), quote("  ")])
    (warning,) = found(quotes_have_a_speaker, story)
    assert warning.sentence == "The quote “We saw it.” has no speaker."
    assert (warning.code, warning.place) == ("no-speaker", story.body[0].id)
