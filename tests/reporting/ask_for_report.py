"""Run as a program: make a scratch database with a project of a hundred stays, ask for its report, print its number."""

import sys


def main():
    import django  # run as a program

    django.setup()
    from django.core.management import call_command  # Django is set up now

    from mobility.accounts.enums import Role  # Django is set up now
    from reporting.services.reports import request_report  # Django is set up now
    from tests import factories  # Django is set up now

    call_command("migrate", verbosity=0)
    office = factories.OfficeFactory()
    project = factories.BaseRateFactory(project__office=office).project
    partner = factories.PartnerFactory(office=office)
    for _number in range(100):
        factories.PlacementFactory(office=office, project=project, partner=partner, host_company=None, status="closed")
    coordinator = factories.member(Role.COORDINATOR, office)
    sys.stdout.write(f"{request_report(project=project, language='nb', by=coordinator).pk}\n")


if __name__ == "__main__":
    main()
