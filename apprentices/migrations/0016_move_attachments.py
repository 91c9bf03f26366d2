"""The one file of an application becomes the first of several: kind "other", which says nothing that nobody said."""

from django.db import migrations


def to_rows(apps, schema_editor):
    Application = apps.get_model("apprentices", "Application")
    Attachment = apps.get_model("apprentices", "Attachment")
    rows = (
        Attachment(
            application=application,
            kind="other",
            file_id=application.attachment_id,
            added_at=application.attachment.created_at,
        )
        for application in Application.objects.exclude(attachment=None).select_related("attachment").iterator()
    )
    Attachment.objects.bulk_create(rows, batch_size=500)


def to_column(apps, schema_editor):
    """Back: the oldest file of each application. Further ones stay in their table."""
    Application = apps.get_model("apprentices", "Application")
    Attachment = apps.get_model("apprentices", "Attachment")
    for attachment in Attachment.objects.order_by("-added_at", "-pk").iterator():
        Application.objects.filter(pk=attachment.application_id).update(attachment=attachment.file_id)


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0015_first_replies")]
    operations = [migrations.RunPython(to_rows, to_column)]
