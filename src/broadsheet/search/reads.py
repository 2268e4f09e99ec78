"""What a search finds, with its keys."""

from dataclasses import dataclass

from broadsheet.editions.reads import EditionValue
from broadsheet.index import reads as index
from broadsheet.index.models import Entry
from broadsheet.index.values import Found, Piece
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed
from broadsheet.search.question import PAGES, Question
from broadsheet.stories.reads import cards
from broadsheet.stories.values import Card

SIZE = 20
KIND = "story"

KEYS = declare(
    Key(
        "search:{edition_id}",
        on=Entry,
        columns=(
            "kind", "object_id", "edition_id", "section_id", "published_at", "title", "text", "marks", "head", "body",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class StoryFound:
    """A story's card, its headline and an extract with what was sought marked."""

    card: Card
    headline: tuple[Piece, ...]
    extract: tuple[Piece, ...]


@dataclass(frozen=True)
class Results:
    """A page of what was found. `count` is all that was, up to `most`; `is_more` that there is or may be more."""

    stories: tuple[StoryFound, ...]
    count: int
    most: int
    is_more: bool
    pages: int


def results(edition: EditionValue, question: Question) -> Results:
    """The page of the stories in an edition that hold what is asked; only those that readers may see."""
    found = _found(edition, question)
    shown = {card.id: card for card in cards(edition, tuple(hit.id for hit in found.hits))}
    stories = tuple(StoryFound(shown[hit.id], hit.title, hit.extract) for hit in found.hits if hit.id in shown)
    pages = min(PAGES, -(-found.count // SIZE))
    return Results(stories, found.count, index.MOST, found.is_more, pages)


@keyed(lambda edition, question: [f"search:{edition.id}"])
def _found(edition: EditionValue, question: Question) -> Found:
    since, until = question.span(edition.zone)
    return index.search(
        question.words,
        kind=KIND,
        edition_id=edition.id,
        section_id=question.section.id if question.section else None,
        since=since,
        until=until,
        page=question.page,
        limit=SIZE,
    )
