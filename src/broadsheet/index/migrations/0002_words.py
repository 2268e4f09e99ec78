"""What each engine finds words by.

SQLite: a virtual table of FTS5 beside the entries, which holds for each word the numbers of the rows that hold it, and
no text. Its tokenizer parts at ASCII's punctuation alone: words come to it finished. Triggers (models.py) fill it.

PostgreSQL: a column of type tsvector that the database computes, with a GIN index that is right at once (no list of
pending entries, which a search would read through). Long columns lie beside the table, so that a word that stands in
most entries is looked up in a few megabytes. `index_find` has a plan that does not hang on estimates: the index, then
the newest. A sequential scan would read every text.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE index_words USING fts5("
    "marks, head, body, content='index_entry', content_rowid='place', tokenize='ascii', detail='none', columnsize=0)",
    "INSERT INTO index_words(index_words) VALUES ('rebuild')",
)
SQLITE_BACK = ("DROP TABLE index_words",)
POSTGRESQL = (
    "ALTER TABLE index_entry ADD COLUMN words tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(marks || ' ' || head || ' ' || body, ' '), ''))) STORED",
    "CREATE INDEX index_entry_words ON index_entry USING gin (words) WITH (fastupdate = off)",
    "ALTER TABLE index_entry SET (toast_tuple_target = 128)",
    """
    CREATE FUNCTION index_find(sought tsquery, first_place bigint, last_place bigint, most integer)
    RETURNS SETOF bigint LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
        SELECT place FROM index_entry
        WHERE words @@ sought AND place BETWEEN first_place AND last_place
        ORDER BY place DESC LIMIT most
    $$
    """,
)
POSTGRESQL_BACK = (
    "DROP FUNCTION index_find(tsquery, bigint, bigint, integer)",
    "ALTER TABLE index_entry DROP COLUMN words",
)


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("index", "0001_entries")]

    operations = [migrations.RunPython(make, unmake)]
