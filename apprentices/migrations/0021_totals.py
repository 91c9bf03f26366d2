"""The sum of mark times weight of every review that was given, and the version on which it was given."""

from django.db import migrations
from django.db.models import F, Sum

BATCH = 2000


def fill(apps, schema_editor):
    Review = apps.get_model("apprentices", "Review")
    ReviewMark = apps.get_model("apprentices", "ReviewMark")
    given = Review.objects.exclude(given_at=None).order_by("pk").values_list("pk", flat=True)
    keys = list(given)
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        sums = dict(
            ReviewMark.objects.filter(review__in=some)
            .order_by()
            .values_list("review")
            .annotate(total=Sum(F("mark") * F("criterion__weight")))
        )
        rows = [Review(pk=pk, total=sums.get(pk, 0), criteria_version=1) for pk in some]
        Review.objects.bulk_update(rows, ["total", "criteria_version"])


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0020_reviews_in_depth")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
