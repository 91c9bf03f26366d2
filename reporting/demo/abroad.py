"""Partners with their people, host companies, openings and visit days."""

import datetime

from mobility.accounts.enums import Role
from partners.models import Contact, ContactAccess, HostCompany, Opening, Partner, VisitDay, VisitSlot
from reporting.demo.home import INTSEK
from reporting.demo.offices import FACES, make_accounts, written_form
from reporting.demo.source import Demo, read, save_all


def load(demo: Demo) -> None:
    load_partners(demo, office=INTSEK, ids={raw["id"] for raw in read("partners")["partners"]})
    load_accounts(demo)
    load_hosts(demo)
    load_openings(demo)
    load_visit_days(demo)


def load_partners(demo: Demo, *, office: str, ids: set[str], prefix: str = "") -> None:
    """Partners and their contact persons, as rows of one office."""
    partners, contacts = {}, {}
    for raw in read("partners")["partners"]:
        if raw["id"] not in ids:
            continue
        partner = partners[prefix + raw["id"]] = Partner(
            office=demo[office],
            name=raw["name"],
            country=raw["country"],
            city=raw["city"],
            oid=raw["oid"],
            email=raw["email"],
            phone=raw["phone"],
        )
        for contact in raw["contacts"]:
            contacts[f"{prefix}row:{contact['id']}"] = Contact(
                partner=partner,
                name=contact["name"],
                email=contact["email"],
                phone=contact["phone"],
                is_primary=contact["primary"],
            )
    demo.store(Partner, partners)
    demo.store(Contact, contacts)


def load_accounts(demo: Demo) -> None:
    """The first contact of each partner signs in to the portal."""
    people, partner_of = [], {}
    for raw in read("partners")["partners"]:
        contact = next(contact for contact in raw["contacts"] if contact["primary"])
        given, _, family = contact["name"].partition(" ")
        partner_of[contact["id"]] = raw["id"]
        people.append(
            {
                "id": contact["id"],
                "given_name": given,
                "family_name": family,
                "email": contact["email"],
                "phone": contact["phone"],
                "language": "en",
                "written_form": "en",
                "office": INTSEK,
                "role": Role.PARTNER,
                "face": FACES.get(contact["id"]),
            }
        )
    make_accounts(demo, people)
    save_all(
        ContactAccess,
        [
            ContactAccess(membership=demo[f"membership:{contact}"], partner=demo[partner])
            for contact, partner in partner_of.items()
        ],
    )


def load_hosts(demo: Demo) -> None:
    rows = {}
    for raw in read("partners")["host_companies"]:
        mentor = raw["mentor"]
        rows[raw["id"]] = HostCompany(
            partner=demo[raw["partner"]],
            name=raw["name"],
            city=raw["city"],
            contact_name=mentor["name"],
            contact_email=mentor["email"],
            contact_phone=mentor["phone"],
            language=written_form(mentor["language"]),
        )
    demo.store(HostCompany, rows)


def lodging(key: str | None) -> str:
    """Name and place of a lodging, as the coordinator writes it."""
    if key is None:
        return ""
    raw = next(raw for raw in read("partners")["lodging"] if raw["id"] == key)
    return f"{raw['name']}, {raw['city']}"


def load_openings(demo: Demo) -> None:
    rows, trades = {}, []
    for host in read("partners")["host_companies"]:
        for raw in host["openings"]:
            opening = rows[raw["id"]] = Opening(
                partner=demo[host["partner"]],
                host_company=demo[host["id"]],
                starts_on=demo.on(raw["start"]),
                ends_on=demo.on(raw["end"]),
                places=raw["places"],
                minimum_age=raw["min_age"],
                lodging=lodging(raw["lodging"]),
            )
            trades += [(opening, code) for code in raw["trades"]]
    demo.store(Opening, rows)
    link = Opening.trades.through
    save_all(link, [link(opening=opening, trade=demo[code]) for opening, code in trades])


def load_visit_days(demo: Demo) -> None:
    """Visit days with a row for each place; also the days of visits that no list has any more."""
    offered = {
        (partner["id"], raw["on"]): (raw["from_time"], raw["to_time"], raw["capacity"])
        for partner in read("partners")["partners"]
        for raw in partner["visit_days"]
    }
    for visit in read("stays")["visits"]:
        offered.setdefault((visit["partner"], visit["on"]), (visit["from_time"], visit["to_time"], 1))
    days, slots = {}, {}
    for (partner, on), (from_time, to_time, capacity) in offered.items():
        day = days[f"day:{partner}:{on}"] = VisitDay(
            partner=demo[partner],
            on=demo.on(on),
            from_time=datetime.time.fromisoformat(from_time),
            to_time=datetime.time.fromisoformat(to_time),
        )
        for number in range(1, capacity + 1):
            slots[f"slot:{partner}:{on}:{number}"] = VisitSlot(visit_day=day, number=number)
    demo.store(VisitDay, days)
    demo.store(VisitSlot, slots)
