"""Invented values for the gallery of parts: what a part may be given, short and long, in two languages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

MOMENT = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
LANDSCAPE, PORTRAIT = "/static/design/samples/landscape.svg", "/static/design/samples/portrait.svg"
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "paper": "The Sample", "motto": "Printed to be looked at", "section": "Economy",
        "description": "The port, the shops and the factories, and the people who work in them",
        "one": "Strike", "short": "Port ends night work", "headline": "Lusvik port to stop unloading at night",
        "long": "After nine weeks of talks, four ballots and one snowstorm, crane crews at the port of Lusvik accept a "
        "two-year agreement that stops all unloading between one and five in the night",
        "standfirst": "Crane crews return to normal working under a two-year agreement. Between one and five the quay "
        "will be quiet.",
        "caption": "The container quay before dawn", "alt": "Cranes over a dark quay", "quote": "We sleep, at last.",
        "person": "Agda Pirrel", "role": "Crane driver", "place": "Lusvik", "topic": "Lusvik port",
        "title": "In figures",
        "text": "The quay is 1,900 metres long. Eleven cranes stand on it.", "when": "3 May 2026",
    },
    "ru": {
        "paper": "Образец", "motto": "Напечатано, чтобы смотреть", "section": "Экономика",
        "description": "Порт, магазины, заводы и люди, которые там работают",
        "one": "Забастовка", "short": "Порт: ночью тишина", "headline": "Порт Лусвика прекращает ночную разгрузку",
        "long": "После девяти недель переговоров, четырёх голосований и одной метели крановщики порта Лусвика приняли "
        "двухлетнее соглашение: с часу до пяти ночи суда больше не разгружают",
        "standfirst": "Крановщики возвращаются к обычным сменам по соглашению на два года. С часу до пяти на причале "
        "будет тихо.",
        "caption": "Контейнерный причал перед рассветом", "alt": "Краны над тёмным причалом",
        "quote": "Наконец-то мы спим.", "person": "Агда Пиррель", "role": "крановщица", "place": "Лусвик",
        "topic": "Порт Лусвика", "title": "В цифрах", "when": "3 мая 2026",
        "text": "Длина причала 1900 метров. На нём стоят одиннадцать кранов.",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A name in the page's language, or in another that `lang` names."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


class Sample:
    """Any value of a page: what it is given by name; a name that it was not given is an error."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def path(self, within: str) -> str:
        """As of an edition: addresses of samples lead nowhere."""
        return f"#{within}"

    canonical = path

    def srcset(self, kind: str) -> str:
        """As of a picture: its one file."""
        return f"{self.__dict__['file']} 960w"


def samples(language: str) -> Sample:
    """Everything that the examples name, in a language."""
    words = WORDS[language]
    edition = Sample(
        id=1, name=words["paper"], short_name=words["paper"], language=language, direction="ltr", zone="UTC",
        motto=words["motto"],
    )  # fmt: skip
    section = Sample(
        id=1, slug="economy", name=Text(words["section"]), description=Text(words["description"]), tone=2,
        address="/economy/",
    )  # fmt: skip
    person = Sample(id=1, name=Text(words["person"]), role=Text(words["role"]), address="/people/agda-pirrel/")
    return Sample(
        words=Sample(**words), edition=edition, section=section, person=person, day=date(2026, 11, 23),
        editions=[edition, Sample(id=2, name="Other", short_name="Other", language="en")],
        sections=[Sample(name=Text(words["section"]), tone=tone, address=f"/{tone}/") for tone in range(1, 9)],
        pages=[Sample(title=words["title"], address="/about/")],
        landscape=picture(words, LANDSCAPE, 960, 640), portrait=picture(words, PORTRAIT, 640, 960),
        topics=[Sample(slug=f"t{number}", name=Text(words["topic"])) for number in range(3)],
        card=lambda **other: _card(words, section, other),
        story=_story(words, section, person),
        items=[_item(words, section, number) for number in range(4)],
    )  # fmt: skip


def picture(words: dict[str, str], file: str, width: int, height: int) -> Sample:
    """A picture with its rights."""
    return Sample(
        id=1, file=file, width=width, height=height, alt=Text(words["alt"]), caption=Text(words["caption"]),
        credit="Sample / A. Photographer", licence="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/",
        address="/mediabank/1/sample/", focal_class="fx5 fy5", creator="A. Photographer",
    )  # fmt: skip


def _card(words: dict[str, str], section: Sample, other: dict[str, Any]) -> Sample:
    usual = {
        "id": 1, "address": "/economy/story/", "headline": words["headline"], "standfirst": words["standfirst"],
        "kind": "news", "section": section, "picture": picture(words, LANDSCAPE, 960, 640), "published_at": MOMENT,
        "changed_at": MOMENT,
    }  # fmt: skip
    return Sample(**usual | other)


def _story(words: dict[str, str], section: Sample, person: Sample) -> Sample:
    return Sample(
        id=1, headline=words["headline"], standfirst=words["standfirst"], section=section, dateline=words["place"],
        bylines=[person, person], published_at=MOMENT, changed_at=MOMENT + timedelta(hours=2),
        address="/economy/story/",
        counterparts=[Sample(address="#other", language="en", edition_name="The Sample")],
    )  # fmt: skip


def _item(words: dict[str, str], section: Sample, number: int) -> Sample:
    is_story = number % 2 == 0
    return Sample(
        id=number, kind="story" if is_story else "brief", text=words["headline"] if is_story else words["long"],
        address="/newsfeed/1/", section=section, published_at=MOMENT - timedelta(minutes=17 * number),
        is_video=number == 2, is_live=number == 0,
    )  # fmt: skip
