"""The database itself refuses to change what is written once. On PostgreSQL it refuses to take it away as well."""

from django.db import migrations

TABLES = ("rewards_entry", "rewards_ruleversion")
FUNCTION = """
CREATE OR REPLACE FUNCTION rewards_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is written once'; END $$
"""


def guard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        if postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_once BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION rewards_written_once()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_once BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
            )


def unguard(apps, schema_editor):
    for table in TABLES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_once{on}")


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_rules_ballots_ledger")]
    operations = [migrations.RunPython(guard, unguard)]
