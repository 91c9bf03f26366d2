"""Rows of an import's report as people read them: labels, dates, sentences in the reader's language."""

import datetime
from collections import Counter

from django.utils.text import capfirst

from apprentices.enums import ContractKind, RowOutcome
from apprentices.models import Apprentice, Contract
from apprentices.register_rows import sentence
from apprentices.selectors.contract_imports import CONTRACT_FIELDS, PERSON_FIELDS, left_out, taken_fields
from mobility.common import formats

DAYS = {"birth_date", "starts_on", "ends_on", "approved_on"}
PILLS = {
    RowOutcome.ERROR: ("stop", "alert"),
    RowOutcome.CHOOSE: ("you", "dot"),
    RowOutcome.CHANGED: ("wait", "undo"),
    RowOutcome.NEW_PERSON: ("news", "plus"),
    RowOutcome.NEW_CONTRACT: ("news", "plus"),
    RowOutcome.UNCHANGED: ("ok", "check"),
    RowOutcome.REPEATED: ("quiet", "x"),
}


def label(name: str) -> str:
    """What a column of people or contracts is called."""
    model = Apprentice if name in PERSON_FIELDS else Contract
    return capfirst(str(model._meta.get_field(name).verbose_name))  # noqa: SLF001 - the public face of fields


def shown_value(name: str, value: str) -> str:
    if not value:
        return ""
    if name in DAYS:
        return formats.day(datetime.date.fromisoformat(value), "short")
    if name == "phone":
        return formats.phone(value)
    if name == "kind":
        return str(ContractKind(value).label)
    return value


def rows_for_page(entries: list[dict], decisions: dict) -> list[dict]:
    """What the page of an import shows of some rows, with what was decided about them."""
    out, columns = left_out(decisions), decisions.get("columns", [])
    return [_row(entry, decisions, entry["number"] in out, columns) for entry in entries]


def _row(entry, decisions, is_out, columns):
    taken = taken_fields(entry, decisions)
    outcome = RowOutcome(entry["outcome"])
    return {
        "number": entry["number"],
        "name": entry["name"] or entry["contract"],
        "born": shown_value("birth_date", entry["born"]),
        "contract": entry["contract"],
        "company": entry["company"],
        "period": " – ".join(shown_value("starts_on", day) for day in entry["period"] if day),
        "outcome": outcome,
        "pill": (*PILLS[outcome], outcome.label),
        "say": [sentence(code, params) for code, params in entry["say"]],
        "differences": [
            {
                "field": name,
                "label": label(name),
                "ours": shown_value(name, ours),
                "theirs": shown_value(name, theirs),
                "is_taken": name in taken,
                "by_column": name in columns,
            }
            for name, ours, theirs in entry["differences"]
        ],
        "candidates": entry["candidates"],
        "chosen": decisions.get("people", {}).get(str(entry["number"]), ""),
        "is_out": is_out,
    }


def columns_with_differences(report: list[dict], decisions: dict) -> list[dict]:
    """Each column in which the list says something else than we do: in how many rows, and whether all are taken."""
    counts = Counter(name for entry in report for name, ours, _theirs in entry["differences"] if ours)
    taken = decisions.get("columns", [])
    return [
        {"field": name, "label": label(name), "rows": counts[name], "is_taken": name in taken}
        for name in (*PERSON_FIELDS, *CONTRACT_FIELDS)
        if counts[name]
    ]


def report_lines(report: list[dict], decisions: dict):
    """The report as rows of a CSV: one line per row of the list."""
    for row in rows_for_page(report, decisions):
        changes = "; ".join(
            f"{change['label']}: {change['ours']} -> {change['theirs']} [{'x' if change['is_taken'] else ' '}]"
            for change in row["differences"]
        )
        yield [
            row["number"],
            row["contract"],
            row["name"],
            row["born"],
            row["company"],
            row["period"],
            row["outcome"].label,
            changes,
            " ".join(row["say"]),
            row["is_out"],
        ]
