"""A small newsroom for tests, made through the actions that the desk calls."""

import io
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from broadsheet.accounts.actions import add_staff
from broadsheet.accounts.models import User, UserKind
from broadsheet.accounts.roles import Role
from broadsheet.editions.actions import add_named, assign
from broadsheet.editions.models import Edition, Section, SectionName, Topic, TopicName
from broadsheet.mediabank.actions import add_film, add_picture
from broadsheet.mediabank.models import Film, FilmCaptions, FilmText, Picture, PictureText
from broadsheet.people.actions import add_person
from broadsheet.people.models import Person, PersonText
from broadsheet.stories.actions import begin_story, publish_revision, save_story
from broadsheet.stories.models import Byline, Story
from tests.films import VTT, mp4

PASSWORD = "a long enough pass phrase"


def picture_bytes(width: int = 64, height: int = 48, *, colour: str = "teal", kind: str = "JPEG") -> bytes:
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


@dataclass
class Newsroom:
    """What tests need at hand. `staff` holds somebody in each role, for all editions and sections."""

    english: Edition
    russian: Edition
    sections: dict[str, Section]
    topic: Topic
    writer: Person
    speaker: Person
    picture: Picture
    chief: User
    staff: dict[Role, User] = field(default_factory=dict)
    reader: User | None = None

    def member(self, role: str, *, edition: str | None = None, section: str | None = None) -> User:
        """A new member of staff with one role, for an edition (prefix or "main") and a section, or for all."""
        number = User.objects.count()
        email = f"{role}-{number}@newsroom.example"
        user, _password = add_staff(email=email, name=f"{role.title()} {number}", password=PASSWORD)
        assign(email=email, role=role, edition=edition, section=section)
        return user

    def draft(self, by: User | None = None, **fields: Any) -> Story:
        """A draft with a headline, a section and a paragraph, unless told otherwise."""
        by = by or self.chief
        body = fields.pop("body", [("paragraph", "<p>The cranes stand still at night.</p>")])
        bylines = fields.pop("bylines", [self.writer])
        topics = fields.pop("topics", [])
        further = fields.pop("further_sections", [])
        fields.setdefault("edition", self.english)
        fields.setdefault("section", self.sections["world"])
        fields.setdefault("headline", "Port to stop unloading at night")
        story = Story(**fields)
        story.body = body
        story.topics = topics
        story.further_sections = further
        story.bylines = [Byline(person=person, sort_order=order) for order, person in enumerate(bylines)]
        begin_story(by, story)
        return Story.objects.get(pk=story.pk)

    def published(self, by: User | None = None, **fields: Any) -> Story:
        """A published story."""
        return self.publish(self.draft(by, **fields))

    def publish(self, story: Story, by: User | None = None) -> Story:
        """Publish the latest revision of a story."""
        assert story.latest_revision is not None
        publish_revision(by or self.chief, story.latest_revision)
        return Story.objects.get(pk=story.pk)

    def edit(self, story: Story, by: User | None = None, **changes: Any) -> Story:
        """Save a draft revision with changed fields; a live story's row stays as it is."""
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        for name, value in changes.items():
            setattr(draft, name, value)
        save_story(by or self.chief, draft)
        return Story.objects.get(pk=story.pk)

    def at_desk(self, user: User) -> Client:
        """A browser in which a user is logged in."""
        client = Client(HTTP_HOST="localhost")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def _named(model: Any, name_model: Any, slug: str, english: str, russian: str, **fields: Any) -> Any:
    thing = model(slug=slug, **fields)
    thing.names = [
        name_model(language="en", name=english, description=f"All about {english.lower()}"),
        name_model(language="ru", name=russian, description=f"Всё о: {russian.lower()}"),
    ]
    return thing


def make_person(by: User, slug: str, english: str, russian: str, *, writes: bool) -> Person:
    """A person with a name and a role in both languages."""
    person = Person(slug=slug, writes=writes)
    person.texts = [
        PersonText(language="en", name=english, role="harbour master", biography="Grew up by the sea."),
        PersonText(language="ru", name=russian, role="начальник порта", biography="Выросла у моря."),
    ]
    return add_person(by, person)


def make_picture(by: User, title: str = "cranes", *, colour: str = "teal", **fields: Any) -> Picture:
    """A picture with texts in both languages; pictures of one colour are the same bytes."""
    picture = Picture(title=title, creator="A. Photographer", agency="Agency", licence="CC BY 4.0", **fields)
    picture.original.save(f"{title}.jpg", ContentFile(picture_bytes(colour=colour)), save=False)
    picture.texts = [
        PictureText(language="en", alt="Cranes against the sky", caption="Cranes in the port"),
        PictureText(language="ru", alt="Краны на фоне неба", caption="Краны в порту"),
    ]
    return add_picture(by, picture)


def make_film(by: User, poster: Picture, title: str = "the port", *, word: bytes = b"frames") -> Film:
    """A film of two seconds with texts and captions in both languages; films of one word are the same bytes."""
    film = Film(title=title, poster=poster, creator="F. Filmer", agency="Agency", licence="CC BY 4.0")
    film.file = ContentFile(mp4(word=word), f"{title}.mp4")
    film.texts = [
        FilmText(language="en", title="A night in the port", description="The cranes stand still."),
        FilmText(language="ru", title="Ночь в порту", description="Краны стоят."),
    ]
    film.captions = [
        FilmCaptions(language=code, file=ContentFile(VTT + f"\nNOTE {code} {title}\n".encode(), f"{code}.vtt"))
        for code in ("en", "ru")
    ]
    return add_film(by, film)


def make_newsroom() -> Newsroom:
    """Found the newsroom."""
    chief, _password = add_staff(email="chief@newsroom.example", name="Clara Chief", password=PASSWORD)
    assign(email=chief.email, role=Role.ADMINISTRATOR)
    english = add_named(chief, Edition(name="The Gazette", language="en", zone="Europe/Riga", motto="Printed", order=0))
    russian = add_named(
        chief, Edition(name="Листок", language="ru", zone="Europe/Riga", motto="Проверено", path_prefix="ru", order=1)
    )
    sections = {
        slug: add_named(chief, _named(Section, SectionName, slug, name, russian_name, order=order))
        for order, (slug, name, russian_name) in enumerate(
            [("world", "World", "Мир"), ("economy", "Economy", "Экономика"), ("culture", "Culture", "Культура")]
        )
    }
    newsroom = Newsroom(
        english=english,
        russian=russian,
        sections=sections,
        topic=add_named(chief, _named(Topic, TopicName, "the-port", "The port", "Порт")),
        writer=make_person(chief, "ann-writer", "Ann Writer", "Анна Писаренко", writes=True),
        speaker=make_person(chief, "sam-speaker", "Sam Speaker", "Семён Говоров", writes=False),
        picture=make_picture(chief),
        chief=chief,
    )
    newsroom.staff = {role: newsroom.member(role) for role in Role}
    newsroom.reader = User.objects.create_user("reader@example.org", PASSWORD, kind=UserKind.READER, name="Rita Reader")
    return newsroom
