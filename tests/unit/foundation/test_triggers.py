"""The rules that the database itself holds: dropped before and made after every migrate, on both engines."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField

from broadsheet.foundation import triggers
from broadsheet.foundation.triggers import drop_triggers, make_triggers, missing_triggers, refuse_change
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database
OURS = {
    "stories_story_address_is_fixed",
    "stories_address_is_never_changed",
    "stories_address_is_never_removed",
}


def migrate_signals() -> None:
    """What migrate says before and after it applies anything."""
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def holds(story: Story) -> bool:
    """Whether the rule on a story's address is held."""
    try:
        with transaction.atomic():
            Story.objects.filter(pk=story.pk).update(address="/world/other/")
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def test_after_migrate_every_declared_trigger_stands(db: None) -> None:
    assert missing_triggers() == []
    assert set(triggers._declared) >= OURS


def test_triggers_go_before_migrate_and_come_after_it(newsroom: Newsroom) -> None:
    story = newsroom.published()
    assert holds(story)
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    assert set(missing_triggers()) >= OURS
    assert not holds(story)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert missing_triggers() == []
    assert holds(story)


def alter_a_column() -> None:
    """Change a column, for which SQLite makes the whole table anew."""
    old = Story._meta.get_field("dateline")
    new = CharField(max_length=90, blank=True, default="")
    new.set_attributes_from_name("dateline")
    new.model = Story
    with connection.schema_editor(atomic=False) as editor:
        editor.alter_field(Story, old, new)


def test_a_table_that_was_made_anew_has_its_triggers_again_after_migrate(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        # SQLite makes a table anew only where keys are not held, and that cannot be switched within a transaction.
        monkeypatch.setattr(connection, "disable_constraint_checking", lambda: True)
        monkeypatch.setattr(connection, "enable_constraint_checking", lambda: None)
        monkeypatch.setattr(type(connection.schema_editor()), "__enter__", enter_anyway, raising=False)
    alter_a_column()
    if connection.vendor == "sqlite":
        assert "stories_story_address_is_fixed" in missing_triggers()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert missing_triggers() == []


def enter_anyway(editor: Any) -> Any:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

    return BaseDatabaseSchemaEditor.__enter__(editor)


def test_making_triggers_twice_is_making_them_once(db: None) -> None:
    make_triggers()
    make_triggers()
    assert missing_triggers() == []
    drop_triggers()
    drop_triggers()
    assert set(missing_triggers()) >= OURS
    make_triggers()


def test_a_trigger_of_a_table_that_is_not_there_yet_waits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_declared", dict(triggers._declared))
    refuse_change(name="not_yet", table="not_yet", event="DELETE", when="1 = 1", sentence="Not yet")
    make_triggers()
    assert missing_triggers() == ["not_yet"]
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE not_yet (id integer)")
        make_triggers()
        assert missing_triggers() == []
        cursor.execute("INSERT INTO not_yet VALUES (1)")
        with pytest.raises(IntegrityError, match="Not yet"), transaction.atomic():
            cursor.execute("DELETE FROM not_yet")


def test_a_migrate_tells_of_each_app_once_and_ours_hears_the_first_and_the_last() -> None:
    labels = triggers._labels_with_models()
    assert labels == [config.label for config in apps.get_app_configs() if config.models_module]
    assert len(set(labels)) == len(labels) > 2


def test_only_a_migrate_of_the_first_and_the_last_app_touches_triggers(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(triggers, "drop_triggers", lambda using: calls.append("drop"))
    monkeypatch.setattr(triggers, "make_triggers", lambda using: calls.append("make"))
    migrate_signals()
    assert calls == ["drop", "make"]
