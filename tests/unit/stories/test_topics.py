"""Two topics become one, and a topic gets another slug: stories, lists, counts and addresses follow."""

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from broadsheet.editions.actions import add_named, delete_named, save_named
from broadsheet.editions.models import FormerTopic, Topic, TopicName
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.actions import arrange_front
from broadsheet.fronts.models import Container
from broadsheet.fronts.plans import ContainerPlan
from broadsheet.stories.actions import merge_some, merge_topics
from broadsheet.stories.models import Story
from tests.factories import Newsroom
from tests.unit.stories.plain_lists import kept_counts, kept_lists, plain_lists

pytestmark = pytest.mark.database


@pytest.fixture
def other(newsroom: Newsroom) -> Topic:
    topic = Topic(slug="harbours")
    topic.names = [TopicName(language="en", name="Harbours")]
    thing = add_named(newsroom.chief, topic)
    assert isinstance(thing, Topic)
    return thing


def merged(newsroom: Newsroom, topic_id: int, into_id: int) -> int:
    merge_topics(newsroom.chief, topic_id, into_id)
    return merge_some(topic_id)


def lists_are_right() -> None:
    lists = plain_lists()
    assert kept_lists() == lists
    assert kept_counts() == {place: len(ids) for place, ids in lists.items()}


def test_all_stories_of_one_topic_get_the_other_and_its_address_leads_there(
    newsroom: Newsroom, other: Topic, reader: Client
) -> None:
    port = newsroom.topic
    one = newsroom.published(topics=[port], headline="One")
    both = newsroom.published(topics=[port, other], headline="Both")
    russian = newsroom.published(topics=[port], edition=newsroom.russian, headline="По-русски")
    draft = newsroom.draft(topics=[port], headline="Draft")
    newsroom.published(topics=[other], headline="Other")
    merge_topics(newsroom.chief, port.pk, other.pk)
    assert DBTaskResult.objects.filter(task_path__endswith=".merge_topic").count() == 1
    assert merge_some(port.pk, most=3) == 1
    lists_are_right()
    assert merge_some(port.pk) == 0
    lists_are_right()
    for story in (one, both, russian, draft):
        assert list(Story.objects.get(pk=story.pk).topics.all()) == [other]
    assert Story.objects.get(pk=both.pk).topic_ids == [other.pk]
    assert not Topic.objects.filter(pk=port.pk).exists()
    for prefix in ("", "/ru"):
        moved = reader.get(f"{prefix}/topics/the-port/")
        assert (moved.status_code, moved["Location"]) == (301, f"{prefix}/topics/harbours/")
    page = reader.get("/topics/harbours/").content.decode()
    assert all(word in page for word in ("One", "Both", "Other"))
    assert merge_some(port.pk) == 0


def test_versions_from_before_the_merging_name_the_topic_that_is_left(newsroom: Newsroom, other: Topic) -> None:
    story = newsroom.published(topics=[newsroom.topic], headline="One")
    story = newsroom.edit(story, headline="One, changed")
    merged(newsroom, newsroom.topic.pk, other.pk)
    story = newsroom.publish(story)
    assert list(story.topics.all()) == [other]
    assert story.topic_ids == [other.pk]
    lists_are_right()


def test_a_former_address_follows_through_more_than_one_merging(
    newsroom: Newsroom, other: Topic, reader: Client
) -> None:
    third = add_named(newsroom.chief, Topic(slug="ports", names=[TopicName(language="en", name="Ports")]))
    merged(newsroom, newsroom.topic.pk, other.pk)
    merged(newsroom, other.pk, third.pk)
    assert reader.get("/topics/the-port/")["Location"] == "/topics/ports/"
    assert reader.get("/topics/harbours/")["Location"] == "/topics/ports/"


def test_a_container_that_is_filled_from_the_topic_is_filled_from_the_other(newsroom: Newsroom, other: Topic) -> None:
    plan = (
        ContainerPlan(look="list", rule="topic", topic_id=newsroom.topic.pk, most=5),
        ContainerPlan(look="list", rule="edition", most=5),
    )
    arrange_front(newsroom.chief, newsroom.english.pk, None, plan, version=0)
    merged(newsroom, newsroom.topic.pk, other.pk)
    assert set(Container.objects.exclude(topic=None).values_list("topic_id", flat=True)) == {other.pk}


def test_a_topic_is_not_merged_into_itself_nor_two_into_each_other(newsroom: Newsroom, other: Topic) -> None:
    with pytest.raises(Refused, match="itself"):
        merge_topics(newsroom.chief, other.pk, other.pk)
    merge_topics(newsroom.chief, newsroom.topic.pk, other.pk)
    for one, into in ((other, newsroom.topic), (newsroom.topic, other)):
        with pytest.raises(Refused, match="already"):
            merge_topics(newsroom.chief, one.pk, into.pk)
    assert merge_some(other.pk) == 0
    assert Topic.objects.filter(pk=other.pk).exists()


def test_a_topic_with_another_slug_is_found_at_its_former_address(newsroom: Newsroom, reader: Client) -> None:
    topic = newsroom.topic
    topic.slug = "the-harbour"
    save_named(newsroom.chief, topic)
    for prefix in ("", "/ru"):
        moved = reader.get(f"{prefix}/topics/the-port/")
        assert (moved.status_code, moved["Location"]) == (301, f"{prefix}/topics/the-harbour/")
    with pytest.raises(Refused, match="leads to another topic"):
        add_named(newsroom.chief, Topic(slug="the-port"))
    topic.slug = "the-port"
    save_named(newsroom.chief, topic)
    assert reader.get("/topics/the-port/").status_code == 200
    assert reader.get("/topics/the-harbour/")["Location"] == "/topics/the-port/"
    delete_named(newsroom.chief, topic)
    assert not FormerTopic.objects.exists()
    assert reader.get("/topics/the-harbour/").status_code == 404


def test_the_desk_asks_with_numbers_before_it_merges(newsroom: Newsroom, other: Topic) -> None:
    newsroom.published(topics=[newsroom.topic])
    desk = newsroom.at_desk(newsroom.chief)
    address = f"/desk/topics/merge/{newsroom.topic.pk}/"
    assert "Harbours" in desk.get(address).content.decode()
    page = desk.get(address, {"into": other.pk}).content.decode()
    assert "The Gazette: 1 published story gets “Harbours” instead of “The port, Порт”." in page
    assert "/topics/the-port/ leads to /topics/harbours/" in page
    assert Topic.objects.count() == 2
    assert desk.post(address, {"into": "x"}).status_code == 200
    assert desk.get(address, {"into": 10**30}).status_code == 200
    assert desk.get(address, {"into": 999}).status_code == 404
    assert "itself" in desk.post(address, {"into": newsroom.topic.pk}).content.decode()
    assert desk.post(address, {"into": other.pk}).status_code == 302
    assert f'href="{address}"' in desk.get("/desk/topics/").content.decode()
