"""Every write on editions, sections, topics and assignments."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from broadsheet.accounts.roles import Role
from broadsheet.editions.access import Given, access_edition, access_section, access_topic, has_right, roles_of
from broadsheet.editions.actions import add_named, assign, delete_named, save_named, unassign
from broadsheet.editions.models import Assignment, Edition, Section, SectionName, Topic, refuse_reserved_slug
from broadsheet.editions.words import RESERVED_SLUGS
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def refused_as_used(newsroom: Newsroom, thing: Any) -> None:
    with pytest.raises(Refused) as refusal:
        delete_named(newsroom.chief, thing)
    assert refusal.value.sentence == "Stories or pages stand in it, so it is not deleted."
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_nothing_in_which_a_story_stands_is_deleted(newsroom: Newsroom) -> None:
    story = newsroom.published(topics=[newsroom.topic], further_sections=[newsroom.sections["culture"]])
    for thing in (newsroom.english, newsroom.sections["world"], newsroom.sections["culture"], newsroom.topic):
        refused_as_used(newsroom, thing)
    assert list(Story.objects.get(pk=story.pk).topics.all()) == [newsroom.topic]
    withdraw_story(newsroom.chief, story.pk)
    for thing in (newsroom.sections["culture"], newsroom.topic):
        refused_as_used(newsroom, thing)


def test_what_is_named_in_a_draft_is_not_deleted_either(newsroom: Newsroom) -> None:
    newsroom.draft(topics=[newsroom.topic], further_sections=[newsroom.sections["culture"]], edition=newsroom.russian)
    for thing in (newsroom.russian, newsroom.sections["world"], newsroom.sections["culture"], newsroom.topic):
        refused_as_used(newsroom, thing)


def test_what_is_used_nowhere_is_deleted(newsroom: Newsroom) -> None:
    story = newsroom.published(topics=[newsroom.topic], further_sections=[newsroom.sections["culture"]])
    newsroom.publish(newsroom.edit(story, topics=[], further_sections=[]))
    for thing in (newsroom.sections["culture"], newsroom.topic, newsroom.russian):
        delete_named(newsroom.chief, thing)
    assert Story.objects.get(pk=story.pk).live


def test_an_edition_in_which_a_story_had_an_address_is_not_deleted(newsroom: Newsroom) -> None:
    story = newsroom.published(edition=newsroom.russian)
    withdraw_story(newsroom.chief, story.pk)
    refused_as_used(newsroom, newsroom.russian)


def test_only_who_holds_the_right_founds_saves_and_deletes(newsroom: Newsroom) -> None:
    assert newsroom.reader is not None
    allowed = {
        Edition: {Role.ADMINISTRATOR},
        Section: {Role.CHIEF, Role.ADMINISTRATOR},
        Topic: {Role.EDITOR, Role.CHIEF, Role.ADMINISTRATOR},
    }
    people: list[tuple[Any, Role | None]] = [(newsroom.staff[role], role) for role in Role]
    people += [(AnonymousUser(), None), (newsroom.reader, None)]
    for number, (who, role) in enumerate(people):
        things: list[Any] = [
            Edition(name="New", language="en", path_prefix=f"{chr(97 + number)}x"),
            Section(slug=f"section-{number}"),
            Topic(slug=f"topic-{number}"),
        ]
        for thing in things:
            may = role in allowed[type(thing)]
            by = who if may else newsroom.chief
            if not may:
                with pytest.raises(Refused, match="Your role does not allow this"):
                    add_named(who, thing)
            add_named(by, thing)
            for act in (save_named, delete_named):
                if not may:
                    with pytest.raises(Refused, match="Your role does not allow this"):
                        act(who, thing)
            delete_named(by, thing)


def test_a_chief_of_one_section_saves_no_other_and_no_edition(newsroom: Newsroom) -> None:
    chief = newsroom.member(Role.CHIEF, section="world")
    access_section(chief, newsroom.sections["world"].pk, "section.edit")
    with pytest.raises(Refused):
        access_section(chief, newsroom.sections["culture"].pk, "section.edit")
    administrator = newsroom.member(Role.ADMINISTRATOR, edition="ru")
    access_edition(administrator, newsroom.russian.pk, "edition.edit")
    with pytest.raises(Refused):
        access_edition(administrator, newsroom.english.pk, "edition.edit")


def test_what_is_not_there_is_not_found(newsroom: Newsroom) -> None:
    for access, right in (
        (access_edition, "edition.edit"),
        (access_section, "section.edit"),
        (access_topic, "topic.edit"),
    ):
        with pytest.raises(Http404):
            access(newsroom.chief, 10**9, right)


def test_a_role_is_given_and_taken_back_as_it_was_given(newsroom: Newsroom) -> None:
    user = newsroom.member(Role.REPORTER, edition="ru", section="world")
    assert roles_of(user) == (Given(Role.REPORTER, newsroom.russian.pk, newsroom.sections["world"].pk),)
    assign(email=user.email.upper(), role="reporter", edition="ru", section="world")
    assert Assignment.objects.filter(user=user).count() == 1
    with pytest.raises(Refused, match="does not have this role there"):
        unassign(email=user.email, role="reporter")
    unassign(email=user.email, role="reporter", edition="ru", section="world")
    assert not Assignment.objects.filter(user=user).exists()


WRONG_ASSIGNMENTS = [
    ({"email": "nobody@x.example", "role": "editor"}, "There is no member of staff with the address nobody@x.example."),
    ({"email": "reader@example.org", "role": "editor"}, "There is no member of staff with the address"),
    (
        {"email": "chief@newsroom.example", "role": "boss"},
        "“boss” is no role. Roles: reporter, editor,",
    ),
    ({"email": "chief@newsroom.example", "role": "editor", "edition": "fr"}, "There is no edition “fr”."),
    ({"email": "chief@newsroom.example", "role": "editor", "section": "sport"}, "There is no section “sport”."),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG_ASSIGNMENTS)
def test_a_wrong_assignment_is_refused_in_a_sentence(newsroom: Newsroom, words: dict[str, str], sentence: str) -> None:
    before = Assignment.objects.count()
    with pytest.raises(Refused, match=sentence):
        assign(**words)
    assert Assignment.objects.count() == before


def test_an_unknown_right_is_an_error_and_never_granted(newsroom: Newsroom) -> None:
    with pytest.raises(KeyError):
        has_right(newsroom.chief, "story.publsh")


def test_the_main_edition_is_not_the_edition_without_a_choice(newsroom: Newsroom) -> None:
    """A role for the main edition (whose prefix is empty) is not one for all."""
    editor = newsroom.member(Role.EDITOR, edition="main")
    assert has_right(editor, "story.edit", edition_id=newsroom.english.pk)
    assert not has_right(editor, "story.edit", edition_id=newsroom.russian.pk)


def test_the_database_refuses_what_names_nothing_or_the_same_twice(newsroom: Newsroom) -> None:
    for model, change in (
        (Edition, {"name": ""}), (Edition, {"path_prefix": ""}), (Edition, {"direction": "up"}),
        (Section, {"slug": ""}), (SectionName, {"name": ""}), (SectionName, {"language": "en"}),
        (Topic, {"slug": ""}), (Assignment, {"role": "x"}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(user=newsroom.chief, role=Role.ADMINISTRATOR)
    Edition.objects.update(host="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(host="news.example")


def test_words_of_addresses_are_no_slugs_of_sections() -> None:
    for slug in (*RESERVED_SLUGS, "ru", "x", "2026", "0001"):
        with pytest.raises(ValidationError, match="stands for something else in addresses"):
            refuse_reserved_slug(slug)
    for slug in ("world", "art", "20266", "year-2026"):
        refuse_reserved_slug(slug)


def test_no_section_can_hide_an_address_of_the_site() -> None:
    """The first word of every address of ours is one that no section may have."""
    from django.urls import get_resolver

    words = set()
    for part in get_resolver().url_patterns:
        own = str(part.pattern).lstrip("^")
        items = (
            [own]
            if own[:1].isalpha()
            else [str(item.pattern).lstrip("^") for item in getattr(part, "url_patterns", [])]
        )
        words |= {item.partition("/")[0].partition(".")[0] for item in items if item[:1].isalpha()}
    assert words >= {"desk", "account", "topics", "people", "mediabank"}
    assert [word for word in sorted(words) if may_be_a_section(word)] == []


def may_be_a_section(word: str) -> bool:
    try:
        refuse_reserved_slug(word)
    except ValidationError:
        return False
    return True
