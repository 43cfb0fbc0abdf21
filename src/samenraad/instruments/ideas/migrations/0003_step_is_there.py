import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    Idea, Proposal = apps.get_model("ideas", "Idea"), apps.get_model("processes", "Proposal")
    own = Proposal.objects.filter(pk=models.OuterRef("proposal_id")).values("step_id")
    Idea.objects.filter(step=None).update(step_id=models.Subquery(own))


class Migration(migrations.Migration):
    # PostgreSQL alters no table in the transaction that has just filled it
    atomic = False

    dependencies = [
        ("ideas", "0002_once_per_step"),
        ("processes", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="idea",
            name="step",
            field=models.ForeignKey(
                help_text="as the proposal's own",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ideas",
                to="processes.step",
            ),
        ),
    ]
