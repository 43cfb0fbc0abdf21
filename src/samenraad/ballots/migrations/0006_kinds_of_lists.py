from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ballots', '0005_paper'),
    ]

    operations = [
        migrations.AlterField(
            model_name='load',
            name='kind',
            field=models.CharField(choices=[('list', 'a list of people'), ('cards', 'codes on cards'), ('public', 'what was public of a roll that is destroyed')], default='list', max_length=8),
        ),
    ]
