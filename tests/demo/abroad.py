"""Steps from the visit to the report."""

import re
import time

from tests.demo.before import APPRENTICE, INSTRUCTOR, NAME, PARTNER, accept
from tests.demo.world import number_in, says


def book_visit(world):
    """The instructor enters the register, gets an account, and books the one place of the partner's day."""
    coordinator = world.browser("coordinator")
    coordinator.open("/admin/apprentices/instructor/add/")
    form = coordinator.page.form(having="company")
    company = next(value for value, words in form.options["company"].items() if "Furukollen" in words)
    coordinator.submit(
        form=form, given_name="Berit", family_name="Nordhaugen", email=INSTRUCTOR, company=company, written_form="nb"
    )
    instructor_key = number_in(coordinator.open("/admin/apprentices/instructor/").link("Nordhaugen"))
    coordinator.open(coordinator.open("/admin/apprentices/contract/").link(NAME))
    coordinator.submit(having="instructor", instructor=instructor_key)
    coordinator.open(f"/instructors/{instructor_key}/invite/")
    coordinator.submit(having="instructor")
    instructor = accept(world, INSTRUCTOR)
    instructor.open(f"/visits/book/{world.keys['placement']}/")
    form = instructor.page.form(having="day") if _has_field(instructor.page, "day") else _day_buttons(instructor.page)
    day = next((value for name, value, _words in form.buttons if name == "day"), None)
    chosen = {"day": day} if day else {"day": next(iter(form.options["day"]))}
    instructor.submit(form=form, **chosen)
    mail = world.mail(INSTRUCTOR)
    assert ".ics" in mail.body, f"no calendar file with the mail: {mail.text[:300]}"
    return "calendar file mailed"


def _has_field(page, name):
    return any(name in form.names for form in page.forms)


def _day_buttons(page):
    return next(form for form in page.forms if any(name == "day" for name, _value, _words in form.buttons))


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
    coordinator.submit(having="distance_km", distance_km="2200")
    page = coordinator.open(f"/placements/{key}/")
    plain = page.text.replace("\xa0", "").replace("\u202f", "").replace(" ", "").replace(",", "")
    for figure in ("14x110+86x77", "8162", "395", "500", "150"):
        assert figure in plain.replace("×", "x"), f"{figure} is not on {page.url}: {page.text[-1500:]}"
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
    return f"14 x 110 + 86 x 77 = 8162 EUR; report of {len(pdf) // 1024} kB"
