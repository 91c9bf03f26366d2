"""The office's own work on cases: who has which, notes with follow-ups, and news that nobody has read."""

from apprentices.enums import ApplicationStatus
from apprentices.models import Application, CaseNote
from apprentices.selectors.casework import officers_of
from reporting.demo.home import INTSEK
from reporting.demo.source import Demo, save_all

NOTES = (  # (days ago, text, follow-up in so many days or None)
    (6, "Ringte bedriften: de svarer når turnusen for høsten er klar.", 0),
    (4, "Vil helst reise sammen med en fra samme klasse. Se på det ved plassering.", None),
    (3, "Opplæringskontoret spør om datoene kan flyttes en uke. Avklar med partneren.", -1),
    (2, "Har ferie de neste to ukene, svarer på e-post.", 9),
    (1, "Fagprøve i mars, så retur må være før det.", None),
)
LEFT_OVER = 2  # open cases that nobody has: somebody has to hand them out
NEWS = 4


def load(demo: Demo) -> None:
    office = demo[INTSEK]
    people = list(officers_of(office.pk)[:2])
    cases = list(Application.objects.submitted().filter(office=office).order_by("pk"))
    for number, case in enumerate(cases):
        case.owner = people[number % len(people)]
    waiting = [case for case in cases if case.status in {ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW}]
    for case in waiting[-LEFT_OVER:]:
        case.owner = None
    for number, case in enumerate(waiting[:NEWS]):
        case.news_at = demo.at(-1 - number, "15:20")
    Application.objects.bulk_update(cases, ["owner", "news_at"])
    save_all(
        CaseNote,
        [
            CaseNote(
                application=case,
                author=case.owner,
                written_at=demo.at(-days, "11:10"),
                text=text,
                follow_up_on=None if after is None else demo.on(after),
                follow_up_for=None if after is None else people[0],
            )
            for case, (days, text, after) in zip(waiting, NOTES, strict=False)
        ],
    )
