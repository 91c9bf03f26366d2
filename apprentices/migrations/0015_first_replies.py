"""Every answer so far becomes a row of its own, earlier ones from the history; letters go on in the office's language."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

KEPT = ("answer", "wages", "conditions", "opinion", "name", "email")


def keep_replies(apps, schema_editor):
    model = apps.get_model
    endorsements = model("apprentices", "Endorsement").objects.all()
    application = model("apprentices", "Application").objects.filter(pk=OuterRef("application"))
    endorsements.update(written_form=Subquery(application.values("office__default_language")))
    answered = endorsements.filter(answered_at__isnull=False).exclude(answer="waiting")
    earlier = (
        model("apprentices", "HistoricalEndorsement")
        .objects.filter(id__in=endorsements.values("pk"), answered_at__isnull=False)
        .exclude(answer="waiting")
        .order_by("history_date", "history_id")
    )
    # by endorsement and moment: an edit afterwards is the same answer
    given = {(row.id, row.answered_at): row for rows in (earlier, answered) for row in rows.iterator()}
    reply = model("apprentices", "EndorsementReply")
    reply.objects.bulk_create(
        [
            reply(endorsement_id=pk, given_at=given_at, **{name: getattr(row, name) for name in KEPT})
            for (pk, given_at), row in given.items()
        ],
        batch_size=500,
    )


def forget_replies(apps, schema_editor):
    apps.get_model("apprentices", "EndorsementReply").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0014_endorsements_of_three_kinds")]

    operations = [migrations.RunPython(keep_replies, forget_replies)]
