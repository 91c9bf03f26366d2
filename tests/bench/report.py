"""The project report of 10 and 100 participants beside stock WeasyPrint on the same HTML: seconds and peak memory.

Every figure comes from a process of its own, so that memory is that of one report and nothing is warm by accident.
Run alone: ``python -m tests.bench.report``.
"""

import json
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.bench.figures import spread

SIZES = (10, 100)
ROUNDS = 5
ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Łukasz Żółć", "Nguyễn Thị Mỹ", "Åse-Marie Øygården", "Søren Æbelø", "Kari Haugseth")
TRADES = ("Health worker", "Chef", "Electrician", "Confectioner", "Carpenter", "Florist")
COUNTRIES = ("DK", "DE", "AT", "IT", "ES", "IE", "GB")


def measure() -> dict:
    """Figures of both ways for every size, and the ratio of their medians (CPU seconds, the steadiest)."""
    return {f"report_{size}": _compared(_alone("ours", size), _alone("stock", size)) for size in SIZES}


def sample(size: int):
    """An invented report of so many participants."""
    from reporting.figures import CriterionRow, MoneyRow, ProjectReport, Stay  # after Django is set up

    start = date(2026, 9, 7)
    stays = [
        Stay(
            name=f"{NAMES[number % len(NAMES)]} {number}",
            trade=TRADES[number % len(TRADES)],
            country=COUNTRIES[number % len(COUNTRIES)],
            host=f"Host {number} GmbH",
            start=start,
            end=start + timedelta(days=97),
            days=98,
            state="Closed",
            went=True,
            is_home=number % 5 > 0,
            grant=Decimal(9207),
        )
        for number in range(size)
    ]
    money = [
        MoneyRow(heading, Decimal(9000 * size), Decimal(6000 * size), Decimal(1000 * size))
        for heading in ("Individual support", "Travel", "Organisational support", "Linguistic support")
    ]
    criteria = [
        CriterionRow(name, size, Decimal("3.8"), Decimal("4.3")) for name in ("Motivation", "Language", "Trade")
    ]
    return ProjectReport(
        office_name="Internasjonalt servicekontor",
        code="2026-1-NO01-KA121-VET-000000000",
        call_year=2026,
        start=date(2026, 6, 1),
        end=date(2027, 8, 31),
        made_on=date(2026, 12, 1),
        stays=stays,
        given_up=1,
        money=money,
        criteria=criteria,
    )


def _compared(ours, stock):
    return {
        "ours": ours,
        "weasyprint_on_the_same_html": stock,
        "ratio_cpu": round(ours["cpu_s"]["median"] / stock["cpu_s"]["median"], 3),
        "ratio_peak_memory": round(ours["peak_mb"] / stock["peak_mb"], 3),
    }


def _alone(way, size):
    """Run one way in a process of its own and read its JSON."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.report", way, str(size)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "mobility.settings.test"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def _timed(way, size):
    """The first round warms fonts and caches and is not counted."""
    import resource  # not on every system

    import django  # slow import

    django.setup()
    render = {"ours": _render_ours, "stock": _render_stock}[way]
    report = sample(size)
    size_kb, cpu, wall = render(report) // 1024, [], []
    for _ in range(ROUNDS):
        began, began_cpu = time.perf_counter(), time.process_time()
        render(report)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    figures = {
        "cpu_s": spread(cpu, 3),
        "wall_s": spread(wall, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "file_kb": size_kb,
    }
    if way == "ours":
        figures["own_template_cpu_s"] = _own_share(report)
    return figures


def _render_ours(report):
    from reporting.documents import project_report_pdf  # after Django is set up

    return len(project_report_pdf(report, language="nb"))


def _render_stock(report):
    """WeasyPrint as its manual shows it: the same HTML, style sheet and PDF variant, nothing of ours around it."""
    from weasyprint import CSS, HTML  # slow import
    from weasyprint.text.fonts import FontConfiguration  # slow import

    from mobility.common.pdf_engine import OwnFilesOnly, print_css  # after Django is set up
    from reporting.documents import project_report_html  # after Django is set up

    fonts = FontConfiguration()
    style = CSS(string=print_css(), font_config=fonts, url_fetcher=OwnFilesOnly(), base_url="utferd-font:")
    html = HTML(string=project_report_html(report, language="nb"))
    return len(html.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a"))


def _own_share(report):
    from reporting.documents import project_report_html  # after Django is set up

    began = time.process_time()
    project_report_html(report, language="nb")
    return round(time.process_time() - began, 4)


def main():
    """``way size`` prints the figures of one process; without arguments the whole comparison is printed."""
    figures = _timed(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 2 else measure()
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
