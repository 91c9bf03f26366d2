"""Steps from the visit to the report."""

import re
import time

from tests.demo.before import APPRENTICE, INSTRUCTOR, NAME, PARTNER, accept
from tests.demo.world import number_in, says


def book_visit(world):
    """The instructor enters the register, gets an account, and books the one place of the partner's day."""
    coordinator = world.browser("coordinator")
    company = number_in(coordinator.open("/admin/apprentices/trainingcompany/").link("Furukollen"))
    coordinator.open("/admin/apprentices/instructor/add/")
    coordinator.submit(
        having="company",
        given_name="Berit",
        family_name="Nordhaugen",
        email=INSTRUCTOR,
        company=company,
        written_form="nb",
    )
    instructor_key = number_in(coordinator.open("/admin/apprentices/instructor/").link("Nordhaugen"))
    coordinator.open(coordinator.open("/admin/apprentices/apprentice/").link(NAME))
    coordinator.submit(having="contracts-0-instructor", **{"contracts-0-instructor": instructor_key})
    coordinator.open(f"/instructors/{instructor_key}/invite/")
    coordinator.submit(having="instructor")
    instructor = accept(world, INSTRUCTOR)
    instructor.open(f"/visits/book/{world.keys['placement']}/")
    days = next(form for form in instructor.page.forms if any(name == "day" for name, _v, _w in form.buttons))
    instructor.submit(form=days, day=next(value for name, value, _w in days.buttons if name == "day"))
    says(instructor.submit(form=next(form for form in instructor.page.forms if "day" in form.names)), "is booked")
    mail = world.mail(INSTRUCTOR)
    assert ".ics" in mail.body, f"no calendar file with the mail: {mail.text[:300]}"
    return "calendar file mailed"


def arrive(world):
    """The start passes unconfirmed (red), arrival is confirmed, a week is logged, the office sees who is abroad."""
    coordinator, apprentice = world.browser("coordinator"), world.browser("apprentice")
    key = world.keys["placement"]
    world.move(days=41)
    says(coordinator.open("/stays/abroad/"), NAME, "arrival not confirmed")
    coordinator.open(f"/stays/{key}/arrival/")
    coordinator.submit(having="arrived_on", arrived_on=world.day(-2))
    world.move(days=5)
    apprentice.open(f"/stays/{key}/week/")
    apprentice.submit(
        having="mood", days_present="5", mood="4", text="Språkkurset går fire timar kvar dag.", wants_call=None
    )
    says(coordinator.open("/stays/abroad/"), NAME, "Sevilla")
    return "arrival confirmed, first week logged"


def come_home(world):
    """Home after 98 days; both evaluate by link; the criteria are assessed again."""
    coordinator, key = world.browser("coordinator"), world.keys["placement"]
    world.move(days=92)
    coordinator.open(f"/stays/{key}/return/")
    coordinator.submit(having="returned_on", returned_on=world.day(-1))
    for person, address in (("apprentice at home", APPRENTICE), ("partner by link", PARTNER)):
        browser = world.browser(person)
        browser.open(world.link_to(address, "/evaluate/"))
        form = browser.page.form(having="overall")
        marks = {name: "5" for name in form.options if name in form.names}
        browser.submit(form=form, **marks, comment="Muchas gracias")
    coordinator.open(f"/stays/{key}/criteria/")
    sheet = next(form for form in coordinator.page.forms if any(name.startswith("mark_") for name in form.names))
    coordinator.submit(form=sheet, **{name: "5" for name in sheet.names if name.startswith("mark_")})
    coordinator.open(f"/stays/{key}/evaluated/")
    coordinator.submit()
    return "two evaluations, five criteria"


def report(world):
    """Distance typed, price read line by line, case closed; the worker makes the report, its progress is watched."""
    coordinator, key = world.browser("coordinator"), world.keys["placement"]
    page = coordinator.open(f"/placements/{key}/grant/")
    coordinator.submit(having="distance_km", distance_km="2200", distance_reason="By the Commission's calculator")
    page = coordinator.open(f"/placements/{key}/")
    plain = page.text.replace("\xa0", "").replace("\u202f", "").replace(" ", "").replace(",", "")
    for figure in ("8162", "395", "500", "150"):
        assert figure in plain, f"{figure} is not on {page.url}: {page.text[-1500:]}"
    coordinator.open(f"/stays/{key}/close/")
    coordinator.submit()
    coordinator.open("/reports/")
    page = coordinator.submit(having="project", project=world.keys["project"], language="nb")
    for _try in range(600):
        page = coordinator.open(page.url)
        if "/download/" in page.body:
            break
        time.sleep(0.2)
    download = re.search(r"/reports/\d+/download/", page.body)
    assert download, f"the report is not ready: {page.text[:600]}"
    pdf, content_type = coordinator.download(download[0])
    assert (content_type, pdf[:5]) == ("application/pdf", b"%PDF-")
    world.output.mkdir(parents=True, exist_ok=True)
    world.report = world.output / "project-report.pdf"
    world.report.write_bytes(pdf)
    return f"14 days at 110 + 86 at 77 = 8162 EUR; report of {len(pdf) // 1024} kB"
