"""Long work in the background is now kept by `processes`. Its rows are not carried over: each says how far one piece
of work is, which can be begun again, and what came of it stands elsewhere."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('lot', '0006_register'),
        ('processes', '0002_work'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Work',
        ),
    ]
