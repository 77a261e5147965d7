"""What the databases themselves search: a full-text table of SQLite's, a column of PostgreSQL's."""

from django.db import migrations

# Words are made by search/rules.py and stand between spaces: the tokenizer must only leave them alone. No positions,
# no sizes: phrases are not looked for. New rows are written by search/commands.py, with many at once.
SQLITE = (
    """CREATE VIRTUAL TABLE search_text USING fts5(
        words, content='search_entry', content_rowid='id', tokenize='ascii', detail=none, columnsize=0)""",
    """CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_text (search_text, rowid, words) VALUES ('delete', old.id, old.words);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF words ON search_entry BEGIN
        INSERT INTO search_text (search_text, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_text (rowid, words) VALUES (new.id, new.words);
    END""",
    "CREATE INDEX search_entry_title ON search_entry (kind, title)",
)
POSTGRESQL = (
    """ALTER TABLE search_entry ADD COLUMN tokens tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX search_entry_tokens ON search_entry USING gin (tokens)",
    "CREATE INDEX search_entry_title ON search_entry (kind, title text_pattern_ops)",
    "CREATE INDEX search_word_begins ON search_word (word text_pattern_ops)",
)
SQLITE_BACK = (
    "DROP INDEX search_entry_title",
    "DROP TRIGGER search_entry_changed",
    "DROP TRIGGER search_entry_gone",
    "DROP TABLE search_text",
)
POSTGRESQL_BACK = (
    "DROP INDEX search_word_begins",
    "DROP INDEX search_entry_title",
    "ALTER TABLE search_entry DROP COLUMN tokens",
)


def add(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def take_away(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(add, take_away)]
