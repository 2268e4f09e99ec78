"""Persons are found on the desk by how the words of their names begin."""

import django.db.models.deletion
from django.db import migrations, models

from broadsheet.people.finding import words_of


def note_words(apps, schema_editor):
    texts = apps.get_model("people", "PersonText").objects.values_list("person_id", "name")
    rows = {(person, word) for person, name in texts.iterator() for word in words_of(name)}
    model = apps.get_model("people", "PersonWord")
    model.objects.bulk_create([model(person_id=person, word=word) for person, word in rows], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [("people", "0002_heard_of")]

    operations = [
        migrations.CreateModel(
            name="PersonWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=80)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("word", "person"), name="people_word_once")],
            },
        ),
        migrations.RunPython(note_words, migrations.RunPython.noop),
    ]
