"""Reports that were asked for."""

import factory
from factory.django import DjangoModelFactory

from mobility.common import clock, files
from reporting import models as reporting
from tests.factories.accounts import UserFactory
from tests.factories.grants import ProjectFactory


class ReportJobFactory(DjangoModelFactory):
    """A report that was just asked for; ``done=True`` for a finished one with a file."""

    class Meta:
        model = reporting.ReportJob

    class Params:
        done = factory.Trait(
            state="done",
            progress=100,
            finished_at=factory.LazyFunction(clock.now),
            result=factory.LazyAttribute(
                lambda o: files.store(
                    office=o.office, kind="report", name="report.pdf", content=b"%PDF-", content_type="application/pdf"
                )
            ),
        )

    project = factory.SubFactory(ProjectFactory)
    office = factory.SelfAttribute("project.office")
    language = "nb"
    requested_at = factory.LazyFunction(clock.now)
    requested_by = factory.SubFactory(UserFactory)
