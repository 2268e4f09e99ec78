"""What the checks say to whoever works in Russian."""

import pytest
from django.utils.translation import override

from broadsheet.foundation.clock import now
from broadsheet.stories.checks import errors_of, warnings_of
from broadsheet.stories.desk.before_publishing import summary_of
from tests.factories import Newsroom
from tests.unit.stories.checks.looking import paragraph, quote, story_of


@pytest.mark.database
def test_findings_are_said_in_russian(newsroom: Newsroom) -> None:
    newsroom.published(headline="Порт отдыхает до самого конца года и ещё немного дольше, чем когда-либо раньше")
    link = paragraph('Вот <a href="/nowhere/">ссылка</a> и слово стаят.')
    said = paragraph("Дождь. «Мы больше никогда не будем разгружать ночью, и всё тут».")
    story = story_of(
        newsroom,
        edition=newsroom.russian,
        headline="Порт отдыхает до самого конца года и ещё немного дольше, чем когда-либо раньше",
        section=None,
        body=[link, said, quote("Мы видели.")],
    )
    with override("ru"):
        errors = [f"{found.sentence} {found.fix}" for found in errors_of(story, now())]
        warnings = [f"{found.sentence} {found.fix}" for found in warnings_of(story, now())]
    assert errors == ["У материала нет рубрики. Выберите."]
    assert warnings == [
        "У материала нет главного снимка. Выберите его: он виден на карточках и в ссылках, которыми делятся.",
        "На карточке в телефоне заголовок занимает строк: 5; хорошо смотрятся 4. "
        "Напишите для карточек заголовок покороче.",
        "У цитаты «Мы видели.» не указано, чья она. Выберите, кто это сказал.",
        "Не сказано, чьи это слова: «Мы больше никогда не будем разгружать …». Скажите в абзаце, кто это сказал.",
        "Ссылка на /nowhere/ не работает: такой страницы больше нет. Исправьте адрес или уберите ссылку.",
        "Слова «стаят» нет в словарях. Исправьте слово или добавьте его в слова редакции.",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "Исправлять нечего."),
        (1, "Стоит взглянуть на 1 место."),
        (3, "Стоит взглянуть на 3 места."),
        (5, "Стоит взглянуть на 5 мест."),
    ],
)
def test_the_summary_has_its_plurals(number: int, said: str) -> None:
    with override("ru"):
        assert summary_of(number) == said
