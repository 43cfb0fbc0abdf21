"""The database itself refuses to alter or remove what was written down."""

from django.db import migrations

from samenraad.ledger.guards import forbid


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        forbid(
            "the_ledger_is_never_altered",
            table="ledger_entry",
            event="UPDATE",
            message="the ledger only grows: an entry is never altered",
        ),
        forbid(
            "the_ledger_is_never_shortened",
            table="ledger_entry",
            event="DELETE",
            message="the ledger only grows: an entry is never removed",
        ),
        forbid(
            "the_head_moves_one_step",
            table="ledger_head",
            event="UPDATE",
            when="NEW.seq <> OLD.seq + 1",
            message="the end of the ledger moves one entry at a time",
        ),
        forbid(
            "the_head_stays",
            table="ledger_head",
            event="DELETE",
            message="the ledger keeps its end",
        ),
    ]
