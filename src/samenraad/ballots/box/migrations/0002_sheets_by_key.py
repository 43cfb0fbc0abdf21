"""Paper sheets lie sorted by their random number, so that nothing tells in which order they were typed."""

from django.db import migrations

from samenraad.ballots.tables import sorted_by_key


class Migration(migrations.Migration):
    dependencies = [("box", "0001_initial")]
    operations = [sorted_by_key("box_sheet")]
